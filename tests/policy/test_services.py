"""Writing the rulebook: nothing is overwritten, nothing outside one's place (DOC-01, NFR-01, NFR-05)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from linzhan.kernel import events
from linzhan.kernel.scope import Scope, ScopeViolation, scope
from linzhan.policy.api import (
    CategoryEntry,
    DocumentFacts,
    DocumentStatus,
    MenuEntry,
    Parameter,
    ParameterStated,
    ParameterValue,
    PolicyDocument,
    PolicyRefused,
    Statement,
    menu,
    register_document,
    register_documents,
    repeal_document,
    resident_categories,
    ruling_for,
    state_menu_items,
    state_resident_categories,
    state_value,
    state_values,
    withdraw_value,
)
from linzhan.policy.valuetypes import COUNT
from tests.policy.conftest import CLERK, EARLY, HECHENG, HONGJIANG, HUNAN, LATE, MIDDLE, NATION, State

pytestmark = pytest.mark.usefixtures("everywhere")
Declare = Callable[..., Parameter[object]]


def periods(param: Parameter[object]) -> list[tuple[object, date, date | None]]:
    rows = ParameterValue.objects.filter(parameter=param.code).order_by("valid_from")
    return [(row.value, row.valid_from, row.valid_to) for row in rows]


def test_a_new_value_closes_the_old_one_and_keeps_it(own: Declare, state: State) -> None:
    param = own()
    state(param, HUNAN, 2, EARLY)
    state(param, HUNAN, 3, MIDDLE)
    assert periods(param) == [("2", EARLY, MIDDLE), ("3", MIDDLE, None)]


def test_a_value_for_the_past_ends_where_the_next_begins(own: Declare, state: State) -> None:
    param = own()
    state(param, HUNAN, 3, MIDDLE)
    state(param, HUNAN, 2, EARLY)
    assert periods(param) == [("2", EARLY, MIDDLE), ("3", MIDDLE, None)]


def test_a_pilot_interrupts_a_value_which_then_resumes(own: Declare, state: State) -> None:
    param = own()
    state(param, HUNAN, 2, EARLY)
    state(param, HUNAN, 5, MIDDLE, LATE)
    assert periods(param) == [("2", EARLY, MIDDLE), ("5", MIDDLE, LATE), ("2", LATE, None)]


def test_a_second_value_of_the_same_day_is_refused(own: Declare, state: State) -> None:
    param = own()
    state(param, HUNAN, 2, EARLY)
    with pytest.raises(PolicyRefused, match="自 2020-01-01 起已有取值"):
        state(param, HUNAN, 3, EARLY)


def test_the_database_itself_refuses_two_values_at_once(own: Declare, state: State) -> None:
    first = state(own(), HUNAN, 2, EARLY)
    twin = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields}
    twin.update(id=UUID(int=7 << 76), valid_from=MIDDLE)
    with transaction.atomic(), pytest.raises(IntegrityError, match="policy_one_value_at_a_time"):
        ParameterValue.objects.create(**twin)


def test_withdrawing_ends_a_value_with_a_reason(own: Declare, state: State) -> None:
    param = own()
    row = state(param, HUNAN, 2, EARLY)
    withdraw_value(row.pk, on=LATE, reason="录入有误", actor=CLERK)
    row.refresh_from_db()
    assert (row.valid_to, row.ended_because) == (LATE, "录入有误")
    assert ruling_for(param, region=HUNAN, on=MIDDLE).value == Decimal(2)


def test_a_value_withdrawn_before_its_start_never_held_and_frees_its_day(own: Declare, state: State) -> None:
    param = own()
    row = state(param, HUNAN, 2, LATE)
    withdraw_value(row.pk, on=EARLY, reason="录入有误", actor=CLERK)
    state(param, HUNAN, 3, LATE)
    assert periods(param) == [("2", LATE, LATE), ("3", LATE, None)]


@pytest.mark.parametrize(("reason", "on", "why"), [("", LATE, "撤回原因"), ("错", LATE, "无需撤回")])
def test_withdrawing_needs_a_reason_and_something_to_withdraw(
    own: Declare, state: State, reason: str, on: date, why: str
) -> None:
    row = state(own(), HUNAN, 2, EARLY, MIDDLE)
    with pytest.raises(PolicyRefused, match=why):
        withdraw_value(row.pk, on=on, reason=reason, actor=CLERK)


def test_a_county_cannot_write_its_neighbours_rulebook_nor_the_provinces(own: Declare, state: State) -> None:
    param = own()
    with scope(Scope(regions=(HECHENG,))):
        state(param, HECHENG, 2)
        for elsewhere in (HONGJIANG, HUNAN, NATION):
            with pytest.raises(ScopeViolation):
                state(param, elsewhere, 2)


def test_a_county_cannot_repeal_or_withdraw_what_the_province_stated(
    own: Declare, state: State, paper: PolicyDocument
) -> None:
    row = state(own(), HUNAN, 2)
    with scope(Scope(regions=(HECHENG,))):
        with pytest.raises(ScopeViolation):
            withdraw_value(row.pk, on=LATE, reason="不同意", actor=CLERK)
        with pytest.raises(ScopeViolation):
            repeal_document(paper.pk, on=LATE, reason="不同意", actor=CLERK)
        with pytest.raises(ScopeViolation):
            register_document(DocumentFacts(title="意见", region_code=HUNAN), actor=CLERK)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"value": "很多"}, "“测试比例”的取值不对：应为数字，实为“很多”"),
        ({"value": 101}, "应在 0 与 100 之间"),
        ({"parameter": "test.nothing"}, "政策参数中没有“test.nothing”"),
        ({"variant": "甲"}, "分项应为：不分项"),
        ({"clause": " "}, "请填写依据条款"),
        ({"valid_to": EARLY}, "失效日期应晚于生效日期"),
    ],
)
def test_a_wrong_statement_is_refused_in_plain_words(
    own: Declare, paper: PolicyDocument, change: dict[str, object], why: str
) -> None:
    good = Statement(
        parameter=own().code, region_code=HUNAN, value=2, valid_from=EARLY, document=paper, clause="第一条"
    )
    with pytest.raises(PolicyRefused, match=why):
        state_value(replace(good, **change), actor=CLERK)  # type: ignore[arg-type]  # wrong on purpose


def test_a_parameter_with_variants_needs_one(own: Declare, state: State) -> None:
    with pytest.raises(PolicyRefused, match="分项应为：基数名称"):
        state(own(variants="基数名称"), HUNAN, 2)


def test_a_draft_cannot_be_the_authority_of_a_value(own: Declare, db: None) -> None:
    draft = register_document(
        DocumentFacts(title="某意见", region_code=NATION, status=DocumentStatus.DRAFT), actor=CLERK
    )
    made = Statement(
        parameter=own().code, region_code=HUNAN, value=2, valid_from=EARLY, document=draft, clause="一"
    )
    with pytest.raises(PolicyRefused, match="《某意见》 是征求意见稿，不能作为依据"):
        state_value(made, actor=CLERK)


def test_a_citys_document_cannot_rule_its_province(own: Declare, db: None) -> None:
    city = register_document(DocumentFacts(title="某市意见", region_code=HECHENG), actor=CLERK)
    made = Statement(
        parameter=own().code, region_code=HUNAN, value=2, valid_from=EARLY, document=city, clause="一"
    )
    with pytest.raises(PolicyRefused, match="不适用于"):
        state_value(made, actor=CLERK)


def test_several_values_are_written_all_or_none(own: Declare, paper: PolicyDocument) -> None:
    good = Statement(
        parameter=own(kind=COUNT).code,
        region_code=HUNAN,
        value=2,
        valid_from=EARLY,
        document=paper,
        clause="一",
    )
    with pytest.raises(PolicyRefused):
        state_values([good, replace(good, region_code=HECHENG, value="二")], actor=CLERK)
    assert not ParameterValue.objects.exists()


def test_a_document_number_is_registered_once_per_place(paper: PolicyDocument) -> None:
    twin = DocumentFacts(title="别的标题", number=paper.number, region_code=paper.region_code)
    with pytest.raises(PolicyRefused, match="已登记"):
        register_document(twin, actor=CLERK)
    register_documents([replace(twin, region_code=HUNAN), replace(twin, number="")], actor=CLERK)


def test_a_change_is_kept_in_the_history_in_the_actors_name(own: Declare, state: State) -> None:
    row = state(own(), HUNAN, 2)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor, actor_label, action FROM kernel_auditentry WHERE row_id = %s", [str(row.pk)]
        )
        assert cursor.fetchall() == [("7", "李科员", "created")]


def test_stating_a_value_tells_the_other_desks(
    own: Declare,
    state: State,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    told: list[ParameterStated] = []
    monkeypatch.setitem(events._handlers, ParameterStated, [told.append])
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        row = state(own(), HUNAN, 2)
    assert [(event.value_id, event.region_code, event.valid_from) for event in told] == [
        (str(row.pk), HUNAN, "2020-01-01")
    ]


def test_a_county_may_add_rename_and_switch_off_items_of_the_menu(paper: PolicyDocument) -> None:
    entry = MenuEntry(
        code="A01",
        name="走访排查",
        domain="A",
        domain_name="社会救助",
        region_code=NATION,
        valid_from=EARLY,
        document=paper,
    )
    state_menu_items([entry, replace(entry, code="A02", name="政策宣讲")], actor=CLERK)
    local = [
        replace(entry, name="入户排查", region_code=HECHENG, valid_from=MIDDLE),
        replace(entry, code="A02", name="政策宣讲", region_code=HECHENG, valid_from=MIDDLE, offered=False),
        replace(entry, code="X01", name="侗文化保育", region_code=HECHENG, valid_from=MIDDLE, position=99),
    ]
    state_menu_items(local, actor=CLERK)
    assert [item.name for item in menu(HECHENG, LATE)] == ["入户排查", "侗文化保育"]
    assert [item.name for item in menu(HECHENG, EARLY)] == ["走访排查", "政策宣讲"]
    assert [item.name for item in menu(HONGJIANG, LATE)] == ["走访排查", "政策宣讲"]


def test_a_city_may_define_a_category_its_own_way(paper: PolicyDocument) -> None:
    entry = CategoryEntry(
        code="A02",
        name="低保边缘家庭",
        kind="A",
        definition="1.5 倍",
        region_code=NATION,
        valid_from=EARLY,
        document=paper,
    )
    state_resident_categories([entry, replace(entry, region_code=HUNAN, definition="2 倍")], actor=CLERK)
    assert [row.definition for row in resident_categories(HECHENG, MIDDLE)] == ["2 倍"]
    assert [row.definition for row in resident_categories("330481000000", MIDDLE)] == ["1.5 倍"]
