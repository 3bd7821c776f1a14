"""A report as a phone sends it: taken whatever is wrong with it (``domain.md`` §20).

Nothing refuses a report: not a clock that is off, not a part that is missing, not a word that no list has.
What can be read goes into its column; what cannot is kept word for word in the text, and its author is told.
What the text cannot hold follows in facts of its own. So a phone never has to send the same again and again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from linzhan.casework.incidents.enums import OF_THE_COUNTY, FactKind, Signal
from linzhan.casework.incidents.models import Incident, IncidentFact
from linzhan.casework.incidents.rules import WANTED, lacking
from linzhan.casework.incidents.sheets import FACTS, INCIDENTS
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.told import WrongType, given
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import unscoped
from linzhan.kernel.sheets.cells import CELL_LIMIT, MISSING
from linzhan.kernel.sheets.columns import PLATFORM_ID
from linzhan.kernel.sync.declaring import Command, Reader, Result

UNREAD: Final = "（手机上填了而平台没有认出的内容）"
NOT_SAID: Final = "未写明"
RECEIVED: Final = "已收到，站长和县未成年人保护专员已能看到"
WITH_GAPS: Final = "已收到；有的内容没有认出，已原样写进“看到听到的”，请打开核对后补充"
Fallbacks = dict[str, list[Any]]
"""What may stand in a column instead of what has a fault, the best first."""
PLACES: Final = ("station", "region", "")  # where a fault may mean that a report stands nowhere
NOT_TAKEN: Final = "这一项没有登记上，内容写在“补充”里，请核对后重新登记"
CLOCK_OFF: Final = "这部手机的时钟与服务器相差较大，发现时间是手机上的时间，请核对"


class NotWritten(RuntimeError):
    """A row that does not go in whatever is left out of it."""


@dataclass(slots=True)
class Draft:
    """What of a row can be read, and what cannot, by column."""

    register: Register
    values: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    faults: list[dict[str, str]] = field(default_factory=list)

    def drop(self, name: str, message: str) -> None:
        """Take a column out, and keep what it said."""
        header = self.register.column(name).header if name in self.register.sheet.column_by_name else name
        value = self.values.pop(name, None)
        if value is not None:
            self.unread.setdefault(header, str(value))
        self.faults.append({"column": header, "message": message})

    @property
    def leftover(self) -> str:
        told = "；".join(f"{header}：{text}" for header, text in self.unread.items())
        return UNREAD + told if told else ""

    def pieces(self, column: str) -> list[str]:
        """What ``column`` is to hold with all that was not read, in pieces that a text can hold."""
        whole = "\n".join(filter(None, [str(self.values.get(column) or ""), self.leftover]))
        return [whole[at : at + CELL_LIMIT] for at in range(0, len(whole), CELL_LIMIT)]


def take_report(command: Command, reader: Reader) -> Result:
    """Write the report of ``command`` and what was done about it already; the answer is always "done"."""
    rows = _rows(command)
    told = next((row for key, row in rows if key == INCIDENTS.key), {})
    identity = _id(told.get("id")) or command.subject
    draft = _read(INCIDENTS, told.get("values") or {})
    if not Incident.objects.filter(pk=identity).exists():
        identity = _unused(Incident, identity)
        fallbacks = _complete(draft, command, reader)
        _add_texts(identity, _write(draft, identity, fallbacks=fallbacks, text="facts"), command)
    faults = list(draft.faults)
    for key, row in rows:
        if key == FACTS.key:
            faults += _take_fact(row, identity, command)
    if not command.clock_trusted:
        _note(identity, CLOCK_OFF, command)
    return Result(
        command.id, "done", title="强制报告", detail=WITH_GAPS if faults else RECEIVED, faults=faults
    )


def _rows(command: Command) -> list[tuple[str, Mapping[str, Any]]]:
    """The rows as they were sent, by register; a body of another shape is one report."""
    listed = command.body.get("rows")
    if not isinstance(listed, list):
        return [(INCIDENTS.key, {"values": dict(command.body)})]
    return [(str(row.get("register", "")), row) for row in listed if isinstance(row, dict)]


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _unused(model: type[Incident | IncidentFact], identity: UUID) -> UUID:
    """``identity``, or a new one where a row that the reader does not see has it."""
    with unscoped("whether an id is taken, by whatever row"):
        return uuid7() if model.objects.filter(pk=identity).exists() else identity


def _read(register: Register, told: object) -> Draft:
    draft = Draft(register)
    for name, raw in told.items() if isinstance(told, Mapping) else ():
        column = register.sheet.column_by_name.get(str(name))
        if column is None or column.name in register.kept_from_forms:
            draft.unread[_storable(str(name))] = _storable(str(raw))
            continue
        try:
            value = given(column, raw, clears=False)
        except WrongType as wrong:
            draft.unread[column.header] = _storable(str(raw))
            draft.faults.append({"column": column.header, "message": str(wrong)})
        else:
            draft.values |= {} if value is MISSING else {column.name: value}
    return draft


def _storable(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _complete(draft: Draft, command: Command, reader: Reader) -> Fallbacks:
    """What every report has: a signal, the time on the device, a place; gives what serves where these fail."""
    stations, values = list(reader.own_stations), draft.values
    fallbacks: Fallbacks = {
        "signals": [(Signal.M9.value,)],
        "seen_at": [command.made_at, command.received_at],
        "station": [*stations[:1]],
        "region": [reader.region_code],
    }
    for name in ("signals", "seen_at", "station"):
        if name not in values and fallbacks[name]:
            values[name] = fallbacks[name].pop(0)
    if "station" not in values and "region" not in values:
        values["region"] = fallbacks["region"].pop(0)
    return fallbacks


def _write(draft: Draft, identity: UUID, *, fallbacks: Fallbacks, text: str) -> list[str]:
    """Save, leaving out what has a fault until the rest goes in; gives what the column ``text`` cannot hold."""
    names = {column.header: column.name for column in draft.register.sheet.columns}
    for _attempt in range(2 * len(names)):
        pieces = draft.pieces(text)
        faults = _saved(draft, identity, {text: pieces[0]} if pieces else {})
        if not faults:
            return pieces[1:]
        for name, message in {names.get(header, ""): message for header, message in reversed(faults)}.items():
            draft.drop(name, message)
            instead = name if fallbacks.get(name) else "region" if name in PLACES else ""
            if fallbacks.get(instead):
                draft.values[instead] = fallbacks[instead].pop(0)
    raise NotWritten(f"a report could not be written: {draft.faults}")


def _saved(draft: Draft, identity: UUID, text: Mapping[str, str]) -> list[tuple[str, str]]:
    values = {**draft.values, **text, PLATFORM_ID.name: identity}
    with transaction.atomic():
        outcome = save_one(draft.register, values)
    return [(fault.column, fault.message) for faults in outcome.faults.values() for fault in faults]


def _take_fact(row: Mapping[str, Any], incident: UUID, command: Command) -> list[dict[str, str]]:
    """Something that was done already, such as the call to the police; sent twice, it is one."""
    own = _id(row.get("id")) or uuid7()
    if IncidentFact.objects.filter(pk=own, incident=incident).exists():
        return []
    draft = _read(FACTS, row.get("values") or {})
    values = draft.values
    values["incident"] = incident
    values.setdefault("at", command.made_at)
    if values.get("kind") not in WANTED or values["kind"] in OF_THE_COUNTY:
        draft.unread[FACTS.column("kind").header] = str(values.get("kind", ""))
        values["kind"] = FactKind.NOTE.value
    for name, _label in lacking(str(values["kind"]), values):
        values[name] = NOT_SAID
    fallbacks: Fallbacks = {"at": [command.made_at, command.received_at]}
    fallbacks |= {name: [NOT_SAID] for name, _label in lacking(str(values["kind"]), {})}
    identity = _unused(IncidentFact, own)
    try:
        rest = _write(draft, identity, fallbacks=fallbacks, text="text")
    except NotWritten:
        for name in [each for each in values if each != "incident"]:
            draft.drop(name, NOT_TAKEN)
        first, *rest = draft.pieces("text")
        _note(incident, first, command, identity)
    _add_texts(incident, rest, command)
    return draft.faults


def _add_texts(incident: UUID, texts: list[str], command: Command) -> None:
    for text in texts:
        _note(incident, text, command)


def _note(incident: UUID, text: str, command: Command, identity: UUID | None = None) -> None:
    values = {"incident": incident, "kind": FactKind.NOTE.value, "at": command.received_at, "text": text}
    save_one(FACTS, values | {PLATFORM_ID.name: identity or uuid7()})
