"""The dialog promises that who looked can be found: by those who answer for the area, and by oneself (NFR-05)."""

from __future__ import annotations

from django.test import Client

from linzhan.network.api import Station
from tests.factories.places import HECHENG, ZHONGFANG
from tests.office.registers.conftest import IDENTITY, At, resident

PAGE = "/audit/reveals/"


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def look(client: Client, identity: object, reason: str = "核对低保名单") -> None:
    answer = client.post(f"/r/residents/{identity}/reveal/identity_number/", {"reason": reason})
    assert answer.status_code == 200


def test_who_answers_for_the_area_reads_who_looked_at_what_of_whom_and_why(at: At, here: Station) -> None:
    identity = resident(here)
    look(at("county_official"), identity)
    page = shown(at("county_official"), PAGE)
    for told in ("核对低保名单", "证件号码", "服务对象", "梁一凡", f"/r/residents/{identity}/history/"):
        assert told in page
    assert IDENTITY not in page


def test_what_was_looked_at_elsewhere_is_not_listed(at: At, here: Station) -> None:
    look(at("county_official"), resident(here))
    assert "核对低保名单" not in shown(at("county_official", ZHONGFANG), PAGE)


def test_the_list_is_for_those_who_hold_the_right_to_the_history(at: At, here: Station) -> None:
    assert at("station_worker", HECHENG, stations=[here.pk]).get(PAGE).status_code == 403


def test_the_list_is_narrowed_by_reader_register_and_day(at: At, here: Station) -> None:
    official = at("county_official")
    look(official, resident(here))
    assert "核对低保名单" in shown(official, f"{PAGE}?who=梁&table=casework_resident&since=2020-01-01")
    for asked in ("who=无此人", "table=workforce_socialworker", "until=2020-01-01"):
        assert "核对低保名单" not in shown(official, f"{PAGE}?{asked}")
    assert "核对低保名单" in shown(official, f"{PAGE}?before=made-up")


def test_the_history_of_a_row_says_who_looked(at: At, here: Station) -> None:
    identity = resident(here)
    look(at("county_official"), identity)
    page = shown(at("county_official"), f"/r/residents/{identity}/history/")
    assert "谁看过完整信息" in page
    assert "核对低保名单" in page


def test_without_the_right_a_reader_finds_only_what_they_looked_at_themselves(at: At, here: Station) -> None:
    identity = resident(here)
    look(at("county_official"), identity, "县里抽查")
    worker = at("station_worker", HECHENG, stations=[here.pk])
    address = f"/r/residents/{identity}/history/"
    assert "谁看过完整信息" not in shown(worker, address)
    look(worker, identity, "回访前核对")
    page = shown(worker, address)
    assert "回访前核对" in page
    assert "县里抽查" not in page
