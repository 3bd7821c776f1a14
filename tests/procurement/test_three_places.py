"""A three-year station contract in three places, from the survey to the renewal: each refused by its own rules only.

The rules are the shipped ones: 怀化 (with those of Hunan), 海宁, 郑州. ``domain.md`` §5.1; PUR-04…17, 21, 31.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from linzhan.kernel.access import rights_of
from linzhan.kernel.checks import StepStopped
from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, take, taken_of
from linzhan.kernel.scope import Actor, acting
from linzhan.kernel.sheets.cells import CLEAR
from linzhan.procurement.api import ServiceProject
from linzhan.procurement.models import PurchaseFile
from linzhan.procurement.purchase.steps import PURCHASE_STEPS
from tests.factories.network import station
from tests.factories.providers import provider
from tests.factories.purchases import GIVEN, WHOLE, bid, milestone, purchase, purchase_row
from tests.factories.rows import made
from tests.factories.standing import in_force
from tests.factories.workforce import worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]

HUAIHUA, HAINING, ZHENGZHOU = "431202000000", "330481000000", "410105000000"
PLACES = (HUAIHUA, HAINING, ZHENGZHOU)
OFFICIAL = rights_of("county_official") | rights_of("finance") | rights_of("purchaser")
ANN, BEN = Actor(id="ann", label="安"), Actor(id="ben", label="本")
SECOND = ("approve", "approve_method", "sign", "start", "close", "decide_renewal")
"""Steps that somebody else takes."""


def do(identity: UUID, name: str, *, actor: Actor | None = None, **more: Any) -> Taken:
    with acting(actor or (BEN if name in SECOND else ANN)):
        return take(REGISTERS["purchase-files"], identity, name, {**GIVEN[name], **more}, rights=OFFICIAL)


def until(identity: UUID, last: str, **more: dict[str, Any]) -> None:
    """The usual steps up to ``last``, which is left to be taken."""
    for name in GIVEN:
        if name == last:
            return
        prepare(identity, name)
        do(identity, name, **more.get(name, {}))


def prepare(identity: UUID, name: str) -> None:
    """What has to stand beside the file before a step."""
    found = PurchaseFile.objects.get(pk=identity)
    if name == "award":
        bid(identity, bidder=provider(region=found.region_code).uscc, result="成交")
    if name == "staff":
        team(identity, found.region_code)
    if name == "start":
        assert found.project_id is not None
        milestone(found.project_id, due_on="2023-06-30", done_on="2023-06-28")


TRAINED = {
    "pledged_on": "2020-02-20", "filed_on": "2020-03-02", "certificate": "社会工作师",
    "passed_on": "2018-06-01", "registered_until": "2029-12-31",
}  # fmt: skip


def team(purchase: UUID, region: str, number: int = 6, **values: Any) -> None:
    """So many workers, all but one on professional posts, the first of whom runs the project."""
    at = station(region[:6] + "005000")
    for order in range(number):
        someone = worker(station=at.code, **{**TRAINED, **values})
        made(
            "planned-posts", purchase=purchase, worker=someone.pk, post="社工", professional=order < number - 1,
            leads=order == 0, share=100, with_minors=False,
        )  # fmt: skip


def items(region: str) -> dict[str, Any]:
    item = made(
        "catalogue-items", name="独居老人探访", region=region, purchasable=True, starts_on="2020-01-01"
    )
    return {"items": (item,)}


def whole(region: str, **values: Any) -> UUID:
    return purchase(region=region, **{**items(region), **values})


@pytest.mark.parametrize("region", PLACES)
def test_a_purchase_goes_its_way_from_survey_to_renewal(region: str) -> None:
    identity = whole(region)
    until(identity, "")
    file = PurchaseFile.objects.get(pk=identity)
    assert file.stage == "续签已定"
    assert file.provider_id is not None
    project = ServiceProject.objects.get(pk=file.project_id)
    assert (project.code, project.status, project.region_code) == ("HT-2023-1", "结项", region)
    assert project.contract_amount == file.contract_amount == 880000
    again = PurchaseFile.objects.get(renewed_from=identity)
    assert (again.stage, again.name, again.project_id) == ("意向", file.name, None)
    assert [entry.step for entry in taken_of(REGISTERS["purchase-files"], identity)] == list(GIVEN)


Spoil = tuple[str, dict[str, Any], dict[str, Any], str, str]
"""Step, columns of the file, what goes with steps before or with it, where it is refused, words of the clause."""
REFUSALS: dict[str, Spoil] = {
    "no standards in the survey": (
        "survey", {"service_standards": "", "appraisal_indicators": ""}, {}, ZHENGZHOU, "郑民文〔2022〕7号",
    ),
    "no minutes": (
        "approve", {}, {"approve": {"minutes_number": "", "reported_matters": ()}}, HUAIHUA, "片会材料第131行",
    ),
    "budget without its groups": (
        "approve", {"budget_supervision": None}, {}, ZHENGZHOU, "郑民文〔2022〕7号",
    ),
    "posts bought where projects are bought": ("approve", {"form": "购买岗位"}, {}, ZHENGZHOU, "购买形式"),
    "method without the treasury": (
        "approve_method", {}, {"approve_method": {"method_approver": "局务会"}}, HUAIHUA, "片会材料第133行",
    ),
    "directory not looked up": ("approve_method", {"directory_checked": None}, {}, HUAIHUA, "内部控制手册|指导性目录"),
    "no catalogue item": ("approve_method", {"items": ()}, {}, HUAIHUA, "21 项"),
    "no hours": ("approve_method", {"service_hours": None}, {}, HUAIHUA, "服务时长"),
    "a term over three years": (
        "sign", {}, {"draft": {"ends_on": "2026-04-30"}}, ZHENGZHOU, "37 个月，不得超过 36 个月",
    ),
    "a term without budget": ("sign", {}, {"draft": {"budget_assured": False}}, ZHENGZHOU, "预算资金有保障"),
    "too few professional posts": (
        "sign", {}, {"draft": {"professional_posts": 3}}, ZHENGZHOU, "60%，不得低于 80%",
    ),
    "an inner evaluator nobody names": (
        "evaluate_final", {}, {"evaluate_final": {"final_by": "民政部门"}}, HUAIHUA, "第41行",
    ),
    "failed and renewed": (
        "decide_renewal", {}, {"evaluate_final": {"final_result": "不合格"}}, HUAIHUA, "片会材料第143行",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSALS)
def test_each_place_refuses_by_its_own_rules_and_only_there(case: str) -> None:
    name, columns, steps, where, words = REFUSALS[case]
    for region in PLACES:
        identity = standing(name, region, columns, steps)
        if region == where:
            with pytest.raises(StepStopped, match=words):
                do(identity, name, **steps.get(name, {}))
        else:
            do(identity, name, **steps.get(name, {}))


def standing(name: str, region: str, columns: dict[str, Any], steps: dict[str, dict[str, Any]]) -> UUID:
    """A file about to take a step, with all that the steps before it have written."""
    row = {**items(region), **WHOLE}
    for before in GIVEN:
        if before == name:
            break
        row |= {**GIVEN[before], **steps.get(before, {})}
    row |= columns
    stated = {key: value for key, value in row.items() if key != "note" and value not in (None, "", ())}
    identity = made("purchase-files", **purchase_row(region=region), provider=provider(region=region).uscc)
    clear = {key: CLEAR for key in columns if key not in stated}
    source = min(PURCHASE_STEPS[name].sources)
    outcome = amend(REGISTERS["purchase-files"], identity, {**stated, **clear, "stage": source})
    assert not outcome.faults, outcome.faults
    return identity


def test_haining_starts_only_by_a_plan_and_asks_why_it_is_late() -> None:
    for region in PLACES:
        identity = standing("sign", region, {}, {})
        for name in ("sign", "staff", "plan"):
            prepare(identity, name)
            do(identity, name)
        if region == HAINING:
            with pytest.raises(StepStopped, match="片会材料第287行"):
                do(identity, "start")
            project = PurchaseFile.objects.get(pk=identity).project_id
            assert project is not None
            late = milestone(project, due_on="2023-06-30")
        do(identity, "start")
        if region == HAINING:
            with pytest.raises(StepStopped, match="没有写明偏差原因的里程碑：完成建档"):
                do(identity, "evaluate_mid")
            amend(REGISTERS["milestones"], late, {"deviation": "汛期停了两周"})
        do(identity, "evaluate_mid")


def test_haining_asks_for_six_who_have_pledged_and_for_one_project_each() -> None:
    for region in PLACES:
        few = standing("staff", region, {}, {})
        team(few, region, number=5)
        silent = standing("staff", region, {}, {})
        team(silent, region, pledged_on="")
        if region == HAINING:
            with pytest.raises(StepStopped, match=r"专职人数：5 人，不得少于 6 人.*片会材料第269行"):
                do(few, "staff")
            with pytest.raises(StepStopped, match="没有签订公益服务承诺书"):
                do(silent, "staff")
        else:
            do(few, "staff")
            do(silent, "staff")


def test_haining_wants_three_stars_of_who_comes_from_elsewhere() -> None:
    for region in PLACES:
        identity = standing("award", region, {}, {})
        from_afar = provider(region="330782000000", rating="2A", rating_until="2027-01-01")
        bid(identity, bidder=from_afar.uscc, result="成交")
        if region == HAINING:
            with pytest.raises(StepStopped, match="2A，外地机构须达到 3A"):
                do(identity, "award")
        else:
            do(identity, "award")


def test_a_bar_binds_the_purchaser_who_set_it() -> None:
    barred = provider(region=HUAIHUA)
    in_force(
        barred, "2022-05-01", "2024-05-01", kind="禁入本单位项目", purchaser="鹤城区民政局",
        grounds=("评估不合格且整改后仍不合格",),
    )  # fmt: skip
    for purchaser, refused in (("鹤城区民政局", True), ("中方县民政局", False)):
        identity = standing("award", HUAIHUA, {"purchaser": purchaser}, {})
        bid(identity, bidder=barred.uscc, result="成交")
        if refused:
            with pytest.raises(StepStopped, match=r"只约束“鹤城区民政局”的项目.*第41行"):
                do(identity, "award")
        else:
            do(identity, "award")


def test_money_of_an_earmark_is_held_against_its_base_where_hunan_says_so() -> None:
    """The base of the year is not stated: that is unknown, neither a pass nor a stop (FND-04)."""
    for region in PLACES:
        identity = standing("sign", region, {"fund_source": "社会救助工作经费"}, {})
        do(identity, "sign")
        [entry] = [each for each in taken_of(REGISTERS["purchase-files"], identity) if each.step == "sign"]
        told = [each["outcome"] for each in entry.checks if each["key"].startswith("money.ratio")]
        assert told == (["无从判断"] if region == HUAIHUA else []), region
