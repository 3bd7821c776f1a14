"""The entry conditions of the stages: what is stored of a case, asked of :mod:`.rules`.

A guard is given the row as it would stand after the step, texts unmasked, and answers with what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from linzhan.accounts.api import Appointment
from linzhan.casework.cases import rules
from linzhan.casework.cases.enums import FACE_TO_FACE
from linzhan.casework.cases.models import CaseGoal, SessionNote
from linzhan.casework.cases.selectors import scores
from linzhan.casework.enums import Method, Outcome, RecordStatus
from linzhan.casework.models import Consent, RecordResident, Resident
from linzhan.casework.residents.enums import Purpose
from linzhan.casework.residents.selectors import standing_consents
from linzhan.kernel.identity import age
from linzhan.kernel.scope import current_actor
from linzhan.kernel.sheets.days import day_of
from linzhan.policy.api import NoRuling, Parameter, casework, ruling_for

Row = Mapping[str, Any]
ASSESSMENT: Final = {
    "biological": "身体与健康",
    "psychological": "心理与情绪",
    "social": "家庭与社会关系",
    "strengths": "优势与资源",
    "risk_view": "风险评估",
}
CONSENT: Final = {"consented_on": "同意日期", "consent_by": "同意人", "consent_method": "同意方式"}
PLAN: Final = {
    "model": "介入模式",
    "frequency": "服务频率",
    "expected_end": "预计结案日期",
    "agreed_on": "对象同意计划日期",
}
CLOSING: Final = {"report": "结案报告", "followup_plan": "随访安排"}
NOT_MET: Final = (Outcome.NOBODY, Outcome.REFUSED, Outcome.OUT, Outcome.MOVED)
NOT_YOUR_OWN: Final = "这是您自己主责的个案，计划和结案须由他人核准"


def intake(row: Row) -> str:
    """接案: what it is about, and that whoever may consent did: here, or in the register of consents."""
    if fault := rules.lacking(row, {"problem": "主要问题"}):
        return fault
    if not any(row[name] for name in CONSENT) and standing_consent(row["resident"].id) is not None:
        return ""
    born_on = Resident.objects.filter(pk=row["resident"].id).values_list("born_on", flat=True).first()
    years = age(born_on, day_of(row["consented_on"]) or _today()) if born_on else None
    return rules.lacking(row, CONSENT) or rules.consent_fault(
        years, str(row["consent_by"] or ""), str(row["child_view"] or "")
    )


def standing_consent(resident: UUID) -> Consent | None:
    """The resident's consent to case work, where it is kept in the register of consents and not withdrawn."""
    return standing_consents([resident]).get(resident, {}).get(Purpose.ASSESSMENT)


def assessed(row: Row) -> str:
    """预估: the person was met, seen from all sides, and where they stand is measured."""
    if not SessionNote.objects.filter(case=row["id"], mode__in=FACE_TO_FACE).exists():
        return "还没有一次见面的面谈：请先登记过程记录，面谈方式选入户、到站、机构或户外"
    wanted = ASSESSMENT if scale_results(row) else {**ASSESSMENT, "baseline": "基线测量（或不测的理由）"}
    return rules.lacking(row, wanted)


def planned(row: Row) -> str:
    """计划: how, how often, until when, to which goals; and the resident agrees."""
    return rules.lacking(row, PLAN) or rules.plan_fault(aims(row["id"]))


def by_another(row: Row) -> str:
    """Nobody approves a case that they lead, whoever handed it in."""
    selves, worker = current_actor().selves, getattr(row["worker"], "id", None)
    if not selves or worker is None:
        return ""
    own = Appointment.objects.filter(user_id__in=selves, person_id=worker).exists()
    return NOT_YOUR_OWN if own else ""


def suspended(row: Row) -> str:
    longest = limit(casework.CASE_PAUSE_DAYS, row)
    return rules.suspension_fault(_today(), day_of(row["resume_on"]), longest) if longest is not None else ""


def evaluated(row: Row) -> str:
    """评估: every goal scored, measured once more."""
    wanted = {} if scale_results(row) > 1 else {"endline": "结果测量（或不测的理由）"}
    return rules.scoring_fault(aims(row["id"])) or rules.lacking(row, wanted)


def ready_to_close(row: Row) -> str:
    """结案审核: the report, what comes after, enough sessions; and nobody is given up unsought."""
    if fault := rules.lacking(row, CLOSING):
        return fault
    least, days = limit(casework.CASE_SESSIONS, row), limit(casework.CASE_LOST_DAYS, row)
    held = SessionNote.objects.filter(case=row["id"]).count()
    fault = rules.sessions_fault(held, least or 0, str(row["few_sessions"] or ""))
    tries = limit(casework.CASE_LOST_TRIES, row)
    if fault or days is None or tries is None:
        return fault
    return rules.lost_fault(str(row["close_reason"]), _tries(row["resident"].id, days), tries, days)


def closed(row: Row) -> str:
    return by_another(row) or rules.lacking(row, {"close_reason": "结案原因"})


def has_plan(row: Row) -> str:
    """介入 needs an approved plan, also for who comes back from a referral."""
    if row["plan_approved_on"]:
        return ""
    return "这个个案没有核准过的计划，不能直接介入：请由督导办理转介结案，需要时从个案页面重开一个"


def aims(case: UUID) -> Sequence[rules.Aim]:
    """The goals of a case as the rules look at them."""
    rows = CaseGoal.objects.filter(case=case).order_by("pk")
    return [rules.Aim(*each) for each in rows.values_list("goal", "indicator", "due_on", "level")]


def scale_results(row: Row) -> int:
    """How many results of scales are kept under a case's code."""
    return sum(map(len, scores(row["code"], row["region_code"]).values()))


def limit(parameter: Parameter[int], row: Row) -> int | None:
    """The number that rules where the case is; None where nobody decided one."""
    try:
        return ruling_for(parameter, region=row["region_code"], on=_today()).value
    except NoRuling:
        return None


def _tries(resident: UUID, days: int) -> int:
    since = timezone.now() - timedelta(days=days)
    return (
        RecordResident.objects.filter(
            resident=resident,
            started_at__gte=since,
            record__outcome__in=NOT_MET,
            record__method__in=(Method.VISIT, Method.CASE),
        )
        .exclude(record__status=RecordStatus.VOIDED)
        .count()
    )


def _today() -> date:
    return timezone.localdate()
