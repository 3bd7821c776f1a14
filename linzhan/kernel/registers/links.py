"""Several-valued references as rows of their own, kept in step with the cell that names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models

from linzhan.kernel.ids import uuid7_many
from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.declare import Link, Register, Where
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.statements import Sheaf, look_up

PLACE = ("region_code", "provider_id", "station_id")


@dataclass(slots=True)
class LinkChanges:
    """Rows whose links differ from the stored ones, and which column of them."""

    changed: set[int] = field(default_factory=set)
    by_column: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


def link_changes(register: Register, batch: Batch, stored: Mapping[int, UUID]) -> LinkChanges:
    """Compare given links with stored ones: one query per link column and 5,000 rows."""
    changes = LinkChanges()
    for name, link in register.links.items():
        if name not in batch.columns or not stored:
            continue
        held = _stored_targets(link, list(stored.values()))
        for index, owner in stored.items():
            value = batch.resolved[name][index]
            if value is MISSING or index in batch.faults or index in batch.twins:
                continue
            if {where.id for where in _wheres(value)} != held[owner]:
                changes.changed.add(index)
                changes.by_column[name].add(index)
    return changes


def _stored_targets(link: Link, owners: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    held: dict[UUID, set[UUID]] = defaultdict(set)
    names = (f"{link.owner}_id", f"{link.target}_id")
    for owner, target in look_up(link.model, names[0], owners, names):
        held[owner].add(target)
    return held


def _wheres(value: Any) -> tuple[Where, ...]:
    return value if type(value) is tuple else ()


def write_links(
    register: Register,
    batch: Batch,
    changes: LinkChanges,
    fresh: Sequence[int],
    row_of: Callable[[int], Mapping[str, Any]],
    sheaf: Sheaf,
) -> None:
    """Insert the links of new rows; replace those of changed ones."""
    for name, link in register.links.items():
        if name not in batch.columns:
            continue
        replaced = changes.by_column.get(name, set())
        if replaced:
            owners = [batch.ids[index] for index in replaced]
            link.model._default_manager.filter(**{f"{link.owner}_id__in": owners}).delete()
        values = batch.resolved[name]
        named = [(i, where) for i in (*fresh, *sorted(replaced)) for where in _wheres(values[i])]
        if named:
            bulk.insert_with(sheaf, link.model, _link_columns(link, named, row_of))


def refresh_links(register: Register, changed: Sequence[UUID]) -> None:
    """What links copy of their owner follows it: its place, where it is theirs, and the named columns."""
    for link in register.links.values():
        copied = [*(_place_columns(link) if link.place == "owner" else ()), *link.copies]
        if not copied or not changed:
            continue
        quote = connection.ops.quote_name
        table, owners = quote(link.model._meta.db_table), quote(register.model._meta.db_table)
        owner = quote(column_of(link.model, f"{link.owner}_id"))
        columns = [quote(column_of(link.model, name)) for name in copied]
        ours, theirs = (", ".join(f"{side}.{column}" for column in columns) for side in "lo")
        pairs = ", ".join(f"{column} = o.{column}" for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} AS l SET {pairs} FROM {owners} o WHERE l.{owner} = o.id AND o.id = ANY(%s)"  # noqa: S608 -- own names
                f" AND ({ours}) IS DISTINCT FROM ({theirs})",
                [list(changed)],
            )


def column_of(model: type[models.Model], attribute: str) -> str:
    return next(str(f.column) for f in model._meta.concrete_fields if f.attname == attribute)


def _place_columns(link: Link) -> list[str]:
    present = {f.attname for f in link.model._meta.concrete_fields}
    return [name for name in PLACE if name in present]


def _link_columns(
    link: Link, named: Sequence[tuple[int, Where]], row_of: Callable[[int], Mapping[str, Any]]
) -> dict[str, Sequence[Any]]:
    """The attributes of the links of these owners to what they name."""
    wheres = [where for _, where in named]
    rows: list[Mapping[str, Any]] = []
    last = -1
    for index, _ in named:  # those of one owner stand together
        rows.append(rows[-1] if index == last else row_of(index))
        last = index
    found: dict[str, Sequence[Any]] = {
        "id": uuid7_many(len(named)),
        f"{link.owner}_id": [row["id"] for row in rows],
        f"{link.target}_id": [where.id for where in wheres],
    }
    for name in (*_place_columns(link), *link.copies):
        if name in found:  # a link to stations: its target is its place
            continue
        of_target = link.place == "target" and name in PLACE
        found[name] = (
            [getattr(where, name) for where in wheres] if of_target else [row.get(name) for row in rows]
        )
    return found


__all__ = ["CLEAR", "LinkChanges", "link_changes", "refresh_links", "write_links"]
