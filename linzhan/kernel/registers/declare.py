"""What a register is: one declaration from which import, export, form, list, API and history follow.

An app declares its registers in ``sheets.py``. Everything that writes a row of it (workbook, form,
API, phone, demo data) goes through :func:`linzhan.kernel.registers.writing.save`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models

from linzhan.kernel.registry import Registry
from linzhan.kernel.sheets.columns import Column, Kind, Origin, Sheet
from linzhan.kernel.steps import Steps

if TYPE_CHECKING:
    from linzhan.kernel.registers.batch import Batch
    from linzhan.kernel.registers.examining import Arriving

Values = Mapping[str, Any]
"""One row: column name to converted value; a missing name (or ``MISSING``) is "not stated"."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a stored row, as its columns carry it."""

    id: UUID
    region_code: str
    provider_id: UUID | None
    station_id: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What one call wrote, for hooks that keep child rows; ``rows`` pairs ids with merged values.

    ``past`` are those that only told of a life before the current one: the stored row is as it was.
    ``moved`` are those that stood elsewhere before: what they place follows (``registers.moving``).
    """

    rows: Sequence[tuple[UUID, Values]]
    created: frozenset[UUID]
    today: Any
    past: frozenset[UUID] = frozenset()
    moved: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """The rows that a call is about to write, for :attr:`Register.refuse`: their ids, and column by column what
    each says, else what is stored of it, else ``MISSING`` (links are not looked up)."""

    ids: Sequence[UUID | None]
    column: Callable[[str], list[Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A several-valued reference as rows of its own: ``owner`` and ``target`` name its two keys.

    Place columns of the link come from ``place``: the ``owner`` row's or the ``target`` row's.
    ``copies`` are further columns of the owner kept on the link, so that facts need no join.
    """

    model: type[models.Model]
    owner: str
    target: str
    place: str = "owner"
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Register:
    """A register (台账): its sheet, its table, its place, its dated states, its rights.

    ``place`` lists the columns that say where a row belongs, first stated one wins: a REGION
    column gives its own code, a REFERENCE column the place of what it refers to.
    ``own_place``: its rows stand where the desk is that keeps them; a new one's form begins with its writer's place.
    ``by_doer``: a row placed by an institution is what somebody did with it, and stands where they are
    (``registers.doing``). ``along`` names a reference column whose institution and station the row
    carries as well. ``whose`` finds, for a writer without an area, the line at a division that is theirs.
    ``unique_in`` is ``"county"`` (keys repeat in other counties) or ``"nation"``. ``stands_for`` is
    ``"station"`` or ``"provider"`` where the rows themselves are a line of authority.
    ``states`` is the companion table of the ``dated`` columns, ``starts``/``ends`` name the columns
    that open and close a row's life. ``starter``: its sheet is one of the starter workbook's, which
    ``template`` and ``export`` write; the others are imported all the same.

    ``merged`` names the attribute by which a row that turned out to be another's double points to that one
    (``registers.joining``).
    ``nav`` is the desk that its list stands at, ``nav_order`` where among the desk's pages; else what others
    refer to stands first.
    ``beside``: its rows are met on the files of others and have no list of their own among the desks.
    ``either`` names pairs of columns of which a new row states one at least (a resident, or a name).

    ``steps`` is the state machine of its rows; their stage stands in the column ``stage``, which only
    steps change (``registers.stepping``). ``numbered`` begins the key of a row that is written without one.
    ``derived`` names the columns that ``examine`` fills in. ``settled`` are the stages in which nobody has
    anything to do any more: a list can be asked for the others. ``ranks`` names, for a column of words that have
    an order (severities), the indexed attribute of the table that keeps their rank.

    ``derive`` computes the ``derived`` columns of a row from what it states; nobody types them.

    Hooks: ``begin(columns)`` amends the columns of new rows that are registered one by one (not those of
    a file); ``vet(batch, rows, stored)`` looks at the rows that are about to be written, all at once, and
    gives faults to those that must not be; ``settle(was, row, stated)`` amends a stored row that is about
    to change (what follows from the stated columns for the others); ``referred`` learns (id, division,
    station) of the rows that refer to rows of this register; ``admit`` finds rows out of the scope whose
    national key was given; ``sign`` gives the key and name that rows show to the street, to people whose
    own rows refer to them; ``examine`` looks at all rows of a call before they are written
    (``registers.examining``); ``refuse`` hears of those that will be, column by column for the sake of
    many, and says which must not (number in the sequence, column, Chinese sentence).
    """

    key: str
    sheet: Sheet
    model: type[models.Model]
    place: tuple[str, ...]
    view: str
    edit: str
    title: str = "name"
    unique_in: str = "county"
    stands_for: str = ""
    place_open: bool = False
    own_place: bool = False
    by_doer: bool = False
    along: str = ""
    states: type[models.Model] | None = None
    starts: str = ""
    ends: str = ""
    happens: str = ""
    links: Mapping[str, Link] = field(default_factory=dict)
    check: Callable[[Values], Iterable[tuple[str, str]]] | None = None
    after_write: Callable[[Written], None] | None = None
    referred: Callable[[Sequence[tuple[UUID, str, UUID | None]]], None] | None = None
    begin: Callable[[dict[str, Sequence[Any]]], None] | None = None
    vet: Callable[[Batch, Sequence[int], Mapping[int, Mapping[str, Any]]], None] | None = None
    settle: Callable[[Mapping[str, Any], dict[str, Any], frozenset[str]], None] | None = None
    admit: Callable[[Sequence[tuple[str, ...]], Sequence[str]], Mapping[tuple[str, ...], UUID]] | None = None
    sign: Callable[[Sequence[UUID]], Mapping[UUID, tuple[str, str]]] | None = None
    examine: Callable[[Sequence[Arriving]], None] | None = None
    whose: Callable[[str], Where | None] | None = None
    refuse: Callable[[Told], Iterable[tuple[int, str, str]]] | None = None
    # told like ``refuse`` of the rows that went in; gives what is to be done then, if anything
    heard: Callable[[Told], Callable[[], None] | None] | None = None
    merged: str = ""
    listed: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    order: str = "-id"
    group: str = ""
    nav: str = ""
    nav_order: int = 0
    icon: str = ""
    starter: bool = True
    beside: bool = False
    either: tuple[tuple[str, ...], ...] = ()
    steps: Steps | None = None
    stage: str = "stage"
    numbered: str = ""
    derive: Callable[[Values], Mapping[str, Any]] | None = None
    derived: frozenset[str] = frozenset()
    settled: tuple[str, ...] = ()
    ranks: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.sheet.name

    @property
    def kept_from_forms(self) -> frozenset[str]:
        """Columns that nobody types: the stage of a staged register, and what the platform or a phone says."""
        told = {c.name for c in self.sheet.columns if c.origin is not Origin.STATED}
        staged = {self.stage} if self.steps is not None else set()
        return frozenset(told | staged | self.derived)

    @property
    def hooked(self) -> bool:
        """Whether something follows from its rows that may turn out not to be possible (``registers.refusing``)."""
        return self.after_write is not None or self.heard is not None

    @property
    def in_circle(self) -> bool:
        """Whether its rows have a narrower audience than their place: nothing tells the area of them."""
        return bool(getattr(self.model, "circle", ""))

    @property
    def written_once(self) -> bool:
        """Whether its rows are never changed, only added to (``append_only`` of the table)."""
        return bool(getattr(self.model, "append_only", False))

    def column(self, name: str) -> Column:
        return self.sheet.column_by_name[name]


