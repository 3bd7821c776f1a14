"""A round computed: from frozen evidence, scores and decided objections to points, totals and grades (EVL-05, EVL-10).

Before scoring begins the same arithmetic runs over what the platform holds now, as a preview. Afterwards only
what was frozen counts, so that a round comes out the same a year later; a changed number or scheme is noticed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.policy.api import GradeStep, NoRuling, ruling_for
from linzhan.policy.api import quality as rulebook
from linzhan.quality.enums import ResultGrade
from linzhan.quality.models import (
    EvaluationRound,
    EvaluationScore,
    Evidence,
    RoundSubject,
    ScoreObjection,
)
from linzhan.quality.rounds.collecting import collected, digest_of
from linzhan.quality.rounds.enums import ObjectionStage
from linzhan.quality.schemes import catalogue
from linzhan.quality.schemes.definition import Grade, Line, Scheme, read
from linzhan.quality.schemes.enums import MEASURED
from linzhan.quality.schemes.scoring import (
    Found,
    Given,
    LineScore,
    State,
    Total,
    line_score,
    measured_points,
    points_found,
    total,
)


class RoundFault(ValueError):
    """A round that cannot be computed; the message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True)
class Computed:
    """One subject with its points."""

    subject: RoundSubject
    scores: Mapping[str, LineScore]
    evidence: Mapping[str, Evidence]
    total: Total


@dataclass(frozen=True, slots=True)
class Results:
    """A computed round. ``frozen``: from locked evidence; ``digest`` is its mark."""

    held: EvaluationRound
    scheme: Scheme
    frozen: bool
    digest: str
    subjects: Sequence[Computed] = field(default_factory=list)


def scheme_of(held: EvaluationRound) -> Scheme:
    """The scheme a round goes by: the frozen one, else the one it names, with the grades of its place."""
    if held.definition:
        return read(held.definition)
    named = catalogue.scheme_of(held.scheme)
    if named is None:
        raise RoundFault(_("没有找到评估方案“%s”：请选用平台自带的或已发布的方案") % held.scheme)
    return with_scale(named, held.region_code, timezone.localdate())


def with_scale(scheme: Scheme, region: str, on: date) -> Scheme:
    """``scheme`` with grades: its own, else those that rule the place."""
    if scheme.scale:
        return scheme
    try:
        steps = ruling_for(rulebook.GRADE_SCALE, region=region, on=on).value
    except NoRuling:
        return scheme
    return replace(scheme, scale=tuple(map(_grade, steps)))


def _grade(step: GradeStep) -> Grade:
    known = step.grade in ResultGrade.values
    grade = step.grade if known else (ResultGrade.PASSED if step.passed else ResultGrade.FAILED).value
    return Grade(grade=grade, from_percent=step.from_score, called=None if known else step.grade)


def compute(held: EvaluationRound, only: Iterable[UUID] | None = None) -> Results:
    """All subjects of a round (or ``only`` some, by the ids of their lines), in the order of their numbers.

    Raises :class:`RoundFault` where there is no scheme or what was frozen is no longer what it was.
    """
    scheme = scheme_of(held)
    rows = RoundSubject.objects.filter(round=held).order_by("code")
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    subjects = list(rows)
    frozen = held.evidence_at is not None
    evidence = _frozen(subjects) if frozen else collected(held, scheme, subjects)
    digest = digest_of(held.definition, evidence) if only is None else held.evidence_digest
    if frozen and digest != held.evidence_digest:
        raise RoundFault(_("锁定的证据或方案与锁定时不一致，不能计算；请核对变更记录"))
    return Results(held, scheme, frozen, digest, _computed(held, scheme, subjects, evidence))


def _frozen(subjects: Sequence[RoundSubject]) -> list[Evidence]:
    return list(Evidence.objects.filter(subject__in=[each.pk for each in subjects]))


