"""Ratio rules in their own words, subsidies by formula, matching of papers (FND-02…11, FND-19; pure)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from linzhan.procurement.enums import Source
from linzhan.procurement.money.rules import (
    Formula,
    Paper,
    Ratio,
    Said,
    Standing,
    composition,
    in_use,
    judge,
    matches,
    subsidy,
)

WAN = 10_000
HEILONGJIANG = Ratio(
    base="社会救助专项经费",
    fund="社会救助专项经费",
    percent=Decimal(2),
    meaning="share",
    wording="按比例提取",
)
HUNAN = Ratio(base="社会救助工作经费", fund="社会救助工作经费", percent=Decimal(2), meaning="earmark")
JINGSHAN = Ratio(
    base="社会救助资金总支出",
    fund="社会救助专项经费",
    percent=Decimal(5),
    base_year="上年",
    meaning="cap",
    wording="一般不高于",
)
SICHUAN = Ratio(base="社会救助专项资金", percent=Decimal(3), meaning="permission", wording="可使用")
XINJIANG_PILOT = Ratio(base="社会救助专项工作经费", percent=Decimal(3), meaning="share", wording="按比例统筹")
XINJIANG = Ratio(base="社会救助补助资金", percent=Decimal(3), meaning="cap", wording="原则上不超过")
FUJIAN = Ratio(base="社会救助专项经费", meaning="permission", wording="由各地结合实际确定")


def at(base: int | None, used: int = 0, adding: int = 0, *, sure: bool = True) -> Standing:
    known = None if base is None else Decimal(base)
    return Standing(base=known, used=Decimal(used), adding=Decimal(adding), sure=sure, year=2021)


@pytest.mark.parametrize(
    ("rule", "now", "said", "told"),
    [
        (HEILONGJIANG, at(1000 * WAN, 19 * WAN), Said.WARN, "还差 10,000.00 元"),
        (HEILONGJIANG, at(1000 * WAN, 20 * WAN), Said.PASS, "已经达到"),
        (HEILONGJIANG, at(1000 * WAN, 60 * WAN), Said.PASS, "已经达到"),
        (HUNAN, at(1000 * WAN, 20 * WAN), Said.PASS, "专列额度还有 0.00 元"),
        (HUNAN, at(1000 * WAN, 20 * WAN, 1), Said.WARN, "超出专列额度 1.00 元"),
        (JINGSHAN, at(1000 * WAN, 40 * WAN, 4 * WAN), Said.PASS, "还可用 60,000.00 元"),
        (JINGSHAN, at(1000 * WAN, 40 * WAN, 5 * WAN), Said.WARN, "接近上限"),
        (JINGSHAN, at(1000 * WAN, 40 * WAN, 10 * WAN), Said.WARN, "还可用 0.00 元"),
        (JINGSHAN, at(1000 * WAN, 40 * WAN, 10 * WAN + 1), Said.STOP, "超出 1.00 元"),
        (SICHUAN, at(1000 * WAN, 0), Said.PASS, "可以使用，不作要求"),
        (SICHUAN, at(1000 * WAN, 90 * WAN), Said.PASS, "可以使用，不作要求"),
        (FUJIAN, at(1000 * WAN, 90 * WAN), Said.UNKNOWN, "由各地结合实际确定"),
    ],
)
def test_each_rule_speaks_in_its_own_words(rule: Ratio, now: Standing, said: Said, told: str) -> None:
    """FND-03…10: under a share warns as over a cap does, a permission does neither."""
    verdict = judge(rule, now)
    assert (verdict.said, told in verdict.words) == (said, True), verdict


@pytest.mark.parametrize("rule", [HEILONGJIANG, HUNAN, JINGSHAN, SICHUAN, XINJIANG])
def test_a_base_that_nobody_stated_is_unknown_and_not_nought(rule: Ratio) -> None:
    verdict = judge(rule, at(None, 50 * WAN))
    assert verdict.said is Said.UNKNOWN
    assert f"{2020 if rule is JINGSHAN else 2021} 年“{rule.base}”" in verdict.words


def test_a_base_of_nought_that_was_stated_is_one() -> None:
    assert judge(JINGSHAN, at(0)).said is Said.PASS
    assert judge(JINGSHAN, at(0, 0, 1)).said is Said.STOP


def test_the_2_7_hundred_million_of_xinjiang_stand_for_a_base_of_9_thousand_million() -> None:
    """FIG-112, FIG-113: 3 % of about 9 bn; both rules of the place are held against their own base."""
    verdict = judge(XINJIANG_PILOT, at(900_000 * WAN, 27_000 * WAN))
    assert verdict.limit == Decimal(27_000 * WAN)
    assert verdict.said is Said.PASS
    assert judge(XINJIANG, at(800_000 * WAN, 27_000 * WAN)).limit == Decimal(24_000 * WAN)
    assert judge(XINJIANG, at(800_000 * WAN, 27_000 * WAN)).said is Said.STOP


def test_money_that_the_text_does_not_name_is_held_against_all_of_it_and_never_guessed() -> None:
    """A base that is no source (Sichuan, Xinjiang, Sanming): below with all of it is surely below."""
    assert XINJIANG.counts(Source.values) is None
    assert judge(XINJIANG, at(1000 * WAN, 20 * WAN, sure=False)).said is Said.PASS
    assert judge(XINJIANG, at(1000 * WAN, 31 * WAN, sure=False)).said is Said.UNKNOWN
    assert judge(XINJIANG_PILOT, at(1000 * WAN, 29 * WAN, sure=False)).said is Said.WARN
    assert judge(XINJIANG_PILOT, at(1000 * WAN, 31 * WAN, sure=False)).said is Said.UNKNOWN


def test_the_fund_that_is_counted_is_not_the_base_that_is_divided_by() -> None:
    assert JINGSHAN.counts(Source.values) == "社会救助专项经费"
    assert JINGSHAN.in_words == "上年社会救助资金总支出的 5%，一般不高于"
    assert JINGSHAN.year_of_base(2021) == 2020


def test_one_yuan_on_its_way_is_not_counted_three_times() -> None:
    known = (Decimal(100), Decimal(60), Decimal(30))
    only_spent = (Decimal(0), Decimal(0), Decimal(80))
    assert in_use([known, only_spent]) == Decimal(180)
    assert in_use([(Decimal(-5), Decimal(-1), Decimal(-2))]) == 0


@pytest.mark.parametrize(
    ("actual", "given"),
    [(500_000, 200_000), (750_000, 300_000), (750_001, 300_000), (2_000_000, 300_000), (0, 0), (None, None)],
)
def test_haining_gives_four_tenths_and_never_more_than_300000(actual: int | None, given: int | None) -> None:
    """FND-19, EVL-18."""
    formula = Formula(percent=Decimal(40), cap=Decimal(300_000))
    found = subsidy(formula, None if actual is None else Decimal(actual))
    assert found == (None if given is None else Decimal(given))


def test_sichuan_gives_200000_a_project_and_a_rule_without_number_gives_nothing_to_reckon() -> None:
    """PUR-22; FND-20 states no amount, so none is made up."""
    assert subsidy(Formula(amount=Decimal(200_000)), None) == 200_000
    assert subsidy(Formula(), Decimal(1_000_000)) is None


def paper(name: str, on: int, amount: int, voucher: str = "", *, out: bool = True) -> Paper:
    return Paper(id=name, on=date(2021, 6, on), amount=Decimal(amount), out=out, voucher=voucher)


def test_papers_match_by_amount_and_direction_within_the_window_or_by_voucher() -> None:
    lines = [paper("a", 10, 100), paper("b", 10, 200, "记1"), paper("c", 10, 300, out=False)]
    books = [paper("x", 12, 100), paper("y", 28, 200, "记1"), paper("z", 10, 300), paper("w", 19, 100)]
    assert [(m.line, m.movement, m.only) for m in matches(lines, books, 7)] == [
        ("b", "y", True),
        ("a", "x", True),
    ]
    both = matches(lines, books, 9)
    assert [(m.line, m.movement, m.only) for m in both] == [
        ("b", "y", True),
        ("a", "x", False),
        ("a", "w", False),
    ]


def test_an_unusual_cost_head_is_remarked_and_a_project_that_spent_nothing_is_not() -> None:
    usual = [("薪酬", Decimal(70), None), ("督导培训", Decimal(3), Decimal(4))]
    spent = {"薪酬": Decimal(60), "督导培训": Decimal(4), "其他": Decimal(36), "": Decimal(999)}
    found = {each.head: (each.share, each.unusual) for each in composition(spent, usual)}
    assert found == {
        "薪酬": (Decimal(60), True),
        "督导培训": (Decimal(4), False),
        "其他": (Decimal(36), False),
    }
    assert not any(each.unusual for each in composition({}, usual))
