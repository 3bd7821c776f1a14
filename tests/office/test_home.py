"""工作台: what waits, what changed, three figures that are mine; and for volunteers and residents their own file."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.accounts.api import Role
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.linkage.sheets import VOLUNTEER_RECORDS
from linzhan.network.api import Station
from linzhan.office.home.waiting import QUESTIONS, Reader, duties
from linzhan.office.registers.asking import asked
from linzhan.office.registers.exporting import from_payload, reader_told
from linzhan.office.registers.listing import matching
from linzhan.policy.api import ResidentCategory, load_reference
from tests.factories import workforce
from tests.factories.places import HECHENG, TUOYUAN
from tests.factories.rows import made
from tests.office.conftest import Sit

TODAY = timezone.localdate()
OURS = ("set_config", "SAVEPOINT", "RELEASE")


def queries(client: Client, address: str) -> int:
    """Queries of a page without those that open its transaction and scope."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum(not any(word in each["sql"][:40] for word in OURS) for each in captured.captured_queries)


def resident(station: Station, code: str = "D1", **values: str) -> object:
    row = {
        "code": code, "name": "欧阳春生", "identity_number": workforce.identity_number(), "categories": "A01",
        "home_region": TUOYUAN, "station": station.code, "registered_on": "2021-03-01",
    }  # fmt: skip
    with opened(EVERYTHING):
        if not ResidentCategory.objects.exists():
            load_reference()
        return made("residents", **row | values)


def test_every_question_names_a_right_that_exists() -> None:
    from linzhan.kernel.access import RIGHTS

    assert {each.right for each in QUESTIONS} <= set(RIGHTS.names())


def test_what_waits_is_said_with_its_number_and_its_way(sit: Sit, station: Station) -> None:
    resident(station, "D1")
    resident(station, "D2")
    resident(station, "D3", consented_on="2021-03-01")
    page = sit().get("/").content.decode()
    assert "2 名在册服务对象没有知情同意" in page
    assert 'href="/r/residents/' in page


def test_what_is_due_first_stands_first_and_says_how_pressing_it_is(sit: Sit, station: Station) -> None:
    resident(station)
    late = TODAY - timedelta(days=30)
    with opened(EVERYTHING):
        workforce.worker(station=station.code, hired_on=late.isoformat())
        reader = Reader(
            "", "", Role.COUNTY_OFFICIAL, HECHENG, frozenset(each.right for each in QUESTIONS), TODAY
        )
        found = duties(reader)
    filing = next(each for each in found if "未备案" in each.title)
    assert filing.pressing == "late"
    assert filing.due == late + timedelta(days=7)
    assert [each.due is None for each in found] == sorted(each.due is None for each in found)


def test_a_line_of_the_bench_leads_to_the_list_of_just_those(sit: Sit, station: Station) -> None:
    waiting, done = resident(station, "D1"), resident(station, "D3", consented_on="2021-03-01")
    county = sit()
    link = re.search(
        r'href="(/r/residents/[^"]*)"[^>]*>\s*1 名在册服务对象没有知情同意', county.get("/").content.decode()
    )
    assert link
    page = county.get(link[1]).content.decode()
    assert f"/r/residents/{waiting}/" in page
    assert f"/r/residents/{done}/" not in page
    assert "工作台上等您办的" in page
    every = county.get("/r/residents/?waiting=nobody-asks-this").content.decode()
    assert f"/r/residents/{done}/" in every
    assert "工作台上等您办的" not in every
    alone = sit("purchaser").get("/r/projects/?waiting=residents.consent").content.decode()
    assert "工作台上等您办的" not in alone  # another register, another right


def test_the_list_of_what_waits_is_exported_as_it_stands(sit: Sit, station: Station) -> None:
    resident(station, "D1")
    resident(station, "D3", consented_on="2021-03-01")
    given = asked(REGISTERS["residents"], QueryDict("waiting=residents.consent"), None)
    assert not given.waiting
    reader = Reader("", "", Role.COUNTY_OFFICIAL, HECHENG, frozenset(each.right for each in QUESTIONS), TODAY)
    payload = {
        "register": "residents", "query": "waiting=residents.consent", "rights": sorted(reader.rights),
        "reader": reader_told(reader),
    }  # fmt: skip
    with opened(EVERYTHING):
        found = matching(from_payload(payload)).values_list("code", flat=True)
        assert list(found) == ["D1"]


def test_a_question_is_not_asked_of_whoever_lacks_the_right(sit: Sit, station: Station) -> None:
    resident(station)
    assert "没有知情同意" not in sit("purchaser").get("/").content.decode()


def test_a_desk_waits_only_for_its_own_rows(sit: Sit, station: Station) -> None:
    resident(station)
    assert "没有知情同意" not in sit(region="431221000000").get("/").content.decode()


