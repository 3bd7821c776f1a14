"""The ledger of continuing education: for each worker the rules that apply, what they ask, what was done (CPE-01).

The same arithmetic as the figure ``workforce.education_met``, for persons instead of places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import Coalesce, JSONObject

from linzhan.policy.api import EducationRule, Ruling, rulings_of
from linzhan.workforce.enums import RANKS, Grade
from linzhan.workforce.models import (
    Certificate,
    CertificateTerm,
    EducationCredit,
    SocialWorker,
    TrainingCredit,
)
from linzhan.workforce.parameters import CONTINUING_EDUCATION
from linzhan.workforce.rules import Window, hours_behind, window_of
from linzhan.workforce.standing.enums import CreditStage


@dataclass(frozen=True, kw_only=True, slots=True)
class EducationDuty:
    """One rule for one worker: ``needed`` hours within ``window``, ``done`` until the day asked.

    ``behind`` is how many hours are missing against an even pace (0: none); met is met.
    """

    worker_id: UUID
    rule: str
    needed: Decimal
    done: Decimal
    window: Window
    behind: Decimal
    authority: Ruling[EducationRule]

    @property
    def met(self) -> bool:
        return self.done >= self.needed


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of one worker: the highest grade on the day, the ends of its terms, hours by day."""

    grade: str
    terms: Sequence[date]
    credited: Mapping[date, Decimal]


NOTHING = _Kept(Grade.NONE.value, (), {})


def education_duties(workers: Sequence[SocialWorker], on: date) -> list[EducationDuty]:
    """Every rule that applies to each of ``workers`` on a day, by worker and rule.

    A rule by registration term needs a registration: without one it does not apply yet.
    """
    kept = _kept([worker.pk for worker in workers], on)
    rules = {
        code: rulings_of(CONTINUING_EDUCATION, region=code, on=on)
        for code in {w.region_code for w in workers}
    }
    found = []
    for worker in workers:
        own = kept.get(worker.pk, NOTHING)
        for ruling in rules[worker.region_code]:
            window = _window(ruling.value, own.grade, own.terms, on)
            if window is not None:
                found.append(_duty(worker.pk, ruling, window, own.credited, on))
    return found


def _window(rule: EducationRule, grade: str, terms: Iterable[date], on: date) -> Window | None:
    return window_of(rule.period, rule.term_years, terms, on) if grade in rule.levels else None


def _duty(
    worker: UUID, ruling: Ruling[EducationRule], window: Window, credited: Mapping[date, Decimal], on: date
) -> EducationDuty:
    done = sum(
        (hours for day, hours in credited.items() if window.after < day <= min(on, window.until)), Decimal()
    )
    return EducationDuty(
        worker_id=worker,
        rule=ruling.variant,
        needed=ruling.value.hours,
        done=done,
        window=window,
        behind=hours_behind(ruling.value.hours, done, window, on),
        authority=ruling,
    )


def _kept(workers: Sequence[UUID], on: date) -> Mapping[UUID, _Kept]:
    """Grade on the day, ends of its terms, hours by day: one statement for all."""
    of = OuterRef("pk")
    since = Coalesce("passed_on", "stated_from")
    held = Certificate.objects.filter(worker=of).annotate(since=since).filter(since__lte=on)
    verified = EducationCredit.objects.filter(worker=of, stage=CreditStage.VERIFIED)
    rows = SocialWorker.objects.filter(pk__in=list(workers)).values_list(
        "pk",
        ArraySubquery(held.values("grade")),
        ArraySubquery(CertificateTerm.objects.filter(worker=of).values(told=_told("grade", "until"))),
        ArraySubquery(TrainingCredit.objects.filter(worker=of).values(told=_told("starts_on", "hours"))),
        ArraySubquery(verified.values(told=_told("gained_on", "hours"))),
    )
    return {pk: _of(*told) for pk, *told in rows}


def _told(name: str, value: str) -> JSONObject:
    return JSONObject(name=name, value=value)


def _of(
    grades: Sequence[str],
    terms: Sequence[Mapping[str, Any]],
    trained: Sequence[Mapping[str, Any]],
    verified: Sequence[Mapping[str, Any]],
) -> _Kept:
    grade = max(grades, key=RANKS.__getitem__, default=Grade.NONE.value)
    credited: dict[date, Decimal] = defaultdict(Decimal)
    for each in (*trained, *verified):
        credited[date.fromisoformat(each["name"])] += Decimal(str(each["value"]))
    own = [date.fromisoformat(each["value"]) for each in terms if each["name"] == grade]
    return _Kept(grade, own, credited)


def days_left(duty: EducationDuty, on: date) -> int:
    """Days in which the hours can still be done, today included; 0 when the time is over."""
    return max(0, (duty.window.until - on + timedelta(days=1)).days)
