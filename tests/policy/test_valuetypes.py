"""A value fits its parameter or is refused with a Chinese sentence (CFG-01…16)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.policy.shapes import EducationRule, GradeStep, RatioRule
from linzhan.policy.valuetypes import (
    AMOUNT,
    CODES,
    COUNT,
    DAY,
    PERCENT,
    SHARE,
    TEXT,
    YES_NO,
    Codes,
    Rows,
    Shaped,
    Text,
    ValueType,
    WrongValue,
)


@given(st.integers(0, 10**9))
def test_a_count_comes_back_as_written(number: int) -> None:
    assert COUNT.read(COUNT.write(number)) == number


@given(st.decimals(0, 100, places=4))
def test_a_percentage_keeps_every_digit(number: Decimal) -> None:
    assert PERCENT.read(PERCENT.write(number)) == number


@given(st.fractions(0, 1))
def test_a_third_stays_a_third(share: Fraction) -> None:
    assert SHARE.read(SHARE.write(share)) == share


@given(st.dates())
def test_a_day_comes_back_as_written(day: date) -> None:
    assert DAY.read(DAY.write(day)) == day


@given(st.decimals(0, 100, places=2), st.sampled_from(["share", "cap", "permission", "earmark", "guide"]))
def test_a_ratio_rule_comes_back_as_written_and_silence_stays_silence(percent: Decimal, meaning: str) -> None:
    kind = Shaped(RatioRule)
    rule = RatioRule(percent=percent, base="社会救助资金总支出", base_year="上年", meaning=meaning)
    assert kind.read(kind.write(rule)) == rule
    assert "fund" not in str(kind.write(rule))


@pytest.mark.parametrize(
    ("kind", "raw", "why"),
    [
        (COUNT, "二", "应为数字"),
        (COUNT, True, "应为数字"),
        (COUNT, "1.5", "应为整数"),
        (COUNT, -1, "应在 0 与"),
        (PERCENT, 101, "应在 0 与 100 之间"),
        (AMOUNT, "NaN", "应为数字"),
        (SHARE, "4/3", "应在 0 与 1 之间"),
        (SHARE, "1/0", "应为分数"),
        (TEXT, " ", "应为文字"),
        (Text(choices=("甲", "乙")), "丙", "“丙”不在可选范围内，可选：甲、乙"),
        (CODES, "甲", "应为列表"),
        (CODES, ["甲", 1], "每一项应为文字"),
        (Codes(choices=("甲",)), ["甲", "乙"], "“乙”不在可选范围内"),
        (YES_NO, "是", "应为是或否"),
        (DAY, "去年", "应为日期"),
        (Shaped(EducationRule), 60, "应为一组带名称的值"),
        (Shaped(EducationRule), {"levels": ["无"], "period": "自然年"}, "缺少“学时”"),
        (Shaped(EducationRule), {"levels": ["无"], "period": "自然年", "hours": 1, "x": 1}, "不认识的项：x"),
        (
            Shaped(EducationRule),
            {"levels": ["无"], "period": "每天", "hours": 1},
            "周期：“每天”不在可选范围内",
        ),
        (Rows(GradeStep), [], "至少应有一行"),
        (
            Rows(GradeStep),
            [{"grade": "优秀", "from_score": "高", "passed": True}],
            "第 1 行：最低分：应为数字",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_plain_words(kind: ValueType[object], raw: object, why: str) -> None:
    with pytest.raises(WrongValue, match=why):
        kind.read(raw)


def test_a_composite_value_is_shown_with_its_labels_and_units() -> None:
    rule = RatioRule(percent=Decimal("2.50"), base="社会救助工作经费", meaning="cap")
    assert (
        Shaped(RatioRule).show(rule) == "比例：2.5%；基数：社会救助工作经费；基数年度：当年；性质：不得超过"
    )