def test_the_bench_asks_no_more_than_ten_times_for_one_or_three(sit: Sit, station: Station) -> None:
    county = sit()
    resident(station, "D1")
    county.get("/")
    before = queries(county, "/")
    for code in ("D2", "D3"):
        resident(station, code)
    assert queries(county, "/") == before <= 10


def test_changes_are_summed_up_by_register(sit: Sit, station: Station) -> None:
    resident(station)
    page = sit().get("/").content.decode()
    assert "新增 1 条" in page
    assert "服务对象" in page


def test_a_station_sees_what_it_wrote_this_month(sit: Sit, station: Station) -> None:
    page = sit("station_worker", TUOYUAN, station_id=station.pk).get("/").content.decode()
    assert "本月已登记 0 条服务记录" in page


def test_a_resident_sees_their_own_file_and_nothing_else(sit: Sit, station: Station) -> None:
    own, other = resident(station, "D1"), resident(station, "D2", name="上官夏月")
    client = sit("resident", TUOYUAN, person_id=own)
    page = client.get("/").content.decode()
    assert "欧阳春生" in page
    assert "上官夏月" not in page
    assert client.get(f"/r/residents/{other}/").status_code == 404


def test_a_resident_sees_which_station_serves_them_and_where_it_is(sit: Sit, station: Station) -> None:
    with opened(EVERYTHING):
        Station.objects.filter(pk=station.pk).update(address="迎丰东路 12 号")
    own = resident(station, "D1")
    client = sit("resident", TUOYUAN, person_id=own)
    for address in ("/", f"/r/residents/{own}/"):
        page = client.get(address).content.decode()
        assert station.name in page
        assert str(station.pk) not in page
    assert "迎丰东路 12 号" in client.get("/").content.decode()


def volunteer(station: Station, code: str) -> object:
    row = {
        "code": code, "name": "诸葛秋实", "home_region": TUOYUAN, "station": station.code,
        "registered_on": "2021-01-05",
    }  # fmt: skip
    with opened(EVERYTHING):
        return made("volunteers", **row)


def served(volunteer: str, code: str, hours: str) -> None:
    row = {
        "code": code, "volunteer": volunteer, "activity": "敬老", "content": "理发", "served_on": "2021-05-01",
        "hours": hours, "recorded_by": "坨院街道社工站",
    }  # fmt: skip
    with opened(EVERYTHING):
        outcome = save_one(VOLUNTEER_RECORDS, row | {"station": Station.objects.get().code})
    assert not outcome.faults, outcome.faults


def test_a_volunteer_sees_their_own_hours_and_station(sit: Sit, station: Station) -> None:
    own, _other = volunteer(station, "V1"), volunteer(station, "V2")
    for name, code, hours in (("V1", "FWJL-1", "2.5"), ("V1", "FWJL-2", "4"), ("V2", "FWJL-3", "8")):
        served(name, code, hours)
    client = sit("volunteer", TUOYUAN, person_id=own)
    page = client.get("/").content.decode()
    assert "6.5" in page
    assert station.name in page
    listed = client.get("/r/volunteer-hours/").content.decode()
    assert [code for code in ("FWJL-1", "FWJL-2", "FWJL-3") if code in listed] == ["FWJL-1", "FWJL-2"]


@pytest.mark.parametrize("address", ["/overview/", "/figures/", "/accounts/", "/audit/"])
def test_a_resident_opens_no_desk(sit: Sit, station: Station, address: str) -> None:
    assert sit("resident", TUOYUAN, person_id=resident(station)).get(address).status_code == 403


def menu(page: str) -> list[str]:
    return re.findall(
        r'href="([^"]+)"', page[page.index('<ul class="pages">') :].split("</ul>", maxsplit=1)[0]
    )


def test_the_menu_of_services_holds_ten_entries_and_the_rest_is_a_page_away(
    sit: Sit, station: Station
) -> None:
    lead = sit("station_lead", TUOYUAN, station_id=station.pk)
    entries = menu(lead.get("/r/residents/").content.decode())
    assert len(entries) <= 10
    assert entries[-1] == "/desks/service/"
    page = lead.get("/desks/service/").content.decode()
    for beside in ("/r/session-notes/", "/r/case-goals/", "/scales/", "/residents/handovers/"):
        assert beside not in entries
        assert f'href="{beside}"' in page


def test_a_list_beside_the_menu_stands_below_its_desk(sit: Sit, station: Station) -> None:
    page = sit("station_lead", TUOYUAN, station_id=station.pk).get("/r/session-notes/").content.decode()
    assert '<a href="/desks/service/" aria-current="page">' in page


def test_a_desk_without_more_than_its_menu_has_no_such_page(sit: Sit) -> None:
    assert sit("county_official").get("/desks/network/").status_code == 404
