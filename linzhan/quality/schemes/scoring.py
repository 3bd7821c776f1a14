"""From what was found to points, total and grade: pure arithmetic (``domain.md`` §12.3; EVL-01, EVL-12).

Points of a line are rounded half up to two decimals and then added, so that whoever adds up the printed
sheet gets the printed total. What is not known is pending, never 0; what does not apply is left out and
the rest is scaled to the full marks. A veto is told beside the total and never hidden in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Final

from linzhan.quality.enums import ResultGrade
from linzhan.quality.schemes.definition import Grade, Line, Scheme
from linzhan.quality.schemes.enums import MEASURED, Rule

EXPERTS_FOR_TRIMMING: Final = 5
"""From so many experts on, the highest and the lowest are left out of the mean."""


class State(StrEnum):
    SCORED = "已评"
    PENDING = "待评"
    ABSENT = "不适用"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the platform found for a line: the number, and the target that rules the place, if any."""

    value: Fraction | None
    target: Fraction | None = None
    sample: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What one rater gave: points, or a number, or the items that are met; or that it does not apply."""

    side: str
    rater: str
    points: Fraction | None = None
    value: Fraction | None = None
    sample: int | None = None
    population: int | None = None
    met: tuple[str, ...] | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineScore:
    """The points of a line. ``spread`` is the range of one side's raters in percent of the full marks;
    ``lacking`` names the sides that have not scored yet."""

    state: State
    points: Decimal | None = None
    spread: Fraction = Fraction(0)
    raters: int = 0
    lacking: tuple[str, ...] = ()
    adjusted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The result of a subject. ``raw`` is before bonus, penalty and limits; ``complete`` says that nothing
    is pending; ``by_marks`` is the grade the points alone would earn."""

    raw: Decimal | None
    total: Decimal | None
    grade: Grade | None
    by_marks: Grade | None
    available: Decimal
    pending: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return not self.pending and self.total is not None


def rounded(value: Fraction) -> Decimal:
    """Two decimals, half up; points are never negative."""
    return Decimal(floor(value * 100 + Fraction(1, 2))) / 100


def measured_points(line: Line, found: Found) -> Fraction | None:
    """The points of a measured line; None where the number or the target is not known."""
    x = found.value
    if x is None or line.full is None:
        return None
    full = Fraction(line.full)
    if line.rule == Rule.STEP:
        reached = [(at, points) for at, points in line.steps if Fraction(at) <= x]
        return Fraction(max(reached)[1]) if reached else Fraction(0)
    if line.rule == Rule.INVERSE:
        best, ceiling = Fraction(line.best or 0), Fraction(line.ceiling or 0)
        return full * _clamped((ceiling - x) / (ceiling - best))
    stated = Fraction(line.target) if line.target is not None else None
    target = found.target if found.target is not None else stated
    floor = Fraction(0) if line.rule == Rule.CAP else Fraction(line.floor or 0)
    if target is None or target <= floor:
        return None
    return full * _clamped((x - floor) / (target - floor))


def enough(line: Line, sample: int | None, population: int | None) -> bool:
    """Whether a survey asked enough people: the least number, or everybody there is."""
    if line.least is None:
        return True
    return sample is not None and sample >= min(
        line.least, population if population is not None else line.least
    )


def points_found(line: Line, found: Found | None) -> Fraction | None:
    """What the platform's own number is worth; None where it has none, no target, or too few were asked."""
    return measured_points(line, found) if found is not None and enough(line, found.sample, None) else None


def points_of(line: Line, given: Given, found: Found | None) -> Fraction | None:
    """What one rater's finding is worth; None where it says too little."""
    full = Fraction(line.full or 0)
    if given.points is not None:
        return min(max(given.points, Fraction(0)), full)
    if given.met is not None and line.items:
        return full * len(set(given.met) & set(line.items)) / len(line.items)
    if given.value is not None and line.rule in MEASURED:
        if not enough(line, given.sample, given.population):
            return None
        target = found.target if found is not None else None
        return measured_points(line, Found(value=given.value, target=target))
    return None


def mean_of_raters(points: Sequence[Fraction]) -> Fraction:
    """The mean; of five and more the highest and the lowest do not count."""
    kept = sorted(points)[1:-1] if len(points) >= EXPERTS_FOR_TRIMMING else points
    return sum(kept, Fraction(0)) / len(kept)


