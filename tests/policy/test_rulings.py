"""What holds where and when, and who says so (CFG-01…16, NFR-01)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from linzhan.policy.api import (
    Binding,
    Default,
    DocumentFacts,
    DocumentStatus,
    Group,
    NoRuling,
    Parameter,
    PolicyDocument,
    Statement,
    consulting,
    parameter_named,
    register_document,
    repeal_document,
    ruling_for,
    rulings_by_prefix,
    rulings_for,
    rulings_of,
    state_value,
)
from linzhan.policy.valuetypes import PERCENT
from tests.policy.conftest import (
    CLERK,
    EARLY,
    HECHENG,
    HONGJIANG,
    HUAIHUA,
    HUNAN,
    LATE,
    MIDDLE,
    NATION,
    State,
)

pytestmark = pytest.mark.usefixtures("everywhere")
Declare = Callable[..., Parameter[object]]


def test_a_county_inherits_what_its_province_decided(own: Declare, state: State) -> None:
    param = own()
    state(param, HUNAN, 2)
    ruling = ruling_for(param, region=HECHENG, on=MIDDLE)
    assert (ruling.value, ruling.region_code, ruling.is_default) == (Decimal(2), HUNAN, False)


def test_a_village_inherits_through_all_five_levels(own: Declare, state: State) -> None:
    param = own()
    state(param, NATION, 1)
    assert ruling_for(param, region="431202005201", on=MIDDLE).value == Decimal(1)


def test_a_county_may_replace_the_number_and_its_neighbour_keeps_the_old_one(
    own: Declare, state: State
) -> None:
    param = own()
    state(param, HUNAN, 2)
    state(param, HECHENG, 5)
    assert ruling_for(param, region=HECHENG, on=MIDDLE).value == Decimal(5)
    assert ruling_for(param, region=HONGJIANG, on=MIDDLE).value == Decimal(2)


@pytest.mark.parametrize(
    ("binding", "expected", "level"),
    [(Binding.NEAREST, 5, HECHENG), (Binding.CAP, 2, HUNAN), (Binding.FLOOR, 5, HECHENG)],
)
def test_the_binding_says_how_levels_combine(
    own: Declare, state: State, binding: Binding, expected: int, level: str
) -> None:
    param = own(binding)
    state(param, HUNAN, 2)
    state(param, HECHENG, 5)
    ruling = ruling_for(param, region=HECHENG, on=MIDDLE)
    assert (ruling.value, ruling.region_code) == (Decimal(expected), level)


def test_a_value_holds_from_its_first_day_and_no_longer_on_its_last(own: Declare, state: State) -> None:
    param = own()
    state(param, HUNAN, 2, EARLY, MIDDLE)
    assert ruling_for(param, region=HUNAN, on=EARLY).value == Decimal(2)
    assert ruling_for(param, region=HUNAN, on=MIDDLE - timedelta(days=1)).value == Decimal(2)
    for day in (EARLY - timedelta(days=1), MIDDLE):
        with pytest.raises(NoRuling):
            ruling_for(param, region=HUNAN, on=day)


def test_a_number_nobody_set_is_an_error_that_names_place_and_parameter(own: Declare, db: None) -> None:
    with pytest.raises(NoRuling, match="431202000000 在 2021-07-01 没有“测试比例”的规定"):
        ruling_for(own(), region=HECHENG, on=MIDDLE)


def test_lost_digits_are_never_replaced_by_the_number_of_another_place(own: Declare, state: State) -> None:
    param = own()
    state(param, HUNAN, 2)
    state(param, HECHENG, None)
    with pytest.raises(NoRuling, match=r"数字缺失.*民发〔2020〕1号.*第三条"):
        ruling_for(param, region=HECHENG, on=MIDDLE)
    assert ruling_for(param, region=HONGJIANG, on=MIDDLE).value == Decimal(2)


def test_a_ruling_cites_title_number_and_clause(own: Declare, state: State) -> None:
    param = own()
    row = state(param, HUNAN, "2.5")
    ruling = ruling_for(param, region=HECHENG, on=MIDDLE)
    assert ruling.citation == "《关于社工站的意见》(民发〔2020〕1号) 第三条"
    assert ruling.record() == {
        "parameter": param.code,
        "variant": "",
        "value": "2.5",
        "region_code": HUNAN,
        "value_id": str(row.pk),
        "citation": ruling.citation,
    }


def test_a_doubtful_document_rules_and_says_so(own: Declare, db: None) -> None:
    """Zhengzhou's opinion was announced as issued, its text is headed as a draft (DOC-01)."""
    facts = DocumentFacts(
        title="意见", number="郑民文〔2022〕7号", region_code=HUNAN, status=DocumentStatus.UNCLEAR
    )
    document = register_document(facts, actor=CLERK)
    param = own()
    made = Statement(
        parameter=param.code, region_code=HUNAN, value=3, valid_from=EARLY, document=document, clause="(七)"
    )
    state_value(made, actor=CLERK)
    assert ruling_for(param, region=HUNAN, on=MIDDLE).citation.endswith("(七)〔状态待核实〕")


