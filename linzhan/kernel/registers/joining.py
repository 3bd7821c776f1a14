"""Two rows of one register that mean the same thing become one, and can be taken apart again.

Whatever names the one that goes names the one that stays afterwards (:mod:`.naming` finds it).
Which rows those were is kept, so that :func:`part` gives back just these; what was written later stays
with the one that stays. The row that goes is kept as well, pointing to the other (``Register.merged``):
whoever names it by its key afterwards means the other (:mod:`.resolving`), and it takes no more changes.

On any day one of the two counts: the one that stays, and before its first day the other.
Scope does not bound it (ADR 0013): a row out of sight would otherwise go on naming what is no more.
"""

# ruff: noqa: S608 -- the texts are made of registered names only
from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from linzhan.kernel.figures.marking import mark_registers
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.links import column_of
from linzhan.kernel.registers.naming import Way, ways
from linzhan.kernel.registers.pieces import pieced
from linzhan.kernel.registers.searching import note_names
from linzhan.kernel.registers.states import Changed
from linzhan.kernel.registers.whole import model_of, put_back, quoted, restore, row_of, rows_where, update
from linzhan.kernel.scope import unscoped
from linzhan.kernel.statements import Sheaf

Snapshot = dict[str, Any]
"""What :func:`part` needs, as JSON can hold it."""


class JoinRefused(ValueError):
    """Two rows cannot become one, or not be taken apart; the message is Chinese."""


def join(
    register: Register,
    kept: UUID,
    gone: UUID,
    *,
    closes: Mapping[str, Any],
    amend: Callable[[], None],
) -> Snapshot:
    """``gone`` becomes ``kept``. ``closes`` are the attributes that the row that goes takes.

    ``amend`` writes into the one that stays what is better known of the other, and lets follow what follows
    from its place. Gives what :func:`part` needs. Raises :class:`JoinRefused`.
    """
    with transaction.atomic():
        with unscoped("what names a row goes with it, wherever it stands"):
            rows = _locked(register, kept, gone)
            _require_joinable(register, rows[kept], rows[gone])
            snapshot: Snapshot = {"kept": rows[kept], "gone": rows[gone]}
            snapshot["states"] = {"kept": _states(register, kept), "gone": _states(register, gone)}
            snapshot["ways"] = [_pass_on(way, kept, gone) for way in ways(register)]
            _join_states(register, kept, gone)
            _join_lives(register, kept, rows)
            update(register.model, [gone], {register.merged: kept, **closes})
            before = _naming(register, kept)
        amend()
        with unscoped("what names a row goes with it: how it stands afterwards"):
            snapshot["after"] = row_of(register.model, kept)
            snapshot["states"]["after"] = _states(register, kept)
            snapshot["amended"] = _amended(before, _naming(register, kept))
            _mark(register, snapshot)
    return snapshot


def part(register: Register, kept: UUID, gone: UUID, snapshot: Snapshot) -> int:
    """Take the two apart again; how many rows go back. What was written since stays with ``kept``.

    Raises :class:`JoinRefused` where the one that stayed has itself become another.
    """
    with transaction.atomic(), unscoped("what names a row goes with it, wherever it stands"):
        rows = _locked(register, kept, gone)
        merged = column_of(register.model, register.merged)
        if rows[gone][merged] != str(kept) or rows[kept][merged] is not None:
            raise JoinRefused("保留的那份档案后来又并入了别的档案，请先撤销那一次合并")
        _take_back(snapshot["amended"])
        back = sum(_give_back(way, kept, gone) for way in snapshot["ways"])
        _part_states(register, kept, gone, snapshot["states"])
        restore(register.model, gone, snapshot["gone"], list(snapshot["gone"]))
        restore(register.model, kept, snapshot["kept"], _still_as_joined(rows[kept], snapshot))
        _name_again(register, kept, rows[kept])
        _mark(register, snapshot)
    return back


def _locked(register: Register, *ids: UUID) -> dict[UUID, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.id, to_jsonb(t) FROM {quoted(register.model)} t WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
            [list(ids)],
        )
        found = {identity: json.loads(row) for identity, row in cursor.fetchall()}
    if len(found) != len(set(ids)):
        raise JoinRefused("找不到这两份档案")
    return found


