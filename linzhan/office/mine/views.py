"""我的服务: a worker's own record to take along, and where the weeks went. Nobody else opens it.

No log-ins, no tracks, no points, no comparison of persons (``domain.md`` §1, §23).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.casework.api import Method
from linzhan.casework.api.mine import (
    VIEW_OWN_SERVICE,
    VIEW_STATION_TIME,
    OwnService,
    OwnWeek,
    learning_of,
    rows_of_person,
    service_of,
    weeks_of,
    weeks_of_stations,
)
from linzhan.kernel.access import needs
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.office import parts
from linzhan.office.requests import at_desk, holds
from linzhan.workforce.api import Certificate, SocialWorker, TrainingCredit

WEEKS = 8


@dataclass(frozen=True, slots=True)
class Own:
    """Everything of one worker that the page and the file show."""

    worker: SocialWorker
    service: OwnService
    credits: list[TrainingCredit]
    certificates: list[tuple[Certificate, date | None]]


@needs(VIEW_OWN_SERVICE)
@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """``/mine/``: the reader's own, by the register row that the appointment names as theirs."""
    own = _own(request)
    until = _last_day(own.service) if own else timezone.localdate()
    since = until - timedelta(weeks=WEEKS)
    context = {
        "head": parts.PageHead(
            name=_("我的服务"),
            lead=_(
                "只有您自己看得到。工作过的站点都算在内；离开时可以导出带走，里面没有服务对象的个人信息。"
            ),
            facts=_facts(own) if own else (),
            actions=[parts.Action(label=_("导出"), url="/mine/export/", icon="export")] if own else [],
        ),
        "nobody": None
        if own
        else parts.Empty(
            title=_("这个账号还没有关联社工档案"),
            body=_("请管理员在您的任职里选定“本人档案”，关联后这里会列出您的服务、培训和证书。"),
        ),
        "until": until,
        "months": _months(own.service) if own else None,
        "weeks": _weeks(_("每周时间"), weeks_of(rows_of_person(own.worker.pk), since=since, until=until))
        if own
        else None,
        "credits": _credits(own) if own else None,
        "certificates": _certificates(own) if own else None,
        "station": _weeks(_("本站合计"), weeks_of_stations(_stations(), since=since, until=until))
        if holds(request, VIEW_STATION_TIME)
        else None,
    }
    return render(request, "office/mine/mine.html", context)


def _own(request: HttpRequest) -> Own | None:
    held = at_desk(request).appointment
    identity = held.person_id if held is not None else None
    worker = SocialWorker.objects.filter(pk=identity).first() if identity else None
    if worker is None:
        return None
    rows = rows_of_person(worker.pk)
    learnt = learning_of(rows)
    return Own(worker, service_of(rows), learnt.credits, learnt.certificates)


def _last_day(service: OwnService) -> date:
    """Today, or the end of the last month with services: weeks without any say nothing."""
    today = timezone.localdate()
    last = max((each.month for each in service.months), default=today)
    return min(today, (last + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def _stations() -> list[UUID]:
    return [UUID(each) for each in current_scope().stations]


def _facts(own: Own) -> list[parts.Fact]:
    year = timezone.localdate().year
    hours = sum((each.hours for each in own.credits if each.starts_on.year == year), Decimal(0))
    return [
        parts.Fact(_("服务记录"), sum(each.records for each in own.service.months), "number"),
        parts.Fact(_("服务过的对象"), own.service.persons_in_all, "number"),
        parts.Fact(_("今年培训学时"), hours, "number"),
    ]


def _months(service: OwnService) -> parts.Table:
    """A row a month, newest first; a column a method."""
    by_month: dict[date, dict[str, int]] = defaultdict(dict)
    hours: dict[date, Decimal] = defaultdict(Decimal)
    for each in service.months:
        by_month[each.month][each.method] = each.records
        hours[each.month] += each.hours
    used = [method for method in Method.values if any(method in told for told in by_month.values())]
    return parts.Table(
        id="months",
        caption=_("每月服务"),
        columns=[
            parts.TableColumn(key="month", label=_("月份"), lead=True),
            *(parts.TableColumn(key=method, label=method, kind="number") for method in used),
            parts.TableColumn(key="hours", label=_("服务时长"), kind="number", unit=_("小时")),
            parts.TableColumn(key="persons", label=_("服务对象"), kind="number", unit=_("人")),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "month": f"{month:%Y-%m}",
                    **{method: by_month[month].get(method, 0) for method in used},
                    "hours": hours[month],
                    "persons": service.persons.get(month, 0),
                }
            )
            for month in sorted(by_month, reverse=True)
        ],
        empty=parts.Empty(title=_("还没有服务记录"), body=_("记录通过后按月列在这里。")),
    )


