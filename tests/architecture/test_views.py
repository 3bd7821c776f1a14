"""Every address says what right it needs; what says nothing is refused to everyone (NFR-06)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from linzhan.kernel.access import OWN_CHECK, PUBLIC, RIGHTS, SIGNED_IN
from tests.each import of_each

OPEN_TO_ALL = {
    "": "sends whoever is not signed in to the way in",
    "sign-in/": "the way in",
    "sign-out/": "the way out",
    "first/": "the first administrator; answers 404 as soon as there is an account",
    "password/": "an account whose password must be changed holds no rights yet",
    "no-appointment/": "tells an account without an appointment whom to ask",
    "s/<str:code>/": "somebody drawn for a survey answers by a personal link; without its code it opens nothing",
}
"""Office addresses that ask for no account, each with its reason."""


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in (resolver or get_resolver()).url_patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, here)
        elif isinstance(entry, URLPattern):
            yield here, entry.callback


ALL = list(addresses())


def test_the_house_has_addresses() -> None:
    assert len(ALL) > 10


@of_each("address view", ALL)
def test_every_view_is_marked(address: str, view: Any) -> None:
    wanted = getattr(view, "needs", None)
    assert wanted is not None, f"/{address} has no @needs(...): it answers 403 to everyone"
    assert wanted in (PUBLIC, SIGNED_IN, OWN_CHECK) or wanted in RIGHTS


def test_what_is_open_to_all_is_listed() -> None:
    public = {
        address
        for address, view in ALL
        if getattr(view, "needs", None) == PUBLIC and not address.startswith(("public/", "api/", "field/"))
    }
    assert public <= set(OPEN_TO_ALL)


def test_only_the_interface_checks_for_itself() -> None:
    own = {address for address, view in ALL if getattr(view, "needs", None) == OWN_CHECK}
    assert all(address.startswith("api/") for address in own)
