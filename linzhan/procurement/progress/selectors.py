"""Where contracts stand on a day: their targets, what was done, milestones (TGT-12, PUR-21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from linzhan.policy.api import NoRuling, Parameter, purchasing, ruling_for, rulings_for
from linzhan.procurement.models import ServiceProject
from linzhan.procurement.progress import rules
from linzhan.procurement.progress.counting import Counted, counted_metrics, done
from linzhan.procurement.progress.enums import Metric
from linzhan.procurement.progress.models import ContractTarget, Milestone

OF_SHEET: Final = {
    "target_registrations": Metric.REGISTRATIONS,
    "target_visits": Metric.VISITS,
    "target_cases": Metric.CASES,
    "target_groups": Metric.GROUPS,
    "target_activities": Metric.ACTIVITIES,
    "target_person_times": Metric.PERSON_TIMES,
    "target_satisfaction": Metric.SATISFACTION,
}
"""The targets that the sheet 项目 has columns for."""
UNITS: Final = {
    Metric.REGISTRATIONS.value: "份", Metric.VISITS.value: "户次", Metric.CALLS.value: "次", Metric.CASES.value: "个",
    Metric.CASES_CLOSED.value: "个", Metric.GROUPS.value: "个", Metric.SESSIONS.value: "节", Metric.ACTIVITIES.value: "场",
    Metric.CONSULTATIONS.value: "人次", Metric.REFERRALS.value: "次", Metric.RESOURCES.value: "元",
    Metric.PERSON_TIMES.value: "人次", Metric.HOURS.value: "小时", Metric.SATISFACTION.value: "分",
    Metric.VOLUNTEERS.value: "人", Metric.VOLUNTEER_HOURS.value: "小时", Metric.TRAININGS.value: "次",
    Metric.SUPERVISIONS.value: "次", Metric.PUBLICITY.value: "篇", Metric.ORGANISATIONS.value: "个",
}  # fmt: skip
LEVELS: Final = frozenset({Metric.SATISFACTION.value})
"""Metrics that do not add up over time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where one contract stands on a day."""

    project: ServiceProject
    on: date
    elapsed: Fraction
    lines: Sequence[rules.Line]
    units: Mapping[str, str]
    progress: Fraction | None
    lag: Fraction | None
    forecast: Fraction | None
    milestones: Sequence[Milestone]
    late: int
    unexplained: int


def standings(projects: Sequence[ServiceProject], on: date) -> list[Standing]:
    """Where each contract stands; a fixed number of queries."""
    ids = [project.pk for project in projects]
    terms = [Counted(each.pk, each.starts_on, min(each.ends_on, on)) for each in projects]
    counted = done([term for term in terms if term.since <= term.until])
    more: dict[UUID, list[ContractTarget]] = defaultdict(list)
    for target in ContractTarget.objects.filter(project__in=ids).order_by("pk"):
        more[target.project_id].append(target)
    marks: dict[UUID, list[Milestone]] = defaultdict(list)
    for milestone in Milestone.objects.filter(project__in=ids).order_by("due_on", "pk"):
        marks[milestone.project_id].append(milestone)
    least = rulings_for(purchasing.FORECAST_DAYS, [each.region_code for each in projects], on)
    return [
        _standing(
            each, on, counted.get(each.pk, {}), more[each.pk], marks[each.pk],
            least[each.region_code].value if each.region_code in least else 0,
        )
        for each in projects
    ]  # fmt: skip


def _standing(
    project: ServiceProject,
    on: date,
    counted: Mapping[str, Decimal | None],
    more: Sequence[ContractTarget],
    milestones: Sequence[Milestone],
    least_days: int,
) -> Standing:
    term = rules.Term(project.starts_on, project.ends_on)
    lines = [rules.line(each, term, on, least_days=least_days) for each in targets(project, counted, more)]
    elapsed, came = term.elapsed(on), rules.progress(lines)
    due = [rules.Due(each.due_on, each.done_on, bool(each.deviation.strip())) for each in milestones]
    return Standing(
        project=project,
        on=on,
        elapsed=elapsed,
        lines=lines,
        units={**UNITS, **{each.metric: each.unit for each in more if each.unit}},
        progress=came,
        lag=rules.lag(came, elapsed),
        forecast=rules.forecast(lines) if lines else None,
        milestones=milestones,
        late=rules.late(due, on),
        unexplained=rules.unexplained(due, on),
    )


def targets(
    project: ServiceProject, counted: Mapping[str, Decimal | None], more: Sequence[ContractTarget]
) -> list[rules.Target]:
    """The contract's targets: those of the sheet, then the further ones; a target of nought is none."""
    found = [
        rules.Target(
            metric=metric.value,
            quantity=Decimal(quantity),
            done=counted.get(metric.value),
            adds_up=metric.value not in LEVELS,
        )
        for name, metric in OF_SHEET.items()
        if (quantity := getattr(project, name))
    ]
    known, here = counted_metrics(), {each.metric for each in found}
    for each in more:
        if each.metric in here or not each.quantity:
            continue
        counts_itself = each.metric in known
        found.append(
            rules.Target(
                metric=each.metric,
                quantity=each.quantity,
                done=counted.get(each.metric) if counts_itself else each.done,
                adds_up=each.metric not in LEVELS,
                weight=each.weight or 1,
                tolerance=each.tolerance or Decimal(0),
                stated=not counts_itself,
            )
        )
    return found


def notice_line(region: str, on: date) -> Decimal | None:
    """Below which lag somebody is told; None where nobody decided one."""
    percent = _ruled(purchasing.LAG_NOTICE, region, on)
    return None if percent is None else Decimal(percent) / 100


def _ruled(param: Parameter[Decimal], region: str, on: date) -> Decimal | None:
    try:
        return ruling_for(param, region=region, on=on).value
    except NoRuling:
        return None