def _computed(
    held: EvaluationRound, scheme: Scheme, subjects: Sequence[RoundSubject], evidence: Iterable[Evidence]
) -> list[Computed]:
    ids = [each.pk for each in subjects]
    found: dict[UUID, dict[str, Evidence]] = defaultdict(dict)
    for each in evidence:
        found[each.subject_id][each.line] = each
    given = _given(ids)
    adjusted = _adjusted(ids)
    made = []
    for subject in subjects:
        scores = {
            code: LineScore(state=State.ABSENT)
            if code in held.left_out
            else line_score(
                scheme,
                line,
                _found(found[subject.pk].get(code)),
                given[subject.pk].get(code, ()),
                adjusted.get((subject.pk, code)),
            )
            for code, line in scheme.lines.items()
        }
        result = total(
            scheme,
            scores,
            bonus=subject.bonus or Decimal(0),
            penalty=subject.penalty or Decimal(0),
            vetoes=subject.vetoes,
        )
        made.append(Computed(subject, scores, found[subject.pk], result))
    return made


def _found(evidence: Evidence | None) -> Found | None:
    if evidence is None:
        return None
    return Found(
        value=None if evidence.value is None else Fraction(evidence.value),
        target=None if evidence.target is None else Fraction(evidence.target),
        sample=_sample(evidence),
    )


def settles(line: Line, evidence: Evidence | None) -> bool:
    """Whether the frozen number is worth points, so that nobody scores the line by hand."""
    return points_found(line, _found(evidence)) is not None


def targeted(line: Line, evidence: Evidence | None) -> bool:
    """Whether a number found by hand is worth points: some rules want a target that the place may not have set."""
    found = replace(_found(evidence) or Found(value=None), value=Fraction(1))
    return line.rule not in MEASURED or line.full is None or measured_points(line, found) is not None


def _sample(evidence: Evidence) -> int | None:
    """How many answered, where the number is a survey's: a line may ask for a least number of them."""
    count = evidence.details.get("denominator")
    return int(count) if count is not None else None


def _given(subjects: Sequence[UUID]) -> dict[UUID, dict[str, list[Given]]]:
    found: dict[UUID, dict[str, list[Given]]] = defaultdict(lambda: defaultdict(list))
    rows = EvaluationScore.objects.filter(subject__in=subjects).select_related("evaluator").order_by("pk")
    for row in rows:
        found[row.subject_id][row.line].append(
            Given(
                side=row.evaluator.side,
                rater=str(row.evaluator_id),
                points=None if row.points is None else Fraction(row.points),
                value=None if row.value is None else Fraction(row.value),
                sample=row.sample,
                population=row.population,
                met=tuple(row.met) if row.points is None and row.value is None else None,
                absent=bool(row.absent),
            )
        )
    return found


def _adjusted(subjects: Sequence[UUID]) -> dict[tuple[UUID, str], Decimal]:
    rows = ScoreObjection.objects.filter(
        subject__in=subjects, stage=ObjectionStage.UPHELD, new_points__isnull=False
    ).order_by("decided_on", "pk")
    return {
        (subject, line): points
        for subject, line, points in rows.values_list("subject_id", "line", "new_points")
    }


def spread_limit(held: EvaluationRound) -> Decimal | None:
    """From which spread of raters on a second opinion is due, in percent of a line's full marks."""
    try:
        return ruling_for(
            rulebook.SPREAD_PERCENT, region=held.region_code, on=held.as_of or timezone.localdate()
        ).value
    except NoRuling:
        return None


def disputed(results: Results, each: Computed, limit: Decimal | None) -> list[str]:
    """Lines whose raters are too far apart and that nobody has looked at again: a rater more than the least."""
    if limit is None:
        return []
    return [
        code
        for code, score in each.scores.items()
        if score.spread > Fraction(limit)
        and not score.adjusted
        and score.raters <= max(results.scheme.lines[code].raters, 2)
    ]
