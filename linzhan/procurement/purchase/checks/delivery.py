"""Delivery: the team, the plan and what was done about deviations, the evaluations (PUR-21, 25, 26)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import purchasing
from linzhan.procurement.progress.models import Milestone
from linzhan.procurement.purchase.checks.contract import posts
from linzhan.procurement.purchase.checks.saying import Found, Row, all_there, read, ruled, said
from linzhan.procurement.purchase.models import PlannedPost
from linzhan.procurement.purchase.reading import Read
from linzhan.procurement.purchase.rights import OVERRULE
from linzhan.workforce.api import staffing_checks


def team(row: Row) -> list[Checked]:
    """The named team: its professional posts (PUR-08), and each of its people where the place asks (PUR-26, RSK-02)."""
    asked = read(row)
    on = asked.on("started_on", "starts_on")
    planned = list(PlannedPost.objects.filter(purchase=asked.id))
    professional = sum(each.professional is True for each in planned)
    found = list(posts(asked.region, on, professional, len(planned)))
    project, region = asked.ref("project"), asked.region
    found += staffing_checks(
        [each.worker_id for each in planned],
        region=region,
        on=on,
        project_id=project,
        shares={each.worker_id: each.share for each in planned if each.share is not None},
        runs=next((each.worker_id for each in planned if each.leads), None),
    )
    near = [each.worker_id for each in planned if each.with_minors]
    if near:
        vetted = staffing_checks(
            near, region=region, on=on, with_minors=True, project_id=project, minimums=False
        )
        found += [each for each in vetted if each.key == "vetting"]
    return found


def plan(row: Row) -> list[Checked]:
    """PUR-21: a plan with milestones, where the place wants projects run by their plan."""
    asked = read(row)
    ruling = ruled(purchasing.PROJECT_PLAN, asked.region, asked.on("started_on"))
    if ruling is None:
        return []
    number = Milestone.objects.filter(project=asked.ref("project")).count() if asked.ref("project") else 0
    if not number:
        words = _("计划书没有里程碑，无从核对是否按计划实施；请在“里程碑”里登记")
        return [said("plan", _("项目计划书"), Outcome.STOP, words, ruling, OVERRULE)]
    return [said("plan", _("项目计划书"), Outcome.PASS, _("%d 个里程碑") % number, ruling)]


def _deviations(asked: Read, on: date) -> Found:
    """PUR-21: milestones that are late, and of which nobody says why."""
    ruling = ruled(purchasing.PROJECT_PLAN, asked.region, on)
    if ruling is None or asked.ref("project") is None:
        return
    late = Milestone.objects.filter(project=asked.ref("project"), due_on__lt=on, done_on__isnull=True)
    silent = [each.name for each in late.order_by("due_on") if not each.deviation.strip()]
    title = _("按计划实施")
    if silent:
        words = _("逾期且没有写明偏差原因的里程碑：%s") % "、".join(silent)
        yield said("deviations", title, Outcome.STOP, words, ruling, OVERRULE)
    else:
        yield said("deviations", title, Outcome.PASS, _("没有未说明原因的逾期里程碑"), ruling)


def mid(row: Row) -> list[Checked]:
    asked = read(row)
    return [*_evaluator(asked, "mid_by", "mid_on"), *_deviations(asked, asked.on("mid_on"))]


def final(row: Row) -> list[Checked]:
    asked = read(row)
    return [
        *_evaluator(asked, "final_by", "final_on"),
        *_finance(asked),
        *_deviations(asked, asked.on("final_on")),
    ]


def _evaluator(asked: Read, by: str, day: str) -> Found:
    """PUR-25: who evaluates."""
    ruling = ruled(purchasing.EVALUATORS, asked.region, asked.on(day))
    if ruling is None:
        return
    told = {"by": asked.text(by) or _("没有写明"), "allowed": "、".join(ruling.value)}
    words = _("%(by)s；当地：%(allowed)s") % told
    outcome = Outcome.PASS if asked.text(by) in ruling.value else Outcome.STOP
    yield said("evaluator", _("评估方"), outcome, words, ruling, OVERRULE)


def _finance(asked: Read) -> Found:
    """PUR-25: the evaluation covers result and finance."""
    ruling = ruled(purchasing.EVALUATORS, asked.region, asked.on("final_on"))
    if ruling is not None:
        lacking = [] if asked.text("finance_findings") else [_("财务评估意见")]
        yield all_there("finance", _("绩效评估内容"), lacking, ruling)
