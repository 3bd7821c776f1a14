"""What follows for a worker's standing: terms, credits, bars; and the person's own word against a sanction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linzhan.kernel.registers.amending import amend, told
from linzhan.kernel.registers.declare import REGISTERS, Values
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import Taken, stepped, take
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.days import day_of
from linzhan.kernel.steps import StepRefused
from linzhan.policy.api import rulings_for
from linzhan.workforce.assigning.checks import Rulebook
from linzhan.workforce.models import SocialWorker
from linzhan.workforce.parameters import OBJECTION_DAYS, PERSON_BAR, VETTING_DAYS
from linzhan.workforce.standing.enums import VettingResult
from linzhan.workforce.standing.models import StaffSanction, WorkBar
from linzhan.workforce.standing.rules import barred_until

ANSWERED = (VettingResult.CLEAR, VettingResult.HIT)


def vetting_faults(values: Values) -> Iterator[tuple[str, str]]:
    """An answer has a day; a day has an answer."""
    result, answered = values.get("result"), values.get("answered_on")
    if result in ANSWERED and answered is None:
        yield "answered_on", "已有查询结果的须填写结果日期"
    if isinstance(answered, date) and answered > timezone.localdate():
        yield "answered_on", "结果日期不能晚于今天"


def derive_validity(arriving: Sequence[Arriving]) -> None:
    """How long an answer holds, by the rule of its place."""
    by_day: dict[date, list[Arriving]] = {}
    for each in arriving:
        answered = each.values.get("answered_on")
        if isinstance(answered, date):
            by_day.setdefault(answered, []).append(each)
    for day, group in by_day.items():
        rulings = rulings_for(VETTING_DAYS, {each.where.region_code for each in group}, day)
        for each in group:
            if (ruling := rulings.get(each.where.region_code)) is not None:
                each.derive("valid_until", day + timedelta(days=ruling.value))


@stepped("certificate-registrations")
def renew_term(taken: Taken) -> None:
    """A certificate that was issued is registered until the day it says: the worker's row follows."""
    if taken.again or taken.step.name != "issue":
        return
    worker = SocialWorker.objects.filter(pk=taken.row["worker"].id).first()
    if worker is None or worker.certificate != taken.row["grade"]:
        return  # a lower grade than the one held now: its term is kept here alone
    outcome = amend(REGISTERS["workers"], worker.pk, {"registered_until": day_of(taken.row["until"])})
    if wrong := told(outcome):
        raise StepRefused(wrong)


@stepped("education-credits")
def date_credit(taken: Taken) -> None:
    if not taken.again and taken.step.name == "verify":
        amend(taken.register, taken.row_id, {"verified_on": timezone.localdate(taken.at)})


@stepped("staff-sanctions")
def follow_sanction(taken: Taken) -> None:
    """Days that follow from a step; the decision bars, the lifting ends the bar, and nothing before does."""
    if taken.again:
        return
    today = timezone.localdate(taken.at)
    act = {"notify": _notified, "object": _objected, "decide": _decided, "lift": _lifted}.get(taken.step.name)
    if act is not None:
        act(taken, today)


def _notified(taken: Taken, today: date) -> None:
    told_on = day_of(taken.row["notified_on"]) or today
    ruling = Rulebook(str(taken.row["region_code"]), told_on).get(OBJECTION_DAYS)
    if ruling is None:
        raise StepRefused("本地没有申辩期的规定，请先在政策参数中录入“失信处理告知后的陈述申辩期”")
    amend(taken.register, taken.row_id, {"objection_until": told_on + timedelta(days=ruling.value)})


def _objected(taken: Taken, today: date) -> None:
    amend(taken.register, taken.row_id, {"objected_on": today})


def _decided(taken: Taken, today: date) -> None:
    ruling = Rulebook(str(taken.row["region_code"]), today).get(PERSON_BAR)
    if ruling is None:
        raise StepRefused("本地没有人员失信限制的规定，不能据此限制任用")
    ends_on = barred_until(today, ruling.value.years)
    amend(taken.register, taken.row_id, {"decided_on": today, "ends_on": ends_on - timedelta(days=1)})
    worker = SocialWorker.objects.get(pk=taken.row["worker"].id)
    WorkBar.objects.create(
        region_code=worker.region_code,
        provider_id=worker.provider_id,
        station_id=worker.station_id,
        worker=worker,
        sanction_id=taken.row_id,
        starts_on=today,
        ends_on=ends_on,
        scope=ruling.value.scope,
        citation=ruling.citation,
    )


def _lifted(taken: Taken, today: date) -> None:
    """From today on it no longer holds; that it held before stays known."""
    for bar in WorkBar.objects.filter(sanction_id=taken.row_id):
        bar.ends_on = max(bar.starts_on, min(bar.ends_on, today))
        bar.save(update_fields=["ends_on"])
    amend(taken.register, taken.row_id, {"ends_on": today})


def sanctions_of(worker_id: UUID) -> list[Mapping[str, Any]]:
    """What the person is told: everything from the notice on. Before it there is nothing to answer to."""
    rows = StaffSanction.objects.filter(worker=worker_id, notified_on__isnull=False).order_by("-pk")
    names = (
        "id", "code", "because", "facts", "reasons", "stage", "notified_on", "objection_until",
        "objection", "objected_on", "decision", "decided_on", "ends_on",
    )  # fmt: skip
    return list(rows.values(*names))


@transaction.atomic
def object_to(sanction_id: UUID, words: str) -> None:
    """The person's own word against a sanction that was told; :class:`StepRefused` where it comes too late.

    LookupError where it is not about whoever asks.
    """
    own = StaffSanction.objects.filter(
        pk=sanction_id, worker_id__in=[UUID(each) for each in current_scope().people]
    )
    sanction = own.exclude(notified_on=None).first()
    if sanction is None:
        raise LookupError(sanction_id)
    if sanction.objection_until is not None and timezone.localdate() > sanction.objection_until:
        raise StepRefused(f"申辩期已于 {sanction.objection_until} 截止；仍有意见的，请向上级主管部门反映")
    take(REGISTERS["staff-sanctions"], sanction_id, "object", {"objection": words})
