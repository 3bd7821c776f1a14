"""Scope: the one place that decides which rows a person sees.

Every model that holds rows of a place inherits :class:`ScopedModel`. Its manager refuses to run
outside a scope, an empty scope sees nothing, and a row without a place is nobody's (NFR-06).
The same scope feeds the second wall: it is written into the transaction, where PostgreSQL's
row-level security reads it (``linzhan.kernel.wall``).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.db import connections, models, transaction
from django.db.models import Q
from django.db.models.functions import Left
from django.db.models.lookups import In
from psycopg.pq import TransactionStatus

from linzhan.kernel import places

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)
FEW = 8  # places that are each worth a range of an index
COUNTY = 3  # the level of ``county_code`` (``linzhan.kernel.rows.county_of_region``)


class ScopeMissing(RuntimeError):
    """A scoped query ran outside any scope."""


class ScopeViolation(PermissionError):
    """A row was written outside the active scope."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What one appointment may see: subtrees (12-digit codes), institutions, stations, own rows.

    The lines of authority are joined by *or*. ``people`` are ids of the register rows that are the
    reader's own (a volunteer's, a resident's). ``everything`` is the administrator and the job
    that says why. ``circles`` are the rights that open rows of a narrower audience than their place
    (:attr:`ScopedModel.circle`); the machine, which is everything and nobody, is in all of them.
    """

    regions: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    everything: bool = False
    circles: tuple[str, ...] = ()

    def covers_region(self, region_code: str) -> bool:
        """Whether the whole subtree of ``region_code`` lies within this scope."""
        return self.everything or any(region_code.startswith(places.prefix(own)) for own in self.regions)

    @property
    def above(self) -> list[str]:
        """The places that hold the reader's own, the nation first: what they set down or decided binds here too."""
        found = {code[:width].ljust(places.LENGTH, "0") for code in self.regions for width in places.ABOVE}
        return [places.NATION, *sorted(found)] if found else []

    @property
    def only_own(self) -> bool:
        """Whether it holds a person's own rows and no area, institution or station (a resident's)."""
        return bool(self.people) and not (self.everything or self.regions or self.providers or self.stations)

    def as_filter(self, model: type[ScopedModel]) -> Q:
        """The first wall: a filter on the plain place columns of ``model``."""
        if model.circle:
            found = self._in_circle(model)  # an empty filter would get lost in an "or"
            return found | model.visible_besides(self) if found else found
        return Q() if self.everything else self.own(model) | model.visible_besides(self)

    @property
    def is_machine(self) -> bool:
        """Whether nobody looks: a job, a migration; an administrator has rows of their own."""
        return self.everything and not self.people

    def _in_circle(self, model: type[ScopedModel]) -> Q:
        """Rows of a narrower audience: one's own, and those of one's place where the circle is open."""
        if self.is_machine:
            return Q()
        column = place_columns(model).get("person")
        mine = Q(**{f"{column}__in": self.people}) if column and self.people else Q(pk__in=[])
        opened = self._opened(model)
        if opened is None:
            return mine
        if not self.everything:
            return mine | (self.own(model) & opened)
        return mine | opened if opened else Q()  # an empty filter would get lost in an "or"

    def _opened(self, model: type[ScopedModel]) -> Q | None:
        """Which rows of ``model`` the circles of this scope open: all (an empty filter), some, or none at all."""
        held = set(self.circles)
        column, values = model.audience_column, model.audiences
        if model.circle in held:
            shut = sorted(value for value, circles in values.items() if held.isdisjoint(circles))
            return ~Q(**{f"{column}__in": shut}) if shut else Q()
        open_ = sorted(value for value, circles in values.items() if not held.isdisjoint(circles))
        return Q(**{f"{column}__in": open_}) if open_ else None

    def own(self, model: type[ScopedModel]) -> Q:
        """The rows whose own place lies within; a row seen besides (:meth:`as_filter`) is for reading."""
        if self.everything:
            return Q()
        match = Q(pk__in=[])
        if len(self.regions) <= FEW:
            for code in self.regions:
                match |= within(model, code)
        else:
            match |= within_any(self.regions)
        columns = place_columns(model)
        for line, values in (
            ("provider", self.providers),
            ("station", self.stations),
            ("person", self.people),
        ):
            if values and line in columns:
                match |= Q(**{f"{columns[line]}__in": values})
        return match

    def keeps(self, model: type[ScopedModel], row: Mapping[str, Any]) -> bool:
        """:meth:`own` asked of the values of one row, which name its place columns."""
        if self.covers_region(row["region_code"]):
            return True
        lines = {"provider": self.providers, "station": self.stations, "person": self.people}
        return any(str(row.get(column)) in lines[line] for line, column in place_columns(model).items())

    def _more(self) -> str:
        """The places after the first as keys of an object: the database finds one among hundreds by halving."""
        return json.dumps(dict.fromkeys(map(places.prefix, self.regions[1:]), 0)) if self.regions[1:] else ""

    def settings(self) -> dict[str, str]:
        """The scope as transaction-local PostgreSQL settings, as the policies of the wall read them."""
        low, high = places.bounds(self.regions[0]) if self.regions else ("", "")
        return {
            "linzhan.everything": "on" if self.everything else "",
            "linzhan.low": low,
            "linzhan.high": high,
            "linzhan.more": self._more(),
            "linzhan.providers": ",".join(self.providers),
            "linzhan.stations": ",".join(self.stations),
            "linzhan.people": ",".join(self.people),
            "linzhan.circles": ",".join(self.circles),
        }


