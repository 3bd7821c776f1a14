"""An account of a station is somebody on the register of workers: chosen at the desk, from that station (NFR-06)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from linzhan.accounts.api import Appointment, User, account, end_appointment, history_of_appointments
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories import network, workforce
from tests.factories.places import CHENGNAN
from tests.office.conftest import Sit, person

PICK = "/accounts/pick/workers/"


@pytest.fixture
def county(sit: Sit) -> Client:
    return sit()


def hired(station: Station, **values: Any) -> SocialWorker:
    with opened(EVERYTHING):
        return workforce.worker(station=station.code, **values)


def held(user: User | None) -> Appointment:
    assert user is not None
    with opened(EVERYTHING):
        return history_of_appointments(user)[0]


def new(client: Client, station: Station, **values: Any) -> str:
    sent = {"username": "xiaoxia", "display_name": "夏青", "role": "station_worker", "stations": station.pk}
    return client.post("/accounts/new/", {**sent, **values}).content.decode()


def test_a_new_account_of_a_station_carries_the_worker_chosen(county: Client, station: Station) -> None:
    worker = hired(station)
    assert "一次性密码" in new(county, station, worker=worker.pk)
    assert held(account(username="xiaoxia")).person_id == worker.pk


def test_somebody_of_another_station_or_who_has_left_is_refused(county: Client, station: Station) -> None:
    with opened(EVERYTHING):
        other = network.station(CHENGNAN)
    for wrong in (hired(other), hired(station, left_on="2021-03-01")):
        assert "这个站点没有这位在职社工" in new(county, station, worker=wrong.pk)
    assert account(username="xiaoxia") is None


def test_one_worker_has_one_account_until_that_one_ends(county: Client, station: Station) -> None:
    worker = hired(station)
    first = person("first", "station_worker", station.region_code, station_id=station.pk, person_id=worker.pk)
    assert "已关联账号“first”" in new(county, station, worker=worker.pk)
    with opened(EVERYTHING):
        end_appointment(appointment=held(first), on=worker.hired_on)
    assert "一次性密码" in new(county, station, worker=worker.pk)


def test_the_same_person_can_hold_two_appointments(county: Client, station: Station) -> None:
    worker = hired(station)
    user = person("first", "station_worker", station.region_code, station_id=station.pk, person_id=worker.pk)
    sent = {"role": "station_lead", "stations": station.pk, "worker": worker.pk}
    assert county.post(f"/accounts/{user.pk}/appoint/", sent).status_code == 302
    with opened(EVERYTHING):
        assert {each.person_id for each in history_of_appointments(user)} == {worker.pk}


def test_an_appointment_made_without_is_shown_so_and_mended(county: Client, station: Station) -> None:
    worker = hired(station, name="宋浩全")
    user = person("first", "station_worker", station.region_code, station_id=station.pk)
    address = f"/accounts/appointments/{held(user).pk}/worker/"
    page = county.get(f"/accounts/{user.pk}/").content.decode()
    assert "未关联" in page
    assert address in page
    assert county.post(address, {"worker": worker.pk}).status_code == 302
    assert held(user).person_id == worker.pk
    assert "宋浩全" in county.get(f"/accounts/{user.pk}/").content.decode()
    assert "宋浩全" in county.get(address).content.decode()
    with opened(EVERYTHING):
        assert AuditEntry.objects.filter(row_id=str(held(user).pk), after__has_key="person_id").exists()
    county.post(address, {"worker": ""})
    assert held(user).person_id is None


def test_the_row_of_another_role_or_out_of_reach_is_not_touched(
    county: Client, sit: Sit, station: Station
) -> None:
    worker = hired(station)
    official = person("official", "finance")
    assert county.get(f"/accounts/appointments/{held(official).pk}/worker/").status_code == 404
    user = person("first", "station_worker", station.region_code, station_id=station.pk)
    address = f"/accounts/appointments/{held(user).pk}/worker/"
    assert sit(region="431221000000").post(address, {"worker": worker.pk}).status_code == 404
    assert sit("station_lead", station.region_code, station_id=station.pk).get(address).status_code == 403
    assert held(user).person_id is None


def test_the_picker_offers_the_stations_own_people_by_name_or_pinyin(
    county: Client, station: Station
) -> None:
    with opened(EVERYTHING):
        other = network.station(CHENGNAN)
    song, _away = hired(station, name="宋浩全"), hired(other, name="宋江")
    hired(station, name="李一", left_on="2021-01-01")
    _he = hired(station, name="何云")

    def offered(text: str = "", at: object = station.pk) -> list[str]:
        return re.findall(
            r'data-label="([^"]+)"', county.get(PICK, {"q": text, "stations": str(at)}).content.decode()
        )

    assert sorted(offered()) == ["何云", "宋浩全"]
    assert offered("宋") == offered("shq") == offered("songhao") == [song.name]
    assert offered("王") == offered(at="x") == []
    assert "请先选择站点" in county.get(PICK, {"q": "宋", "stations": ""}).content.decode()
