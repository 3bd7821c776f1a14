"""Every page that a role can reach from its frame: it opens, fits a desk and a phone, and can be read (NFR-09)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.instances import People
from tests.journeys.looking import faults, overflow
from tests.journeys.walking import Visitor

Visit = Callable[[str], Visitor]
ROLES = ("county", "purchaser", "provider", "worker", "resident")
"""One of each line of authority; the other roles see fewer of the same pages."""
HOMES = ("admin", "province", "city", "township", "finance", "evaluator", "supervisor", "lead", "volunteer")


def walk(visitor: Visitor, *, lists: bool) -> tuple[list[str], list[str]]:
    """All addresses of the frame, each desk and then its pages, and what is wrong with them.

    The lists of registers are one page with other columns: they are only asked for, with ``lists`` every third
    is opened.
    """
    known, found = ["/"], []
    for number, address in enumerate(known):
        if address.startswith("/r/") and not (lists and number % 3 == 0):
            status = visitor.page.request.get(visitor.address + address).status
            found += [f"{address}: {status}"] if status != 200 else []
            continue
        visitor.open(address)
        links = visitor.page.locator("#nav a, #desk-all .what a").evaluate_all(
            "links => links.map(link => link.getAttribute('href'))"
        )
        known.extend(link for link in links if link not in known)
        found += overflow(visitor.page) + faults(visitor.page)
    return known, found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_frame_fits_and_can_be_read(visit: Visit, role: str) -> None:
    visitor = visit(role)
    known, found = walk(visitor, lists=role == "county")
    assert found == []
    assert len(known) >= (3 if role == "resident" else 10)


@pytest.mark.parametrize("role", HOMES)
def test_the_work_bench_of_a_role_fits_and_can_be_read(visit: Visit, role: str) -> None:
    visitor = visit(role)
    assert overflow(visitor.page) + faults(visitor.page) == []


def test_files_forms_and_wizards_fit_and_can_be_read(visit: Visit, people: People) -> None:
    visitor = visit("county")
    station = f"/r/stations/{people.station}/"
    found: list[str] = []
    for path in (
        station, f"{station}edit/", f"{station}history/", "/r/workers/new/", "/accounts/new/", "/search/?q=社工",
        "/figures/network.coverage/?period=2021", f"/overview/{people.township}/?period=2021", "/password/",
    ):  # fmt: skip
        visitor.open(path)
        found += overflow(visitor.page) + faults(visitor.page)
    assert found == []


def test_an_overview_that_fills_itself_does_so_without_a_fault(visit: Visit) -> None:
    """The parts that come later take the place of charts that were drawn of less."""
    visitor = visit("city")
    assert 'aria-busy="true"' in visitor.open("/overview/?period=2021-05").text()
    board = visitor.page.locator("#board")
    expect(board).not_to_have_attribute("aria-busy", "true")
    expect(board.locator("[data-chart='map'][data-drawn] canvas")).to_be_visible()