def _require_joinable(register: Register, kept: Mapping[str, Any], gone: Mapping[str, Any]) -> None:
    merged = column_of(register.model, register.merged)
    if kept[merged] is not None or gone[merged] is not None:
        raise JoinRefused("其中一份档案已并入别的档案")
    if kept["region_code"][:6] != gone["region_code"][:6]:
        raise JoinRefused("两份档案属于不同的县，各县各有一份，不能合并")


def _states(register: Register, identity: UUID) -> list[dict[str, Any]]:
    if register.states is None:
        return []
    return rows_where(register.states, "subject_id = %s", [identity])


def _pass_on(way: Way, kept: UUID, gone: UUID) -> dict[str, Any]:
    """Let what names ``gone`` name ``kept``. A row that cannot (its like names ``kept`` already) stays."""
    doubles = _without_doubles(way, kept, gone) if way.owner else []
    happens = _happens(way)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT id, region_code, {happens} FROM {quoted(way.model)} WHERE "{way.column}" = %s'
            if _is_placed(way.model)
            else f'SELECT id, NULL, NULL FROM {quoted(way.model)} WHERE "{way.column}" = %s',
            [gone],
        )
        found = cursor.fetchall()
    moved = set(_renamed(way, [row[0] for row in found], kept))
    places = sorted({row[1] for row in found if row[1]} | {row["region_code"] for row in doubles})
    days = [row[2] for row in found if row[2] is not None]
    return {
        "table": way.table,
        "column": way.column,
        "register": way.register,
        "owner": column_of(way.model, way.owner) if way.owner else "",
        "rows": sorted(map(str, moved)),
        "stayed": len(found) - len(moved),
        "doubles": doubles,
        "places": places,
        "since": min(days).isoformat() if days else None,
    }


def _is_placed(model: type[models.Model]) -> bool:
    return any(field.attname == "region_code" for field in model._meta.concrete_fields)


def _happens(way: Way) -> str:
    name = REGISTERS[way.register].happens if way.register else ""
    present = {field.attname for field in way.model._meta.concrete_fields}
    return f'"{column_of(way.model, name)}"::date' if name in present else "NULL::date"


def _without_doubles(way: Way, kept: UUID, gone: UUID) -> list[dict[str, Any]]:
    """Links of owners that name both rows: one of the two goes, and is kept whole in the snapshot."""
    table, owner = quoted(way.model), column_of(way.model, way.owner)
    with connection.cursor() as cursor:
        cursor.execute(
            f'DELETE FROM {table} t WHERE t."{way.column}" = %s AND EXISTS (SELECT FROM {table} k'
            f' WHERE k."{owner}" = t."{owner}" AND k."{way.column}" = %s) RETURNING to_jsonb(t)',
            [gone, kept],
        )
        return [json.loads(row) for (row,) in cursor.fetchall()]


def _renamed(way: Way, ids: Sequence[UUID], to: UUID) -> list[UUID]:
    """All at once where no constraint objects, else one by one."""
    if not ids:
        return []
    try:
        with transaction.atomic():
            update(way.model, ids, {way.attribute: to})
        return list(ids)
    except IntegrityError:
        if len(ids) == 1:
            return []
    return [identity for each in ids for identity in _renamed(way, [each], to)]


def _naming(register: Register, identity: UUID) -> dict[str, dict[str, Any]]:
    """Every row that names it, by table and id; links are whole as they are."""
    return {
        f"{way.table}/{row['id']}": row
        for way in ways(register)
        if not way.owner
        for row in rows_where(way.model, f'"{way.column}" = %s', [identity])
    }