def line_score(
    scheme: Scheme, line: Line, found: Found | None, given: Sequence[Given], adjusted: Decimal | None = None
) -> LineScore:
    """The score of one line. ``adjusted`` is what an accepted objection made of it: it stands instead."""
    if adjusted is not None:
        return LineScore(state=State.SCORED, points=adjusted, raters=len(given), adjusted=True)
    if given and all(each.absent for each in given):
        return LineScore(state=State.ABSENT, raters=len(given))
    if line.by_platform and (points := points_found(line, found)) is not None:
        return LineScore(state=State.SCORED, points=rounded(points))
    return _by_sides(scheme, line, found, given)


def _by_sides(scheme: Scheme, line: Line, found: Found | None, given: Sequence[Given]) -> LineScore:
    """What the sides make of it, each by the mean of its people, weighted by the scheme."""
    of_side: dict[str, list[Fraction]] = defaultdict(list)
    for each in given:
        points = None if each.absent else points_of(line, each, found)
        if points is not None:
            of_side[each.side].append(points)
    wanted = [side for side in scheme.sides_of(line) if scheme.weights.get(side, 0)]
    if line.by_platform:  # somebody looked it up by hand: one is enough
        wanted = [side for side in wanted if of_side[side]] or wanted[:1]
    lacking = tuple(side for side in wanted if len(of_side[side]) < max(line.raters, 1))
    spread, raters = _spread(line, of_side.values()), sum(map(len, of_side.values()))
    if lacking or not wanted:
        return LineScore(state=State.PENDING, lacking=lacking, spread=spread, raters=raters)
    weight = sum((Fraction(scheme.weights[side]) for side in wanted), Fraction(0))
    means = (Fraction(scheme.weights[side]) * mean_of_raters(of_side[side]) for side in wanted)
    points = sum(means, Fraction(0)) / weight
    return LineScore(state=State.SCORED, points=rounded(points), spread=spread, raters=raters)


def _spread(line: Line, of_sides: Iterable[Sequence[Fraction]]) -> Fraction:
    """How far the people of one side are apart at most, in percent of the full marks."""
    widest = max((max(each) - min(each) for each in of_sides if each), default=Fraction(0))
    return widest * 100 / Fraction(line.full) if line.full else Fraction(0)


def total(
    scheme: Scheme,
    scores: Mapping[str, LineScore],
    *,
    bonus: Decimal = Decimal(0),
    penalty: Decimal = Decimal(0),
    vetoes: Iterable[str] = (),
) -> Total:
    """Total and grade. Lines that do not apply are left out and the rest is scaled up; pending ones too, and
    then the result is not complete."""
    states = {code: scores[code].state if code in scores else State.PENDING for code in scheme.lines}
    pending = tuple(code for code, state in states.items() if state is State.PENDING)
    absent = tuple(code for code, state in states.items() if state is State.ABSENT)
    counted = [code for code, state in states.items() if state is State.SCORED]
    available = sum((scheme.lines[code].full or Decimal(0) for code in counted), Decimal(0))
    named = tuple(vetoes)
    if not available:
        return Total(
            raw=None,
            total=None,
            grade=failed(scheme) if named else None,
            by_marks=None,
            available=available,
            pending=pending,
            absent=absent,
            vetoes=named,
        )
    points = sum((scores[code].points or Decimal(0) for code in counted), Decimal(0))
    raw = rounded(Fraction(points) * Fraction(scheme.full) / Fraction(available))
    final = raw + min(bonus, scheme.bonus) - min(penalty, scheme.penalty)
    final = min(max(final, Decimal(0)), scheme.full)
    by_marks = grade_of(scheme, final)
    return Total(
        raw=raw,
        total=final,
        grade=failed(scheme) if named else by_marks,
        by_marks=by_marks,
        available=available,
        pending=pending,
        absent=absent,
        vetoes=named,
    )


def grade_of(scheme: Scheme, points: Decimal) -> Grade | None:
    """The highest grade whose limit the points reach."""
    percent = points * 100 / scheme.full
    reached = [grade for grade in scheme.scale if grade.from_percent <= percent]
    return max(reached, key=lambda grade: grade.from_percent) if reached else None


def failed(scheme: Scheme) -> Grade:
    """The grade of whom a veto befell."""
    named = [grade for grade in scheme.scale if grade.grade == ResultGrade.FAILED]
    return named[0] if named else Grade(grade=ResultGrade.FAILED.value, from_percent=Decimal(0))


def _clamped(share: Fraction) -> Fraction:
    return min(max(share, Fraction(0)), Fraction(1))
