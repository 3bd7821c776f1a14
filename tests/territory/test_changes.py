"""Dated changes of the tree: history and rates survive (NET-14)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from linzhan.territory import api, loader
from linzhan.territory.api import Decree, Unit
from linzhan.territory.enums import ChangeKind
from linzhan.territory.models import Region, RegionChange

BEFORE, DAY = dt.date(2022, 12, 31), dt.date(2023, 5, 1)
DECREE = Decree(on=DAY, source="湖南省民政厅公告", document="湘民行发〔2023〕1号")
COUNTY = "431202000000"
TUOYUAN, CHENGNAN, HUANGJINAO, YINGKOU = "431202005000", "431202007000", "431202101000", "431202201000"


def names_on(day: dt.date) -> set[str]:
    return set(api.townships_on(day, within=COUNTY).values_list("name", flat=True))


def test_a_county_counts_its_zone_apart(tree: loader.Loaded) -> None:
    """NET-13"""
    counts = api.counts_on(DAY, within=COUNTY)
    assert (counts.townships, counts.statistical_townships, counts.all_townships) == (4, 1, 5)
    assert counts.villages == 4
    assert api.townships_on(DAY, within=COUNTY, statistical=False).count() == 4


def test_a_place_without_villages_in_the_book_is_not_said_to_have_none(tree: loader.Loaded) -> None:
    assert api.counts_on(DAY, within="110000000000").villages is None


def test_a_renamed_unit_keeps_its_old_name_for_the_past(tree: loader.Loaded) -> None:
    loader.load_villages(COUNTY)
    api.rename_region(code=YINGKOU, name="盈口街道", decree=DECREE)
    assert (api.name_on(YINGKOU, BEFORE), api.name_on(YINGKOU, DAY)) == ("盈口乡", "盈口街道")
    api.rename_region(code=COUNTY, name="鹤州区", decree=DECREE)
    assert api.path_on(TUOYUAN, BEFORE) == "湖南省/怀化市/鹤城区/坨院街道"
    assert api.path_on(TUOYUAN, DAY) == "湖南省/怀化市/鹤州区/坨院街道"
    assert Region.objects.get(code="431202005200").full_path == "湖南省/怀化市/鹤州区/坨院街道/犁头园村"


def test_two_names_of_the_past_keep_their_order(tree: loader.Loaded) -> None:
    api.rename_region(code=YINGKOU, name="盈口镇", decree=DECREE)
    api.rename_region(code=YINGKOU, name="盈口街道", decree=Decree(on=dt.date(2024, 1, 1), source="公告"))
    days = [BEFORE, DAY, dt.date(2023, 12, 31), dt.date(2024, 1, 1)]
    assert [api.name_on(YINGKOU, day) for day in days] == ["盈口乡", "盈口镇", "盈口镇", "盈口街道"]


def test_a_merger_ends_units_and_leaves_past_counts_alone(tree: loader.Loaded) -> None:
    api.merge_regions(codes=[TUOYUAN, CHENGNAN], into=Unit(code=CHENGNAN, name="坨城街道"), decree=DECREE)
    assert len(names_on(BEFORE)) == 5
    assert names_on(DAY) == {"坨城街道", "黄金坳镇", "盈口乡", "黄岩旅游度假区"}
    assert api.successors(TUOYUAN, DAY) == (CHENGNAN,)
    assert api.successors(TUOYUAN, BEFORE) == (TUOYUAN,)
    assert api.extent(CHENGNAN, DAY) == (TUOYUAN, CHENGNAN)
    assert api.extent(CHENGNAN, BEFORE) == (CHENGNAN,)


def test_what_lay_below_a_merged_unit_lies_below_the_one_that_goes_on(tree: loader.Loaded) -> None:
    api.merge_regions(
        codes=[TUOYUAN, HUANGJINAO], into=Unit(code="431202008000", name="新院街道"), decree=DECREE
    )
    village = Region.objects.get(name="犁头园村")
    assert (village.parent_code, village.full_path) == (
        "431202008000",
        "湖南省/怀化市/鹤城区/新院街道/犁头园村",
    )
    assert api.resolve("新院街道犁头园村") == village
    assert api.counts_on(DAY, within=COUNTY).villages == api.counts_on(BEFORE, within=COUNTY).villages == 4


def test_a_split_gives_every_unit_below_a_place(tree: loader.Loaded) -> None:
    into = [Unit(code="431202011000", name="城东街道"), Unit(code="431202012000", name="城西街道")]
    with pytest.raises(ValidationError, match="没有去处"):
        api.split_region(code=CHENGNAN, into=into, below={"431202007002": into[0].code}, decree=DECREE)
    below = {"431202007002": into[0].code, "431202007208": into[1].code}
    api.split_region(code=CHENGNAN, into=into, below=below, decree=DECREE)
    assert api.successors(CHENGNAN, DAY) == ("431202011000", "431202012000")
    assert Region.objects.get(code="431202007208").full_path.endswith("城西街道/水垅村")
    assert not Region.objects.get(code=CHENGNAN).exists_on(DAY)


def test_a_unit_that_gives_a_part_away_goes_on(tree: loader.Loaded) -> None:
    into = [Unit(code=CHENGNAN, name="城南街道"), Unit(code="431202012000", name="城西街道")]
    api.split_region(code=CHENGNAN, into=into, below={"431202007208": into[1].code}, decree=DECREE)
    assert Region.objects.get(code=CHENGNAN).valid_to is None
    assert api.extent("431202012000", DAY) == ("431202012000",)  # old rows stay with the unit that goes on


def test_a_moved_unit_takes_what_lies_below_along(tree: loader.Loaded) -> None:
    to = Unit(code="431221105000", name="黄金坳镇")
    api.move_region(code=HUANGJINAO, to=to, decree=DECREE)
    assert api.successors("431202101202", DAY) == ("431221105202",)
    assert Region.objects.get(code="431221105202").full_path == "湖南省/怀化市/中方县/黄金坳镇/仇家村"
    assert set(api.extent(to.code, DAY)) == {HUANGJINAO, to.code}
    assert "黄金坳镇" in names_on(BEFORE)
    assert "黄金坳镇" not in names_on(DAY)


def test_successors_follow_change_after_change(tree: loader.Loaded) -> None:
    api.move_region(code=HUANGJINAO, to=Unit(code="431221105000", name="黄金坳镇"), decree=DECREE)
    later = Decree(on=dt.date(2024, 1, 1), source="公告")
    api.merge_regions(codes=["431221105000"], into=Unit(code="431221100000", name="中方镇"), decree=later)
    assert api.successors(HUANGJINAO, later.on) == ("431221100000",)
    assert set(api.extent("431221100000", later.on)) == {HUANGJINAO, "431221100000", "431221105000"}


def test_an_abolished_unit_has_no_successor(tree: loader.Loaded) -> None:
    with pytest.raises(ValidationError, match="没有去处"):
        api.abolish_region(code=CHENGNAN, decree=DECREE)
    api.abolish_region(code="431202400000", decree=DECREE)
    assert api.successors("431202400000", DAY) == ()


def test_a_new_unit_exists_from_its_day(tree: loader.Loaded) -> None:
    made = api.create_region(unit=Unit(code="431202013000", name="高铁新城街道"), decree=DECREE)
    assert made.full_path == "湖南省/怀化市/鹤城区/高铁新城街道"
    assert "高铁新城街道" not in names_on(BEFORE)
    assert "高铁新城街道" in names_on(DAY)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        (Unit(code="431202005000", name="新街道"), "不重复使用"),
        (Unit(code="431299001000", name="新街道"), "上级行政区划不存在"),
        (Unit(code="431202014000", name="坨院街道"), "已有“坨院街道”"),
        (Unit(code="431202014000", name=" "), "请填写"),
        (Unit(code="431202", name="新街道"), "12 位"),
    ],
)
def test_a_unit_that_cannot_be_is_refused(tree: loader.Loaded, unit: Unit, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        api.create_region(unit=unit, decree=DECREE)


def test_a_change_must_have_a_day_that_has_come_and_a_source(tree: loader.Loaded) -> None:
    with pytest.raises(ValidationError, match="还没有到"):
        api.rename_region(code=YINGKOU, name="盈口街道", decree=Decree(on=dt.date(9999, 1, 1), source="公告"))
    with pytest.raises(ValidationError, match="来源"):
        api.rename_region(code=YINGKOU, name="盈口街道", decree=Decree(on=DAY, source=" "))


def test_a_unit_that_has_ended_does_not_change_again(tree: loader.Loaded) -> None:
    api.abolish_region(code="431202400000", decree=DECREE)
    with pytest.raises(ValidationError, match="已于 2023-05-01 撤销"):
        api.rename_region(
            code="431202400000", name="黄岩街道", decree=Decree(on=dt.date(2024, 1, 1), source="公告")
        )


def test_changes_are_listed_by_place_with_their_source(tree: loader.Loaded) -> None:
    api.rename_region(code=YINGKOU, name="盈口街道", decree=DECREE)
    recorded = api.changes(within=COUNTY).get()
    assert (recorded.kind, recorded.on, recorded.source) == (ChangeKind.RENAME, DAY, "湖南省民政厅公告")
    assert (recorded.from_names, recorded.to_names) == (["盈口乡"], ["盈口街道"])
    assert RegionChange.objects.filter(exact=False).count() == 1  # the published history
    assert api.changes(since=DAY).count() == 1
