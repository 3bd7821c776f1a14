"""Several-valued references as rows of their own, kept in step with the cell that names them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models

from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.declare import Link, Register, Where
from linzhan.kernel.sheets.cells import CLEAR, MISSING

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
            if value is MISSING or batch.faults[index] or batch.twins[index]:
                continue
            if {where.id for where in _wheres(value)} != held[owner]:
                changes.changed.add(index)
                changes.by_column[name].add(index)
    return changes


def _stored_targets(link: Link, owners: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    held: dict[UUID, set[UUID]] = defaultdict(set)
    for start in range(0, len(owners), 5000):
        rows = link.model._default_manager.filter(**{f"{link.owner}_id__in": owners[start : start + 5000]})
        for owner, target in rows.values_list(f"{link.owner}_id", f"{link.target}_id"):
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
) -> None:
    """Insert the links of new rows; replace those of changed ones."""
    for name, link in register.links.items():
        if name not in batch.columns:
            continue
        replaced = changes.by_column.get(name, set())
        if replaced:
            owners = [batch.ids[index] for index in replaced]
            link.model._default_manager.filter(**{f"{link.owner}_id__in": owners}).delete()
        attributes = _attributes(link)
        values = batch.resolved[name]
        named = ((row_of(index), _wheres(values[index])) for index in [*fresh, *sorted(replaced)])
        rows = [row for owner, wheres in named for row in _link_rows(link, attributes[3:], wheres, owner)]
        if rows:
            bulk.insert_rows(link.model, attributes, rows)


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


def _attributes(link: Link) -> list[str]:
    named = ["id", f"{link.owner}_id", f"{link.target}_id", *_place_columns(link), *link.copies]
    return list(dict.fromkeys(named))  # a link to stations: its target is its place


def _link_rows(
    link: Link, rest: Sequence[str], wheres: Sequence[Where], owner: Mapping[str, Any]
) -> Iterator[list[Any]]:
    """The links of one owner; ``rest`` are the attributes after id, owner and target."""
    copied = [owner.get(name) for name in rest] if link.place == "owner" else []
    for where in wheres:
        if link.place == "target":
            copied = [getattr(where, name) if name in PLACE else owner.get(name) for name in rest]
        yield [uuid7(), owner["id"], where.id, *copied]


__all__ = ["CLEAR", "LinkChanges", "link_changes", "refresh_links", "write_links"]
