"""Rows go with what places them: one service for a station that moves and for a division that ends (ADR 0013).

The place columns of a row are copies (``kernel.scope``). When their original changes on a day,

* what *lasts* follows: rows with dated states, rows that end later or not at all, rows without a day.
  Their states are split on the day, so that every earlier day stays as it was;
* what *happened* before the day stays where it happened: services given, hours volunteered, sessions held.

All tables are moved by a few statements each, however many rows there are, in the transaction of the
cause, in its actor's name, with their stale marks. Scope does not bound it: whoever may move the station
moves all that hangs on it, or its figures would be halved without a word.
"""

# ruff: noqa: S608 -- the texts are made of registered names only
from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from linzhan.kernel import places
from linzhan.kernel.figures.marking import mark_registers
from linzhan.kernel.figures.models import RegisterUse
from linzhan.kernel.ids import uuid7
from linzhan.kernel.jobs.running import JobFault
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.followers import Table, line_of, region_columns, register_of, tables
from linzhan.kernel.registers.links import column_of, refresh_links
from linzhan.kernel.registers.marking import mark_use
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.scope import unscoped


class MoveRefused(JobFault, HookRefused):
    """Rows cannot follow; the message (Chinese) says which and what to do."""


@dataclass(slots=True)
class Move:
    """What one call moved: places and registers for the marks, and which institutions work where now."""

    on: date
    touched: set[tuple[str, str]] = field(default_factory=set)  # register, place
    seen: set[tuple[UUID, str, UUID | None]] = field(default_factory=set)  # institution, place, station

    def note(self, table: Table, group: Sequence[Any]) -> None:
        was, now, provider, station = group
        if table.register:
            self.touched |= {(table.register, was), (table.register, now)}
        if provider is not None:
            self.seen.add((provider, now, station))

    def tell(self) -> None:
        """Marks, registers in use, and institutions that are seen where they work."""
        mark_registers(self.touched, since=self.on)
        arrived = {places.county_of(code)[:6] for _register, code in self.touched}
        if arrived:
            mark_use({register for register, _code in self.touched}, arrived)
        for register in REGISTERS:
            if register.stands_for == "provider" and register.referred is not None and self.seen:
                register.referred(sorted(self.seen, key=str))


def follow(register: Register, ids: Collection[UUID], *, on: date) -> None:
    """Rows of ``register`` (stations, institutions) stand elsewhere since ``on``: what they place follows.

    Raises :class:`MoveRefused` where a key is taken in the county they come to.
    """
    if not ids:
        return
    with unscoped("rows follow what places them, wherever they are"):
        move = Move(on)
        for table in tables():
            if table.model not in (register.model, register.states) and register.stands_for in table.lines:
                cause = _beside(table, register, ids)
                if cause is not None:
                    _carry(table, cause, move)
        if register.stands_for == "station":
            move.seen |= _standing(register, ids)
        move.tell()


def relocate(codes: Mapping[str, str], *, on: date, same_units: bool) -> None:
    """Rows placed at divisions that ended on ``on`` go on at their successors (12-digit codes).

    ``same_units``: each is the same unit under another code, so that authority and rules go with it.
    The caller marks the divisions stale, which reaches every figure.
    """
    if not codes:
        return
    with unscoped("rows follow what places them, wherever they are"):
        move = Move(on)
        for table in tables():
            if same_units or not table.same_unit_only:
                for column in region_columns(table):
                    _carry(table, _succession(column, codes), move)
        _carry_use(codes)
        move.touched = set()
        move.tell()


def standing_at(code: str) -> dict[str, int]:
    """How many rows that last stand at just this division, by the name of their register."""
    found: dict[str, int] = {}
    with unscoped("what stands at a division, whoever sees it"), connection.cursor() as cursor:
        for register in REGISTERS:
            if register.states is not None or register.ends or not register.happens:
                cursor.execute(
                    f"SELECT count(*) FROM {_quoted(register.model)} WHERE region_code = %s", [code]
                )
                if count := cursor.fetchone()[0]:
                    found[register.name] = count
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cause:
    """Why rows move: a relation ``s`` with their new place, how a row ``t`` finds its own, what is set."""

    source: str
    parameters: list[Any]
    joins: str
    column: str = "region_code"
    moves_provider: bool = False

    def sets(self, table: Table) -> list[tuple[str, str]]:
        pairs = [(self.column, "region_code")]
        if self.moves_provider and table.copies_provider and table.has("provider_id"):
            pairs.append((column_of(table.model, "provider_id"), "provider_id"))
        return pairs


def _beside(table: Table, register: Register, ids: Collection[UUID]) -> _Cause | None:
    """Rows stand where the station stands, or where the institution is registered if they have no station."""
    line, station = register.stands_for, line_of(table, "station")
    if not line_of(table, line):
        return None
    provider = "provider_id" if Table(model=register.model).has("provider_id") else "NULL::uuid"
    alone = f' AND t."{station}" IS NULL' if line == "provider" and station else ""
    return _Cause(
        source=f"(SELECT id, region_code, {provider} AS provider_id FROM {_quoted(register.model)}"
        " WHERE id = ANY(%s))",
        parameters=[list(ids)],
        joins=f't."{line_of(table, line)}" = s.id{alone}',
        moves_provider=line == "station",
    )


def _succession(column: str, codes: Mapping[str, str]) -> _Cause:
    return _Cause(
        source="(SELECT * FROM unnest(%s::text[], %s::text[]) AS pair(was, region_code))",
        parameters=[list(codes), list(codes.values())],
        joins=f't."{column}" = s.was COLLATE "C"',
        column=column,
    )


