"""A returned record with all that was sent with it, so that its author can open the form again (SVC-23, NFR-08).

Whatever register tells more of a record (a visit's details, a session's notes, who was there) names it in a column
``record``; those that a phone writes come back as the phone said them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.reading import Referred, records
from linzhan.kernel.sheets.columns import Column, Kind, Origin
from linzhan.kernel.sync.declaring import SYNCABLES, Reader

RECORD, SHEET = "record", "服务记录"
OWN = "service-records"


def sent_with(ids: Collection[UUID], reader: Reader) -> Mapping[UUID, list[dict[str, Any]]]:
    """Rows by the record that they belong to, the record's own first: ``{register, id, values}``.

    One query a register that phones write, whatever the number of records, and none where there is no record.
    """
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    if not ids:
        return found
    for key in sorted(SYNCABLES.names(), key=lambda name: (name != OWN, name)):
        if SYNCABLES[key].right not in reader.rights or not is_of_record(REGISTERS[key]):
            continue
        for record, row in _rows(REGISTERS[key], ids):
            found[record].append(row)
    return found


def is_of_record(register: Register) -> bool:
    """Whether its rows are records, or tell more of one."""
    column = register.sheet.column_by_name.get(RECORD)
    return register.key == OWN or (column is not None and column.refers_to == SHEET)


def _rows(register: Register, ids: Collection[UUID]) -> Iterator[tuple[UUID, dict[str, Any]]]:
    own = register.key == OWN
    rows = register.model._default_manager.filter(**{"pk__in" if own else "record_id__in": list(ids)})
    columns = [each for each in register.sheet.columns if each.origin is Origin.STATED]
    for row in records(register, rows.order_by("pk"), columns, whole=True):
        of = row["id"] if own else row[RECORD].id
        values = {each.name: _plain(each, row[each.name]) for each in columns if _is_told(each, row)}
        yield of, {"register": register.key, "id": str(row["id"]), "values": values}


def _is_told(column: Column, row: Mapping[str, Any]) -> bool:
    return row[column.name] not in (None, "", [], ())


def _plain(column: Column, value: Any) -> Any:
    """As a phone says it: rows by id."""
    if isinstance(value, (list, tuple)):
        return [_plain(column, each) for each in value]
    if isinstance(value, Referred):
        return str(value.id)
    return float(value) if column.kind in (Kind.DECIMAL, Kind.MONEY) else value
