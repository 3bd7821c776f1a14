"""What a row of the worker register leaves behind: certificates, their terms, and filings.

The main row states what holds now; these tables keep what was, so that a figure of a past day does
not change (NFR-02). Called by the register engine in the transaction of the write, for one row or
a hundred thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from django.db import connection, models

from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.declare import Values, Written
from linzhan.kernel.registers.followers import Table, follower
from linzhan.kernel.sheets.cells import CLEAR
from linzhan.workforce.enums import RANKS, Occasion
from linzhan.workforce.models import (
    Certificate,
    CertificateTerm,
    Filing,
    GradeRegistration,
    PersonOrigin,
    Vetting,
    WorkBar,
)
from linzhan.workforce.rules import Spell, spell_told, starts_anew

Row: TypeAlias = "dict[str, Any]"
CHUNK = 5000
PLACE = ("region_code", "provider_id", "station_id", "identity_number_index")
OF_THE_HIRE = ("left_on", "filed_on", "leaving_filed_on", "pledged_on")
OF_THE_GRADE = {"certificate_number": "", "passed_on": None, "registered_until": None}
SAME_TERM = timedelta(days=365)
"""A term runs for years; a date that moved by less is the same term, corrected."""


for _model in (Certificate, CertificateTerm):
    follower(Table(model=_model, register="workers", owner="worker_id", copies_provider=False))
follower(Table(model=Filing, register="workers", ends="filed_on", copies_provider=False))
follower(Table(model=WorkBar, register="workers", owner="worker_id", copies_provider=False))


def settle_worker(was: Mapping[str, Any], row: dict[str, Any], stated: frozenset[str]) -> None:
    """What follows for the columns that are not stated: a new hire and a new grade begin empty."""
    if starts_anew(row["hired_on"], was["left_on"]):
        row.update({name: None for name in OF_THE_HIRE if name not in stated})
    if row["left_on"] is None:
        row["leaving_filed_on"] = None
    if row["certificate"] != was["certificate"]:
        row.update({name: empty for name, empty in OF_THE_GRADE.items() if name not in stated})


def keep_worker_records(written: Written) -> None:
    """Bring certificates, terms and filings of the written workers up to date."""
    told = [Told(identity, values, past=identity in written.past) for identity, values in written.rows]
    known = [each.id for each in told if each.id not in written.created]
    for keep in (_keep_certificates, _keep_terms, _keep_filings):
        keep(told, known)
    moved = [each.id for each in told if not each.past and each.id not in written.created]
    for model in (Certificate, CertificateTerm):
        _follow(model, moved)
    gone = [identity for identity in moved if identity in written.moved]
    for lasting in (WorkBar, Vetting, PersonOrigin, GradeRegistration) if gone else ():
        _go_along(lasting, gone)


@dataclass(frozen=True, slots=True)
class Told:
    """What one row states of a worker; ``past``: of an employment before the current one."""

    id: UUID
    values: Values
    past: bool

    @property
    def row(self) -> Mapping[str, Any]:
        """What the register holds of the worker with what is stated."""
        found: Mapping[str, Any] = self.values["_row"]
        return found

    @property
    def grade(self) -> str:
        """The grade that the row's certificate columns speak of; empty for none."""
        found = self.values.get("certificate") if self.past else self.row["certificate"]
        return found if isinstance(found, str) and RANKS.get(found) else ""

    def stated(self, name: str, empty: Any = None) -> Any:
        """The stated value of a column: ``empty`` where it is cleared or not stated."""
        value = self.values.get(name)
        return empty if value is CLEAR or value is None else value

    def of_spell(self, name: str) -> Any:
        return self.stated(name) if self.past else self.row[name]

    def placed(self, **more: Any) -> Row:
        """A child row at the worker's place."""
        return {"id": uuid7(), "worker_id": self.id, **{name: self.row[name] for name in PLACE}, **more}


@dataclass(slots=True)
class Changes:
    """Rows of one table to add, change and remove; each kind is one statement."""

    model: type[models.Model]
    added: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    gone: list[UUID] = field(default_factory=list)

    def write(self) -> None:
        if self.gone:
            self.model._default_manager.filter(pk__in=self.gone).delete()
        if self.changed:
            names = list(self.changed[0])
            bulk.update_rows(self.model, names, ([row[name] for name in names] for row in self.changed))
        if self.added:
            names = list(self.added[0])
            bulk.insert_rows(self.model, names, ([row[name] for name in names] for row in self.added))


def _keep_certificates(told: Sequence[Told], known: Sequence[UUID]) -> None:
    """A grade stated for the first time adds a certificate; 无 adds none, 清空 takes them away."""
    names = ("id", "number", "passed_on")
    held = {(row["worker_id"], row["grade"]): row for row in _stored(Certificate, known, *names, "grade")}
    changes = Changes(Certificate)
    for each in told:
        if each.values.get("certificate") is CLEAR:
            changes.gone += [row["id"] for (worker, _), row in held.items() if worker == each.id]
        elif each.grade and (each.id, each.grade) not in held:
            number, passed_on = each.stated("certificate_number", ""), each.stated("passed_on")
            details = {"grade": each.grade, "number": number, "passed_on": passed_on}
            changes.added.append(each.placed(**details, stated_from=each.row["hired_on"]))
        elif each.grade:
            old = {name: held[each.id, each.grade][name] for name in names}
            new = old | _restated(each, old)
            changes.changed += [new] if new != old else []
    changes.write()


