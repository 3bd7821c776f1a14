"""What follows when a file is written, in the same transaction and through the same door.

A basis enters the list of categories, a consent to the service dates the resident's consent, a review sets the
risk, a survey becomes details and needs. Nothing is ever taken away by the calendar: an expired basis only asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from linzhan.casework.models import Resident
from linzhan.casework.residents import needing, selectors
from linzhan.casework.residents.enums import Purpose
from linzhan.casework.residents.following import resident_written
from linzhan.casework.residents.models import Household
from linzhan.casework.standing import holding
from linzhan.kernel.registers.amending import amend_all
from linzhan.kernel.registers.batch import Batch, Incoming, Outcome
from linzhan.kernel.registers.declare import REGISTERS, Written
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.sheets.columns import PLATFORM_ID

LEAST_URGENT = 1
OF_NEEDS = frozenset({"need_kinds", "need_text", "urgency"})


class FollowRefused(HookRefused):
    """What follows from a row was refused, so the row is not written either; the message says what.

    ``residents`` says of whom, as far as that is known.
    """

    def __init__(self, residents: Mapping[UUID | None, str]) -> None:
        super().__init__("；".join(dict.fromkeys(residents.values())))
        self.residents = residents


Hook = Callable[[Written], None]


def names_rows(hook: Hook) -> Hook:
    """What is refused for a resident is refused to the rows about that resident, and to no others."""

    @wraps(hook)
    def told(written: Written) -> None:
        try:
            hook(written)
        except FollowRefused as refused:
            whose = {row_id: values["_row"].get("resident_id", row_id) for row_id, values in written.rows}
            found = {row_id: refused.residents[of] for row_id, of in whose.items() if of in refused.residents}
            raise HookRefused(str(refused), found) from refused

    return told


def write_along(register: str, rows: Sequence[Mapping[str, Any]], *, today: date) -> None:
    """Rows that follow from others, through the one door; :class:`FollowRefused` if one is refused."""
    if rows:
        outcome = save([Incoming.of(REGISTERS[register], rows)], today=today)[0]
        _require(outcome, [row.get("resident") for row in rows])


def _require(outcome: Outcome, residents: Sequence[UUID | None]) -> None:
    if outcome.faults:
        raise FollowRefused(
            {
                residents[number - 1]: "；".join(fault.message for fault in faults)
                for number, faults in outcome.faults.items()
            }
        )


def amend_residents(changes: Mapping[UUID, Mapping[str, Any]], *, today: date) -> None:
    """Columns of stored residents; what is not named stays as it is."""
    if not changes:
        return
    listed = Resident.objects.filter(pk__in=list(changes)).values_list("categories", flat=True)
    with holding({code for codes in listed for code in codes}):
        outcome = amend_all(REGISTERS["residents"], changes, today=today)
    _require(outcome, outcome.ids)


def rows_of(written: Written) -> list[Mapping[str, Any]]:
    """The rows of a call as the table holds them now."""
    return [values["_row"] for _identity, values in written.rows]


@names_rows
def after_bases(written: Written) -> None:
    """A category that has a basis is in the list; the list may hold more."""
    held: defaultdict[UUID, set[str]] = defaultdict(set)
    for row in rows_of(written):
        if row["ended_on"] is None and row["starts_on"] <= written.today:
            held[row["resident_id"]].add(row["category"])
    listed = Resident.objects.filter(pk__in=list(held)).values_list("pk", "categories")
    lacking = {
        identity: {"categories": (*categories, *sorted(held[identity] - set(categories)))}
        for identity, categories in listed
        if held[identity] - set(categories)
    }
    amend_residents(lacking, today=written.today)


@resident_written
@names_rows
def end_bases(written: Written) -> None:
    """Whoever takes a category off the list ends its basis that day: the two never contradict."""
    ids = [identity for identity, values in written.rows if "categories" in values]
    changed = [each for each in ids if each not in written.created]
    if not changed:
        return
    listed = dict(Resident.objects.filter(pk__in=changed).values_list("pk", "categories"))
    rows = [
        {
            PLATFORM_ID.name: basis.pk,
            "code": basis.code,
            "resident": basis.resident_id,
            "category": basis.category,
            "starts_on": basis.starts_on,
            "ended_on": max(basis.starts_on, written.today),
        }
        for basis in selectors.open_bases(changed).order_by("pk")
        if basis.starts_on <= written.today and basis.category not in listed.get(basis.resident_id, ())
    ]
    write_along("resident-categories", rows, today=written.today)


@names_rows
def after_consents(written: Written) -> None:
    """P1 dates the resident's consent; its withdrawal takes the date away, that of P7 where they live on the map."""
    rows = rows_of(written)
    ids = {row["resident_id"] for row in rows if row["purpose"] in (Purpose.SERVICE, Purpose.LOCATION)}
    if not ids:
        return
    withdrawn = {
        row["resident_id"] for row in rows if row["purpose"] == Purpose.LOCATION and row["withdrawn_on"]
    }
    standing = selectors.standing_consents(ids)
    changes: dict[UUID, dict[str, Any]] = {}
    for each in Resident.objects.filter(pk__in=ids):
        held, change = standing.get(each.pk, {}), changes.setdefault(each.pk, {})
        now = held[Purpose.SERVICE.value].given_on if Purpose.SERVICE.value in held else None
        told = any(row["resident_id"] == each.pk and row["purpose"] == Purpose.SERVICE for row in rows)
        if told and now != each.consented_on:
            change["consented_on"] = now or CLEAR
        if each.pk in withdrawn and Purpose.LOCATION.value not in held and each.longitude is not None:
            change |= {"longitude": CLEAR, "latitude": CLEAR}
    amend_residents({key: change for key, change in changes.items() if change}, today=written.today)


