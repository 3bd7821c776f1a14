"""The figures of the network on small hand-made cases (``contract/figures.md``, network.*)."""

from __future__ import annotations

from datetime import date

import pytest

from linzhan.network.api import (
    STATIONS,
    close_stations,
    move_stations,
    rename_stations,
    start_stations,
)
from linzhan.policy.api import network
from linzhan.territory.api import Region
from tests.factories.figures import fraction, parts, value
from tests.factories.network import SIX, STANDARD, grid, pilot, row_of, save_row, station
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
    WANTAN,
    ZHONGFANG,
    ZHONGFANG_TOWN,
)
from tests.network.conftest import State

pytestmark = pytest.mark.usefixtures("hunan")

EVE, DAY = date(2021, 6, 30), date(2021, 7, 1)


def test_townships_include_statistical_ones_unless_the_rulebook_leaves_them_out(state: State) -> None:
    assert value("network.townships", HECHENG) == 4
    state(network.COUNT_STATISTICAL_TOWNSHIPS, HECHENG, False)
    assert value("network.townships", HECHENG) == 3
    assert value("network.townships", HUAIHUA) == 5


def test_a_township_counts_from_its_first_day_to_before_its_end() -> None:
    """NET-14"""
    Region.objects.filter(code=CHENGNAN).update(valid_from=DAY, valid_to=date(2022, 1, 1))
    assert value("network.townships", HECHENG, as_of=EVE) == 3
    assert value("network.townships", HECHENG, as_of=DAY) == 4
    assert value("network.townships", HECHENG, as_of=date(2021, 12, 31)) == 4
    assert value("network.townships", HECHENG, as_of=date(2022, 1, 1)) == 3


def test_stations_are_those_that_are_neither_planned_nor_closed() -> None:
    for status in ("计划", "建设中", "建成", "运营", "暂停", "撤销"):
        station(status=status)
    station(HECHENG, tier="县级社工总站")
    assert value("network.stations", HECHENG) == 4
    assert value("network.stations_operating", HECHENG) == 1
    assert parts("network.stations", HECHENG, "tier") == {"乡镇街道社工站": 4, "县级社工总站": 1}
    assert parts("network.stations", HECHENG, "status") == {"建设中": 1, "建成": 1, "运营": 1, "暂停": 1}


def test_stations_split_by_kind() -> None:
    station(kind="普通")
    station(kind="安置点")
    assert parts("network.stations", HECHENG, "kind") == {"普通": 1, "安置点": 1}


def test_without_a_station_register_nothing_is_known() -> None:
    assert value("network.stations", HECHENG) is None
    assert value("network.coverage", HECHENG) is None
    assert value("network.counties_fully_covered", HECHENG) is None


def test_two_stations_in_one_township_cover_it_once() -> None:
    station(TUOYUAN)
    station(LITOUYUAN)
    station(CHENGNAN)
    assert fraction("network.coverage", HECHENG) == (2, 4)


def test_a_resettlement_site_never_raises_coverage() -> None:
    """NET-12, TGT-03: it is a station, but the township is not covered by it."""
    station(TUOYUAN, kind="安置点")
    assert fraction("network.coverage", HECHENG) == (0, 4)
    assert value("network.stations_operating", HECHENG) == 1
    station(TUOYUAN, kind="特色")
    assert fraction("network.coverage", HECHENG) == (1, 4)


@pytest.mark.parametrize("status", ["计划", "建设中", "建成", "暂停", "撤销"])
def test_only_an_operating_station_covers(status: str) -> None:
    station(TUOYUAN, status=status)
    assert value("network.coverage", HECHENG) == 0


def test_a_station_covers_from_the_day_it_opens() -> None:
    station(TUOYUAN, opened_on=DAY)
    assert value("network.coverage", HECHENG, as_of=EVE) == 0
    assert value("network.coverage", HECHENG, as_of=DAY) == 25


