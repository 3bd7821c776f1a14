"""How divisions are named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.territory import rules
from linzhan.territory.enums import Level

names = st.text("东西南北村社区湾潭街", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "level", "parent", "short"),
    [
        ("湖南省", Level.PROVINCE, "", "湖南"),
        ("广西壮族自治区", Level.PROVINCE, "", "广西"),
        ("内蒙古自治区", Level.PROVINCE, "", "内蒙古"),
        ("恩施土家族苗族自治州", Level.CITY, "", "恩施"),
        ("巴音郭楞蒙古自治州", Level.CITY, "", "巴音郭楞"),
        ("大兴安岭地区", Level.CITY, "", "大兴安岭"),
        ("鹤城区", Level.COUNTY, "", "鹤城"),
        ("沙县", Level.COUNTY, "", "沙县"),
        ("靖州苗族侗族自治县", Level.COUNTY, "", "靖州"),
        ("怀化市洪江管理区", Level.COUNTY, "怀化市", "洪江管理区"),
        ("坨院街道", Level.TOWNSHIP, "", "坨院"),
        ("滚贝侗族乡", Level.TOWNSHIP, "", "滚贝"),
        ("白石乡", Level.TOWNSHIP, "", "白石"),
        ("黄岩旅游度假区", Level.TOWNSHIP, "", "黄岩旅游度假区"),
        ("仇家村委会", Level.VILLAGE, "", "仇家村"),
        ("杨村村委会", Level.VILLAGE, "", "杨村"),
        ("多福巷社区居委会", Level.VILLAGE, "", "多福巷社区"),
        ("南大街居民委员会", Level.VILLAGE, "", "南大街社区"),
        ("杨村村", Level.VILLAGE, "", "杨村村"),
    ],
)
def test_a_short_name_leaves_out_the_word_for_the_kind(
    name: str, level: Level, parent: str, short: str
) -> None:
    assert rules.short_name(name, level, parent_name=parent) == short


@given(names, st.sampled_from(["", "委会", "民委员会", "村委会", "社区居委会", "居民委员会", "社区"]))
def test_every_village_is_among_the_official_names_of_its_short_name(body: str, tail: str) -> None:
    name = body + tail
    assert name in rules.village_names(rules.short_name(name, Level.VILLAGE))


@pytest.mark.parametrize(
    ("code", "listed", "statistical"),
    [
        ("431202005000", True, False),
        ("431202400000", False, True),
        ("350122400000", True, False),  # 马祖乡 has such a number and is an ordinary township
        ("431202201000", False, False),
        ("431271000000", False, True),
        ("431221000000", True, False),
        ("430000000000", False, False),
    ],
)
def test_units_with_zone_numbers_outside_the_civil_list_are_statistical(
    code: str, listed: bool, statistical: bool
) -> None:
    """NET-13"""
    assert rules.is_statistical(code, in_civil_list=listed) is statistical


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (" 怀化市 / 鹤城区 ", "怀化市鹤城区"),
        ("怀化市－鹤城区", "怀化市鹤城区"),
        ("４３１２０２", "431202"),
        ("城南街道办事处", "城南街道"),
        ("湖南省>怀化市·鹤城区", "湖南省怀化市鹤城区"),
    ],
)
def test_spaces_separators_and_width_do_not_count(text: str, plain: str) -> None:
    assert rules.plain(text) == plain


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("坨院街道", "tuoyuanjiedao", "tyjd"),
        ("重庆市", "chongqingshi", "cqs"),
        ("长沙市", "changshashi", "css"),
        ("六安市", "luanshi", "las"),
        ("番禺区", "panyuqu", "pyq"),
    ],
)
def test_pinyin_reads_place_names_as_people_say_them(name: str, pinyin: str, initials: str) -> None:
    assert rules.pinyin(name) == (pinyin, initials)