def _carry(table: Table, cause: _Cause, move: Move) -> None:
    try:
        with transaction.atomic():
            if table.dated:
                _split(table, cause, move.on)
            for group in _update(table, cause, move.on):
                move.note(table, group)
    except IntegrityError as error:
        raise MoveRefused(_clash(table)) from error


def _clash(table: Table) -> str:
    register = register_of(table.register)
    name = register.name if register else str(table.model._meta.verbose_name)
    return f"“{name}”里有记录的编号在迁入的县已被使用，请先改号再迁移"


def _update(table: Table, cause: _Cause, on: date) -> list[tuple[Any, ...]]:
    """Give rows their new place; the groups of places they went between."""
    condition, parameters = _lasting(table, on)
    pairs = ", ".join(f'"{ours}" = due."new_{theirs}"' for ours, theirs in cause.sets(table))
    new = ", ".join(f's.{theirs} AS "new_{theirs}"' for _ours, theirs in cause.sets(table))
    lines = ", ".join(_line_of_moved(table, line) for line in ("provider", "station"))
    sql = (
        f"WITH due AS (SELECT t.id, t.region_code AS was, {new} FROM {_quoted(table.model)} t"
        f" JOIN {cause.source} s ON {cause.joins} WHERE {_differs(table, cause)}{condition} ORDER BY t.id FOR UPDATE OF t),"
        f" moved AS (UPDATE {_quoted(table.model)} t SET {pairs} FROM due WHERE t.id = due.id"
        f" RETURNING t.id, due.was, t.region_code AS now, {lines})"
        " SELECT was, now, provider, station, array_agg(id) FROM moved GROUP BY was, now, provider, station"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*cause.parameters, *parameters])
        groups = cursor.fetchall()
    register = table.own_register
    if register is not None and register.model is table.model and register.links:
        refresh_links(register, [identity for group in groups for identity in group[4]])
    return [group[:4] for group in groups]


def _split(table: Table, cause: _Cause, on: date) -> None:
    """End the stretches that hold on the day and go on from it at the new place."""
    t = _quoted(table.model)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id, t.valid_to FROM {t} t JOIN {cause.source} s ON {cause.joins}"
            f" WHERE {_differs(table, cause)} AND (t.valid_from IS NULL OR t.valid_from < %s)"
            " AND (t.valid_to IS NULL OR t.valid_to > %s) ORDER BY t.id FOR UPDATE OF t",
            [*cause.parameters, on, on],
        )
        found = cursor.fetchall()
        if not found:
            return
        ids = [identity for identity, _until in found]
        cursor.execute(f"UPDATE {t} SET valid_to = %s WHERE id = ANY(%s)", [on, ids])
        columns, chosen = _new_stretch(table, cause)
        cursor.execute(
            f"INSERT INTO {t} ({columns}) SELECT {chosen} FROM"
            " unnest(%s::uuid[], %s::uuid[], %s::date[]) AS n(id, new_id, until)"
            f" JOIN {t} t ON t.id = n.id JOIN {cause.source} s ON {cause.joins}",
            [on, ids, [uuid7() for _each in ids], [until for _identity, until in found], *cause.parameters],
        )


def _new_stretch(table: Table, cause: _Cause) -> tuple[str, str]:
    """The columns of a stretch, and where each of the new one comes from."""
    placed = dict(cause.sets(table))
    columns, chosen = [], []
    for each in table.model._meta.concrete_fields:
        column = str(each.column)
        if column in table.cleared or each.generated:
            continue
        columns.append(f'"{column}"')
        own = {"id": "n.new_id", "valid_from": "%s", "valid_to": "n.until"}
        chosen.append(own.get(column) or (f"s.{placed[column]}" if column in placed else f't."{column}"'))
    return ", ".join(columns), ", ".join(chosen)


def _differs(table: Table, cause: _Cause) -> str:
    ours = ", ".join(f't."{column}"' for column, _theirs in cause.sets(table))
    theirs = ", ".join(f"s.{column}" for _ours, column in cause.sets(table))
    return f"({ours}) IS DISTINCT FROM ({theirs})"


def _lasting(table: Table, on: date) -> tuple[str, list[Any]]:
    """Which rows of ``table`` follow a change of ``on``."""
    if table.dated:
        return " AND t.valid_from >= %s", [on]
    if table.happens:
        return f' AND t."{table.happens}" >= %s', [_start(table, on)]
    if table.owner:
        owners = _quoted(REGISTERS[table.register].model)
        gone = f'o.id = t."{table.owner}" AND o.region_code = s.region_code'
        return f" AND EXISTS (SELECT FROM {owners} o WHERE {gone})", []
    if table.ends:
        return f' AND (t."{table.ends}" IS NULL OR t."{table.ends}" > %s)', [on]
    return "", []


def _start(table: Table, on: date) -> date | datetime:
    column = table.model._meta.get_field(table.happens)
    return (
        timezone.make_aware(datetime.combine(on, time.min))
        if isinstance(column, models.DateTimeField)
        else on
    )


def _line_of_moved(table: Table, line: str) -> str:
    column = line_of(table, line)
    return f't."{column}" AS {line}' if column else f"NULL::uuid AS {line}"


def _standing(register: Register, ids: Iterable[UUID]) -> set[tuple[UUID, str, UUID | None]]:
    rows = register.model._default_manager.filter(pk__in=list(ids), provider_id__isnull=False)
    return set(rows.values_list("provider_id", "region_code", "pk"))


def _carry_use(codes: Mapping[str, str]) -> None:
    """A list that was kept for a county is kept for its successor."""
    used = RegisterUse.objects.filter(region_code__in=list(codes))
    RegisterUse.objects.bulk_create(
        (RegisterUse(register=each.register, region_code=codes[each.region_code]) for each in used),
        ignore_conflicts=True,
    )


def _quoted(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
