"""Verbs of the workforce beyond registering: leave, come back, move, file, withdraw (PPL-01, FIL-02, FIL-03).

Each takes many at once and is all or nothing. The actor is the one in force (``kernel.scope.acting``),
and what lies out of the scope is answered like what does not exist. Workers are written through the
register engine, so states, filings and stale marks follow by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import places, secrecy
from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import Where
from linzhan.kernel.registers.marking import mark_written
from linzhan.kernel.registers.states import Changed
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.cells import MISSING
from linzhan.network.api import Station
from linzhan.workforce.enums import RANKS, Grade, Occasion
from linzhan.workforce.models import Certificate, Filing, Posting, SocialWorker
from linzhan.workforce.sheets import WORKERS


class WorkforceRefused(ValueError):
    """A verb that cannot be done; the message is for the person who tried."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaving:
    """``left_on`` is the first day off post; ``filed_on`` the day it was filed, if it was."""

    worker_id: UUID
    left_on: date
    filed_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hire:
    """Somebody who left comes back: another employment beside the earlier one."""

    worker_id: UUID
    hired_on: date
    station_id: UUID | None = None
    post: str = ""
    employment: str = ""
    filed_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """From ``on`` a worker stands elsewhere or on another post; what is not given stays."""

    worker_id: UUID
    on: date
    station_id: UUID | None = None
    post: str = ""
    employment: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed:
    """A hire or leaving was filed with the bureau on ``filed_on``."""

    filing_id: UUID
    filed_on: date


@transaction.atomic
def leave(*, leavings: Sequence[Leaving]) -> None:
    """End employments. Refused for somebody who left already, and for a day before the hire."""
    workers = _workers(each.worker_id for each in leavings)
    rows = []
    for each in leavings:
        worker = workers[each.worker_id]
        if worker.left_on is not None:
            raise WorkforceRefused(_("%(name)s已于 %(day)s 离职") % _told(worker, worker.left_on))
        if each.left_on < worker.hired_on:
            raise WorkforceRefused(
                _("离职日期不能早于%(name)s的入职日期 %(day)s") % _told(worker, worker.hired_on)
            )
        rows.append({**_row(worker), "left_on": each.left_on, "leaving_filed_on": each.filed_on or MISSING})
    _save(rows)


@transaction.atomic
def hire_again(*, hires: Sequence[Hire]) -> None:
    """Open another employment. Refused while the earlier one lasts, and before its end."""
    workers = _workers(each.worker_id for each in hires)
    stations = _stations(each.station_id for each in hires)
    rows = []
    for each in hires:
        worker = workers[each.worker_id]
        if worker.left_on is None:
            raise WorkforceRefused(
                _("%(name)s自 %(day)s 起在岗，请先办理离职") % _told(worker, worker.hired_on)
            )
        if each.hired_on < worker.left_on:
            raise WorkforceRefused(
                _("再次入职不能早于%(name)s的离职日期 %(day)s") % _told(worker, worker.left_on)
            )
        told = {"hired_on": each.hired_on, "filed_on": each.filed_on or MISSING}
        rows.append({**_row(worker), **_stand(worker, each, stations), **told})
    _save(rows)


@transaction.atomic
def move(*, moves: Sequence[Move]) -> None:
    """Change station, post or employment from a day on; what held before stays on record.

    Refused for somebody off post, for a day to come, and for a day before the current posting began.
    """
    workers = _workers(each.worker_id for each in moves)
    stations = _stations(each.station_id for each in moves)
    begun = _current_postings(workers)
    by_day: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for each in moves:
        worker = workers[each.worker_id]
        if each.on > timezone.localdate():
            raise WorkforceRefused(_("调动日期不能晚于今天"))
        if worker.left_on is not None and worker.left_on <= each.on:
            raise WorkforceRefused(_("%(name)s已于 %(day)s 离职，不能调动") % _told(worker, worker.left_on))
        since = begun.get(worker.pk, worker.hired_on)
        if each.on < since:
            raise WorkforceRefused(
                _("%(name)s自 %(day)s 起在现岗位，调动日期不能更早") % _told(worker, since)
            )
        by_day[each.on].append({**_row(worker), **_stand(worker, each, stations)})
    for day in sorted(by_day):
        _save(by_day[day], today=day)


@transaction.atomic
def file_changes(*, filed: Sequence[Filed]) -> None:
    """Note that hires and leavings were filed, of the current employment or an earlier one (FIL-03)."""
    wanted = {each.filing_id: each.filed_on for each in filed}
    filings = {filing.pk: filing for filing in Filing.objects.filter(pk__in=wanted).select_related("worker")}
    _all_found(wanted, filings, _("找不到这条备案事项"))
    rows: dict[UUID, dict[str, Any]] = {}
    earlier = []
    for identity, filing in filings.items():
        if filing.spell_from != filing.worker.hired_on:
            earlier.append((filing, wanted[identity]))
            continue
        column = "filed_on" if filing.occasion == Occasion.HIRE else "leaving_filed_on"
        rows.setdefault(filing.worker_id, _row(filing.worker))[column] = wanted[identity]
    _save(list(rows.values()))
    _file_earlier(earlier)


