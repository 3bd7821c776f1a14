"""What a few rows will want to know of the database, asked at once before they are resolved and matched.

A row by itself would ask once for each register that it refers to and once more whether its key is taken.
For many rows these questions are few beside the rows, and each is asked when it comes up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.bulk import FEW
from linzhan.kernel.registers.declare import Register, Where, by_sheet, references
from linzhan.kernel.registers.layout import PLACES, layout_of
from linzhan.kernel.registers.resolving import Targets, instead, where_of
from linzhan.kernel.sheets.columns import Kind
from linzhan.kernel.statements import Question, Row, look_up_together

KINDS = ("text", "uuid", "text", "uuid", "uuid", "uuid")
Asked = tuple[Register, dict[str, str]]


def ask_ahead(batch: Batch, targets: Targets) -> frozenset[str]:
    """Tell ``targets`` what the rows refer to by key; gives those of the rows' own keys that are free."""
    if batch.size > FEW:
        return frozenset()
    asked = _referred_keys(batch, targets)
    own = _own_keys(batch)
    if len(asked) + bool(own) < 2:
        return frozenset()
    questions = [_places(register, list(wanted)) for register, wanted in asked]
    if own:
        names = (layout_of(batch.register).keys[0], "", "", "", "", "")
        questions.append(Question(batch.register.model, names[0], own, names))
    answers = look_up_together(questions, KINDS)
    for (register, wanted), rows in zip(asked, answers, strict=False):
        targets.learn(register, wanted, _wheres(register, rows))
    return frozenset(own) - {row[0] for row in answers[-1]} if own else frozenset()


def _wheres(register: Register, rows: Iterable[Row]) -> Iterator[tuple[str, Where]]:
    doubles: dict[UUID, list[str]] = defaultdict(list)
    for key, *at, merged in rows:
        if merged is None:
            yield key, where_of(register, *at)
        else:
            doubles[merged].append(key)
    yield from instead(register, doubles)


def _referred_keys(batch: Batch, targets: Targets) -> list[Asked]:
    """The keys that rows refer to, register by register."""
    texts: dict[str, list[str]] = {}
    for column in references(batch.register):
        if column.refers_to.startswith("?") or column.refers_to == batch.register.sheet.name:
            continue
        found = [each for each in _flat(batch.columns.get(column.name, ())) if type(each) is str]
        texts.setdefault(column.refers_to, []).extend(found)
    wanted = ((by_sheet(sheet), found) for sheet, found in texts.items() if found)
    asked = [(register, targets.unknown(register, found)) for register, found in wanted]
    return [each for each in asked if each[1]]


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        yield from value if type(value) is tuple else (value,)


def _own_keys(batch: Batch) -> list[str]:
    """What the first key column says, where that is what the table keeps."""
    column = batch.register.sheet.keys[0]
    if column.kind in (Kind.REGION, Kind.REFERENCE) or layout_of(batch.register).secret_key:
        return []
    found = (value for value in batch.columns.get(column.name, ()) if type(value) is str)
    return list(dict.fromkeys(found))


def _places(register: Register, wanted: list[str]) -> Question:
    layout = layout_of(register)
    places = (name if name in layout.places else "" for name in PLACES)
    names = (layout.keys[0], "id", *places, register.merged)
    return Question(register.model, names[0], wanted, names)
