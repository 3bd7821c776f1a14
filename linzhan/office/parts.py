"""What the components of a page are given: plain values, so that a view says what it shows and no HTML.

Every class here has its template in ``templates/office/parts/`` and its tag in ``templatetags/office_parts``;
``docs/how-to/components.md`` shows each in use. The templates only look attributes up, so a mapping with the
same names serves as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["", "good", "wait", "bad", "live", "off"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """A verb on a button. With ``post`` it is a form of its own; ``confirm`` names what will happen."""

    label: str
    url: str = ""
    icon: str = ""
    style: Literal["", "primary", "danger", "quiet"] = ""
    post: bool = False
    name: str = ""
    value: str = ""
    confirm: str = ""
    key: str = ""  # the letter that presses it
    new: bool = False  # the ``n`` key of the page


@dataclass(frozen=True, slots=True)
class Status:
    """A state of something, with its word: 运营, 整改, 撤销."""

    word: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Severity:
    """蓝 / 黄 / 橙 / 红 as ``blue yellow orange red``, always shown with its word and its shape."""

    level: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked personal value; ``url`` answers a POST with ``reason`` by the value in clear."""

    text: str
    url: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Meter:
    """A share of a target: ``value`` of ``full``, drawn as a bar with ``text`` beside it."""

    value: object
    full: object = 100
    text: str = ""
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell that is more than a value: a link, a second line, another kind than its column."""

    value: object = None
    url: str = ""
    note: str = ""
    kind: str = ""
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableColumn:
    """A column of a table. ``kind`` decides spelling and alignment; ``lead`` marks the row's name."""

    key: str
    label: str
    kind: str = "text"
    unit: str = ""
    lead: bool = False
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    help: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """A row: its cells by column key, where it leads, and a tone (``late``, ``wrong``) at its edge."""

    cells: Mapping[str, object]
    id: str = ""
    url: str = ""
    tone: Literal["", "late", "wrong"] = ""
    area: str = ""  # the place it stands for: answers to map and tiles
    actions: Sequence[Action] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Empty:
    """What an empty page says: what belongs here and how to begin."""

    title: str
    body: str = ""
    action: Action | None = None
    icon: str = "inbox"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pager:
    """Pages by cursor: no page numbers, because counting a million rows would be slower than reading."""

    previous_url: str = ""
    next_url: str = ""
    text: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table: columns, rows, what may be done with selected rows, totals, pages."""

    caption: str
    columns: Sequence[TableColumn]
    rows: Sequence[TableRow]
    id: str = "list"
    totals: Mapping[str, object] | None = None
    totals_label: str = ""
    bulk: Sequence[Action] = ()
    bulk_url: str = ""
    pager: Pager | None = None
    empty: Empty | None = None
    compact: bool = False
    wide: bool = False  # scrolls inside its own frame
    cards: bool = True  # becomes cards on a phone


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and its value, spelled by ``kind``; a missing value reads 未填报."""

    label: str
    value: object
    kind: str = "text"
    note: str = ""
    url: str = ""
    long: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Something the reader must know here. ``clause`` is the rule behind it."""

    text: str
    tone: Literal["info", "success", "warning", "error"] = "info"
    clause: str = ""
    clause_url: str = ""
    action: Action | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PageHead:
    """The head of a page: what it is, where, in what state, and what is wrong now."""

    name: str
    place: str = ""
    place_url: str = ""
    status: Status | None = None
    count: str = ""  # 共 23 个
    lead: str = ""
    facts: Sequence[Fact] = ()
    troubles: Sequence[Notice] = ()
    actions: Sequence[Action] = ()


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field of a form or of a filter row.

    Kinds: text, number, money, date, datetime, month, select, chips, checkbox, textarea, password, file,
    search, region and reference (typeahead over ``url``; ``display`` is the chosen one's name), derived.
    """

    name: str
    label: str
    kind: str = "text"
    value: object = ""
    display: str = ""
    choices: Sequence[Choice | tuple[str, str]] = ()
    blank: str = ""  # the first line of a select that may stay empty
    required: bool = False
    optional: bool = False  # says 选填
    several: bool = False
    readonly: bool = False
    help: str = ""
    purpose: str = ""  # what it is used for, shown on request
    error: str = ""
    unit: str = ""
    url: str = ""
    along: str = ""  # the name of another field, whose value goes along when ``url`` is asked
    placeholder: str = ""
    minimum: object = None
    maximum: object = None
    max_length: int = 0
    step: str = ""
    rows: int = 3
    autocomplete: str = "off"
    autofocus: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """The filter row of a list: a GET form whose state is the address."""

    fields: Sequence[Field]
    action: str = ""
    target: str = "list"
    keep: Mapping[str, str] = field(default_factory=dict)  # parameters that stay, such as the order
    words: Sequence[Action] = ()  # what is filtered now; the url takes it away
    clear_url: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """The difference against the last period; ``good`` says whether that is welcome."""

    value: object
    against: str = ""  # 较上月
    kind: str = "number"
    unit: str = ""
    good: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FigureLine:
    """The small line of trust under a figure: as of when, from how many rows, by which definition."""

    as_of: object = None
    rows: int | None = None
    rows_url: str = ""
    definition: str = ""
    definition_url: str = ""
    stated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyFigure:
    name: str
    value: object
    kind: str = "number"
    unit: str = ""
    url: str = ""
    change: Change | None = None
    target: object = None
    target_text: str = ""
    line: FigureLine | None = None
    current: bool = False
    why_missing: str = ""
    waits: bool = False  # not known yet: it is being computed


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    name: str
    state: Literal["done", "current", "todo", "problem"] = "todo"
    url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """Work in the background. While it runs the page asks ``url`` again every second."""

    id: str
    label: str
    state: Literal["waiting", "running", "done", "failed"] = "running"
    done: int = 0
    total: int | None = None
    message: str = ""
    url: str = ""
    result_url: str = ""
    result_label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """One entry of a timeline."""

    when: object
    title: str
    body: str = ""
    by: str = ""
    url: str = ""
    icon: str = "clock"
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    label: str
    before: object
    after: object
    kind: str = "text"


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """One change of a row in its history: who, when, why, and what was before and after."""

    when: object
    by: str
    differences: Sequence[Difference]
    reason: str = ""
    what: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """One place of a map or tile grid with the figure's value there."""

    code: str
    name: str
    value: object = None
    url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaFigure:
    """A figure over the level below: a map where there are shapes (``geojson``), tiles where there are none."""

    title: str
    areas: Sequence[Area]
    kind: str = "number"
    unit: str = ""
    geojson: str = ""
    name_property: str = "name"
    id: str = "areas"
    line: FigureLine | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    name: str
    values: Sequence[object]
    kind: Literal["line", "bar"] = "line"
    stack: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trend:
    """A chart over time, with the table of the same numbers one click away."""

    title: str
    labels: Sequence[str]
    series: Sequence[Line]
    kind: str = "number"
    unit: str = ""
    target: object = None
    target_name: str = ""
    id: str = "trend"
    low: bool = False
    line: FigureLine | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """A line of what waits: one verb, by when, how pressing."""

    title: str
    url: str = ""
    note: str = ""
    due: object = None
    due_text: str = ""
    pressing: Literal["", "soon", "late"] = ""
    verb: str = ""
    severity: Severity | None = None
