"""Registration, credits and sanctions as tables. A sanction is told, heard and decided by another (FIL-05, FIL-08)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.sheets.days import day_of
from linzhan.kernel.steps import CREATED, Steps, step
from linzhan.policy.api import Ruling
from linzhan.workforce.assigning.checks import Rulebook
from linzhan.workforce.assigning.rules import Verdict
from linzhan.workforce.models import SocialWorker
from linzhan.workforce.parameters import (
    DEGREE_HOURS,
    FIRST_REGISTRATION_MONTHS,
    OBJECTION_DAYS,
    PERSON_BAR,
    REGISTRATION_NOTICE_DAYS,
)
from linzhan.workforce.rights import EDIT_WORKERS
from linzhan.workforce.standing import rules
from linzhan.workforce.standing.enums import CreditKind, CreditStage, RegistrationKind
from linzhan.workforce.standing.enums import RegistrationStage as R
from linzhan.workforce.standing.enums import SanctionStage as S
from linzhan.workforce.standing.rights import DECIDE_SANCTIONS, HANDLE_SANCTIONS, VERIFY_CREDITS

Row = Mapping[str, Any]


def _checked(key: str, title: str, verdict: Verdict, ruling: Ruling[Any]) -> Checked:
    outcome, words = verdict
    return Checked(key=key, title=title, outcome=outcome, words=words, clause=ruling.citation)


def registration_checks(row: Row) -> list[Checked]:
    """First within a year, again within the last months of the term: a reminder, the ministry decides."""
    submitted_on = day_of(row["submitted_on"]) or timezone.localdate()
    book = Rulebook(str(row["region_code"]), submitted_on)
    worker = SocialWorker.objects.filter(pk=row["worker"].id).first()
    if row["kind"] == RegistrationKind.FIRST:
        if (months := book.get(FIRST_REGISTRATION_MONTHS)) is None:
            return []
        verdict = rules.first_in_time(worker.passed_on if worker else None, submitted_on, months.value)
        return [_checked("first", "首次登记期限", verdict, months)]
    if (days := book.get(REGISTRATION_NOTICE_DAYS)) is None:
        return []
    verdict = rules.again_in_time(worker.registered_until if worker else None, submitted_on, days.value)
    return [_checked("again", "再次登记办理期", verdict, days)]


def credit_checks(row: Row) -> list[Checked]:
    if row["kind"] != CreditKind.DEGREE:
        return []
    on = day_of(row["gained_on"]) or timezone.localdate()
    ruling = Rulebook(str(row["region_code"]), on).get(DEGREE_HOURS)
    if ruling is None:
        return []
    return [
        _checked("degree", "学历折算", rules.degree_within(Decimal(str(row["hours"])), ruling.value), ruling)
    ]


def sanction_checks(row: Row) -> list[Checked]:
    """A bar needs a rule of the place; without one nobody is barred (FIL-05 is Haining's)."""
    on = timezone.localdate()
    ruling = Rulebook(str(row["region_code"]), on).get(PERSON_BAR)
    if ruling is None:
        words = "本地没有人员失信限制的规定，不能据此限制任用；请先在政策参数中录入依据文件"
        return [Checked(key="bar", title="处理依据", outcome=Outcome.STOP, words=words)]
    words = f"{ruling.value.because}：{ruling.value.years} 年内不得从事{ruling.value.scope}"
    return [_checked("bar", "处理依据", (Outcome.PASS, words), ruling)]


def notice_checks(row: Row) -> list[Checked]:
    on = timezone.localdate()
    ruling = Rulebook(str(row["region_code"]), on).get(OBJECTION_DAYS)
    found = sanction_checks(row)
    if ruling is not None:
        words = f"告知后给 {ruling.value} 日陈述申辩；期满或者申辩之后才能决定"
        found.append(_checked("hearing", "陈述申辩", (Outcome.PASS, words), ruling))
    return found


def heard_out(row: Row) -> str:
    return rules.heard(day_of(row["objection_until"]), timezone.localdate(), objected=bool(row["objection"]))


REGISTRATION_STEPS: Final = Steps(
    _("证书登记"),
    states={stage.value: stage.label for stage in R},
    initial=[R.NONE],
    steps=[
        step(
            "submit",
            _("已提交申请"),
            (R.NONE, R.FIRST_FAIL, R.FINAL_FAIL),
            R.SUBMITTED,
            right=EDIT_WORKERS,
            checks=registration_checks,
            submitted_on=_("提交日期"),
        ),
        step("first_pass", _("初审通过"), R.SUBMITTED, R.FIRST_PASS, right=EDIT_WORKERS),
        step("first_fail", _("初审未通过"), R.SUBMITTED, R.FIRST_FAIL, right=EDIT_WORKERS, note=_("原因")),
        step("final_pass", _("终审通过"), R.FIRST_PASS, R.FINAL_PASS, right=EDIT_WORKERS),
        step("final_fail", _("终审未通过"), R.FIRST_PASS, R.FINAL_FAIL, right=EDIT_WORKERS, note=_("原因")),
        step(
            "issue",
            _("已出证"),
            R.FINAL_PASS,
            R.ISSUED,
            right=EDIT_WORKERS,
            issued_on=_("出证日期"),
            until=_("登记有效期至"),
        ),
    ],
)

CREDIT_STEPS: Final = Steps(
    _("学时认定"),
    states={stage.value: stage.label for stage in CreditStage},
    initial=[CreditStage.CLAIMED],
    steps=[
        step(
            "verify",
            _("认定"),
            CreditStage.CLAIMED,
            CreditStage.VERIFIED,
            right=VERIFY_CREDITS,
            not_by=CREATED,
            asks=("hours",),
            checks=credit_checks,
        ),
        step(
            "refuse",
            _("不予认定"),
            CreditStage.CLAIMED,
            CreditStage.REFUSED,
            right=VERIFY_CREDITS,
            not_by=CREATED,
            note=_("理由"),
        ),
    ],
)

SANCTION_STEPS: Final = Steps(
    _("人员失信处理"),
    states={stage.value: stage.label for stage in S},
    initial=[S.PROPOSED],
    steps=[
        step(
            "notify",
            _("告知当事人"),
            S.PROPOSED,
            S.NOTIFIED,
            right=HANDLE_SANCTIONS,
            checks=notice_checks,
            reasons=_("理由和依据"),
            notified_on=_("告知日期"),
        ),
        step(
            "object",
            _("登记申辩"),
            (S.NOTIFIED, S.HEARD),
            S.HEARD,
            right=HANDLE_SANCTIONS,
            objection=_("陈述申辩"),
        ),
        step(
            "decide",
            _("作出决定"),
            (S.NOTIFIED, S.HEARD),
            S.IN_FORCE,
            right=DECIDE_SANCTIONS,
            not_by="notify",
            guard=heard_out,
            checks=sanction_checks,
            decision=_("决定和对申辩的答复"),
        ),
        step(
            "drop",
            _("不予处理"),
            (S.PROPOSED, S.NOTIFIED, S.HEARD),
            S.DROPPED,
            right=HANDLE_SANCTIONS,
            note=_("理由"),
        ),
        step(
            "lift",
            _("撤销"),
            S.IN_FORCE,
            S.LIFTED,
            right=DECIDE_SANCTIONS,
            at_will=True,
            not_by="notify",
            note=_("撤销理由"),
        ),
    ],
)
