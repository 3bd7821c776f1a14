"""Names and tables that the pages of supervision share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linzhan.kernel import masking
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.following import names_of
from linzhan.office import parts
from linzhan.office.figures.asked import sees_an_area
from linzhan.workforce.api import Owed, SupervisionAgreement, SupervisionTask

AT_MOST: Final = 50
Columns = Sequence[tuple[str, str] | tuple[str, str, str]]


def names(register: str, ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of rows in scope: one query."""
    wanted = {each for each in ids if each is not None}
    return {identity: str(title) for identity, title, _key in names_of(REGISTERS[register], wanted)}


def name_for(request: HttpRequest, name: str) -> str:
    """A worker's name: masked for an area, plain for who works with them (``domain.md`` §19.2)."""
    return masking.mask_name(name) if sees_an_area(request) else name


def table(
    key: str, caption: str, columns: Columns, rows: Sequence[parts.TableRow], nothing: str, more: str = ""
) -> parts.Table:
    """A table of the work page; its first column leads."""
    return parts.Table(
        id=key,
        caption=caption,
        columns=[
            parts.TableColumn(
                key=each[0], label=each[1], kind=each[2] if len(each) > 2 else "text", lead=number == 0
            )
            for number, each in enumerate(columns)
        ],
        rows=rows,
        empty=parts.Empty(title=nothing, body=more),
    )


def agreements_table(
    found: Sequence[SupervisionAgreement], stations: Mapping[UUID, list[str]]
) -> parts.Table:
    return table(
        "agreements",
        _("生效的督导协议"),
        (
            ("code", _("协议"), "code"), ("who", _("督导")), ("stations", _("站点")), ("until", _("截止"), "date"),
            ("hours", _("约定时数"), "number"),
        ),
        [
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/supervision-agreements/{each.pk}/",
                cells={
                    "code": each.code,
                    "who": each.institution or (each.supervisor.name if each.supervisor else ""),
                    "stations": "、".join(stations.get(each.pk, [])),
                    "until": each.ends_on,
                    "hours": each.hours,
                },
            )
            for each in found
        ],
        _("没有生效的督导协议"),
        _("协议由主管部门或机构拟订、签订；一名督导带几个站写在同一份协议里。"),
    )  # fmt: skip


def owed_table(
    request: HttpRequest,
    found: Sequence[Owed],
    stations: Mapping[UUID, str],
    *,
    caption: str = "",
    left_out: int = 0,
) -> parts.Table:
    """Who is owed supervision; of this month, unless ``caption`` says otherwise."""
    made = table(
        "owed",
        caption or _("本月还没有达到督导要求的社工"),
        (
            ("name", _("社工")), ("station", _("站点")), ("times", _("已督导次数"), "number"),
            ("hours", _("已督导小时"), "number"), ("missing", _("还差")), ("clause", _("依据")),
        ),
        [
            parts.TableRow(
                id=str(each.worker_id),
                cells={
                    "name": name_for(request, each.name),
                    "station": stations.get(each.station_id, "") if each.station_id else "",
                    "times": each.times,
                    "hours": each.hours,
                    "missing": "、".join(each.missing),
                    "clause": each.authority.citation,
                },
            )
            for each in found
        ],
        _("都达到了要求"),
        _("整月在岗的社工都接受了规定次数和时数的督导。"),
    )  # fmt: skip
    more = _("另有 %d 人，见“应督导名单”；人多的选一个站点再看") % left_out
    return replace(made, pager=parts.Pager(text=more)) if left_out > 0 else made


def tasks_table(request: HttpRequest, found: Sequence[SupervisionTask], today: date) -> parts.Table:
    return table(
        "tasks",
        _("没有完成的督导任务"),
        (("content", _("任务")), ("who", _("由谁完成")), ("due", _("期限"), "date")),
        [
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/supervision-tasks/{each.pk}/",
                tone="late" if each.due_on < today else "",
                cells={
                    "content": each.content,
                    "who": name_for(request, each.worker.name),
                    "due": each.due_on,
                },
            )
            for each in found
        ],
        _("没有未完成的任务"),
    )
