"""From what people write to a division (contract/workbook.md, rule on regions)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from linzhan.kernel.registers.resolving import region_codes
from linzhan.kernel.scope import Scope, scope
from linzhan.kernel.sheets.cells import CellFault
from linzhan.territory import loader
from linzhan.territory.enums import Codebook
from linzhan.territory.lookup import Ambiguous, NotFound, Resolver, resolve
from linzhan.territory.models import Region
from linzhan.territory.services import Decree, Unit, merge_regions, rename_region

QUERIES = 7  # codes; units; their former names; three levels above, and the former names of all
DECREE = Decree(on=dt.date(2024, 1, 1), source="公告")


def code_of(text: str, **options: object) -> str:
    found = resolve(text, **options)  # type: ignore[arg-type]  # options of the call under test
    assert isinstance(found, Region), found.message
    code: str = found.code
    return code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("431202", "431202000000"),
        ("431202005", "431202005000"),
        ("431202005000", "431202005000"),
        ("４３１２０２００５", "431202005000"),
        ("4312024", "431202400000"),
        ("43120200520", "431202005200"),
        ("43", "430000000000"),
        ("湖南省/怀化市/鹤城区/坨院街道", "431202005000"),
        ("怀化市 鹤城区 坨院街道", "431202005000"),
        ("鹤城区坨院街道", "431202005000"),
        ("怀化市坨院街道", "431202005000"),
        ("坨院街道", "431202005000"),
        ("坨院街道办事处", "431202005000"),
        ("鹤城区/坨院", "431202005000"),
        ("怀化鹤城", "431202000000"),
        ("靖州", "431229000000"),
        ("洪江管理区", "431271000000"),
        ("北京市市辖区朝阳区", "110105000000"),
        ("北京市朝阳区", "110105000000"),
        ("东莞市", "441900000000"),
        ("441900", "441900000000"),
        ("嘉峪关市", "620200000000"),
        ("嘉峪关市雄关街道", "620201001000"),
        ("盈口街道", "431202201000"),  # the name in the civil-affairs list
    ],
)
def test_a_code_or_a_path_from_any_level_is_understood(tree: loader.Loaded, text: str, code: str) -> None:
    assert code_of(text) == code


def test_a_short_form_of_a_larger_unit_beats_one_of_a_township(tree: loader.Loaded) -> None:
    assert code_of("湖南") == "430000000000"  # not 湖南镇


def test_a_code_of_the_other_system_is_understood(tree: loader.Loaded) -> None:
    assert code_of("431202010") == "431202201000"


def test_a_code_that_both_systems_use_means_what_the_asked_book_says(tree: loader.Loaded) -> None:
    text = "431202005"  # 坨院街道 in the statistics bureau's book, 城南街道 in the civil-affairs list
    found = {book: Resolver(codebook=book).resolve(text) for book in Codebook}
    assert {book: getattr(unit, "name", None) for book, unit in found.items()} == {
        Codebook.STATISTICS: "坨院街道",
        Codebook.CIVIL_AFFAIRS: "城南街道",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("431202007002", "431202007002"),
        ("怀化市/鹤城区/城南街道/湾潭社区", "431202007002"),
        ("湾潭社区", "431202007002"),
        ("湖南省怀化市鹤城区城南街道湾潭社区居委会", "431202007002"),
        ("中方县水垅村", "431221100200"),
        ("水垅村", "431202007208"),  # the full name of one, a short form of another
    ],
)
def test_a_village_is_found_before_its_county_was_loaded(tree: loader.Loaded, text: str, code: str) -> None:
    assert code_of(text) == code
    assert code_of(text) == code  # and after


def test_a_whole_county_is_loaded_with_the_first_of_its_villages(tree: loader.Loaded) -> None:
    resolve("湾潭社区")
    assert loader.counties_with_villages({"431202000000", "431221000000"}) == {"431202000000"}
    assert Region.objects.within("431202000000").filter(level=5).count() == 4


def test_a_name_with_several_bearers_is_never_guessed(tree: loader.Loaded) -> None:
    found = resolve("城关镇")
    assert isinstance(found, Ambiguous)
    assert "湖北省/仙桃市/城关镇（429004100000）" in found.message
    villages = resolve("东街社区")
    assert isinstance(villages, Ambiguous)
    assert {unit.code for unit in villages.candidates} == {"431221101001", "441900102001"}


def test_the_readers_area_decides_between_bearers_of_a_name(tree: loader.Loaded) -> None:
    assert code_of("城关镇", within=["431200000000"]) == "431221101000"
    assert code_of("东街社区", within=["440000000000"]) == "441900102001"
    assert code_of("石龙镇", within=["431200000000"]) == "441900102000"  # unique: an area excludes nothing


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("鹤城区蓬莱仙岛街道", "“湖南省/怀化市/鹤城区”下没有“蓬莱仙岛街道”"),
        ("431202999", "“湖南省/怀化市/鹤城区”（431202000000）下没有这个代码"),
        ("鹤城区拖院街道", "是否指：湖南省/怀化市/鹤城区/坨院街道（431202005000）"),
        ("拖院街道", "是否指：湖南省/怀化市/鹤城区/坨院街道（431202005000）"),
        ("黔阳县", "已于 1997 撤销，现为“中方县”；是否指：湖南省/怀化市/中方县（431221000000）"),
        ("433021", "已于 1997 撤销，现为“中方县”"),
        ("不存在的地方", "请核对名称，或填写区划代码"),
        ("4312020050001", "最多 12 位"),
        ("市辖区", "未找到"),
        ("", "未找到"),
    ],
)
def test_what_is_not_found_is_explained(tree: loader.Loaded, text: str, said: str) -> None:
    found = resolve(text)
    assert isinstance(found, NotFound)
    assert said in found.message
    assert f"“{text}”" in found.message


def test_a_former_name_is_understood_and_a_past_day_asks_for_what_existed_then(tree: loader.Loaded) -> None:
    """NET-14"""
    rename_region(code="431202005000", name="坨院新街道", decree=DECREE)
    assert code_of("鹤城区坨院街道") == "431202005000"
    merge_regions(codes=["431202101000"], into=Unit(code="431202007000", name="城南街道"), decree=DECREE)
    assert code_of("黄金坳镇", on=dt.date(2023, 12, 31)) == "431202101000"
    assert isinstance(resolve("黄金坳镇", on=dt.date(2024, 1, 1)), NotFound)
    assert code_of("黄金坳镇") == "431202101000"  # no day asked: an ended unit still explains an old row


def test_many_texts_take_as_many_queries_as_one(
    tree: loader.Loaded, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    texts = ["坨院街道", "鹤城区城南街道", "怀化市黄金坳镇", "431202005", "北京市朝阳区"]
    with django_assert_max_num_queries(QUERIES):
        Resolver().resolve_many(texts[:1] + texts[3:4])
    with django_assert_max_num_queries(QUERIES):
        Resolver().resolve_many([*texts, "431202007", "长沙市长沙县", "长沙县星沙街道", "怀化市鹤城区"])


def test_a_sheet_gets_codes_and_sentences(tree: loader.Loaded) -> None:
    with scope(Scope(regions=("431200000000",))):
        found = region_codes(["鹤城区", "城关镇", "鹤城区蓬莱仙岛街道"])
    assert found["鹤城区"] == "431202000000"
    assert found["城关镇"] == "431221101000"
    assert isinstance(found["鹤城区蓬莱仙岛街道"], CellFault)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_path_of_names_leads_back_to_its_unit(tree: loader.Loaded, data: st.DataObject) -> None:
    unit = data.draw(st.sampled_from(list(Region.objects.filter(grouping=False))))
    names = unit.full_path.split("/")
    separator = data.draw(st.sampled_from(["/", "", " ", "-", "　"]))
    assert code_of(separator.join(names)) == unit.code
    assert code_of(unit.code.rstrip("0").ljust(2, "0")) == unit.code