@names_rows
def after_reviews(written: Written) -> None:
    """The last review is the risk that holds; an older one that arrives late changes nothing (OBJ-03)."""
    ids = {row["resident_id"] for row in rows_of(written)}
    latest = selectors.latest_reviews(ids)
    stored = dict(Resident.objects.filter(pk__in=ids).values_list("pk", "risk"))
    changes = {
        identity: {"risk": review.level}
        for identity, review in latest.items()
        if stored.get(identity) != review.level and _is_of(written, review.pk)
    }
    amend_residents(changes, today=written.today)


def _is_of(written: Written, identity: UUID) -> bool:
    return any(identity == each for each, _values in written.rows)


@names_rows
def after_surveys(written: Written) -> None:
    """A survey filled on the spot is the person's details, the household's size and what is needed (SYS-03)."""
    pairs = sorted(
        ((values["_row"], values) for _identity, values in written.rows),
        key=lambda pair: pair[0]["surveyed_on"],
    )
    _detail(pairs, today=written.today)
    _count_households([row for row, _values in pairs], today=written.today)
    needing.give([found for row, values in pairs if _tells_needs(values) for found in _needs(row)])


def drop_repeated_needs(batch: Batch, rows: Sequence[int], stored: Mapping[int, Mapping[str, Any]]) -> None:
    """What a corrected survey says of needs in the words it had before is not told: the list has gone on since."""
    for name in OF_NEEDS & set(batch.columns):
        column = batch.columns[name]
        for index in rows:
            if (
                index in stored
                and column[index] is not MISSING
                and _is_the_same(column[index], stored[index][name])
            ):
                column[index] = MISSING


def _is_the_same(told: Any, stored: Any) -> bool:
    now, was = (None if each in (CLEAR, None, "", (), []) else each for each in (told, stored))
    return (
        (tuple(now) == tuple(was)) if isinstance(now, tuple) and isinstance(was, list) else bool(now == was)
    )


def _tells_needs(values: Mapping[str, Any]) -> bool:
    return not OF_NEEDS.isdisjoint(values)


def _detail(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]], *, today: date) -> None:
    """What a survey says; what it leaves open stays. Of several surveys of one person the last word counts."""
    details = REGISTERS["resident-details"].sheet.column_by_name
    merged: dict[UUID, dict[str, Any]] = {}
    for row, values in pairs:
        told = {n: v for n, v in values.items() if n in details and n != "resident" and v is not CLEAR}
        merged.setdefault(row["resident_id"], {}).update(told)
    write_along(
        "resident-details",
        [{"resident": identity, **told} for identity, told in merged.items() if told],
        today=today,
    )


def _count_households(rows: Sequence[Mapping[str, Any]], *, today: date) -> None:
    """The household's number of members, where the person has a household number."""
    counted = {row["resident_id"]: row["members_count"] for row in rows if row["members_count"]}
    members = Resident.objects.filter(pk__in=list(counted)).exclude(household="")
    sizes = {
        (each.county_code, each.household): (counted[each.pk], each.station_id)
        for each in members.order_by("pk")
    }
    kept = Household.objects.filter(code__in={code for _county, code in sizes})
    stations = {(each.county_code, each.code): each.station_id for each in kept}
    told = [
        {"code": key[1], "station": stations.get(key, station), "members_count": size}
        for key, (size, station) in sizes.items()
    ]
    if told:  # a number that another station keeps is refused, and stays as that station counts it
        save([Incoming.of(REGISTERS["households"], told)], today=today)


def _needs(row: Mapping[str, Any]) -> list[needing.Found]:
    return [
        needing.Found(
            code=f"{row['code']}-{kind}",
            resident_id=row["resident_id"],
            station_id=row["station_id"],
            region_code=row["region_code"],
            kind=kind,
            content=row["need_text"],
            urgency=row["urgency"] or LEAST_URGENT,
            raised_on=row["surveyed_on"],
        )
        for kind in row["need_kinds"]
    ]
