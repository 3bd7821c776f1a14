"""Consultations, referrals and resource links: one act with their record; consent before data goes out (§7.5)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from linzhan.casework.community.models import CommunityOrganisation
from linzhan.casework.contacts.models import Consultation, ReferralFile, ResourceLink
from linzhan.casework.contacts.rules import comes_after, lacks_charity, may_be_sent
from linzhan.casework.groups.rights import EDIT_COMMUNITY, EDIT_CONTACTS
from linzhan.casework.models import ServiceRecord
from linzhan.casework.together import TogetherRefused, save_with_record
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import Actor, Scope, opened
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from tests.casework.acting import worker_number
from tests.factories.activities import referral
from tests.factories.casework import record, resident
from tests.factories.figures import fraction, parts, value
from tests.factories.network import station
from tests.factories.places import TUOYUAN, ZHONGFANG
from tests.factories.rows import made

RIGHTS = {EDIT_CONTACTS, EDIT_COMMUNITY}
CONSENTED = {"consented_on": date(2021, 5, 1), "record": "FW-1"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, "须先取得本人或监护人同意"),
        ({"consent_overridden": True, "record": "FW-1"}, "须先取得"),
        ({"override_reason": "昏迷送医", "record": "FW-1"}, "须先取得"),
        ({"consented_on": date(2021, 5, 1)}, "还没有关联"),
        (CONSENTED, ""),
        ({"consent_overridden": "是", "override_reason": "昏迷送医", "record": "FW-1"}, ""),
    ],
)
def test_data_goes_out_with_consent_or_a_stated_reason(row: dict[str, Any], told: str) -> None:
    assert may_be_sent(row).startswith(told) if not told else told in may_be_sent(row)


def test_a_receipt_does_not_come_before_the_letter() -> None:
    look = comes_after("received_on", "sent_on", "早了")
    assert look({"sent_on": date(2021, 5, 2), "received_on": "2021-05-01"}) == "早了"
    assert look({"sent_on": "2021-05-02", "received_on": date(2021, 5, 2)}) == ""
    assert look({"received_on": "2021-05-01"}) == ""


def test_only_a_public_appeal_needs_a_charity() -> None:
    assert lacks_charity({"public_fundraising": True, "charity": " ", "charity_number": "5343-1"})
    assert not lacks_charity({"public_fundraising": True, "charity": "县慈善总会"})
    assert not lacks_charity({"public_fundraising": False})


@pytest.fixture
def here(hunan: None) -> Station:
    return station(TUOYUAN)


def given_service(at: Station, method: str, **values: Any) -> dict[str, Any]:
    return {
        "method": method,
        "started_at": "2021-05-10 09:00",
        "ended_at": "2021-05-10 09:20",
        "station": at.code,
        "workers": (worker_number(at),),
        "content": method,
        **values,
    }


def step(of: UUID, name: str, register: str = "referral-files", **given: Any) -> str:
    return take(REGISTERS[register], of, name, given, rights=RIGHTS).target


def test_a_consultation_is_one_call_and_counts_as_the_contract_says(here: Station) -> None:
    told = {
        "channel": "来站",
        "question": "低保怎么申请",
        "answer": "带户口簿到便民中心",
        "referred": "便民中心",
    }
    held, detail = save_with_record(given_service(here, "咨询"), "consultations", told)
    assert Consultation.objects.get(pk=detail).record_id == held
    assert value("services.consultations", TUOYUAN) == 1


def test_a_consultation_without_a_question_leaves_no_record(here: Station) -> None:
    with pytest.raises(TogetherRefused, match="咨询问题"):
        save_with_record(given_service(here, "咨询"), "consultations", {"channel": "电话"})
    assert not ServiceRecord.objects.exists()


def test_a_referral_goes_from_consent_to_a_result(here: Station) -> None:
    known = resident(here, code="D-1")
    asked = {"resident": known, "kind": "外部", "receiver": "县残联", "urgency": "紧急", "reason": "轮椅损坏"}
    _, sheet = save_with_record(given_service(here, "转介", residents=("D-1",)), "referral-files", asked)
    with pytest.raises(StepRefused, match="须先取得"):
        step(sheet, "send", sent_on="2021-05-10")
    assert step(sheet, "send", sent_on="2021-05-10", consented_on="2021-05-09") == "已发出"
    with pytest.raises(StepRefused, match="早于发出日期"):
        step(sheet, "receive", received_on="2021-05-09", receipt="王科员签收")
    assert step(sheet, "receive", received_on="2021-05-14", receipt="王科员签收") == "已接收"
    assert step(sheet, "settle", settled_on="2021-06-01", result="新轮椅已到") == "有结果"
    assert value("services.referrals", TUOYUAN) == 1
    assert value("referrals.receipt_days", TUOYUAN) == 4


def test_danger_goes_before_consent_with_a_reason_that_stays_on_file(here: Station) -> None:
    served = record(here, worker_number(here), method="转介", code="FW-1")
    sheet = referral(resident(here), urgency="立即", record="FW-1")
    override = {"consent_overridden": True, "override_reason": "老人昏迷，家属联系不上"}
    assert step(sheet, "send", sent_on="2021-05-10", **override) == "已发出"
    stored = ReferralFile.objects.get(pk=sheet)
    assert (stored.consent_overridden, stored.consented_on, stored.record_id) == (True, None, served)


def test_a_refused_referral_is_prepared_anew_and_a_withdrawn_one_is_over(here: Station) -> None:
    record(here, worker_number(here), method="转介", code="FW-1")
    sheet = referral(resident(here), record="FW-1", consented_on="2021-05-01")
    step(sheet, "send", sent_on="2021-05-02")
    assert step(sheet, "refuse", note="不属于受理范围") == "被退回"
    assert step(sheet, "prepare", receiver="县人民医院") == "拟转介"
    assert step(sheet, "withdraw", note="家属自行办理") == "已撤回"
    with pytest.raises(StepRefused):
        step(sheet, "send", sent_on="2021-05-03")


def test_receipts_count_until_the_end_of_the_period(here: Station) -> None:
    known = resident(here)
    for received in ("2021-03-05", "2021-04-02", None):
        row = {"stage": "已接收" if received else "已发出", "sent_on": "2021-03-01", "received_on": received}
        referral(known, **{name: each for name, each in row.items() if each})
    referral(known)
    assert value("referrals.sent", TUOYUAN, "2021Q1") == 3
    assert fraction("referrals.received_share", TUOYUAN, "2021Q1") == (1, 3)
    assert fraction("referrals.received_share", TUOYUAN, "2021H1") == (2, 3)


def test_a_public_appeal_names_the_charity_that_may_make_it(here: Station) -> None:
    gift = {"donor": "热心居民", "kind": "资金", "what": "募捐", "value": "5000", "public_fundraising": True}
    with pytest.raises(TogetherRefused, match="有公募资格的慈善组织"):
        save_with_record(given_service(here, "资源链接"), "resource-links", gift)
    named = {**gift, "charity": "怀化市慈善总会", "charity_number": "53430000-A21001"}
    held, link = save_with_record(given_service(here, "资源链接"), "resource-links", named)
    assert ResourceLink.objects.get(pk=link).record_id == held


def test_another_county_sees_no_question_and_no_referral(here: Station) -> None:
    save_with_record(given_service(here, "咨询"), "consultations", {"question": "低保怎么申请"})
    sheet = referral(resident(here))
    with opened(Scope(regions=(ZHONGFANG,)), Actor(label="中方县")):
        assert not Consultation.objects.exists()
        with pytest.raises(LookupError):
            step(sheet, "withdraw", note="不是我县的")


def test_an_organisation_grows_step_by_step_and_is_counted_when_it_is_incubated(here: Station) -> None:
    """SVC-19."""
    row = {"kind": "互助服务", "station": here.code, "found_on": "2020-11-01"}
    grown = made("community-organisations", name="银发互助队", **row)
    made("community-organisations", name="棋友会", **row)
    assert step(grown, "incubate", "community-organisations", incubated_on="2021-03-01", members=18) == "孵化"
    assert step(grown, "file", "community-organisations", filed_on="2021-09-01") == "备案"
    stored = CommunityOrganisation.objects.get(pk=grown)
    assert (stored.members, str(stored.filed_on)) == (18, "2021-09-01")
    assert parts("community.organisations_incubated", TUOYUAN, "kind") == {"互助服务": 1}
    assert value("community.organisations_incubated", TUOYUAN, "2021Q3") == 0


def test_an_organisation_needs_its_days_in_order(here: Station) -> None:
    row = {"kind": "互助服务", "station": here.code, "found_on": "2021-03-01"}
    made_one = made("community-organisations", name="银发互助队", **row)
    with pytest.raises(StepRefused):
        step(made_one, "file", "community-organisations", filed_on="2021-09-01")
    with pytest.raises(StepRefused):
        step(made_one, "incubate", "community-organisations", incubated_on="2021-02-01")


def test_negotiations_are_counted_and_how_many_agreed(here: Station) -> None:
    for day, agreed in (
        ("2021-02-01", True),
        ("2021-05-01", False),
        ("2021-06-01", None),
        ("2022-01-01", True),
    ):
        row = {
            "topic": "楼道照明",
            "held_on": day,
            "station": here.code,
            "parties": "居民、物业",
            "agreed": agreed,
        }
        made("negotiations", **{name: each for name, each in row.items() if each is not None})
    assert value("community.negotiations", TUOYUAN) == 3
    assert fraction("community.agreed_share", TUOYUAN) == (1, 2)