EVERYTHING = Scope(everything=True)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and from where; written beside every change (NFR-05).

    ``id`` is the account (empty for the machine itself), ``label`` how people call them,
    ``origin`` the way in: ``网页 10.0.0.8``, ``命令行``, ``导入 hecheng-2021.xlsx``. ``behalf`` is the account
    whose authority was delegated: what that person submitted, the delegate may not approve for them.
    """

    id: str = ""
    label: str = "系统"
    origin: str = ""
    behalf: str = ""

    @property
    def selves(self) -> tuple[str, ...]:
        """Whose acts count as one's own where a second person is asked for."""
        return tuple(each for each in (self.id, self.behalf) if each)


MACHINE = Actor()
_actor: ContextVar[Actor] = ContextVar("linzhan_actor", default=MACHINE)


def current_actor() -> Actor:
    return _actor.get()


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Run the block as ``actor``: the history triggers read it from the transaction."""
    token = _actor.set(actor)
    _send_to_open_transactions()
    try:
        yield
    finally:
        _actor.reset(token)
        _send_to_open_transactions()


@contextmanager
def opened(value: Scope, actor: Actor = MACHINE) -> Iterator[None]:
    """One transaction that opens by setting its scope and its actor: a request, a job, a command.

    Both go to the database in one statement. What the transaction set ends with it, so only one that
    was open before is set back.
    """
    before = _open_transactions()
    with transaction.atomic():
        tokens = _active.set(value), _actor.set(actor)
        _send_to(_open_transactions())
        try:
            yield
        finally:
            _active.reset(tokens[0])
            _actor.reset(tokens[1])
            _send_to(before)


_active: ContextVar[Scope | None] = ContextVar("linzhan_scope", default=None)


def current_scope() -> Scope:
    """The scope in force; :class:`ScopeMissing` outside any."""
    active = _active.get()
    if active is None:
        raise ScopeMissing("没有数据范围:请求、任务和命令都须先确定辖区")
    return active


@contextmanager
def scope(value: Scope) -> Iterator[None]:
    """Run the block with ``value`` as the scope, in this thread and in the open transactions."""
    token = _active.set(value)
    _send_to_open_transactions()
    try:
        yield
    finally:
        _active.reset(token)
        _send_to_open_transactions()


@contextmanager
def unscoped(reason: str) -> Iterator[None]:
    """Everything, for migrations, set-up and nightly jobs. The reason is logged and greppable."""
    if not reason:
        raise ValueError("unscoped() needs a reason")
    logger.debug("unscoped access: %s", reason)
    with scope(EVERYTHING):
        yield


def send_to_database(connection: BaseDatabaseWrapper) -> None:
    """Write the active scope into ``connection``'s open transaction (ended with it)."""
    active, actor = _active.get() or Scope(), _actor.get()
    pairs = list(active.settings().items())
    pairs += [
        ("linzhan.actor", actor.id),
        ("linzhan.actor_label", actor.label),
        ("linzhan.origin", actor.origin),
    ]
    calls = ", ".join("set_config(%s, %s, true)" for _ in pairs)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in pairs for part in pair])


