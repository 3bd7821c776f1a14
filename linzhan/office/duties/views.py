"""``/visits/due/``: the list, the walking list on paper, the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from linzhan.accounts.api import EXPORT
from linzhan.casework.api import VIEW_DUE_VISITS
from linzhan.casework.api.visits import Due, due_counts, due_list, rules_in_force, unmet_twice
from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import look_up
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.office.duties import tables
from linzhan.office.duties.asked import PAGE, Asked, asked, sees_stations
from linzhan.office.parts import Action, Field, Filters, Notice, PageHead, Tab
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.showing import referred_text
from linzhan.office.requests import holds
from linzhan.office.sending import XLSX, sent

HERE = "/visits/due/"
PRINTED, EXPORTED = 300, 20_000
OTHERS = (("next", lazy("约定的日期")), ("order", lazy("联系指令")), ("follow-up", lazy("结案回访")))
SPANS = (
    ("overdue", lazy("已逾期")),
    ("week", lazy("七天内")),
    ("month", lazy("三十天内")),
    ("all", lazy("全部")),
)


@needs(VIEW_DUE_VISITS)
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Whom to visit; for who sees several stations, first how many there are at each."""
    stations = sees_stations(request) and request.GET.get("who") != "all"
    given = asked(request, by_station=stations)
    if stations:
        table = tables.station_table(due_counts(given.residents(), given.on), given)
        every = Action(label=_("全部名单"), url=given.url(HERE, who="all"))
        head = PageHead(name=_("探访任务"), lead=_told(), actions=[every])
        return render(request, "office/duties/due.html", {"head": head, "table": table})
    found = due_list(
        given.residents(), given.on, until=given.until, rule=given.rule, limit=PAGE, offset=given.start
    )
    head = PageHead(
        name=_("探访任务"),
        count=_("共 %(total)d 人，已逾期 %(late)d 人") % {"total": found.total, "late": found.overdue},
        lead=_told(),
        troubles=_unmet(given),
        actions=_actions(request, given, found.total),
    )
    context = {
        "head": head,
        "tabs": _tabs(given) if given.worker else [],
        "filters": _filters(given),
        "table": tables.due_table(found.rows, found.total, given),
    }
    return render(request, "office/duties/due.html", context)


def _told() -> str:
    return _("按风险等级、类别和当地规定排出，最严的一条算数；打电话不算上门的，没见到人不算完成")


def _actions(request: HttpRequest, given: Asked, total: int) -> list[Action]:
    if not total:
        return []
    found = [Action(label=_("打印走访单"), url=given.url(f"{HERE}print/"), icon="print")]
    if holds(request, EXPORT):
        found.append(Action(label=_("导出 Excel"), url=given.url(f"{HERE}export/"), icon="export", post=True))
    return found


def _unmet(given: Asked) -> list[Notice]:
    """Whom nobody met twice in a row: listed here so that somebody asks why."""
    ids = unmet_twice(given.residents(), given.on)
    if not ids:
        return []
    people = tables.people_of(ids[:10])
    names = "、".join(f"{row['name']}（{row['code']}）" for row in people.values())
    text = _("%(number)d 人连续两次没见到：%(names)s。请换个时间，或向邻居、村(居)委会了解") % {
        "number": len(ids),
        "names": names + (_("等") if len(ids) > len(people) else ""),
    }
    return [Notice(text=text, tone="warning")]


def _tabs(given: Asked) -> list[Tab]:
    return [
        Tab(_("我负责的"), given.url(HERE, who="mine"), given.who == "mine"),
        Tab(_("全站"), given.url(HERE, who="all"), given.who == "all"),
    ]


def _filters(given: Asked) -> Filters:
    rules = [(code, f"{code} {name}") for code, name in rules_in_force(given.on)]
    keep = {name: value for name, value in given.parameters().items() if name in ("who", "station", "region")}
    return Filters(
        fields=[
            Field(
                name="span",
                label=_("期限"),
                kind="select",
                value=given.span or "all",
                choices=[(key, str(word)) for key, word in SPANS],
            ),
            Field(
                name="rule",
                label=_("规则"),
                kind="select",
                value=given.rule,
                choices=[*rules, *((key, str(word)) for key, word in OTHERS)],
                blank=_("全部"),
            ),
        ],
        action=HERE,
        keep=keep,
        clear_url=HERE if given.rule or given.span != "week" else "",
    )


@needs(VIEW_DUE_VISITS)
@require_safe
def walking(request: HttpRequest) -> HttpResponse:
    """The list on paper, by village: names stay masked, the phone and the file have them in full."""
    given = asked(request, by_station=False)
    found = due_list(given.residents(), given.on, until=given.until, rule=given.rule, limit=PRINTED)
    people = tables.people_of([each.resident_id for each in found.rows])
    homes = paths_of({row["home_region"] for row in people.values() if row["home_region"]})
    rows = [
        {
            "person": people[each.resident_id],
            "place": homes.get(people[each.resident_id]["home_region"], "").rpartition("/")[2],
            "due": each,
            "why": tables.why(each),
            "late": each.late_days(given.on),
        }
        for each in sorted(found.rows, key=lambda each: _way(people.get(each.resident_id), each))
        if each.resident_id in people
    ]
    head = PageHead(
        name=_("走访单"), count=_("%d 人") % len(rows), place=_("探访任务"), place_url=given.url(HERE)
    )
    return render(request, "office/duties/walking.html", {"head": head, "rows": rows, "on": given.on})


def _way(person: Mapping[str, Any] | None, each: Due) -> tuple[str, date]:
    """Village by village, and there by the day."""
    return str(person["home_region"]) if person else "", each.due_on


def _column(name: str, header: str, kind: Kind = Kind.TEXT) -> Column:
    return Column(name=name, header=header, kind=kind)


SHEET = Sheet(
    name="探访任务",
    columns=(
        _column("code", "对象编号", Kind.CODE),
        _column("name", "姓名"),
        _column("risk", "风险等级"),
        _column("place", "现住"),
        _column("due", "应访日期", Kind.DATE),
        _column("late", "逾期天数", Kind.INTEGER),
        _column("last", "上次见到", Kind.DATE),
        _column("why", "规则"),
        _column("source", "依据"),
        _column("worker", "责任社工"),
    ),
)


@needs(EXPORT)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The list as a workbook; personal values masked as on the page."""
    given = asked(request, by_station=False)
    found = due_list(given.residents(), given.on, until=given.until, rule=given.rule, limit=EXPORTED)
    with TemporaryDirectory() as directory:
        path = Path(directory) / "due.xlsx"
        write_sheets(path, [(SHEET, _cells(found.rows, given))])
        content = path.read_bytes()
    return sent(content, XLSX, f"visits-due-{given.on}.xlsx")


def _cells(found: list[Due], given: Asked) -> list[dict[str, object]]:
    people = tables.people_of([each.resident_id for each in found])
    homes = paths_of({row["home_region"] for row in people.values() if row["home_region"]})
    workers = look_up(REGISTERS["workers"], {each.worker_id for each in found if each.worker_id})
    return [
        {
            "code": person["code"],
            "name": person["name"],
            "risk": person["risk"],
            "place": homes.get(person["home_region"], ""),
            "due": each.due_on,
            "late": each.late_days(given.on),
            "last": each.last_on,
            "why": tables.why(each),
            "source": tables.source(each),
            "worker": referred_text(workers[each.worker_id]) if each.worker_id in workers else "",
        }
        for each in found
        for person in (people.get(each.resident_id),)
        if person is not None
    ]
