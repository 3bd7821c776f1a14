"""Lists of registers: scope, rights, masks, filters, pages, cost (NFR-06, NFR-10)."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.office.registers import listing, tables
from tests.factories import network
from tests.factories.places import CHENGNAN, TUOYUAN
from tests.office.registers.conftest import IDENTITY, At, resident

ROW = re.compile(r'class="row-link" href="/r/stations/([0-9a-f-]{36})/"')
NEXT = re.compile(r'rel="next" href="([^"]+)"')
PREVIOUS = re.compile(r'rel="prev" href="([^"]+)"')


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def plain(html: str) -> str:
    """Without what differs at every answer: tokens and the clock."""
    html = re.sub(r'(name="csrfmiddlewaretoken" value|name="csrf-token" content)="[^"]*"', "", html)
    return re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "", html)


def test_a_list_shows_rows_of_the_area_and_no_others(
    county: Client, here: Station, elsewhere: Station
) -> None:
    html = shown(county, "/r/stations/")
    assert here.name in html
    assert elsewhere.name not in html
    assert "共 1 条" in html


def test_an_empty_list_says_how_to_begin(county: Client) -> None:
    html = shown(county, "/r/stations/")
    assert "还没有社工站" in html
    assert "/r/stations/new/" in html
    assert "/import/" in html


def test_a_reader_without_the_right_to_edit_is_offered_no_beginning(at: At) -> None:
    html = shown(at("finance"), "/r/stations/")
    assert "还没有社工站" in html
    assert "/r/stations/new/" not in html


def test_a_list_without_the_right_is_refused_and_one_that_is_not_there_not_found(at: At) -> None:
    assert at("finance").get("/r/residents/").status_code == 403
    assert at("finance").get("/r/nothing/").status_code == 404


def test_nobody_sees_a_list_without_signing_in() -> None:
    assert Client().get("/r/stations/").status_code in (302, 403)


@pytest.mark.parametrize("url", ["/r/stations/", "/r/residents/"])
def test_a_list_of_three_costs_what_a_list_of_one_costs(county: Client, here: Station, url: str) -> None:
    resident(here)
    county.get(url)
    with CaptureQueriesContext(connection) as of_one:
        county.get(url)
    with opened(EVERYTHING):
        network.station(TUOYUAN, code="Z2", parent="Z1")
        network.station(TUOYUAN, code="Z3", parent="Z1")
    for number in (2, 3):
        resident(here, code=f"D{number}", identity_number="")
    with CaptureQueriesContext(connection) as of_three:
        county.get(url)
    assert len(of_three) == len(of_one)


@pytest.mark.parametrize("key", [entry.key for entry in REGISTERS])
def test_no_list_asks_more_than_ten_statements(county: Client, here: Station, key: str) -> None:
    """Session, account, transaction, scope, page with its total, references, tasks: all counted."""
    resident(here)
    if county.get(f"/r/{key}/").status_code == 403:
        pytest.skip("the county holds no right to this register")
    with CaptureQueriesContext(connection) as asked:
        county.get(f"/r/{key}/")
    assert len(asked) <= 10, [each["sql"][:120] for each in asked.captured_queries]


def test_a_long_list_is_counted_up_to_a_bound_and_ordered_by_what_is_indexed(
    county: Client, here: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (listing, tables):
        monkeypatch.setattr(module, "COUNTED", 2)
        monkeypatch.setattr(module, "PAGE", 2)
    with opened(EVERYTHING):
        for number in range(2, 5):
            network.station(TUOYUAN, code=f"Z{number}", name=f"第{number}站", parent="Z1")
    assert "2 条以上" in shown(county, "/r/stations/")
    assert "sort=-tier" in shown(county, "/r/stations/")  # few enough to look at each
    monkeypatch.setattr(listing, "has_few", lambda _register: False)
    html = shown(county, "/r/stations/?sort=-tier")
    assert "筛到 2 条以内可按任一列排序" in html
    assert 'aria-sort="descending"' not in html
    assert "共 1 条" in shown(county, "/r/stations/?q=Z1")


def test_names_are_masked_and_identity_numbers_are_nowhere(county: Client, here: Station) -> None:
    identity = resident(here)
    for url in ("/r/residents/", f"/r/residents/{identity}/", f"/r/residents/{identity}/edit/"):
        html = shown(county, url)
        assert "欧阳*生" in html
        assert "欧阳春生" not in html
        assert IDENTITY not in html
        assert "19912345678" not in html


def test_filters_search_and_place_narrow_the_list_and_stand_in_the_address(
    county: Client, here: Station
) -> None:
    with opened(EVERYTHING):
        network.station(CHENGNAN, code="Y2", name="城南街道社工站", status="暂停")
    assert "城南街道社工站" not in shown(county, "/r/stations/?status=运营")
    assert here.name not in shown(county, f"/r/stations/?region={CHENGNAN}")
    assert here.name not in shown(county, "/r/stations/?q=Y2")
    assert here.name in shown(county, "/r/stations/?q=坨院")
    html = shown(county, f"/r/stations/?status=运营&region={TUOYUAN}")
    assert "状态：运营" in html
    assert f'href="/r/stations/?region={TUOYUAN}"' in html


def test_a_filter_nobody_offers_is_left_out(county: Client, here: Station) -> None:
    html = shown(county, "/r/stations/?status=x&region=1&sort=nothing&at=zzz&station=1&since=x")
    assert here.name in html


def test_a_part_swapped_in_is_the_part_of_the_page(county: Client, here: Station) -> None:
    url = f"/r/stations/?status=运营&region={TUOYUAN}"
    swapped = county.get(url, headers={"HX-Request": "true"}).content.decode()
    assert plain(swapped) == plain(shown(county, url))


def pages(client: Client, url: str, step: re.Pattern[str] = NEXT) -> list[list[str]]:
    found = []
    while url:
        html = shown(client, url)
        found.append(ROW.findall(html))
        match = step.search(html)
        url = match[1].replace("&amp;", "&") if match else ""
    return found


@pytest.mark.parametrize(
    "sort", ["", "opened_on", "-opened_on", "name", "-code", "area", "status", "-status"]
)
def test_pages_hold_every_row_once_in_order_and_lead_back(county: Client, sort: str) -> None:
    with opened(EVERYTHING):
        for number in range(104):
            opened_on = f"2021-03-{number % 28 + 1:02d}" if number % 3 else ""
            network.station(
                code=f"N{number:03d}", name=f"站{number % 7}", opened_on=opened_on, area=number % 5,
                status=("运营", "计划", "暂停")[number % 3],
            )  # fmt: skip
    forward = pages(county, f"/r/stations/?sort={sort}")
    assert [len(page) for page in forward] == [50, 50, 4]
    assert len({row for page in forward for row in page}) == 104
    last = shown(county, f"/r/stations/?sort={sort}")
    for _ in range(2):
        last = shown(county, NEXT.findall(last)[0].replace("&amp;", "&"))
    back = [ROW.findall(last)]
    while match := PREVIOUS.search(last):
        last = shown(county, match[1].replace("&amp;", "&"))
        back.append(ROW.findall(last))
    assert back[::-1] == forward


def test_words_of_a_closed_list_are_ordered_as_the_list_has_them(county: Client) -> None:
    """By their spelling 运营 would stand behind 暂停, and a severity 橙 before 红 before 蓝."""
    with opened(EVERYTHING):
        for number, status in enumerate(("暂停", "运营", "计划", "建设中")):
            network.station(code=f"N{number}", name=f"{status}的站", status=status)
    listed = shown(county, "/r/stations/?sort=status")
    places = [listed.index(f"{status}的站") for status in ("计划", "建设中", "运营", "暂停")]
    assert places == sorted(places)


def test_a_list_is_filtered_by_a_row_that_is_picked_by_whoever_may_open_it(at: At, here: Station) -> None:
    """``filters`` names references too: of orders the station."""
    reader = at("township_official", TUOYUAN)
    html = shown(reader, f"/r/rectifications/?station={here.pk}")
    assert 'data-picker="/r/rectifications/pick/station/"' in html
    assert f'value="{here.name}"' in html
    assert here.name in shown(reader, "/r/rectifications/pick/station/?q=坨院")
    assert (
        reader.get("/r/rectifications/pick/alert/").status_code == 403
    )  # no filter, and they write no order


def test_a_list_is_not_ordered_by_what_is_masked(county: Client, here: Station) -> None:
    resident(here)
    assert "sort=-name" not in shown(county, "/r/residents/")


def test_rows_that_name_a_row_are_a_tab_of_its_file_and_a_list_of_their_own(
    county: Client, here: Station
) -> None:
    resident(here)
    file = shown(county, f"/r/stations/{here.pk}/")
    assert f"/r/stations/{here.pk}/?tab=residents.station" in file
    assert "欧阳*生" in shown(county, f"/r/stations/{here.pk}/?tab=residents.station")
    listed = shown(county, f"/r/residents/?station={here.pk}")
    assert "欧阳*生" in listed
    assert f"社工站：{here.name}" in listed


def test_a_tab_without_the_right_is_not_there(at: At, here: Station) -> None:
    resident(here)
    assert "residents.station" not in shown(at("finance"), f"/r/stations/{here.pk}/")


def test_a_row_out_of_scope_is_answered_like_one_that_is_not_there(
    county: Client, elsewhere: Station
) -> None:
    nobody = "01a2019f-0000-7000-8000-000000000000"
    for way in ("", "edit/", "history/"):
        answers = [county.get(f"/r/stations/{each}/{way}") for each in (elsewhere.pk, nobody)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert plain(answers[0].content.decode()) == plain(answers[1].content.decode())


def test_what_a_file_does_not_say_is_named_and_folded(county: Client, here: Station) -> None:
    """Every empty column a line of its own made a wall; what is missing is still said, never left out."""
    html = shown(county, f"/r/stations/{here.pk}/")
    main = html[html.index("<main") :]
    folded = "".join(re.findall(r'<details class="unstated">.*?</details>', main, re.DOTALL))
    assert "项未填报" in folded
    assert here.name not in folded
    named = {column.header for column in REGISTERS["stations"].sheet.columns if column.header in folded}
    assert len(named) > 10
    assert main.count('<span class="missing">未填报</span>') <= 2 * main.count('class="sheet-body"')
