"""A file that has ended takes no services of a later day (``domain.md`` §6.2); what happened before is welcome.

The day is that on which the register learnt of it. Of files that came in as ended (a workbook of past years)
nobody knows the day: services are refused from the day on which they came in, so history can be read in whatever
order it comes. A bereaved family may be visited or advised for the days that the rulebook grants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from linzhan.casework.enums import Method, ResidentStatus
from linzhan.casework.models import RecordResident, ResidentState
from linzhan.kernel.registers.declare import Told, Where
from linzhan.kernel.sheets.cells import MISSING
from linzhan.policy.api import NoRuling, casework, ruling_for

ENDED = (ResidentStatus.DIED, ResidentStatus.MOVED, ResidentStatus.ENDED)
OF_THE_FAMILY = (Method.VISIT, Method.CONSULTATION)
LOCKED = """
SELECT id, code, status, region_code FROM casework_resident
WHERE id = ANY(%s) AND status = ANY(%s) AND merged_into_id IS NULL
"""


@dataclass(frozen=True, slots=True)
class Lock:
    """``code`` has been ``status`` since ``since``; a family may be cared for until ``grace``."""

    code: str
    status: str
    since: date
    grace: date

    def refusal(self, method: str, day: date) -> str:
        """Why a service of ``day`` cannot be, or nothing."""
        if day <= self.since:
            return ""
        if self.status == ResidentStatus.DIED and method in OF_THE_FAMILY and day <= self.grace:
            return ""
        told = f"服务对象“{self.code}”自 {self.since} 起为“{self.status}”，不能登记此后的服务"
        if self.status != ResidentStatus.DIED:
            return f"{told}；如已恢复服务，请先改回档案状态"
        if method in OF_THE_FAMILY:
            return f"{told}；对家属的探访、咨询可登记到 {self.grace}"
        return f"{told}；对家属的哀伤辅导请按“探访”或“咨询”登记，可登记到 {self.grace}"


def refused(told: Told) -> Iterator[tuple[int, str, str]]:
    """For the register of services: the rows that name a resident whose file had ended that day. One query,
    a second one where any has."""
    named = _named(told)
    locks = locks_of({identity for each in named.values() for identity in each})
    if not locks:
        return
    methods, days = told.column("method"), told.column("started_at")
    for number, residents in named.items():
        day = days[number]
        if not isinstance(day, datetime):
            continue
        for identity in residents & locks.keys():
            sentence = locks[identity].refusal(str(methods[number]), timezone.localtime(day).date())
            if sentence:
                yield number, "residents", sentence


def _named(told: Told) -> dict[int, set[UUID]]:
    """The residents of each row; of a stored one that does not state them, those it has."""
    found, silent = dict[int, set[UUID]](), dict[UUID, int]()
    for number, value in enumerate(told.column("residents")):
        if type(value) is tuple:
            found[number] = {where.id for where in value if type(where) is Where}
        elif value is MISSING and (identity := told.ids[number]) is not None:
            silent[identity] = number
    if silent:
        rows = RecordResident.objects.filter(record__in=list(silent)).values_list("record_id", "resident_id")
        for record, resident in rows:
            found.setdefault(silent[record], set()).add(resident)
    return found


def locks_of(residents: Collection[UUID]) -> Mapping[UUID, Lock]:
    """Those of ``residents`` whose file has ended, with the day."""
    if not residents:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(LOCKED, [list(residents), [each.value for each in ENDED]])
        ended = {identity: (code, status, region) for identity, code, status, region in cursor.fetchall()}
    since = _since(ended)
    grace = {region: timedelta(days=grace_days(region)) for region in {row[2] for row in ended.values()}}
    return {
        identity: Lock(code, status, since[identity], since[identity] + grace[region])
        for identity, (code, status, region) in ended.items()
        if identity in since
    }


def _since(residents: Iterable[UUID]) -> dict[UUID, date]:
    """The first day of the last stretch of ended states; the day it was entered where it was always so."""
    wanted = list(residents)
    if not wanted:
        return {}
    rows = ResidentState.objects.filter(subject__in=wanted).order_by("valid_from")
    history: dict[UUID, list[tuple[UUID, date | None, str]]] = defaultdict(list)
    for subject, identity, begins, status in rows.values_list("subject_id", "id", "valid_from", "status"):
        history[subject].append((identity, begins, status))
    return {subject: _day_of(stretches) for subject, stretches in history.items()}


def _day_of(stretches: list[tuple[UUID, date | None, str]]) -> date:
    ended = {each.value for each in ENDED}
    first = len(stretches)
    while first and stretches[first - 1][2] in ended:
        first -= 1
    identity, begins, _status = stretches[min(first, len(stretches) - 1)]
    return begins if first and begins is not None else _entered_on(identity)


def _entered_on(identity: UUID) -> date:
    """A UUIDv7 begins with the milliseconds since 1970."""
    moment = datetime.fromtimestamp((identity.int >> 80) / 1000, UTC)
    return timezone.localtime(moment).date()


def grace_days(region: str) -> int:
    try:
        value: Any = ruling_for(casework.BEREAVEMENT_DAYS, region=region, on=timezone.localdate()).value
    except NoRuling:
        return 0
    return int(value)
