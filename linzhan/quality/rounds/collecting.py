"""Evidence: every number that the platform holds, asked once for all subjects and then frozen (EVL-05).

One figure is one question over the whole round, whatever the number of subjects: ``asking.compute`` groups by
station, project or division. What cannot be known stays empty and is never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from linzhan.kernel import places
from linzhan.kernel.figures import asking
from linzhan.kernel.figures.definitions import figure_named
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.values import FigureValue, Number, plain
from linzhan.kernel.periods import Period, parse_period
from linzhan.policy.api import Ruling, parameter_named, rulings_for
from linzhan.quality.enums import SubjectKind
from linzhan.quality.models import EvaluationRound, Evidence, RoundSubject
from linzhan.quality.rounds.population import projects_of
from linzhan.quality.rounds.rules import mark_of
from linzhan.quality.schemes.definition import Line, Scheme
from linzhan.quality.schemes.enums import Grain

EIGHT: Final = Decimal("0.00000001")
BY: Final = {SubjectKind.STATION.value: "station", SubjectKind.PROJECT.value: "project"}
Values = Mapping[str, FigureValue]
"""Of one figure: what it is of each subject or project, by its id or division code."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of all subjects of a round."""

    region: str
    period: Period
    as_of: date
    kind: str

    @classmethod
    def of(cls, held: EvaluationRound, kind: str) -> Asked:
        period = parse_period(held.period)
        as_of = held.as_of or min(period.end, timezone.localdate())
        return cls(held.region_code, period, as_of, kind)


def collected(held: EvaluationRound, scheme: Scheme, subjects: Sequence[RoundSubject]) -> list[Evidence]:
    """The evidence of every platform line of every subject, not stored yet."""
    asked = Asked.of(held, scheme.subject)
    lines = {
        code: line
        for code, line in scheme.lines.items()
        if line.by_platform and line.figure and code not in held.left_out
    }
    if not lines or not subjects:
        return []
    values = _values(asked, lines.values(), subjects)
    serving: Mapping[UUID, list[UUID]] = {}
    if any(line.grain == Grain.PROJECT for line in lines.values()):
        serving = projects_of(
            asked.kind, [each.subject_id for each in subjects if each.subject_id], asked.period
        )
    targets = _targets(asked, lines.values(), subjects)
    return [
        _evidence(each, code, line, _numbers(asked, each, line, values, serving), targets)
        for each in subjects
        for code, line in lines.items()
    ]


def _values(
    asked: Asked, lines: Iterable[Line], subjects: Sequence[RoundSubject]
) -> dict[tuple[str, str], Values]:
    """By figure and grain: one question each."""
    wanted = dict.fromkeys(
        (figure, line.grain) for line in lines for figure in (line.figure, line.per) if figure is not None
    )
    found: dict[tuple[str, str], Values] = {}
    answers = asking.compute(request for key in wanted for request in _requests(asked, *key, subjects))
    for key in wanted:
        by = _by(asked.kind, key[1])
        found[key] = {
            _key(value): value
            for value in answers
            if value.figure == key[0] and (value.member or ("", ""))[0] == by
        }
    return found


def _by(kind: str, grain: str) -> str:
    return "project" if grain == Grain.PROJECT else BY.get(kind, "region")


def _key(value: FigureValue) -> str:
    return value.region if value.member and value.member[0] == "region" else value.member_key


