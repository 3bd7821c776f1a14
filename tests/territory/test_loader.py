"""Filling the tree from the code books (NET-01, NET-13)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from linzhan.kernel.figures.models import StaleMark
from linzhan.territory import books, loader
from linzhan.territory.enums import Level
from linzhan.territory.models import Region, RegionChange
from linzhan.territory.services import Decree, rename_region


def test_every_unit_has_its_parent_in_the_tree(tree: loader.Loaded) -> None:
    codes = set(Region.objects.values_list("code", flat=True))
    parents = set(Region.objects.filter(level__gt=Level.PROVINCE).values_list("parent_code", flat=True))
    assert parents <= codes
    assert tree.created == len(codes)


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("431202005000", "湖南省/怀化市/鹤城区/坨院街道"),
        ("110105001000", "北京市/朝阳区/建外街道"),  # no 市辖区
        ("429004000000", "湖北省/仙桃市"),  # no 省直辖县级行政区划
        ("441900102000", "广东省/东莞市/石龙镇"),  # a city without counties
        ("620201001000", "甘肃省/嘉峪关市/雄关街道"),  # a county that only repeats its city
        ("710000000000", "台湾省"),
    ],
)
def test_a_path_names_the_levels_that_people_name(tree: loader.Loaded, code: str, path: str) -> None:
    assert Region.objects.get(code=code).full_path == path


def test_a_city_without_counties_is_one_row(tree: loader.Loaded) -> None:
    assert Region.objects.get(name="东莞市").level == Level.CITY
    assert Region.objects.get(code="441900102000").parent_code == "441900000000"


def test_the_second_code_is_found_by_name_then_by_stem(tree: loader.Loaded) -> None:
    found = dict(Region.objects.filter(parent_code="431202000000").values_list("name", "civil_code"))
    assert found["坨院街道"] == "431202009000"
    assert found["盈口乡"] == "431202010000"  # 盈口街道 today
    assert found["黄岩旅游度假区"] == ""
    assert Region.objects.get(name="盈口乡").civil_name == "盈口街道"


def test_zones_are_marked_and_ordinary_units_are_not(tree: loader.Loaded) -> None:
    """NET-13"""
    marked = set(Region.objects.filter(statistical=True).values_list("name", flat=True))
    assert marked == {"怀化市洪江管理区", "黄岩旅游度假区"}


def test_loading_again_changes_nothing(tree: loader.Loaded) -> None:
    again = loader.load()
    assert (again.created, again.updated, again.differing) == (0, 0, ())
    assert RegionChange.objects.count() == 1


def test_a_new_edition_of_the_second_book_refreshes_the_second_code(
    tree: loader.Loaded, small_books: dict[str, Any]
) -> None:
    small_books["townships_v1.json"] = {"431202000000": {"townships": {"坨院街道": "431202011000"}}}
    books.forget()
    assert loader.load().updated >= 1
    assert Region.objects.get(name="坨院街道").civil_code == "431202011000"


def test_a_name_that_differs_from_the_book_is_reported_and_kept(tree: loader.Loaded) -> None:
    """NET-14"""
    decree = Decree(on=dt.date(2024, 1, 1), source="公告")
    rename_region(code="431202201000", name="盈口街道", decree=decree)
    again = loader.load()
    assert again.differing == (("431202201000", "盈口街道", "盈口乡"),)
    assert Region.objects.get(code="431202201000").name == "盈口街道"


def test_a_township_knows_how_many_villages_the_book_has(tree: loader.Loaded) -> None:
    numbers = dict(Region.objects.filter(villages__isnull=False).values_list("code", "villages"))
    assert numbers["431202007000"] == 2
    assert sum(numbers.values()) == 8
    assert Region.objects.get(code="431202201000").villages is None


def test_villages_that_come_later_make_the_figures_over_them_stale(tree: loader.Loaded) -> None:
    assert not StaleMark.objects.exists()
    loader.load_villages("431202000000")
    mark = StaleMark.objects.get()
    assert (mark.region_code, mark.register, mark.month) == ("431202000000", "divisions", dt.date.min)
    loader.load_villages("431202000000")
    assert StaleMark.objects.count() == 1


def test_villages_are_loaded_by_range(tree: loader.Loaded) -> None:
    assert loader.load_villages("431202000000").created == 4
    assert loader.load_villages("430000000000").created == 3
    assert loader.load_villages("430000000000").created == 0
    assert Region.objects.get(code="431202101202").full_path == "湖南省/怀化市/鹤城区/黄金坳镇/仇家村"


@pytest.mark.parametrize(
    ("code", "count"), [("430121001001", 1), ("441900102000", 1), ("999999000000", 0), ("110000000000", 0)]
)
def test_a_range_at_the_edges_of_the_book_is_exact(
    small_books: dict[str, Any], code: str, count: int
) -> None:
    assert len(books.villages_within(code)) == count


def test_missing_villages_are_loaded_once_and_by_county(tree: loader.Loaded) -> None:
    assert loader.ensure_villages(["431202005200"]) == 4
    assert loader.ensure_villages(["431202000000", "431202007002"]) == 0
    assert loader.ensure_villages(["430000000000"]) == 3
    assert loader.ensure_villages(["440000000000"]) == 1  # 东莞市: its townships name the county


def test_a_missing_book_is_one_sentence_that_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    settings.LINZHAN_DIVISION_DATA = str(tmp_path)
    with pytest.raises(books.BookMissing, match="LINZHAN_DIVISION_DATA"):
        books.villages_within("430000000000")