def test_closing_a_station_leaves_the_day_before_as_it_was() -> None:
    """NFR-02"""
    closed = station(TUOYUAN, opened_on="2020-01-01", today=date(2020, 1, 1))
    close_stations(stations=[closed.pk], on=DAY)
    assert value("network.stations", HECHENG, as_of=EVE) == 1
    assert value("network.stations", HECHENG, as_of=DAY) == 0
    assert value("network.coverage", HECHENG, "2020") == 25


def test_a_station_that_moves_covers_where_it_stood_before() -> None:
    moved = station(TUOYUAN, opened_on="2020-01-01", today=date(2020, 1, 1))
    move_stations(regions={moved.pk: ZHONGFANG_TOWN}, on=DAY)
    assert value("network.coverage", TUOYUAN, as_of=EVE) == 100
    assert value("network.coverage", ZHONGFANG, as_of=EVE) == 0
    assert value("network.coverage", TUOYUAN, as_of=DAY) == 0
    assert value("network.coverage", ZHONGFANG, as_of=DAY) == 50
    assert value("network.stations", HUAIHUA, as_of=DAY) == 1


def test_centres_count_once_per_county() -> None:
    """TGT-04"""
    station(HECHENG, tier="县级社工总站", status="建成")
    station(HECHENG, tier="县级社工总站")
    assert value("network.county_centres", HUAIHUA) == 2
    assert fraction("network.county_centre_coverage", HUAIHUA) == (1, 2)


def test_rooms_cover_villages_once() -> None:
    """TGT-08, STN-25"""
    for _ in range(2):
        station(LITOUYUAN, tier="村社区社工室")
    station(WANTAN, tier="村社区社工室", status="计划")
    assert value("network.village_rooms", HECHENG) == 2
    assert fraction("network.village_coverage", HECHENG) == (1, 2)


def test_a_county_whose_villages_nobody_asked_for_counts_with_their_number() -> None:
    """TGT-08: the rate of a city is that of all its villages, however many are in the tree."""
    station(LITOUYUAN, tier="村社区社工室")
    Region.objects.filter(code__in=(TUOYUAN, ZHONGFANG_TOWN)).update(villages=7)
    assert fraction("network.village_coverage", HECHENG) == (1, 2)  # its villages are loaded
    assert fraction("network.village_coverage", HUAIHUA) == (1, 9)
    village = Region(code="431221100200", name="水垅村", level=5, parent_code=ZHONGFANG_TOWN)
    village.save(force_insert=True)
    assert fraction("network.village_coverage", HUAIHUA) == (1, 3)


def test_demonstration_stations_are_operating_and_have_a_level() -> None:
    """STN-21"""
    station(demonstration_level="省级")
    station(demonstration_level="县级")
    station(demonstration_level="县级", status="暂停")
    station(demonstration_level="无")
    station()
    assert value("network.demonstration_stations", HECHENG) == 2
    assert parts("network.demonstration_stations", HECHENG, "level") == {"省级": 1, "县级": 1}


def test_a_station_meets_the_standard_when_every_item_is_stated_true() -> None:
    """STN-02: not stated is not met."""
    station(**STANDARD)
    station(**{**STANDARD, "has_rules": "否"})
    station(**dict.fromkeys(SIX[:-1], "是"))
    station(**STANDARD, status="建成")
    assert fraction("network.standard_met", HECHENG) == (1, 3)


def test_each_place_is_held_to_its_own_checklist(state: State) -> None:
    """STN-03: Fujian asks for three things, others for six."""
    three = [{"code": code, "wording": code} for code in ("has_site", "has_staff", "has_functions")]
    state(network.BUILD_CHECKLIST, HECHENG, three)
    some = {"has_site": "是", "has_staff": "是", "has_functions": "是"}
    station(TUOYUAN, **some)
    station(ZHONGFANG_TOWN, **some)
    assert value("network.standard_met", HECHENG) == 100
    assert value("network.standard_met", ZHONGFANG) == 0