def _file_earlier(filings: Sequence[tuple[Filing, date]]) -> None:
    bulk.update_rows(Filing, ("id", "filed_on"), ((filing.pk, day) for filing, day in filings))
    written = [
        Changed(f.worker_id, {"region_code": f.region_code, "hired_on": f.happened_on}, None)
        for f, _day in filings
    ]
    mark_written(WORKERS, written, today=timezone.localdate())


@transaction.atomic
def withdraw_certificates(*, certificate_ids: Sequence[UUID]) -> None:
    """Take back certificates that were entered by mistake; the worker's row falls back to what remains."""
    found = {
        each.pk: each for each in Certificate.objects.filter(pk__in=certificate_ids).select_related("worker")
    }
    _all_found(certificate_ids, found, _("找不到这份证书"))
    workers = {each.worker_id: each.worker for each in found.values()}
    remaining: dict[UUID, str] = dict.fromkeys(workers, Grade.NONE.value)
    for each in Certificate.objects.filter(worker__in=workers).exclude(pk__in=found):
        remaining[each.worker_id] = max(remaining[each.worker_id], each.grade, key=RANKS.__getitem__)
    wrong = {(each.worker_id, each.grade) for each in found.values()}
    fallen = [w for w in workers.values() if (w.pk, w.certificate) in wrong]
    _save([{**_row(worker), "certificate": remaining[worker.pk]} for worker in fallen])
    Certificate.objects.filter(pk__in=found).delete()


def _workers(ids: Iterable[UUID]) -> dict[UUID, SocialWorker]:
    wanted = list(ids)
    found = {worker.pk: worker for worker in SocialWorker.objects.filter(pk__in=wanted)}
    _all_found(wanted, found, _("找不到这名社工"))
    return found


def _stations(ids: Iterable[UUID | None]) -> dict[UUID, Where]:
    wanted = [each for each in ids if each is not None]
    found = {
        station.pk: Where(station.pk, station.region_code, station.provider_id, station.pk)
        for station in Station.objects.filter(pk__in=wanted)
    }
    _all_found(wanted, found, _("找不到这个社工站"))
    return found


def _all_found(wanted: Iterable[UUID], found: Mapping[UUID, object], message: str) -> None:
    if not set(wanted) <= set(found):
        raise WorkforceRefused(message)


def _current_postings(workers: Iterable[UUID]) -> dict[UUID, date]:
    """Since when each worker stands where they stand."""
    rows = Posting.objects.filter(subject__in=list(workers), valid_from__isnull=False).order_by("valid_from")
    return {subject: day for subject, day in rows.values_list("subject_id", "valid_from") if day is not None}


def _row(worker: SocialWorker) -> dict[str, Any]:
    """The worker's row as the register needs it to recognise and place them."""
    place = Where(worker.station_id or worker.pk, worker.region_code, worker.provider_id, worker.station_id)
    if worker.station_id is None:
        assert worker.provider_id is not None
        place = Where(worker.provider_id, worker.region_code, worker.provider_id, None)
    return {
        "identity_number": secrecy.open_sealed(worker.identity_number_sealed),
        "name": worker.name,
        "post": worker.post,
        "employment": worker.employment,
        "hired_on": worker.hired_on,
        "station" if worker.station_id else "provider": place,
    }


def _stand(worker: SocialWorker, each: Move | Hire, stations: Mapping[UUID, Where]) -> dict[str, Any]:
    """What of station, post and employment is given. Another county keeps its own register."""
    given = {"post": each.post, "employment": each.employment}
    told: dict[str, Any] = {name: value for name, value in given.items() if value}
    if each.station_id is not None:
        told["station"] = place = stations[each.station_id]
        if places.county_of(place.region_code) != places.county_of(worker.region_code):
            raise WorkforceRefused(_("%s到外县工作，请在本县办理离职，由当地另行登记") % worker.name)
    return told


def _save(rows: Sequence[Mapping[str, Any]], *, today: date | None = None) -> None:
    if not rows:
        return
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name, MISSING) for row in rows] for name in names}
    [outcome] = save([Incoming(WORKERS, columns, list(range(1, len(rows) + 1)))], today=today)
    for faults in outcome.faults.values():
        raise WorkforceRefused("；".join(fault.message for fault in faults))


def _told(worker: SocialWorker, day: date) -> dict[str, str]:
    return {"name": worker.name, "day": day.isoformat()}
