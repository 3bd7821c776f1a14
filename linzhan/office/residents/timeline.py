"""服务时间线: every service given to the person, newest first, by method and by pages (SVC-15).

Pages follow a cursor along the index of a person's records, so the length of the register does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import RECORDS, VIEW_RECORDS, Method, RecordResident, RecordStatus, ServiceRecord
from linzhan.kernel.registers.reading import records
from linzhan.office import parts
from linzhan.office.registers.asking import Cursor
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.registers.showing import labels, referred_text

PAGE: Final = 20
COLUMNS: Final = ("method", "item", "started_at", "outcome", "case_code", "attendances", "workers")
ICONS: Final = {
    Method.VISIT.value: "home",
    Method.CASE.value: "people",
    Method.GROUP.value: "people",
    Method.ACTIVITY.value: "service",
}


@dataclass(frozen=True, slots=True)
class Cut:
    """A page of the records that name a person: their ids in order, and cursors to the neighbours."""

    ids: Sequence[UUID]
    before: str = ""
    after: str = ""


@file_part(
    "residents",
    key="timeline",
    label=gettext_lazy("服务时间线"),
    template="office/residents/timeline.html",
    order=40,
    right=VIEW_RECORDS,
    takes=("service-records.residents",),
)
def timeline(asked: FileAsked) -> Mapping[str, object]:
    given = asked.request.GET
    method = given.get("method", "")
    method = method if method in Method.values else ""
    cut = page(asked.row["id"], method, _cursor(given.get("at", ""), given.get("back", "")))
    chips = [("", _("全部")), *((each, each) for each in Method.values)]
    return {
        "methods": [parts.Tab(label, _url(asked, method=value), value == method) for value, label in chips],
        "happenings": _happenings(cut.ids),
        "before": _url(asked, method=method, back=cut.before) if cut.before else "",
        "after": _url(asked, method=method, at=cut.after) if cut.after else "",
        "all_url": f"/r/{RECORDS.key}/?residents={asked.row['id']}",
        "method": method,
    }


def _url(asked: FileAsked, **given: str) -> str:
    query = {"tab": "timeline", **{name: value for name, value in given.items() if value}}
    return f"{asked.url}?{urlencode(query)}"


def _cursor(at: str, back: str) -> Cursor | None:
    found = Cursor.read(back, backward=True) if back else Cursor.read(at, backward=False) if at else None
    return found if found is not None and parse_datetime(str(found.value)) is not None else None


def page(resident: UUID, method: str, cursor: Cursor | None) -> Cut:
    """The records of one page; one query, of as many rows as are shown."""
    rows = RecordResident.objects.filter(resident_id=resident)
    if method:
        rows = rows.filter(method=method)
    back = cursor is not None and cursor.backward
    if cursor is not None:
        rows = _beyond(rows, parse_datetime(str(cursor.value)), cursor.id, back=back)
    order = ("started_at", "pk") if back else ("-started_at", "-pk")
    found = list(rows.order_by(*order).values_list("record_id", "started_at", "pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if back:
        found.reverse()
    first, last = (found[0], found[-1]) if found else (None, None)
    has_before, has_after = (more, True) if back else (cursor is not None, more)
    return Cut(
        [record for record, _at, _pk in found],
        Cursor(first[1], str(first[2])).text() if first and has_before else "",
        Cursor(last[1], str(last[2])).text() if last and has_after else "",
    )


def _beyond(
    rows: QuerySet[RecordResident], at: datetime | None, identity: str, *, back: bool
) -> QuerySet[RecordResident]:
    """The plain bound is what the index reads by; the rest sets records of the same minute apart."""
    than = "gt" if back else "lt"
    further = Q(**{f"started_at__{than}": at}) | Q(**{f"pk__{than}": identity})
    return rows.filter(Q(**{f"started_at__{than}e": at}) & further)


def _happenings(ids: Sequence[UUID]) -> list[parts.Happening]:
    """Two more queries for a page: the records, and who gave them."""
    columns = [RECORDS.column(name) for name in COLUMNS]
    rows = {
        row["id"]: row
        for row in records(
            RECORDS, ServiceRecord.objects.filter(pk__in=ids)[: PAGE + 1], columns, also=("status",)
        )
    }
    return [_happening(rows[each]) for each in ids if each in rows]


def _happening(row: Mapping[str, Any]) -> parts.Happening:
    item = labels(RECORDS.column("item"), row["item"])
    words = [row["method"], item, row["outcome"]]
    voided = row["status"] == RecordStatus.VOIDED.value
    if voided:
        words.append(_("已作废"))
    told = [_("编号 %s") % row["case_code"]] if row["case_code"] else []
    told += [_("%d 人次") % row["attendances"]] if row["attendances"] else []
    return parts.Happening(
        when=row["started_at"],
        title=" · ".join(str(word) for word in words if word),
        body="　".join(told),
        by="、".join(referred_text(worker) for worker in row["workers"]),
        url=f"/r/{RECORDS.key}/{row['id']}/",
        icon=ICONS.get(row["method"], "clock"),
        tone="off" if voided else "",
    )
