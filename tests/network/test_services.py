"""Verbs of stations: dated, all or none, within the writer's scope."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import F
from django.utils import timezone

from linzhan.kernel.scope import EVERYTHING, Scope, opened
from linzhan.network.api import (
    NormAdoption,
    Station,
    StationProfile,
    StationRefused,
    StationState,
    close_stations,
    move_stations,
    open_station,
    open_stations,
    rename_stations,
    set_demonstration,
    start_stations,
)
from linzhan.policy.api import network
from tests.factories.network import adoption, norm, profile, station
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG, ZHONGFANG_TOWN
from tests.network.conftest import State

START, DAY = date(2020, 1, 1), date(2021, 7, 1)


def stretches(of: Station) -> list[tuple[date | None, date | None, str, str]]:
    rows = StationState.objects.filter(subject=of).order_by(F("valid_from").asc(nulls_first=True))
    return [(row.valid_from, row.valid_to, row.status, row.region_code) for row in rows]


def running(region: str = TUOYUAN) -> Station:
    return station(region, opened_on=START, today=START)


@pytest.mark.usefixtures("hunan")
def test_a_new_station_is_named_as_its_place_calls_stations(state: State) -> None:
    """NET-07"""
    state(network.TOWNSHIP_STATION_NAME, HECHENG, "社会工作和社会救助服务站")
    made = Station.objects.get(pk=open_station(code="HC01", region=TUOYUAN, on=DAY))
    assert made.name == "坨院街道社会工作和社会救助服务站"
    assert (made.status, made.opened_on) == ("运营", DAY)
    assert stretches(made) == [(DAY, None, "运营", TUOYUAN)]


@pytest.mark.usefixtures("hunan")
def test_many_stations_open_at_once_or_none() -> None:
    rows = [{"code": "HC01", "region": TUOYUAN}, {"code": "HC02", "region": CHENGNAN, "operation": "外包"}]
    with pytest.raises(StationRefused, match=r"HC02.*政府购买"):
        open_stations(stations=rows, on=DAY)
    assert not Station.objects.exists()
    ids = open_stations(stations=[rows[0], {**rows[1], "operation": "直聘"}], on=DAY)
    assert list(Station.objects.filter(pk__in=ids).order_by("code").values_list("code", flat=True)) == [
        "HC01",
        "HC02",
    ]


@pytest.mark.usefixtures("hunan")
def test_a_code_that_is_taken_does_not_open_again() -> None:
    taken = running()
    with pytest.raises(StationRefused, match="已被使用"):
        open_station(code=taken.code, region=TUOYUAN, on=DAY)
    assert stretches(taken) == [(START, None, "运营", TUOYUAN)]


@pytest.mark.usefixtures("everywhere")
def test_a_new_station_needs_a_code_and_a_division() -> None:
    with pytest.raises(StationRefused, match="区划代码"):
        open_station(code="HC01", region="坨院街道", on=DAY)


@pytest.mark.usefixtures("everywhere")
def test_a_closed_station_keeps_its_history() -> None:
    closed = running()
    close_stations(stations=[closed.pk], on=DAY)
    assert stretches(closed) == [(START, DAY, "运营", TUOYUAN), (DAY, None, "撤销", TUOYUAN)]


@pytest.mark.usefixtures("everywhere")
def test_closing_on_the_opening_day_corrects_it() -> None:
    closed = running()
    close_stations(stations=[closed.pk], on=START)
    assert stretches(closed) == [(START, None, "撤销", TUOYUAN)]


@pytest.mark.usefixtures("everywhere")
def test_a_suspended_station_can_start_again() -> None:
    paused = station(status="暂停", today=START)
    start_stations(stations=[paused.pk], on=DAY)
    assert [row[2] for row in stretches(paused)] == ["暂停", "运营"]


@pytest.mark.usefixtures("everywhere")
def test_a_station_moves_with_what_is_kept_for_it() -> None:
    moved = running()
    norm(code="GF01")
    profile(moved, brand="微光社工")
    adoption(moved, "GF01")
    move_stations(regions={moved.pk: ZHONGFANG_TOWN}, on=DAY)
    assert stretches(moved) == [(START, DAY, "运营", TUOYUAN), (DAY, None, "运营", ZHONGFANG_TOWN)]
    assert StationProfile.objects.get().region_code == ZHONGFANG_TOWN
    assert NormAdoption.objects.get().region_code == ZHONGFANG_TOWN


@pytest.mark.usefixtures("everywhere")
def test_a_code_that_the_other_county_uses_keeps_a_station_from_moving_there() -> None:
    moved = running()
    station(ZHONGFANG_TOWN, code=moved.code)
    with pytest.raises(StationRefused, match="已被使用"):
        move_stations(regions={moved.pk: ZHONGFANG_TOWN}, on=DAY)
    assert stretches(moved) == [(START, None, "运营", TUOYUAN)]


@pytest.mark.usefixtures("everywhere")
def test_a_station_keeps_the_name_it_bore() -> None:
    named = running()
    rename_stations(names={named.pk: "坨院街道社会工作站"}, on=DAY)
    rows = StationState.objects.filter(subject=named).order_by("valid_from")
    assert [row.name for row in rows] == ["坨院街道社工站", "坨院街道社会工作站"]


@pytest.mark.usefixtures("everywhere")
def test_a_demonstration_level_is_given_and_taken() -> None:
    """STN-21"""
    shown = running()
    set_demonstration(levels={shown.pk: "市级"}, on=DAY)
    set_demonstration(levels={shown.pk: "无"}, on=DAY + timedelta(30))
    rows = StationState.objects.filter(subject=shown).order_by("valid_from")
    assert [row.demonstration_level for row in rows] == ["", "市级", "无"]
    with pytest.raises(StationRefused, match="国家级"):
        set_demonstration(levels={shown.pk: "国家级"}, on=DAY + timedelta(60))


@pytest.mark.usefixtures("everywhere")
def test_history_is_not_rewritten_by_an_earlier_day() -> None:
    closed = running()
    close_stations(stations=[closed.pk], on=DAY)
    with pytest.raises(StationRefused, match="更晚的日期"):
        start_stations(stations=[closed.pk], on=DAY - timedelta(1))
    with pytest.raises(StationRefused, match="更晚的日期"):
        start_stations(stations=[closed.pk], on=START - timedelta(1))


@pytest.mark.usefixtures("everywhere")
def test_a_day_to_come_is_refused() -> None:
    tomorrow = timezone.localdate() + timedelta(1)
    with pytest.raises(StationRefused, match="还没有到"):
        close_stations(stations=[running().pk], on=tomorrow)


@pytest.mark.django_db
def test_a_station_out_of_scope_does_not_exist() -> None:
    with opened(EVERYTHING):
        here, there = running(), running(ZHONGFANG_TOWN)
    with opened(Scope(regions=(HECHENG,))):
        with pytest.raises(StationRefused, match="找不到"):
            close_stations(stations=[here.pk, there.pk], on=DAY)
        with pytest.raises(StationRefused, match="找不到"):
            close_stations(stations=[uuid4()], on=DAY)
        with pytest.raises(StationRefused, match="管辖范围"):
            move_stations(regions={here.pk: ZHONGFANG}, on=DAY)
    with opened(EVERYTHING):
        assert stretches(here) == [(START, None, "运营", TUOYUAN)]