REGISTERS: Registry[Register] = Registry("registers", key="key")


def register(entry: Register) -> Register:
    """Register a register; refuses a second one of the same key or sheet."""
    if any(other.sheet.name == entry.sheet.name for other in REGISTERS):
        raise ValueError(f"sheet {entry.sheet.name} is registered twice")
    return REGISTERS.add(entry)


def by_sheet(name: str) -> Register:
    """The register of a sheet by the contract's name."""
    for entry in REGISTERS:
        if entry.sheet.name == name:
            return entry
    raise KeyError(name)


def references(entry: Register) -> tuple[Column, ...]:
    """Its columns that refer to rows of registers (not to code lists)."""
    return tuple(
        c for c in entry.sheet.columns if c.kind is Kind.REFERENCE and not c.refers_to.startswith("@")
    )


def referred_sheets(entry: Register) -> set[str]:
    """The sheets its rows may refer to, whatever a deciding column says."""
    sheets: set[str] = set()
    for column in references(entry):
        subject = column.refers_to.startswith("?")
        sheets.update(sheets_of_subject(column.refers_to[1:]).values() if subject else (column.refers_to,))
    return sheets


def in_order(entries: Iterable[Register]) -> list[Register]:
    """Referred-to registers first; a register's references to itself do not count."""
    remaining = {entry.sheet.name: entry for entry in entries}
    ordered: list[Register] = []
    while remaining:
        ready = [
            entry
            for entry in remaining.values()
            if not any(sheet in remaining and sheet != entry.sheet.name for sheet in referred_sheets(entry))
        ]
        if not ready:
            raise ValueError(f"registers refer to each other in a circle: {sorted(remaining)}")
        for entry in ready:
            ordered.append(entry)
            del remaining[entry.sheet.name]
    return ordered


# Closed lists with codes and names (``refers_to="@name"``): the app that owns one registers a loader.
CodeList = Callable[[], Mapping[str, str]]
_code_lists: dict[str, CodeList] = {}


def code_list(name: str, loader: CodeList) -> None:
    """Register ``@name``: ``loader()`` gives accepted text (codes and names) to code."""
    own = name.removeprefix("@")
    if own in _code_lists:
        raise ValueError(f"code list {own} is registered twice")
    _code_lists[own] = loader


def codes_of(name: str) -> Mapping[str, str]:
    return _code_lists[name.removeprefix("@")]()


# A subject whose sheet depends on another column (评估: 对象类型 → 对象编号): ``refers_to="?column"``.
_subjects: dict[str, Mapping[str, str]] = {}


def subject_sheets(key: str, sheets: Mapping[str, str]) -> None:
    """Register what ``refers_to="?key"`` can mean: value of the deciding column to sheet name ("" = region)."""
    _subjects[key] = sheets


def sheets_of_subject(key: str) -> Mapping[str, str]:
    return _subjects[key]