def _weeks(caption: str, weeks: list[OwnWeek]) -> parts.Table:
    columns = (("service", _("专业服务")), ("travel", _("路途")), ("paperwork", _("文书")))
    return parts.Table(
        id="weeks",
        caption=caption,
        columns=[
            parts.TableColumn(key="begins", label=_("周一"), kind="date", lead=True),
            *(
                parts.TableColumn(key=key, label=label, kind="number", unit=_("小时"))
                for key, label in columns
            ),
        ],
        rows=[
            parts.TableRow(
                cells={"begins": each.begins, **{key: getattr(each, key) for key, _label in columns}}
            )
            for each in reversed(weeks)
        ],
        empty=parts.Empty(
            title=_("没有可显示的"),
            body=_(
                "登记服务时可以顺手填“路途分钟”“文书分钟”，都不是必填。本站合计在一周至少 3 人有记录时才显示。"
            ),
        ),
    )


def _credits(own: Own) -> parts.Table:
    return parts.Table(
        id="credits",
        caption=_("培训学时"),
        columns=[
            parts.TableColumn(key="name", label=_("培训"), lead=True),
            parts.TableColumn(key="kind", label=_("类型")),
            parts.TableColumn(key="on", label=_("日期"), kind="date"),
            parts.TableColumn(key="hours", label=_("学时"), kind="number"),
        ],
        rows=[
            parts.TableRow(
                cells={"name": each.name, "kind": each.kind, "on": each.starts_on, "hours": each.hours}
            )
            for each in own.credits
        ],
        empty=parts.Empty(title=_("还没有培训学时"), body=_("参加的培训登记后自动记入。")),
    )


def _certificates(own: Own) -> parts.Table:
    today = timezone.localdate()
    return parts.Table(
        id="certificates",
        caption=_("证书"),
        columns=[
            parts.TableColumn(key="grade", label=_("职业资格"), lead=True),
            parts.TableColumn(key="passed", label=_("通过日期"), kind="date"),
            parts.TableColumn(key="until", label=_("登记有效期至"), kind="date"),
        ],
        rows=[
            parts.TableRow(
                tone="late" if until is not None and until < today else "",
                cells={"grade": each.grade, "passed": each.passed_on, "until": until},
            )
            for each, until in own.certificates
        ],
        empty=parts.Empty(title=_("没有登记证书")),
    )


@needs(VIEW_OWN_SERVICE)
@require_safe
@never_cache
def export(request: HttpRequest) -> HttpResponseBase:
    """``/mine/export/``: the same as a workbook of three sheets, without anybody served."""
    own = _own(request)
    if own is None:
        return HttpResponse(_("这个账号还没有关联社工档案"), status=404)
    with TemporaryDirectory(prefix="linzhan-") as directory:
        path = Path(directory) / "mine.xlsx"
        write_sheets(path, _sheets(own))
        name = f"{own.worker.name}-服务履历-{timezone.localdate():%Y%m%d}.xlsx"
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)


def _sheets(own: Own) -> Iterator[tuple[Sheet, Iterator[dict[str, object]]]]:
    whole, number, text, day = Kind.INTEGER, Kind.DECIMAL, Kind.TEXT, Kind.DATE
    yield (
        _sheet(
            "服务", ("month", "月份", text), ("method", "服务方式", text), ("records", "记录数", whole),
            ("hours", "服务时长(小时)", number),
        ),
        (
            {"month": f"{each.month:%Y-%m}", "method": each.method, "records": each.records, "hours": each.hours}
            for each in own.service.months
        ),
    )  # fmt: skip
    yield (
        _sheet("服务人数", ("month", "月份", text), ("persons", "服务对象(人)", whole)),
        ({"month": f"{month:%Y-%m}", "persons": own.service.persons[month]} for month in sorted(own.service.persons)),
    )  # fmt: skip
    yield (
        _sheet("培训学时", ("name", "培训", text), ("kind", "类型", text), ("on", "日期", day), ("hours", "学时", number)),
        ({"name": each.name, "kind": each.kind, "on": each.starts_on, "hours": each.hours} for each in own.credits),
    )  # fmt: skip
    yield (
        _sheet(
            "证书", ("grade", "职业资格", text), ("passed", "通过日期", day), ("until", "登记有效期至", day)
        ),
        ({"grade": each.grade, "passed": each.passed_on, "until": until} for each, until in own.certificates),
    )


def _sheet(name: str, *columns: tuple[str, str, Kind]) -> Sheet:
    return Sheet(
        name=name,
        columns=tuple(Column(name=key, header=header, kind=kind) for key, header, kind in columns),
    )
