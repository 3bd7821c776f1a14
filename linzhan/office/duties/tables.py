"""Duties as tables: people in the order of need, stations in the order of their codes. Nobody is ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linzhan.casework.api import RESIDENTS, Resident
from linzhan.casework.api.visits import Due, DueCount
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import look_up, records
from linzhan.network.api import Station
from linzhan.office.duties.asked import PAGE, Asked
from linzhan.office.parts import Cell, Empty, Pager, Table, TableColumn, TableRow
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.showing import referred_text

SHOWN = ("code", "name", "risk", "home_region", "address", "phone")


def due_table(found: Sequence[Due], total: int, asked: Asked) -> Table:
    """Whom to visit, the longest overdue first."""
    shown = _shown(found)
    return Table(
        caption=_("探访任务"),
        columns=[
            TableColumn(key="name", label=_("服务对象"), lead=True),
            TableColumn(key="due", label=_("应访日期"), kind="date"),
            TableColumn(key="last", label=_("上次见到"), kind="date"),
            TableColumn(key="why", label=_("为什么")),
            TableColumn(key="where", label=_("住在")),
            TableColumn(key="worker", label=_("责任社工")),
        ],
        rows=[_row(due, shown, asked) for due in found],
        pager=_pager(len(found), total, asked),
        empty=Empty(
            title=_("没有要探访的"),
            body=_("在册对象按风险等级和类别排出探访日期；这个范围里没有到期的。"),
            icon="check",
        ),
    )


def _row(due: Due, shown: dict[str, Any], asked: Asked) -> TableRow:
    person, late = shown["people"].get(due.resident_id, {}), due.late_days(asked.on)
    return TableRow(
        id=str(due.resident_id),
        url=f"/r/residents/{due.resident_id}/",
        tone="late" if late else "",
        cells={
            "name": Cell(value=person.get("name"), note=f"{person.get('code', '')} {person.get('risk', '')}"),
            "due": Cell(
                value=due.due_on,
                note=_("已逾期 %d 天") % late if late else _("首次联系") if due.first_contact else "",
            ),
            "last": due.last_on or _("还没有"),
            "why": Cell(value=why(due), note=shown["sources"].get(due.rule.place, "") if due.rule else ""),
            "where": Cell(
                value=shown["places"].get(person.get("home_region", ""), ""), note=person.get("address") or ""
            ),
            "worker": shown["workers"].get(due.worker_id) or _("未指定"),
        },
    )


def why(due: Due) -> str:
    """The rule by its code and name, or the words of whatever else makes somebody due."""
    if due.rule is None:
        return due.words
    two = _("，%d 人同行") % due.rule.workers if due.rule.workers > 1 else ""
    return f"{due.rule.code} {due.rule.name}{two}"


def source(due: Due) -> str:
    return due.rule.citation if due.rule else ""


def _shown(found: Sequence[Due]) -> dict[str, Any]:
    """What the rows name: people (masked), places, workers, and where the rules come from."""
    people = people_of([due.resident_id for due in found])
    homes = paths_of({row["home_region"] for row in people.values() if row["home_region"]})
    rules = {due.rule.place: due.rule for due in found if due.rule}
    names = paths_of({place for place in rules if place.strip("0")})
    workers = look_up(REGISTERS["workers"], {due.worker_id for due in found if due.worker_id})
    return {
        "people": people,
        "places": {code: path.rpartition("/")[2] for code, path in homes.items()},
        "workers": {identity: referred_text(each) for identity, each in workers.items()},
        "sources": {place: names.get(place, "").rpartition("/")[2] or _("全国默认") for place in rules},
    }


def people_of(ids: Sequence[UUID]) -> dict[UUID, Mapping[str, Any]]:
    """Residents as their register shows them to this reader: personal values masked."""
    columns = [RESIDENTS.column(name) for name in SHOWN]
    rows = Resident.objects.filter(pk__in=ids)
    return {row["id"]: row for row in records(RESIDENTS, rows[: max(1, len(ids))], columns)}


def _pager(number: int, total: int, asked: Asked) -> Pager | None:
    if not number:
        return None
    end = asked.start + number
    return Pager(
        previous_url=asked.url(
            "/visits/due/", start=str(max(0, asked.start - PAGE)) if asked.start > PAGE else ""
        )
        if asked.start
        else "",
        next_url=asked.url("/visits/due/", start=str(end)) if end < total else "",
        text=_("第 %(first)d—%(last)d 人，共 %(total)d 人")
        % {"first": asked.start + 1, "last": end, "total": total},
    )


def station_table(counts: Sequence[DueCount], asked: Asked) -> Table:
    """Stations with how many are overdue: where help is needed, nobody by name."""
    stations = Station.objects.filter(pk__in=[count.station_id for count in counts]).order_by(
        "region_code", "code"
    )
    by_id = {count.station_id: count for count in counts}
    paths = paths_of({station.region_code for station in stations})
    rows = [
        TableRow(
            id=str(station.pk),
            url=asked.url("/visits/due/", who="all", station=str(station.pk)),
            tone="late" if by_id[station.pk].overdue else "",
            cells={
                "name": Cell(value=station.name, note=paths[station.region_code].rpartition("/")[2]),
                "overdue": by_id[station.pk].overdue,
                "soon": by_id[station.pk].soon,
                "owed": by_id[station.pk].owed,
            },
        )
        for station in stations
    ]
    return Table(
        caption=_("各站探访任务"),
        columns=[
            TableColumn(key="name", label=_("社工站"), lead=True),
            TableColumn(key="overdue", label=_("已逾期"), kind="number", unit=_("人")),
            TableColumn(key="soon", label=_("七天内到期"), kind="number", unit=_("人")),
            TableColumn(key="owed", label=_("负有探访责任"), kind="number", unit=_("人")),
        ],
        rows=rows,
        totals={
            "overdue": sum(count.overdue for count in counts),
            "soon": sum(count.soon for count in counts),
            "owed": sum(count.owed for count in counts),
        },
        totals_label=_("合计"),
        empty=Empty(
            title=_("还没有探访任务"), body=_("登记服务对象并写明风险等级和类别后，按当地规定自动排出。")
        ),
    )
