"""What the register of institutions takes, and what it refuses with which words."""

from __future__ import annotations

from datetime import date

import pytest

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.writing import CLEAR, save, save_one
from linzhan.providers.api import INSPECTIONS, PROVIDERS, Inspection, Provider, ProviderState
from tests.factories.providers import (
    credit_code,
    inspection_row,
    provider,
    provider_row,
    save_inspection,
    save_provider,
)

pytestmark = pytest.mark.usefixtures("everywhere")


def faults(outcome: object) -> dict[str, str]:
    return {fault.column: fault.message for fault in outcome.faults[1]}  # type: ignore[attr-defined]


def test_a_credit_code_with_a_wrong_check_character_is_refused() -> None:
    code = credit_code()
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert "统一社会信用代码" in faults(save_provider(uscc=wrong))
    assert Provider.objects.count() == 0


@pytest.mark.parametrize(
    ("column", "header", "text"),
    [
        ("kind", "机构类型", "俱乐部"),
        ("registered_on", "成立登记日期", "2021-02-30"),
        ("has_party_organisation", "是否建立党组织", "筹建中"),
        ("party_members", "正式党员数", "-1"),
        ("rating", "评估等级", "6A"),
        ("name", "机构名称", ""),
    ],
)
def test_a_bad_cell_rejects_its_row(column: str, header: str, text: str) -> None:
    assert header in faults(save_provider(**{column: text}))


def test_a_code_is_one_institution_wherever_it_is_registered() -> None:
    row = provider_row()
    save_one(PROVIDERS, row)
    assert save_one(PROVIDERS, {**row, "region": "431224000000"}).updated == 1
    assert Provider.objects.get().region_code == "431224000000"


def test_a_missing_cell_keeps_what_is_stored_and_the_word_clears_it() -> None:
    row = provider_row(rating="3A", phone="19900000001")
    save_one(PROVIDERS, row)
    del row["rating"]
    assert save_one(PROVIDERS, row).unchanged == 1
    assert Provider.objects.get().rating == "3A"
    assert save_one(PROVIDERS, {**row, "rating": CLEAR}).updated == 1
    assert Provider.objects.get().rating == ""


def test_the_first_state_holds_from_the_registration() -> None:
    provider(registered_on="2015-06-20", rating="3A")
    state = ProviderState.objects.get()
    assert (state.valid_from, state.valid_to, state.rating) == (date(2015, 6, 20), None, "3A")


def test_an_inspection_names_a_known_institution() -> None:
    row = inspection_row(provider(), provider=credit_code())
    assert "承接机构代码" in faults(save_one(INSPECTIONS, row))


def test_an_inspection_of_a_rejected_institution_is_rejected_too() -> None:
    institution = provider_row(kind="俱乐部")
    row = {**inspection_row(provider()), "provider": institution["uscc"]}
    _, inspections = save([Incoming.of(PROVIDERS, [institution]), Incoming.of(INSPECTIONS, [row])])
    assert inspections.rejected == 1
    assert Inspection.objects.count() == 0


def test_an_inspection_is_corrected_by_its_code() -> None:
    institution = provider()
    save_inspection(institution, code="JC1", conclusion="发现问题")
    assert save_inspection(institution, code="JC1", conclusion="合格").updated == 1
    assert Inspection.objects.get().conclusion == "合格"