def test_a_document_that_became_a_draft_again_no_longer_rules(
    own: Declare, state: State, paper: PolicyDocument
) -> None:
    param = own()
    state(param, HUNAN, 2)
    PolicyDocument.objects.filter(pk=paper.pk).update(status=DocumentStatus.DRAFT)
    with pytest.raises(NoRuling):
        ruling_for(param, region=HUNAN, on=MIDDLE)


def test_a_repealed_document_ends_its_values_and_the_past_stays(
    own: Declare, state: State, paper: PolicyDocument
) -> None:
    param = own()
    state(param, HUNAN, 2)
    repeal_document(paper.pk, on=LATE, reason="新文件替代", actor=CLERK)
    assert ruling_for(param, region=HUNAN, on=MIDDLE).value == Decimal(2)
    with pytest.raises(NoRuling):
        ruling_for(param, region=HUNAN, on=LATE)


def test_a_default_names_itself_as_one(db: None) -> None:
    ruling = ruling_for(parameter_named("workforce.filing_days"), region=HECHENG, on=MIDDLE)
    assert (ruling.value, ruling.is_default, ruling.value_id) == (7, True, None)
    assert ruling.citation.startswith("默认值(平台指标口径)：")


def test_a_default_given_in_code_holds_where_no_file_has_one(db: None) -> None:
    param = Parameter(
        code="x",
        label="例",
        group=Group.NETWORK,
        kind=PERCENT,
        defaults={"": Default(value=Decimal(1), source="例")},
    )
    assert ruling_for(param, region=HECHENG, on=MIDDLE).value == Decimal(1)


def test_two_rules_with_different_bases_both_hold_and_are_never_merged(own: Declare, state: State) -> None:
    """Xinjiang has two 3 % rules (contradiction 2 of the requirements)."""
    param = own(variants="基数名称")
    state(param, HUNAN, 3, variant="工作经费")
    state(param, HUNAN, 3, variant="补助资金")
    state(param, HECHENG, 1, variant="补助资金")
    held = {ruling.variant: ruling.value for ruling in rulings_of(param, region=HECHENG, on=MIDDLE)}
    assert held == {"工作经费": Decimal(3), "补助资金": Decimal(1)}


def test_many_places_are_answered_with_one_query(
    own: Declare, state: State, django_assert_num_queries: Callable[..., object]
) -> None:
    param = own()
    state(param, HUNAN, 2)
    state(param, HECHENG, 5)
    wanted = [HECHENG, HONGJIANG, HUAIHUA, "330481000000"]
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
        found = rulings_for(param, wanted, MIDDLE)
    assert {region: ruling.value for region, ruling in found.items()} == {
        HECHENG: Decimal(5),
        HONGJIANG: Decimal(2),
        HUAIHUA: Decimal(2),
    }
    assert all(found[region] == ruling_for(param, region=region, on=MIDDLE) for region in found)


def test_inside_consulting_a_parameter_is_read_once_and_a_write_is_seen(
    own: Declare, state: State, django_assert_num_queries: Callable[..., object]
) -> None:
    param = own()
    state(param, HUNAN, 2)
    with consulting():
        with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager
            for region in (HECHENG, HONGJIANG, HECHENG):
                for day in (MIDDLE, LATE):
                    assert ruling_for(param, region=region, on=day).value == Decimal(2)
        state(param, HECHENG, 5)
        assert ruling_for(param, region=HECHENG, on=MIDDLE).value == Decimal(5)


def test_the_longest_prefix_tells_what_each_place_would_be_told(own: Declare, state: State) -> None:
    param = own(Binding.CAP)
    state(param, HUNAN, 3)
    state(param, HECHENG, 2)
    state(param, HONGJIANG, 9)
    rows = rulings_by_prefix(param, within=NATION, on=MIDDLE)
    assert [(row.prefix, row.value) for row in rows] == [
        ("43", Decimal(3)),
        ("431202", Decimal(2)),
        ("431281", Decimal(3)),
    ]


def test_a_subtree_starts_with_what_it_inherits(own: Declare, state: State) -> None:
    param = own()
    state(param, HUNAN, 3)
    state(param, HECHENG, None)
    state(param, "330481000000", 8)
    rows = rulings_by_prefix(param, within=HUAIHUA, on=MIDDLE)
    assert [(row.prefix, row.value) for row in rows] == [("4312", Decimal(3)), ("431202", None)]


def test_a_place_with_one_own_rule_still_carries_the_inherited_ones(own: Declare, state: State) -> None:
    param = own(variants="基数名称")
    state(param, HUNAN, 3, variant="甲")
    state(param, HECHENG, 1, variant="乙")
    rows = rulings_by_prefix(param, within=HUNAN, on=MIDDLE)
    assert [(row.prefix, row.variant, row.value) for row in rows] == [
        ("43", "甲", Decimal(3)),
        ("431202", "乙", Decimal(1)),
        ("431202", "甲", Decimal(3)),
    ]


def test_hunans_ratio_reaches_a_county_with_base_and_meaning(db: None) -> None:
    from linzhan.policy.api import RatioRule, load_reference, procurement

    load_reference()
    (ruling,) = rulings_of(procurement.FUNDING_RATIO, region=HECHENG, on=date(2021, 12, 31))
    assert ruling.value == RatioRule(
        percent=Decimal(2), base="社会救助工作经费", fund="社会救助工作经费", meaning="earmark"
    )
    assert ruling.value.limits
    assert ruling.region_code == HUNAN