def _send_to_open_transactions() -> None:
    _send_to(_open_transactions())


def _open_transactions() -> list[BaseDatabaseWrapper]:
    return [each for each in connections.all(initialized_only=True) if each.in_atomic_block]


def _send_to(open_transactions: Iterable[BaseDatabaseWrapper]) -> None:
    for connection in open_transactions:
        if not connection.needs_rollback and _usable(connection):
            send_to_database(connection)


def _usable(connection: BaseDatabaseWrapper) -> bool:
    """A transaction already in error takes no more statements; it will be rolled back anyway."""
    raw = connection.connection
    return raw is not None and raw.info.transaction_status in (
        TransactionStatus.IDLE,
        TransactionStatus.INTRANS,
    )


def require_place(region_code: str) -> None:
    """Refuse a write that names a place outside the scope."""
    if not current_scope().covers_region(region_code):
        raise ScopeViolation("该行政区划不在您的管辖范围内")


Model = TypeVar("Model", bound="ScopedModel")


class ScopedManager(models.Manager[Model]):
    def get_queryset(self) -> models.QuerySet[Model]:
        return super().get_queryset().filter(current_scope().as_filter(self.model))


class ScopedModel(models.Model):
    """Rows that belong somewhere. The place columns are plain and copied when written.

    ``region_code`` carries the line of area. ``place_provider`` and ``place_station`` name the
    columns of the lines of institution and station where the model has them; ``place_person`` the
    column that makes a row somebody's own. A row seen besides its own place
    (:meth:`policy_besides`) is read from there and changed only in its own, unless
    ``changed_where_seen``. ``circle`` narrows instead: the key of a right without which a row is seen
    by nobody but the person whose own it is, whatever their place, the administrator included; a row of a
    circle seen besides is seen so by whoever that names, and by nobody's area. Rows of some values of
    ``audience_column`` may have other circles than the rest: ``audiences`` names them by value.
    """

    place_provider: ClassVar[str] = "provider_id"
    place_station: ClassVar[str] = "station_id"
    place_person: ClassVar[str] = ""
    changed_where_seen: ClassVar[bool] = False
    circle: ClassVar[str] = ""
    audience_column: ClassVar[str] = ""
    audiences: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:  # noqa: ARG003 -- for models that widen it
        """Rows seen although their own place lies outside; :meth:`policy_besides` says the same in SQL."""
        return Q(pk__in=[])

    @classmethod
    def policy_besides(cls) -> str:
        """The SQL twin of :meth:`visible_besides` for the row-level policy; empty for none."""
        return ""

    @classmethod
    def policy_for_writing(cls) -> str:
        """What a new or changed row must fulfil, in SQL; empty: its own place must be its writer's."""
        return ""


def within(model: type[ScopedModel], code: str) -> Q:
    """Rows of ``model`` in the subtree of ``code``.

    A county is named by equality where an index begins with the generated ``county_code``: only then
    is a page read in the order of the index instead of sorting all that the county has.
    """
    if places.level_of(code) == COUNTY and begins_with_county(model):
        return Q(county_code=places.prefix(code))
    low, high = places.bounds(code)
    return Q(region_code__gte=low, region_code__lt=high)


def within_any(codes: Iterable[str]) -> Q:
    """The same of many subtrees, asked once for each level instead of once for each place."""
    by_level: dict[int, list[str]] = {}
    for code in codes:
        shared = places.prefix(code)
        by_level.setdefault(len(shared), []).append(shared)
    match = Q(pk__isnull=0 not in by_level)  # all of the nation, or nothing yet
    for length, some in by_level.items():
        match |= Q(In(Left("region_code", length), some))
    return match


@cache
def begins_with_county(model: type[ScopedModel]) -> bool:
    """Whether an index of ``model`` orders the rows of one county."""
    return any(index.fields and index.fields[0] == "county_code" for index in model._meta.indexes)


@cache
def place_columns(model: type[ScopedModel]) -> dict[str, str]:
    """The columns of ``model`` that carry a line of authority besides its area."""
    present = {field.attname for field in model._meta.concrete_fields}
    wanted = {"provider": model.place_provider, "station": model.place_station, "person": model.place_person}
    return {line: column for line, column in wanted.items() if column in present}
