"""What a figure's page shows: the value now and then, its parts, its course, the level below, its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from linzhan.kernel.figures import running
from linzhan.kernel.figures.compiling import CompiledPart
from linzhan.kernel.figures.definitions import GROUPINGS, Figure
from linzhan.kernel.figures.engines import Answer, Engine
from linzhan.kernel.figures.models import StatedFigure
from linzhan.kernel.figures.running import REGION, FigureRequest, can_be_cut
from linzhan.kernel.figures.values import FigureValue
from linzhan.kernel.periods import Period
from linzhan.kernel.registers.declare import REGISTERS, by_sheet
from linzhan.kernel.registers.reading import Referred, look_up
from linzhan.office.figures import answers
from linzhan.office.figures.answers import Place
from linzhan.office.figures.asked import series_of

ROWS = 50
SUBJECTS = {
    "station_id": "社工站",
    "worker_id": "社工",
    "resident_id": "服务对象",
    "project_id": "项目",
    "provider_id": "承接机构",
    "record_id": "服务记录",
    "volunteer_id": "志愿者",
}
"""Columns of facts that point to rows of registers, by the sheet's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One figure of one place (or of one's own station), as the address asks for it."""

    figure: Figure
    place: Place
    as_of: date
    only: Mapping[str, str] = field(default_factory=dict)
    split: str = ""
    by: str = REGION

    @property
    def is_own(self) -> bool:
        return bool(self.only)

    def request(
        self, period: Period | None = None, as_of: date | None = None, **more: object
    ) -> FigureRequest:
        place = Place(self.place.region, period) if period else self.place
        day = as_of or (place.as_of if period else self.as_of)
        made = replace(place.request(self.figure.key, only=dict(self.only)), as_of=day)
        return replace(made, **more)  # type: ignore[arg-type]  # the fields of a request


@dataclass(frozen=True, slots=True)
class Found:
    """The answers to one page."""

    now: FigureValue | None
    then: FigureValue | None
    last_year: FigureValue | None
    series: list[FigureValue | None]
    parts: list[FigureValue]
    below: list[FigureValue]
    rows: Answer


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows behind the figure a page shows: of its denominator, and after which id."""

    below: bool = False
    after: str = ""


def found(question: Question, rows: Asked | None = None) -> Found:
    """Everything that is a number, and the rows, in one question to the database (or from the store)."""
    period = question.place.period
    single = [question.request(), question.request(period.previous()), question.request(period.last_year())]
    single += [question.request(each) for each in series_of(period)[:-1]]
    cuts = [question.request(split=(question.split,)) if question.split else None]
    cuts.append(question.request(by=question.by) if question.by and not question.is_own else None)
    asked = [*single, *(each for each in cuts if each)]
    behind: Answer = []

    def note(engine: Engine) -> None:
        behind[:] = _rows(question, rows, engine) if rows else []

    if question.is_own:
        got = answers.own_answers(asked, beside=note)
    else:
        past = single[1:] if answers.is_heavy(question.figure) else []
        got = answers.answers(asked, later=past, beside=note)
    values = [each[0] if each else None for each in got[: len(single)]]
    rest = iter(got[len(single) :])
    parts, below = (next(rest) if each else [] for each in cuts)
    return Found(values[0], values[1], values[2], [*values[3:], values[0]], list(parts), list(below), behind)


def groupings_of(figure: Figure) -> list[str]:
    """The ways in which a figure can be cut by place or thing."""
    engine = answers.engine()
    things = (key for key in GROUPINGS.names() if key != REGION and can_be_cut(figure, engine, by=key))
    return [REGION, *things]


def stated(question: Question) -> list[StatedFigure]:
    """Numbers that somebody typed in for this place and period: shown beside, never mixed."""
    if question.is_own:
        return []
    rows = StatedFigure.objects.filter(figure=question.figure.key, region_code=question.place.region)
    return list(rows.filter(period=question.place.period.text).order_by("-stated_at")[:10])


@dataclass(frozen=True, slots=True)
class Behind:
    """Rows a figure was counted from, with what their ids point to."""

    rows: Answer
    subjects: dict[str, dict[str, Referred]]
    own: dict[str, Referred]
    measure: str
    mark: str
    extra: tuple[str, ...]
    next_after: str


def behind(question: Question, rows: Answer, *, below: bool = False) -> Behind:
    """What the rows point to: one look-up for each register."""
    part = _part(question.figure, below=below)
    own = _own(question.figure, rows)
    columns = [column for column in SUBJECTS if column in part.rows.columns]
    wanted = columns[:1] if own else columns  # a row's own page tells the rest
    subjects = {column: _referred(SUBJECTS[column], rows, column) for column in wanted}
    ids = list(dict.fromkeys(str(row["id"]) for row in rows))
    dims = tuple(dim for dim in question.figure.all_dims if dim in part.rows.columns)
    return Behind(
        rows=rows,
        subjects={name: known for name, known in subjects.items() if known},
        own=own,
        measure=part.column,
        mark=part.met,
        extra=dims,
        next_after=ids[-1] if len(ids) == ROWS else "",
    )


def _part(figure: Figure, *, below: bool) -> CompiledPart:
    parts = answers.engine().book.figure(figure.key).parts
    return parts[1] if below and len(parts) > 1 else parts[0]


def has_rows_below(figure: Figure) -> bool:
    """Whether the denominator has rows of its own."""
    return len(answers.engine().book.figure(figure.key).parts) > 1


def _rows(question: Question, asked: Asked, engine: Engine) -> Answer:
    if not can_be_cut(question.figure, engine, only=question.only):
        return []
    return running.rows_behind(question.request(), engine, limit=ROWS, after=asked.after, below=asked.below)


def _referred(sheet: str, rows: Answer, column: str) -> dict[str, Referred]:
    wanted = {UUID(str(row[column])) for row in rows if row[column]}
    if not wanted or not any(each.sheet.name == sheet for each in REGISTERS):
        return {}
    return {str(key): each for key, each in look_up(by_sheet(sheet), wanted).items()}


def _own(figure: Figure, rows: Answer) -> dict[str, Referred]:
    """What the rows themselves are, where their id is that of a row of the figure's first register."""
    named = [key for key in figure.known_by if key in REGISTERS]
    wanted = {each for row in rows if (each := _uuid(row["id"]))}
    if not named or not wanted:
        return {}
    return {str(key): each for key, each in look_up(REGISTERS[named[0]], wanted).items()}


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None