def _restated(each: Told, old: Mapping[str, Any]) -> Row:
    """What the row states of a certificate that is known; an older roster only fills what is empty."""
    found: Row = {}
    for name, column, empty in (("number", "certificate_number", ""), ("passed_on", "passed_on", None)):
        if column in each.values and not (each.past and old[name]):
            found[name] = each.stated(column, empty)
    return found


def _keep_terms(told: Sequence[Told], known: Sequence[UUID]) -> None:
    """A date far from those known is another term; one near to it corrects that."""
    held: dict[tuple[UUID, str], list[Row]] = defaultdict(list)
    for row in _stored(CertificateTerm, known, "id", "grade", "until"):
        held[row["worker_id"], row["grade"]].append(row)
    changes = Changes(CertificateTerm)
    for each in told:
        until = each.stated("registered_until")
        if not each.grade or until is None:
            continue
        near = [row for row in held[each.id, each.grade] if abs(row["until"] - until) < SAME_TERM]
        if not near:
            changes.added.append(each.placed(grade=each.grade, until=until))
        elif not each.past and near[-1]["until"] != until:
            changes.changed.append({"id": near[-1]["id"], "until": until})
    changes.write()


def _keep_filings(told: Sequence[Told], known: Sequence[UUID]) -> None:
    """One row for the hire and one for the leaving of every employment, filed or not."""
    names = ("id", "occasion", "spell_from", "happened_on", "filed_on")
    held: dict[UUID, dict[tuple[date, str], Row]] = defaultdict(dict)
    for row in _stored(Filing, known, *names):
        held[row["worker_id"]][row["spell_from"], row["occasion"]] = {name: row[name] for name in names}
    changes = Changes(Filing)
    for each in told:
        filings = held[each.id]
        begins, ends = each.of_spell("hired_on"), each.of_spell("left_on")
        spell = spell_told(_spells(filings), begins, ends, past=each.past)
        for occasion, day, filed in (
            (Occasion.HIRE.value, begins, each.of_spell("filed_on")),
            (Occasion.LEAVING.value, ends, each.of_spell("leaving_filed_on")),
        ):
            if spell != begins and (begins, occasion) in filings:
                continue  # that hire is known as another employment
            old = filings.get((spell, occasion)) if spell else None
            _file(
                changes,
                each,
                old,
                {"occasion": occasion, "spell_from": begins, "happened_on": day, "filed_on": filed},
            )
    changes.write()


def _spells(filings: Mapping[tuple[date, str], Row]) -> list[Spell]:
    """The employments that are known, in order."""
    begins = sorted(start for start, occasion in filings if occasion == Occasion.HIRE)
    leavings = {
        start: row["happened_on"]
        for (start, occasion), row in filings.items()
        if occasion == Occasion.LEAVING
    }
    return [Spell(start, leavings.get(start)) for start in begins]


def _file(changes: Changes, each: Told, old: Row | None, wanted: Row) -> None:
    if wanted["happened_on"] is None:
        changes.gone += [old["id"]] if old and not each.past else []
    elif old is None:
        changes.added.append(each.placed(**wanted))
    else:
        if each.past and wanted["filed_on"] is None:
            wanted["filed_on"] = old["filed_on"]
        if {**old, **wanted} != old:
            changes.changed.append({"id": old["id"], **wanted})


def _stored(model: type[models.Model], workers: Sequence[UUID], *names: str) -> Iterable[Row]:
    for start in range(0, len(workers), CHUNK):
        rows = model._default_manager.filter(worker_id__in=workers[start : start + CHUNK])
        yield from rows.values("worker_id", *names)


def _go_along(model: type[models.Model], workers: Sequence[UUID]) -> None:
    """What must be seen wherever its person works next: bars, vetting, origin, registration."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS c SET (region_code, provider_id, station_id) ="  # noqa: S608 -- own names
            " ROW(w.region_code, w.provider_id, w.station_id) FROM workforce_socialworker w"
            " WHERE w.id = c.worker_id AND w.id = ANY(%s)",
            [list(workers)],
        )


def _follow(model: type[models.Model], workers: Sequence[UUID]) -> None:
    """Certificates go with their holder to another place."""
    table, names = connection.ops.quote_name(model._meta.db_table), ", ".join(PLACE)
    ours, theirs = (", ".join(f"{side}.{name}" for name in PLACE) for side in "cw")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS c SET ({names}) = ROW({theirs}) FROM workforce_socialworker w"  # noqa: S608 -- own names
            f" WHERE w.id = c.worker_id AND w.id = ANY(%s) AND ({ours}) IS DISTINCT FROM ({theirs})",
            [list(workers)],
        )
