"""What stations and places lack, with the clause that asks for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linzhan.kernel.scope import Scope, ScopeViolation, opened
from linzhan.network.api import (
    Lack,
    Station,
    close_stations,
    demonstration_quota,
    duties_of,
    missing_below,
    proposed_name,
    standard_check,
    tier_name,
    tiers_of,
)
from linzhan.policy.api import network
from tests.factories.network import STANDARD, profile, station, tier_duty
from tests.factories.places import (
    CHENGNAN,
    HECHENG,
    HUAIHUA,
    HUANGJINAO,
    HUANGYAN,
    HUNAN,
    LITOUYUAN,
    TONGWAN,
    TUOYUAN,
    ZHONGFANG,
    ZHONGFANG_TOWN,
)
from tests.network.conftest import State

pytestmark = pytest.mark.usefixtures("hunan")

ON = date(2021, 7, 1)
THREE = [
    {"code": "has_site", "wording": "有场地"},
    {"code": "has_staff", "wording": "有人员"},
    {"code": "has_functions", "wording": "有服务"},
]


def lacks(of: Station, on: date = ON) -> list[str]:
    return [lack.item for lack in standard_check([of.pk], on)[of.pk].lacks]


def test_an_item_that_is_not_stated_is_lacked_in_the_places_own_words(state: State) -> None:
    """STN-02, STN-03"""
    state(network.BUILD_CHECKLIST, HECHENG, THREE)
    check = standard_check([(of := station(has_site="是", has_staff="否")).pk], ON)[of.pk]
    assert [lack.item for lack in check.lacks] == ["有人员", "有服务"]
    assert check.lacks[0].citation == "《关于社工站的意见》(湘民发〔2020〕1号) 第三条"
    assert not check.met


def test_the_national_checklist_holds_where_no_place_has_its_own() -> None:
    assert lacks(station(**STANDARD)) == []
    assert lacks(station()) == ["有场地", "有人员", "有设施设备", "有规章制度", "有工作流程", "有服务功能"]


def test_the_checklist_is_held_against_the_state_of_the_day() -> None:
    early = station(code="ZD01", has_site="否", today=date(2021, 1, 1))
    station(code="ZD01", **STANDARD, today=ON)
    assert "有场地" in lacks(early, date(2021, 6, 30))
    assert lacks(early, ON) == []


def test_an_area_below_the_floor_is_lacked(state: State) -> None:
    """STN-07"""
    state(network.MINIMUM_AREA, HECHENG, Decimal(80))
    assert lacks(station(**STANDARD, area="80")) == []
    assert lacks(station(**STANDARD, area="79.5")) == ["专用面积不少于 80㎡(现为79.5㎡)"]
    assert lacks(station(**STANDARD)) == ["专用面积不少于 80㎡(现为未填)"]
    assert lacks(station(ZHONGFANG_TOWN, **STANDARD)) == []


def test_zones_rooms_and_unified_items_are_looked_for_in_the_file(state: State) -> None:
    """STN-08, STN-09, STN-10, STN-12"""
    state(network.FUNCTION_ZONES, HECHENG, ["综合接待区", "个案室"])
    state(network.UNIFIED_ITEMS, HECHENG, ["统一对外名称", "统一服务logo"])
    of = station(**STANDARD)
    assert lacks(of) == ["综合接待区", "个案室", "统一对外名称", "统一服务logo"]
    profile(of, zones="综合接待区", rooms="个案室、小组室", unified_items="统一对外名称")
    assert lacks(of) == ["统一服务logo"]


def test_a_standard_is_checked_in_as_many_queries_for_three_stations_as_for_one() -> None:
    ids = [station(code).pk for code in (TUOYUAN, CHENGNAN, ZHONGFANG_TOWN)]
    counts = []
    for asked in (ids[:1], ids):
        with CaptureQueriesContext(connection) as seen:
            assert len(standard_check(asked, ON)) == len(asked)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 8


def test_stations_out_of_scope_and_of_later_days_are_left_out() -> None:
    here, there = station(), station(ZHONGFANG_TOWN)
    later = station(opened_on="2021-07-02")
    with opened(Scope(regions=(HECHENG,))):
        assert set(standard_check([here.pk, there.pk, later.pk], ON)) == {here.pk}


def test_what_is_missing_below_a_place_is_listed() -> None:
    """TGT-13: townships without an operating station, with what is on its way there."""
    station(TUOYUAN, **STANDARD)
    short = station(CHENGNAN, code="ZD02", has_site="是")
    station(HUANGJINAO, name="黄金坳镇社工站", status="建设中")
    station(HUANGYAN, kind="安置点", **STANDARD)
    missing = missing_below(HECHENG, ON)
    assert [(each.name, each.ahead) for each in missing.townships] == [
        ("黄金坳镇", ("黄金坳镇社工站(建设中)",)),
        ("黄岩旅游度假区", ()),
    ]
    assert missing.townships[0].path == "湖南省/怀化市/鹤城区/黄金坳镇"
    assert [each.station_id for each in missing.stations] == [short.pk]
    assert Lack("有人员", missing.stations[0].lacks[0].citation) in missing.stations[0].lacks


def test_a_zone_that_does_not_count_is_not_missed(state: State) -> None:
    state(network.COUNT_STATISTICAL_TOWNSHIPS, HECHENG, False)
    names = [each.name for each in missing_below(HECHENG, ON).townships]
    assert names == ["坨院街道", "城南街道", "黄金坳镇"]


def test_a_closed_station_leaves_its_township_uncovered_from_that_day() -> None:
    closed = station(TONGWAN, opened_on="2020-01-01", today=date(2020, 1, 1))
    close_stations(stations=[closed.pk], on=ON)
    assert TONGWAN not in [each.code for each in missing_below(ZHONGFANG, date(2021, 6, 30)).townships]
    assert TONGWAN in [each.code for each in missing_below(ZHONGFANG, ON).townships]


def test_demonstration_stations_are_held_against_the_quota(state: State) -> None:
    """STN-21, TGT-11: three of the province per city, one of city or county per county."""
    quota = [
        {"level": "省级", "per": "设区市", "number": 3},
        {"level": "市县级", "per": "县区", "number": 1, "at_least": True},
    ]
    assert demonstration_quota(HUNAN, ON) == []
    state(network.DEMONSTRATION_QUOTA, HUNAN, quota)
    station(TUOYUAN, demonstration_level="省级")
    station(CHENGNAN, demonstration_level="市级")
    station(CHENGNAN, demonstration_level="县级")
    station(ZHONGFANG_TOWN, demonstration_level="县级", status="暂停")
    lines = [
        (each.region_name, each.level, each.actual, each.short) for each in demonstration_quota(HUNAN, ON)
    ]
    assert lines == [("怀化市", "省级", 1, 2), ("鹤城区", "市县级", 2, 0), ("中方县", "市县级", 0, 1)]
    assert [each.region_name for each in demonstration_quota(ZHONGFANG, ON)] == ["中方县"]


def test_tiers_and_names_are_the_places_own(state: State) -> None:
    """NET-03, NET-05, NET-07"""
    assert tiers_of(HECHENG, ON)[0].tier == "市级指导中心"
    assert tier_name("村社区社工室", LITOUYUAN, ON) == "村(居)社工室"
    state(network.TIERS, HUNAN, [{"tier": "县级社工总站", "name": "区县社会工作指导中心"}])
    state(network.VILLAGE_POINT_NAME, HUAIHUA, "社会工作和志愿服务站")
    assert [each.name for each in tiers_of(HECHENG, ON)] == ["区县社会工作指导中心"]
    assert tier_name("县级社工总站", HECHENG, ON) == "区县社会工作指导中心"
    assert tier_name("市级指导中心", HUAIHUA, ON) == "市级指导中心"
    assert proposed_name("村社区社工室", LITOUYUAN, ON) == "犁头园村社会工作和志愿服务站"


def test_the_nearest_places_duties_hold_while_they_last() -> None:
    """NET-06, NET-10"""
    tier_duty(body="湖南省社工站项目办公室")
    tier_duty(tier="县级社工总站", duties="全省的职责")
    tier_duty(region=HUAIHUA, tier="县级社工总站", duties="怀化的职责", starts_on=ON, ends_on="2021-12-31")
    with opened(Scope(regions=(HECHENG,))):
        office = duties_of("省级项目办", HECHENG, ON)
        assert office is not None
        assert office.body == "湖南省社工站项目办公室"
        days = (date(2021, 6, 30), ON, date(2021, 12, 31), date(2022, 1, 1))
        held = [duties_of("县级社工总站", HECHENG, day) for day in days]
        assert [each.duties if each else "" for each in held] == [
            "全省的职责",
            "怀化的职责",
            "怀化的职责",
            "全省的职责",
        ]
        assert duties_of("村社区社工室", HECHENG, ON) is None


def test_what_is_missing_elsewhere_is_not_told_from_what_cannot_be_seen() -> None:
    """Stations that the reader does not see would make every township there look uncovered."""
    with opened(Scope(regions=(HECHENG,))):
        for question in (missing_below, demonstration_quota):
            with pytest.raises(ScopeViolation):
                question(ZHONGFANG, ON)
