"""Who gets an allowance and how much: by the standards of the place, never typed (PAY-09…13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from linzhan.kernel import places
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import bulk
from linzhan.workforce.enums import RANKS, Post
from linzhan.workforce.models import Certificate, SocialWorker
from linzhan.workforce.paying.enums import AllowanceBasis, AnyGrade, BatchStage, PayPeriod
from linzhan.workforce.paying.models import AllowanceBatch, AllowanceLine, AllowanceStandard
from linzhan.workforce.selectors import highest_grades, on_post
from linzhan.workforce.talent.models import ExamEntry


@dataclass(frozen=True, slots=True)
class Due:
    """What one person is due, and why."""

    worker: SocialWorker
    grade: str
    amount: Decimal
    why: str


def standards(region: str, rule: str, on: date) -> list[AllowanceStandard]:
    """The standards of a rule in force on a day: those of the nearest place that has any, the latest of each grade."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    rows = AllowanceStandard.objects.filter(
        lasting, rule=rule, starts_on__lte=on, region_code__in=places.lineage(region)
    ).order_by("starts_on")
    nearest: dict[int, dict[str, AllowanceStandard]] = {}
    for row in rows:
        nearest.setdefault(places.level_of(row.region_code), {})[row.grade] = row
    return list(nearest[max(nearest)].values()) if nearest else []


def due(batch: AllowanceBatch) -> list[Due]:
    """Everybody whom the batch's rule means in its days, each once, with the best standard that fits."""
    found: dict[UUID, Due] = {}
    for standard in standards(batch.region_code, batch.rule, batch.ends_on):
        grades = _meant(batch, standard)
        if standard.period == PayPeriod.ONCE:
            grades = _not_before(batch, grades)
        workers = SocialWorker.objects.filter(pk__in=list(grades))
        for worker in workers:
            if standard.grade not in (AnyGrade.ANY, grades[worker.pk]):
                continue
            one = Due(worker, grades[worker.pk], standard.amount, f"{standard.basis} · {standard.grade}")
            if worker.pk not in found or found[worker.pk].amount < one.amount:
                found[worker.pk] = one
    return sorted(found.values(), key=lambda each: (each.worker.region_code, str(each.worker.pk)))


def _meant(batch: AllowanceBatch, standard: AllowanceStandard) -> dict[UUID, str]:
    """Workers of the place whom a standard means, with the grade they hold at the end of the days ("" for none)."""
    low, high = places.bounds(batch.region_code)
    here = SocialWorker.objects.filter(region_code__gte=low, region_code__lt=high)
    within = (batch.starts_on, batch.ends_on)
    if standard.basis == AllowanceBasis.PASSED:
        return _passed(here, within)
    if standard.basis == AllowanceBasis.NEW:
        ids = _ids(here.filter(hired_on__range=within).exclude(post=Post.OTHER))
        return _graded(ids & _standing(batch.ends_on), batch.ends_on, whoever=True)
    if standard.basis == AllowanceBasis.ENROLLED:
        entries = ExamEntry.objects.filter(worker__in=here.values("pk"), enrolled_on__range=within)
        return dict(entries.values_list("worker_id", "grade"))
    if standard.basis == AllowanceBasis.ON_POST:
        return _graded(_ids(here) & _standing(batch.ends_on), batch.ends_on)
    employed = here.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=batch.ends_on), hired_on__lte=batch.ends_on
    )
    return _graded(_ids(employed), batch.ends_on)


def _ids(workers: QuerySet[SocialWorker]) -> set[UUID]:
    return set(workers.values_list("pk", flat=True))


def _standing(on: date) -> set[UUID]:
    return set(on_post(on).values_list("subject_id", flat=True))


def _graded(ids: Iterable[UUID], on: date, *, whoever: bool = False) -> dict[UUID, str]:
    wanted = list(ids)
    held = highest_grades(wanted, on)
    return {each: held.get(each, "") for each in wanted if whoever or each in held}


def _passed(here: QuerySet[SocialWorker], within: tuple[date, date]) -> dict[UUID, str]:
    rows = Certificate.objects.filter(worker__in=here.values("pk"), passed_on__range=within)
    found: dict[UUID, str] = {}
    for worker, grade in rows.values_list("worker_id", "grade"):
        found[worker] = max(found.get(worker, "无"), grade, key=RANKS.__getitem__)
    return found


def _not_before(batch: AllowanceBatch, grades: Mapping[UUID, str]) -> dict[UUID, str]:
    """Without those who had a one-off of this rule for this grade before."""
    had = AllowanceLine.objects.filter(
        worker__in=list(grades),
        batch__rule=batch.rule,
        batch__stage__in=(BatchStage.SUBMITTED, BatchStage.APPROVED, BatchStage.PAID),
    ).exclude(batch=batch.pk)
    paid = set(had.values_list("worker_id", "grade"))
    return {worker: grade for worker, grade in grades.items() if (worker, grade) not in paid}


def rewrite(batch: AllowanceBatch) -> tuple[int, Decimal]:
    """Compute the lines of a batch anew: how many persons, how much in all."""
    lines = due(batch)
    AllowanceLine.objects.filter(batch=batch.pk).delete()
    bulk.insert_rows(AllowanceLine, COLUMNS, [_row(batch, each) for each in lines])
    return len(lines), sum((each.amount for each in lines), Decimal(0))


COLUMNS = (
    "id", "region_code", "provider_id", "station_id", "batch_id", "worker_id", "grade", "amount", "why",
)  # fmt: skip


def _row(batch: AllowanceBatch, each: Due) -> Sequence[object]:
    worker = each.worker
    place = (worker.region_code, worker.provider_id, worker.station_id)
    return (uuid7(), *place, batch.pk, worker.pk, each.grade, each.amount, each.why)


def paid_twice(batch: AllowanceBatch) -> int:
    """Persons who already have the same rule for days of this batch."""
    others = AllowanceBatch.objects.filter(
        rule=batch.rule,
        starts_on__lte=batch.ends_on,
        ends_on__gte=batch.starts_on,
        stage__in=(BatchStage.SUBMITTED, BatchStage.APPROVED, BatchStage.PAID),
    ).exclude(pk=batch.pk)
    own = AllowanceLine.objects.filter(batch=batch.pk).values("worker_id")
    twice = AllowanceLine.objects.filter(batch__in=others.values("pk"), worker_id__in=own)
    return twice.values("worker_id").distinct().count()