def _amended(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What followed from the amendment in rows that name the one that stays (a basis that ended)."""
    return [
        {"table": place.partition("/")[0], "before": before[place], "after": row}
        for place, row in after.items()
        if place in before and before[place] != row
    ]


def _take_back(amended: Sequence[Mapping[str, Any]]) -> None:
    """As they were, unless somebody changed them since."""
    for each in amended:
        model, after = model_of(each["table"]), each["after"]
        if rows_where(model, "id = %s", [after["id"]]) == [after]:
            restore(model, after["id"], each["before"], list(each["before"]))


def _join_states(register: Register, kept: UUID, gone: UUID) -> None:
    """What was known before the first day of the one that stays is its past now; the rest is told twice."""
    if register.states is None:
        return
    table = quoted(register.states)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT min(coalesce(valid_from, '-infinity')) FROM {table} WHERE subject_id = %s", [kept]
        )
        first = cursor.fetchone()[0]
        cursor.execute(
            f"DELETE FROM {table} WHERE subject_id = %s AND coalesce(valid_from, '-infinity') >= %s",
            [gone, first],
        )
        cursor.execute(
            f"UPDATE {table} SET subject_id = %s, valid_to = least(valid_to, %s) WHERE subject_id = %s",
            [kept, first, gone],
        )


def _join_lives(register: Register, kept: UUID, rows: Mapping[UUID, Mapping[str, Any]]) -> None:
    """The life of the one that stays begins when the first of the two began."""
    if not register.starts:
        return
    column = column_of(register.model, register.starts)
    known = [day for row in rows.values() if (day := row[column])]
    if known and min(known) != rows[kept][column]:
        update(register.model, [kept], {register.starts: min(known)})


def _part_states(register: Register, kept: UUID, gone: UUID, was: Mapping[str, Any]) -> None:
    if register.states is None:
        return
    untouched = _states(register, kept) == was["after"]
    own = [row["id"] for row in (was["after"] if untouched else was["gone"])]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {quoted(register.states)} WHERE subject_id = ANY(%s) AND id = ANY(%s)",
            [[kept, gone], own],
        )
    put_back(register.states, [*(was["kept"] if untouched else ()), *was["gone"]])


def _give_back(way: Mapping[str, Any], kept: UUID, gone: UUID) -> int:
    """Rows that still name ``kept`` name ``gone`` again; links that were doubles come back beside theirs."""
    model = model_of(way["table"])
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE {quoted(model)} SET "{way["column"]}" = %s WHERE id = ANY(%s) AND "{way["column"]}" = %s',
            [gone, way["rows"], kept],
        )
        back: int = cursor.rowcount
    if not way["doubles"]:
        return back
    column, owner = way["column"], way["owner"]
    owners = [row[owner] for row in way["doubles"]]
    left = rows_where(model, f'"{column}" = %s AND "{owner}" = ANY(%s)', [kept, owners])
    holding = {row[owner] for row in left}
    again = [row for row in way["doubles"] if row[owner] in holding]
    put_back(model, again)
    return back + len(again)


def _still_as_joined(now: Mapping[str, Any], snapshot: Snapshot) -> list[str]:
    """The columns that the joining changed and nobody since."""
    before, after = snapshot["kept"], snapshot["after"]
    return [name for name in after if before.get(name) != after[name] and now.get(name) == after[name]]


def _name_again(register: Register, identity: UUID, before: Mapping[str, Any]) -> None:
    names = ["id", "region_code", *(column.name for column in pieced(register))]
    present = {field.attname for field in register.model._meta.concrete_fields}
    names += [name for name in ("provider_id", "station_id") if name in present]
    now = register.model._default_manager.filter(pk=identity).values(*names).get()
    sheaf = Sheaf()
    note_names(register, [Changed(identity, now, before)], sheaf)
    sheaf.send()


def _mark(register: Register, snapshot: Snapshot) -> None:
    """The figures of both places are counted again, since the first day that either tells of."""
    both = (snapshot["kept"], snapshot["gone"])
    marks = {(register.key, row["region_code"]) for row in both}
    marks |= {
        (way["register"], place) for way in snapshot["ways"] if way["register"] for place in way["places"]
    }
    days = [way["since"] for way in snapshot["ways"]]
    starts = column_of(register.model, register.starts) if register.starts else ""
    days += [row[starts] for row in both] if starts else []
    since = min((day for day in days if day), default=None)
    mark_registers(marks, since=date.fromisoformat(since) if since else timezone.localdate())