def test_a_county_is_covered_by_one_station_and_fully_by_one_in_every_township() -> None:
    """TGT-14: Hezhou covers all counties with 40 % of its townships; Huaihua all townships."""
    station(TUOYUAN)
    station(ZHONGFANG_TOWN)
    assert fraction("network.county_coverage", HUAIHUA) == (2, 2)
    assert value("network.counties_fully_covered", HUAIHUA) == 0
    station(TONGWAN)
    assert value("network.counties_fully_covered", HUAIHUA) == 1
    assert value("network.counties_fully_covered", ZHONGFANG) == 1
    assert value("network.counties_fully_covered", HECHENG) == 0


def test_a_zone_that_does_not_count_does_not_keep_a_county_from_being_covered(state: State) -> None:
    for code in (TUOYUAN, CHENGNAN, HUANGJINAO):
        station(code)
    assert value("network.counties_fully_covered", HECHENG) == 0
    state(network.COUNT_STATISTICAL_TOWNSHIPS, HECHENG, False)
    assert value("network.counties_fully_covered", HECHENG) == 1
    station(HUANGYAN, kind="安置点")
    assert value("network.counties_fully_covered", HECHENG) == 1


def test_a_station_is_new_in_the_period_in_which_it_first_operates() -> None:
    """TGT-06, TGT-15: going on after a pause is nothing new, nor is a new name."""
    built = station(status="建成", today=date(2020, 3, 1))
    start_stations(stations=[built.pk], on=DAY)
    rename_stations(names={built.pk: "坨院街道社会工作站"}, on=date(2021, 9, 1))
    station(CHENGNAN, opened_on="2020-12-31")
    station(HUANGJINAO)
    assert value("network.stations_opened", HECHENG, "2021") == 1
    assert value("network.stations_opened", HECHENG, "2021Q4") == 0
    assert value("network.stations_opened", HECHENG, "2020") == 1


def test_a_station_that_starts_keeps_what_it_was_before() -> None:
    built = station(status="建成", today=date(2020, 3, 1))
    start_stations(stations=[built.pk], on=DAY)
    assert value("network.stations", HECHENG, "2020") == 1
    assert value("network.stations_operating", HECHENG, as_of=EVE) == 0
    assert value("network.stations_operating", HECHENG, as_of=DAY) == 1


def test_a_later_roster_dates_a_change_of_status() -> None:
    row = row_of(STATIONS, opened_on="2020-01-01")
    save_row(STATIONS, **row, today=date(2020, 1, 1))
    save_row(STATIONS, **{**row, "status": "暂停"}, today=DAY)
    assert value("network.stations_operating", HECHENG, as_of=EVE) == 1
    assert value("network.stations_operating", HECHENG, as_of=DAY) == 0


def test_a_pilot_counts_from_its_first_to_its_last_day() -> None:
    """NET-16"""
    pilot(starts_on=DAY, ends_on="2021-12-31")
    pilot(sponsor_level="市级", starts_on="2020-01-01", station=station().code, region=TUOYUAN)
    assert value("network.pilots", HUNAN, as_of=EVE) == 1
    assert value("network.pilots", HUNAN, as_of=date(2021, 12, 31)) == 2
    assert value("network.pilots", HUNAN, as_of=date(2022, 1, 1)) == 1
    assert parts("network.pilots", HUNAN, "level") == {"省级": 1, "市级": 1}
    assert parts("network.pilots", HUNAN, "subject") == {"地区": 1, "站点": 1}


def test_a_grid_is_covered_while_an_organisation_is_paired_with_it() -> None:
    """NET-15"""
    grid(partners="白露社会工作服务中心、邻里互助会", paired_on=DAY, unpaired_on="2021-12-31")
    grid(set_up_on="2021-01-01")
    grid(abolished_on="2021-01-01")
    assert value("network.grids", HECHENG, as_of=EVE) == 2
    assert fraction("network.grid_coverage", HECHENG, as_of=EVE) == (0, 2)
    assert fraction("network.grid_coverage", HECHENG, as_of=DAY) == (1, 2)
    assert fraction("network.grid_coverage", HECHENG, as_of=date(2021, 12, 31)) == (0, 2)
