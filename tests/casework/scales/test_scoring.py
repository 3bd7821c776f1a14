"""Scales are data, their arithmetic is pure: hand-computed examples, and what holds for every scale (domain.md §8)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.casework.scales.catalogue import DATA, shipped
from linzhan.casework.scales.definition import Act, DefinitionFault, Scale, Scoring, Wording, read
from linzhan.casework.scales.scoring import AnswersRefused, band_of, counted, result

SCALES = list(shipped().values())
USABLE = [scale for scale in SCALES if scale.usable]
BY_CODE = {scale.code: scale for scale in SCALES}
LICENSED = (
    "MMSE",
    "简易精神状态",
    "MoCA",
    "蒙特利尔",
    "SDQ",
    "长处和困难",
    "BDI",
    "贝克抑郁",
    "Zarit",
    "照顾者负担",
)
WORDS_OF_SSRS = ("您有多少关系密切", "可以得到支持和帮助的朋友", "遇到烦恼时的倾诉")


def named(scale: Scale) -> str:
    return f"{scale.code}@{scale.version}"


def spelled(digits: str) -> dict[str, int]:
    return {str(at): int(digit) for at, digit in enumerate(digits, 1)}


EXAMPLES = [
    pytest.param("PHQ-9", "000000000", "0", "没有或很轻", (), id="phq-9 nothing"),
    pytest.param("PHQ-9", "111100000", "4", "没有或很轻", (), id="phq-9 upper end of the first band"),
    pytest.param("PHQ-9", "111110000", "5", "轻度", (), id="phq-9 lower end of the second"),
    pytest.param("PHQ-9", "333100000", "10", "中度", (), id="phq-9 ten"),
    pytest.param("PHQ-9", "333330000", "15", "中重度", (), id="phq-9 fifteen"),
    pytest.param("PHQ-9", "333333200", "20", "重度", (), id="phq-9 twenty"),
    pytest.param("PHQ-9", "000000001", "1", "没有或很轻", ("CR",), id="phq-9 item nine alone"),
    pytest.param("PHQ-9", "333333333", "27", "重度", ("CR",), id="phq-9 all"),
    pytest.param("PHQ-2", "12", "3", "初筛阳性", (), id="phq-2 three"),
    pytest.param("PHQ-2", "11", "2", "初筛阴性", (), id="phq-2 two"),
    pytest.param("GAD-7", "2222222", "14", "中度", (), id="gad-7 fourteen"),
    pytest.param("GAD-7", "3222222", "15", "重度", (), id="gad-7 fifteen"),
    # 1, 5, 7, 11 and 13 score on "no": all "yes" is the ten others, all "no" the five
    pytest.param("GDS-15", "111111111111111", "10", "较重", (), id="gds-15 all yes"),
    pytest.param("GDS-15", "000000000000000", "5", "轻度", (), id="gds-15 all no"),
    pytest.param("GDS-15", "100010100010100", "0", "没有明显抑郁", (), id="gds-15 best"),
    pytest.param("GDS-15", "011101011101011", "15", "较重", (), id="gds-15 worst"),
    pytest.param("Lawton-IADL", "11111111", "8", "都能自理", (), id="iadl all"),
    pytest.param("Lawton-IADL", "11100000", "3", "多数要人帮", (), id="iadl three"),
    pytest.param("特困自理", "000000", "0", "具备生活自理能力", (), id="destitute none"),
    pytest.param("特困自理", "100000", "1", "部分丧失生活自理能力", (), id="destitute one"),
    pytest.param("特困自理", "111000", "3", "部分丧失生活自理能力", (), id="destitute three"),
    pytest.param("特困自理", "111100", "4", "完全丧失生活自理能力", (), id="destitute four"),
    pytest.param("WHO-5", "11122", "28", "很低", (), id="who-5 twenty-eight"),
    pytest.param("WHO-5", "22222", "40", "偏低", (), id="who-5 forty"),
    pytest.param("WHO-5", "22333", "52", "尚可或良好", (), id="who-5 fifty-two"),
    pytest.param("WHO-5", "55555", "100", "尚可或良好", (), id="who-5 all"),
    pytest.param("UCLA-3", "122", "5", "不明显", (), id="ucla five"),
    pytest.param("UCLA-3", "222", "6", "孤独感明显", (), id="ucla six"),
    pytest.param("C-SSRS", "110000", "1", "低风险", (), id="c-ssrs one and two"),
    pytest.param("C-SSRS", "112000", "2", "中风险", ("CR",), id="c-ssrs three"),
    pytest.param("C-SSRS", "000003", "3", "高风险", ("CR",), id="c-ssrs six alone"),
    pytest.param("满意度5题", "54444", "21", "满意", (), id="satisfaction"),
    pytest.param("儿童监护安全", "00000000000000100000", "1", "大体安全", ("M4",), id="child: marks"),
    pytest.param(
        "儿童监护安全", "00000000000000101000", "2", "大体安全", ("M4",), id="child: one signal once"
    ),
    pytest.param("儿童监护安全", "11100000000000000000", "3", "有几处要补", (), id="child: no red item"),
]


@pytest.mark.parametrize(("code", "digits", "score", "band", "signals"), EXAMPLES)
def test_a_scale_scores_as_computed_by_hand(
    code: str, digits: str, score: str, band: str, signals: tuple[str, ...]
) -> None:
    found = result(BY_CODE[code], spelled(digits))
    assert (found.score, found.band.name, found.signals) == (Decimal(score), band, signals)


@pytest.mark.parametrize(
    ("scores", "band"),
    [
        ([10, 5, 5, 10, 10, 10, 10, 15, 15, 10], "无需依赖"),
        ([10, 5, 5, 10, 10, 10, 10, 15, 15, 5], "轻度依赖"),
        ([5, 0, 5, 5, 10, 10, 10, 10, 10, 0], "轻度依赖"),
        ([5, 0, 5, 5, 10, 10, 5, 10, 10, 0], "中度依赖"),
        ([5, 0, 0, 5, 10, 10, 5, 5, 0, 0], "重度依赖"),
    ],
)
def test_barthel_follows_the_domestic_bands(scores: list[int], band: str) -> None:
    assert result(BY_CODE["Barthel"], {str(n): s for n, s in enumerate(scores, 1)}).band.name == band


@pytest.mark.parametrize(
    ("score", "band"),
    [(90, "能力完好"), (89, "轻度失能"), (66, "轻度失能"), (65, "中度失能"), (46, "中度失能"),
     (45, "重度失能"), (30, "重度失能"), (29, "完全失能"), (0, "完全失能")],
)  # fmt: skip
def test_the_national_standard_has_its_five_grades(score: int, band: str) -> None:
    assert band_of(BY_CODE["GB/T 42195"], Decimal(score)).name == band


def test_the_national_standard_has_26_items_in_four_parts_of_90_points() -> None:
    scale = BY_CODE["GB/T 42195"]
    assert [len(group.items) for group in scale.groups] == [8, 4, 9, 5]
    assert (len(scale.items), scale.highest) == (26, 90)
    assert scale.wording is Wording.TITLES


def test_the_support_scale_ships_its_arithmetic_and_no_word_of_it() -> None:
    scale = BY_CODE["SSRS"]
    assert (scale.lowest, scale.highest) == (12, 66)
    assert not scale.usable
    assert not any(item.text for item in (*scale.items, *BY_CODE["Family-APGAR"].items))


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_nothing_that_is_licensed_otherwise_is_shipped(path: object) -> None:
    text = DATA.joinpath(str(path)).read_text(encoding="utf-8")
    assert not [word for word in (*LICENSED, *WORDS_OF_SSRS) if word in text]


@pytest.mark.parametrize("scale", SCALES, ids=named)
def test_every_scale_says_by_which_licence_and_from_where(scale: Scale) -> None:
    assert len(scale.licence) > 5
    assert len(scale.source) > 5
    assert scale.wording is not Wording.OWN or "不是官方" in scale.wording_note


def reachable(scale: Scale) -> set[Decimal]:
    """Every score that whole answers can come to."""
    if scale.scoring is Scoring.HIGHEST:
        return {scale.multiplier * o.score for item in scale.items for o in item.options}
    sums = {0}
    for item in scale.items:
        sums = {total + counted(item, o.score) for total, o in product(sums, item.options)}
    return {scale.multiplier * total for total in sums}


@pytest.mark.parametrize("scale", SCALES, ids=named)
def test_every_score_that_can_come_out_lies_in_exactly_one_band(scale: Scale) -> None:
    for score in reachable(scale):
        assert len([band for band in scale.bands if band.low <= score <= band.high]) == 1


@pytest.mark.parametrize("scale", SCALES, ids=named)
def test_reversing_twice_gives_the_answer_back(scale: Scale) -> None:
    for item in scale.items:
        turned = {option.score: counted(item, option.score) for option in item.options}
        assert all(counted(item, counted(item, score)) == score for score in turned)
        assert set(turned.values()) == set(turned)


def answers(scale: Scale) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries(
        {item.id: st.sampled_from([option.score for option in item.options]) for item in scale.items}
    )


@given(st.data())
def test_a_worse_answer_never_makes_a_better_score(data: st.DataObject) -> None:
    scale = data.draw(st.sampled_from(USABLE))
    given_answers = data.draw(answers(scale))
    item = data.draw(st.sampled_from(scale.items))
    other = data.draw(st.sampled_from([option.score for option in item.options]))
    before, after = result(scale, given_answers), result(scale, {**given_answers, item.id: other})
    worse = counted(item, other) >= counted(item, given_answers[item.id])
    assert (after.score >= before.score) if worse else (after.score <= before.score)
    assert scale.lowest <= after.score <= scale.highest


@given(st.data())
def test_a_danger_is_signalled_whatever_the_score(data: st.DataObject) -> None:
    scale = data.draw(st.sampled_from([s for s in USABLE if any(r.act is Act.CRISIS for r in s.rules)]))
    given_answers = data.draw(answers(scale))
    wanted = {
        rule.signal
        for rule in scale.rules
        if rule.act is Act.CRISIS and any(given_answers[each] >= (rule.at_least or 0) for each in rule.items)
    }
    assert set(result(scale, given_answers).signals) == wanted


def test_missing_answers_are_refused_or_estimated_as_the_scale_says() -> None:
    with pytest.raises(AnswersRefused, match="第 9 题"):
        result(BY_CODE["PHQ-9"], spelled("00000000"))
    found = result(BY_CODE["满意度5题"], {"1": 4, "2": 4, "3": 4})
    assert (found.score, found.missing) == (Decimal(20), ("4", "5"))
    with pytest.raises(AnswersRefused, match="最多可空 2 题"):
        result(BY_CODE["满意度5题"], {"1": 4, "2": 4})


@pytest.mark.parametrize("wrong", [{"10": 1}, {"1": 4}, {"1": True}])
def test_answers_to_what_is_not_asked_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(AnswersRefused):
        result(BY_CODE["PHQ-9"], {**spelled("000000000"), **wrong})


SMALL = """
code = "小"
version = "1"
name = "小量表"
purpose = "测试"
licence = "自编，可用"
source = "测试"
wording = "official"
[[item]]
id = "1"
text = "好吗"
options = [["否", 0], ["是", 1]]
[[band]]
from = 0
to = 1
name = "一档"
severity = "good"
"""
LAST = 'severity = "good"\n'
CRISIS = '[[rule]]\nact = "crisis"\nitems = ["{item}"]\nat_least = 1\nsay = "报"\n'


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('licence = "自编，可用"\n', "", "licence"),
        ("to = 1\n", "to = 0\n", "没有覆盖"),
        ('text = "好吗"\n', "", "没有题目文字"),
        ('["是", 1]', '["是", 0]', "分数不同"),
        (LAST, LAST + 'colour = "red"\n', "不认识"),
        (LAST, LAST + CRISIS.format(item=2) + 'signal = "CR"\n', "没有的题"),
        (LAST, LAST + CRISIS.format(item=1), "信号代码"),
        (LAST, LAST + '[[band]]\nfrom = 1\nto = 2\nname = "二"\nseverity = "bad"\n', "重叠"),
        ("[[item]]", "[[item", "TOML"),
    ],
)  # fmt: skip
def test_a_definition_that_does_not_hold_is_refused_in_words(was: str, becomes: str, told: str) -> None:
    assert read(SMALL).code == "小"
    with pytest.raises(DefinitionFault, match=re.escape(told)):
        read(SMALL.replace(was, becomes, 1))
