"""One's own caseload on the phone, and what of a file may be written there (NFR-08, SYS-03).

On a phone are those whose responsible worker one is, and those of one's stations for whom nobody is
responsible yet. Who moved, died or left is no longer sent, and the phone lets go of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from linzhan.casework.enums import Method, ResidentStatus
from linzhan.casework.models import RecordResident, Resident, ServiceRecord
from linzhan.casework.residents import rules, selectors
from linzhan.casework.residents.details import DETAILS
from linzhan.casework.residents.models import CategoryBasis, ResidentDetail
from linzhan.casework.residents.rights import EDIT_RISK
from linzhan.casework.rights import EDIT_RESIDENTS
from linzhan.kernel.names import pinyin
from linzhan.kernel.registers.numbering import number_of
from linzhan.kernel.sheets.columns import PLATFORM_ID
from linzhan.kernel.sync.declaring import Command, Reader, feed, syncable
from linzhan.policy.api import casework, resident_categories, ruling_for
from linzhan.territory.api import Region

STAYING: Final = (ResidentStatus.REGISTERED.value, ResidentStatus.PAUSED.value)
SHOWN: Final = 120  # characters of the last visit's note
KEPT_DETAILS: Final = tuple(column.name for column in DETAILS)
AMENDED: Final = ("phone", "guardian", "guardian_phone", "address", "household", "categories")


def caseload(reader: Reader) -> QuerySet[Resident]:
    """Whose business a phone is, in the order of their codes."""
    nobodys = Q(worker_id__isnull=True, station_id__in=reader.own_stations)
    mine = Q(worker_id=reader.person_id) if reader.person_id else Q(pk__in=[])
    return Resident.objects.filter(mine | nobodys, status__in=STAYING, merged_into__isnull=True).order_by(
        "code", "pk"
    )


@feed("residents")
def residents(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """The caseload with what a visit needs; five queries and the rulebook, whatever the number."""
    if not reader.person_id and not reader.own_stations:
        return
    visits = RecordResident.objects.filter(resident_id=OuterRef("pk"), method=Method.VISIT.value)
    last = visits.order_by("-started_at", "-pk").values("record_id")[:1]
    rows = list(caseload(reader).annotate(last_visit=Subquery(last)))
    ids = [each.pk for each in rows]
    today = timezone.localdate(reader.now)
    details = {row["resident_id"]: row for row in ResidentDetail.objects.filter(resident_id__in=ids).values()}
    visited = _visits({each.last_visit for each in rows})
    villages = _names({each.home_region_code for each in rows})
    expired = _expired(ids, reader, today)
    hidden = {each.code for each in resident_categories(reader.region_code, today) if each.confidential}
    for each in rows:
        made = _row(each, details.get(each.pk), visited.get(each.last_visit))
        made["village"] = villages.get(each.home_region_code, "")
        made["notes"] = _notes(each, expired.get(each.pk, ()))
        if each.worker_id is None:  # nobody's yet: what is confidential waits for whoever becomes responsible
            made["categories"] = [code for code in each.categories if code not in hidden]
        yield made


def _row(
    resident: Resident, detail: Mapping[str, Any] | None, visit: tuple[date, str, str] | None
) -> dict[str, Any]:
    syllables = pinyin(resident.name)
    day, outcome, content = visit or (None, "", "")
    return {
        "id": str(resident.pk),
        "code": resident.code,
        "name": resident.name,
        "pinyin": {"initials": "".join(each[:1] for each in syllables), "full": "".join(syllables)},
        "sex": resident.sex,
        "born_on": resident.born_on,
        "categories": list(resident.categories),
        "risk": resident.risk,
        "phone": resident.phone,
        "address": resident.address,
        "home_region": resident.home_region_code,
        "household": resident.household,
        "guardian": resident.guardian,
        "guardian_phone": resident.guardian_phone,
        "status": resident.status,
        "worker": resident.worker_id,
        "station": resident.station_id,
        "consented": resident.consented_on is not None,
        "consented_on": resident.consented_on,
        "last_visit_on": day,
        "last_outcome": outcome,
        "last_note": content,
        "emergency_contact": detail["emergency_contact"] if detail else "",
        "emergency_phone": detail["emergency_phone"] if detail else "",
        "details": _details(detail) if detail else None,
    }


def _details(detail: Mapping[str, Any]) -> dict[str, Any]:
    """What is stated, by column, with the id by which the phone may amend it."""
    told = {name: detail[name] for name in KEPT_DETAILS if detail[name] not in (None, "", [])}
    return {"id": detail["id"], **told}


def _visits(ids: set[UUID | None]) -> dict[UUID | None, tuple[date, str, str]]:
    rows = ServiceRecord.objects.filter(pk__in=[each for each in ids if each])
    return {
        identity: (selectors.local_day(at), outcome, content[:SHOWN])
        for identity, at, outcome, content in rows.values_list("pk", "started_at", "outcome", "content")
    }


def _names(codes: set[str]) -> dict[str, str]:
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))


def _expired(ids: Sequence[UUID], reader: Reader, today: date) -> dict[UUID, list[CategoryBasis]]:
    notice = ruling_for(casework.EXPIRY_NOTICE, region=reader.region_code, on=today).value
    found: dict[UUID, list[CategoryBasis]] = {}
    for basis in selectors.open_bases(ids).filter(expires_on__isnull=False).order_by("expires_on", "pk"):
        if rules.expiry(basis.expires_on, today, notice) is not rules.Expiry.OPEN:
            found.setdefault(basis.resident_id, []).append(basis)
    return found


def _notes(resident: Resident, expired: Sequence[CategoryBasis]) -> list[str]:
    """What is wrong with the file, in words for the door."""
    found = [] if resident.consented_on else ["还没有建档同意，请征求"]
    return [*found, *(f"类别 {basis.category} 的认定到 {basis.expires_on}，请核实" for basis in expired)]


def complete_residents(pairs: Sequence[tuple[Command, dict[str, Any]]], reader: Reader) -> None:
    """The station of the phone, its worker as responsible, the number, and the day that the file begins."""
    for command, values in pairs:
        values.setdefault("code", number_of("DX", values[PLATFORM_ID.name]))
        if reader.own_stations:
            values.setdefault("station", reader.own_stations[0])
        if reader.person_id:
            values.setdefault("worker", reader.person_id)
        values.setdefault("registered_on", timezone.localdate(command.entered_at))


def complete_by_worker(pairs: Sequence[tuple[Command, dict[str, Any]]], reader: Reader) -> None:
    """Who reviewed or surveyed is whoever holds the phone."""
    for _command, values in pairs:
        if reader.person_id:
            values.setdefault("worker", reader.person_id)


def complete_households(pairs: Sequence[tuple[Command, dict[str, Any]]], reader: Reader) -> None:
    for _command, values in pairs:
        if reader.own_stations:
            values.setdefault("station", reader.own_stations[0])


syncable("residents", right=EDIT_RESIDENTS, completes=complete_residents, amends=AMENDED)
syncable("resident-details", right=EDIT_RESIDENTS, amends=KEPT_DETAILS)
syncable("resident-consents", right=EDIT_RESIDENTS, amends=("withdrawn_on", "note"))
syncable(
    "households",
    right=EDIT_RESIDENTS,
    completes=complete_households,
    amends=("phone", "members_count", "address", "income", "notes"),
)
syncable("risk-reviews", right=EDIT_RISK, completes=complete_by_worker)
syncable("major-changes", right=EDIT_RISK, amends=("note",))
syncable("home-surveys", right=EDIT_RISK, completes=complete_by_worker)  # fmt: skip
