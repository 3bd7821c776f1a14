"""The ledger of continuing education: for each worker the rules that apply, what they ask, what was done (CPE-01).

The same arithmetic as the figure ``workforce.education_met``, for persons instead of places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from linzhan.policy.api import EducationRule, Ruling, rulings_of
from linzhan.workforce.enums import Grade
from linzhan.workforce.models import CertificateTerm, EducationCredit, SocialWorker, TrainingCredit
from linzhan.workforce.parameters import CONTINUING_EDUCATION
from linzhan.workforce.rules import Window, hours_behind, window_of
from linzhan.workforce.selectors import highest_grades
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


def education_duties(workers: Sequence[SocialWorker], on: date) -> list[EducationDuty]:
    """Every rule that applies to each of ``workers`` on a day, by worker and rule.

    A rule by registration term needs a registration: without one it does not apply yet.
    """
    ids = [worker.pk for worker in workers]
    grades, terms, credited = highest_grades(ids, on), _terms(ids), _credits(ids)
    rules = {
        code: rulings_of(CONTINUING_EDUCATION, region=code, on=on)
        for code in {w.region_code for w in workers}
    }
    found = []
    for worker in workers:
        grade = grades.get(worker.pk, Grade.NONE.value)
        for ruling in rules[worker.region_code]:
            window = _window(ruling.value, grade, terms[worker.pk, grade], on)
            if window is not None:
                found.append(_duty(worker.pk, ruling, window, credited[worker.pk], on))
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


def _terms(workers: Sequence[UUID]) -> Mapping[tuple[UUID, str], list[date]]:
    found: dict[tuple[UUID, str], list[date]] = defaultdict(list)
    for worker, grade, until in CertificateTerm.objects.filter(worker__in=workers).values_list(
        "worker_id", "grade", "until"
    ):
        found[worker, grade].append(until)
    return found


def _credits(workers: Sequence[UUID]) -> Mapping[UUID, dict[date, Decimal]]:
    """Hours by worker and day."""
    found: dict[UUID, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for worker, day, hours in TrainingCredit.objects.filter(worker__in=workers).values_list(
        "worker_id", "starts_on", "hours"
    ):
        found[worker][day] += hours
    verified = EducationCredit.objects.filter(worker__in=workers, stage=CreditStage.VERIFIED)
    for worker, day, hours in verified.values_list("worker_id", "gained_on", "hours"):
        found[worker][day] += hours
    return found


def days_left(duty: EducationDuty, on: date) -> int:
    """Days in which the hours can still be done, today included; 0 when the time is over."""
    return max(0, (duty.window.until - on + timedelta(days=1)).days)