def _requests(
    asked: Asked, figure: str, grain: str, subjects: Sequence[RoundSubject]
) -> Iterable[FigureRequest]:
    if asked.kind == SubjectKind.PROVIDER and grain == Grain.SUBJECT:
        return  # figures are not kept by institution
    by = _by(asked.kind, grain)
    above = {asked.region} if by != "region" else {places.parent(each.subject_code) for each in subjects}
    for region in sorted(above):
        yield FigureRequest(
            figure=figure_named(figure).key, region=region, period=asked.period, as_of=asked.as_of, by=by
        )


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of a line with what it was made of."""

    value: Fraction | None
    details: dict[str, Any]


def _numbers(
    asked: Asked,
    subject: RoundSubject,
    line: Line,
    values: Mapping[tuple[str, str], Values],
    serving: Mapping[UUID, list[UUID]],
) -> Numbers:
    assert line.figure is not None
    own = _one(subject, line.figure, line.grain, values, serving)
    details: dict[str, Any] = {
        **own.details,
        "period": asked.period.text,
        "as_of": asked.as_of.isoformat(),
    }
    value = own.value
    if line.per is not None:
        per = _one(subject, line.per, line.grain, values, serving)
        details["per"] = per.details
        value = value / per.value if value is not None and per.value else None
    if line.monthly:
        months = len(asked.period.months())
        details["months"] = months
        value = None if value is None else value / months
    return Numbers(value, details)


def _one(
    subject: RoundSubject,
    figure: str,
    grain: str,
    values: Mapping[tuple[str, str], Values],
    serving: Mapping[UUID, list[UUID]],
) -> Numbers:
    """One figure of a subject; over several projects the mean of those that are known."""
    known = figure_named(figure)
    details: dict[str, Any] = {
        "figure": known.key,
        "name": known.name,
        "unit": known.unit,
        "definition": known.definition,
    }
    of_figure = values.get((figure, grain), {})
    if grain != Grain.PROJECT:
        found = of_figure.get(str(subject.subject_id) if subject.subject_id else subject.subject_code)
        return Numbers(_exact(found.value if found else None), {**details, **_parts(found)})
    projects = [
        of_figure[str(each)]
        for each in (serving.get(subject.subject_id, []) if subject.subject_id else [])
        if str(each) in of_figure
    ]
    numbers = [exact for each in projects if (exact := _exact(each.value)) is not None]
    details["projects"] = [
        {"code": (each.member or ("", ""))[1], "name": each.member_name, "value": plain(each.value)}
        for each in projects
    ]
    mean = sum(numbers, Fraction(0)) / len(numbers) if numbers else None
    return Numbers(mean, {**details, "value": None if mean is None else float(mean)})


def _parts(found: FigureValue | None) -> dict[str, Any]:
    if found is None:
        return {"value": None}
    return {
        "value": plain(found.value),
        "numerator": plain(found.numerator),
        "denominator": plain(found.denominator),
    }


def _exact(value: Number | None) -> Fraction | None:
    return None if value is None else Fraction(Decimal(str(value)))


def _targets(
    asked: Asked, lines: Iterable[Line], subjects: Sequence[RoundSubject]
) -> dict[tuple[str, str], Ruling[Any]]:
    """The numbers that rule the subjects' places, by parameter and place; one query for each parameter."""
    regions = {each.region_code for each in subjects}
    found: dict[tuple[str, str], Ruling[Any]] = {}
    for code in dict.fromkeys(line.target_rule for line in lines if line.target_rule):
        for region, ruling in rulings_for(parameter_named(code), regions, asked.as_of).items():
            found[code, region] = ruling
    return found


def _evidence(
    subject: RoundSubject,
    code: str,
    line: Line,
    numbers: Numbers,
    targets: Mapping[tuple[str, str], Ruling[Any]],
) -> Evidence:
    ruling = targets.get((line.target_rule or "", subject.region_code))
    target = _number_of(ruling)
    basis = {"target_basis": ruling.citation} if ruling is not None and target is not None else {}
    return Evidence(
        region_code=subject.region_code,
        provider_id=subject.provider_id,
        station_id=subject.station_id,
        subject=subject,
        line=code,
        value=_kept(numbers.value),
        target=target,
        details={**numbers.details, **basis},
    )


def _number_of(ruling: Ruling[Any] | None) -> Decimal | None:
    value = ruling.value if ruling is not None else None
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _kept(value: Fraction | None) -> Decimal | None:
    """Eight decimals, which is what the table keeps: computed now and computed from the table are the same."""
    return None if value is None else (Decimal(value.numerator) / Decimal(value.denominator)).quantize(EIGHT)


def digest_of(definition: Mapping[str, Any], evidence: Iterable[Evidence]) -> str:
    """The mark of all that was frozen; another mark later means that something was changed."""
    told = sorted(
        (str(each.subject_id), each.line, _plain(each.value), _plain(each.target)) for each in evidence
    )
    return mark_of({"definition": definition, "evidence": told})


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
