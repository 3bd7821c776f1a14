"""督导工作: what a supervisor, a station or an area has to do in supervision; and the list of who is owed it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.kernel import places
from linzhan.kernel.access import needs
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import current_scope
from linzhan.network.api import Station
from linzhan.office import parts
from linzhan.office.figures.asked import own_region, sees_an_area
from linzhan.office.requests import at_desk, holds
from linzhan.office.supervision import telling
from linzhan.office.supervision.telling import AT_MOST, table
from linzhan.territory.api import children
from linzhan.workforce.api import (
    EDIT_AGREEMENTS,
    EDIT_SUPERVISIONS,
    EDIT_TASKS,
    VIEW_LEARNING,
    VIEW_OWED,
    WRITE_NOTES,
    AgreedStation,
    SupervisionAgreement,
    SupervisionNote,
    SupervisorEntry,
    agreements_in_force,
    entry_of,
    load_of,
    open_tasks,
    owed,
    rated,
    sessions_of,
    to_write_up,
    uncovered,
)

WRITING_UP = timedelta(days=60)
CITY = 2
SHOWN = 200
FEW = 10
"""Who is owed supervision, on a page with other things; the rest stand on the list of their own."""
BESIDE = (
    "supervisors", "supervision-agreements", "supervisions", "supervision-tasks", "supervision-handbooks",
    "questions", "talk-rooms",
)  # fmt: skip


@needs(VIEW_OWED)
@require_safe
@never_cache
def work(request: HttpRequest) -> HttpResponse:
    """``/supervision/``: of the supervisor their own, of a station its, of an area who has which stations."""
    today = timezone.localdate()
    tables = _area(own_region(request), today) if sees_an_area(request) else _field(request, today)
    context = {
        "head": parts.PageHead(
            name=_("督导工作"),
            lead=_(
                "协议、应督导名单、任务和要补写的记录。评分不按人排名；谁的保密记录只有本人和督导看得到。"
            ),
            facts=_own_facts(request, today),
            actions=_actions(request),
        ),
        "tables": tables,
        "links": [
            parts.Tab(label=REGISTERS[key].name, url=f"/r/{key}/")
            for key in BESIDE
            if holds(request, REGISTERS[key].view)
        ],
    }
    return render(request, "office/supervision/work.html", context)


def _actions(request: HttpRequest) -> list[parts.Action]:
    wanted = (
        (EDIT_SUPERVISIONS, _("登记督导"), _new_session(request)),
        (EDIT_TASKS, _("布置任务"), "/r/supervision-tasks/new/"),
        (WRITE_NOTES, _("写保密记录"), "/r/supervision-notes/new/"),
        (EDIT_AGREEMENTS, _("拟订协议"), "/r/supervision-agreements/new/"),
    )
    return [parts.Action(label=label, url=url) for right, label, url in wanted if holds(request, right)]


def _new_session(request: HttpRequest) -> str:
    """The form of a session with what is known: the day, and of supervisors who they are and by what agreement."""
    today, desk = timezone.localdate(), at_desk(request)
    told = {"held_on": today.isoformat()}
    entry = entry_of(desk.user.username)
    if entry is not None:
        told["supervisor"] = entry.name
        held = list(agreements_in_force(today).filter(supervisor=entry).values_list("code", flat=True)[:2])
        told |= {"agreement": held[0]} if len(held) == 1 else {}
    return f"/r/supervisions/new/?{urlencode(told)}"


def _own_facts(request: HttpRequest, today: date) -> list[parts.Fact]:
    """For a supervisor of the pool: what they did this year, and what workers say in sum."""
    entry = entry_of(at_desk(request).user.username)
    if entry is None:
        return []
    sessions = sessions_of(entry).filter(held_on__year=today.year)
    told = sessions.aggregate(times=Count("pk"), hours=Sum("hours"))
    said = rated(sessions_of(entry), region=own_region(request), on=today)
    return [
        parts.Fact(_("今年督导"), told["times"], "number", note=_("次")),
        parts.Fact(_("今年时数"), told["hours"] or 0, "number", note=_("小时")),
        parts.Fact(
            _("社工评分"),
            _("平均 %(average)s 分，%(raters)d 人") % {"average": said.average, "raters": said.raters}
            if said
            else _("人数不够，不给出平均"),
        ),
    ]


def _field(request: HttpRequest, today: date) -> list[parts.Table]:
    """Of a supervisor, station or institution: agreements, who is owed, tasks, what to write up."""
    agreements = list(
        agreements_in_force(today).select_related("supervisor").order_by("ends_on", "pk")[:AT_MOST]
    )
    every = owed(today, today=today)
    found = every[:FEW]
    stations = telling.names("stations", (each.station_id for each in found))
    tasks = list(open_tasks().select_related("worker").order_by("due_on", "pk")[:AT_MOST])
    tables = [
        telling.agreements_table(agreements, _stations_of(agreements)),
        telling.owed_table(request, found, stations, left_out=len(every) - FEW),
        telling.tasks_table(request, tasks, today),
    ]
    if holds(request, EDIT_SUPERVISIONS):
        tables.append(_to_write_up(today))
    if holds(request, WRITE_NOTES):
        tables.append(_notes())
    return tables


def _stations_of(agreements: Sequence[SupervisionAgreement]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = AgreedStation.objects.filter(agreement__in=[each.pk for each in agreements])
    for agreement, name in rows.order_by("station__code").values_list("agreement_id", "station__name"):
        found[agreement].append(name)
    return found


def _to_write_up(today: date) -> parts.Table:
    rows = to_write_up(today - WRITING_UP).order_by("-held_on", "-pk")[:AT_MOST]
    return table(
        "write-up",
        _("还没有写内容和建议的督导"),
        (
            ("code", _("督导编号")),
            ("on", _("日期"), "date"),
            ("form", _("形式")),
            ("hours", _("小时"), "number"),
        ),
        [
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/supervisions/{each.pk}/edit/",
                cells={"code": each.code, "on": each.held_on, "form": each.form, "hours": each.hours},
            )
            for each in rows
        ],
        _("最近 60 天的督导都写好了"),
    )


def _notes() -> parts.Table:
    """The reader's own confidential notes, in clear: they are theirs."""
    rows = SupervisionNote.objects.filter(recorded_by__in=[UUID(each) for each in current_scope().people])
    return table(
        "notes",
        _("我写的保密记录"),
        (("who", _("社工")), ("session", _("督导编号")), ("content", _("内容"))),
        [
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/supervision-notes/{each.pk}/edit/",
                cells={"who": each.worker.name, "session": each.session.code, "content": each.content},
            )
            for each in rows.select_related("worker", "session").order_by("-pk")[:AT_MOST]
        ],
        _("没有保密记录"),
        _("只有您和被督导的社工看得到，主管部门、机构和站长都看不到。"),
    )


def _area(region: str, today: date) -> list[parts.Table]:
    """Of an area: its pools, who has how many stations, stations without supervision, who is owed."""
    bare = uncovered(today)
    return [
        _pool(),
        _load(today),
        table(
            "uncovered",
            _("没有督导协议的站点（共 %d 个）") % bare.count(),
            (("name", _("站点")), ("code", _("编号"))),
            [
                parts.TableRow(
                    id=str(each.pk),
                    url=reverse("office:supervision-match", args=[each.pk]),
                    cells={"name": each.name, "code": each.code},
                )
                for each in bare.order_by("region_code", "pk")[:AT_MOST]
            ],
            _("运营中的乡镇（街道）站都有督导协议"),
        ),
        _below(region, today) if places.level_of(region) < CITY else _owed_by_station(today),
    ]


def _owed_by_station(today: date) -> parts.Table:
    missing = Counter(each.station_id for each in owed(today, today=today))
    stations = telling.names("stations", missing)
    shown = sorted((each for each in missing if each), key=lambda each: stations.get(each, ""))[:AT_MOST]
    return table(
        "owed-by-station",
        _("本月应督导的社工，按站点"),
        (("station", _("站点")), ("people", _("人数"), "number")),
        [
            parts.TableRow(
                id=str(key),
                url=f"{reverse('office:supervision-owed')}?station={key}",
                cells={"station": stations.get(key, ""), "people": missing[key]},
            )
            for key in shown
        ],
        _("都达到了要求"),
    )


def _below(region: str, month: date) -> parts.Table:
    """Where to look on: a province's workers are not gone through to fill a list that shows a few of them."""
    url = reverse("office:supervision-owed")
    return table(
        "owed-below",
        _("应督导名单，按地方"),
        (("name", _("地方")),),
        [
            parts.TableRow(
                id=each.code, url=f"{url}?region={each.code}&month={month:%Y-%m}", cells={"name": each.name}
            )
            for each in children(region).order_by("code")
        ],
        _("没有下级地方"),
    )


def _pool() -> parts.Table:
    told = (
        SupervisorEntry.objects.values("level", "stage")
        .annotate(number=Count("pk"))
        .order_by("level", "stage")
    )
    return table(
        "pool",
        _("督导人才库"),
        (("level", _("库别")), ("stage", _("状态")), ("number", _("人数"), "number")),
        [
            parts.TableRow(
                url=f"/r/supervisors/?level={each['level']}&stage={each['stage']}",
                cells={"level": each["level"], "stage": each["stage"], "number": each["number"]},
            )
            for each in told
        ],
        _("人才库里还没有人"),
        _("先推荐、遴选，培养后开始使用；机构自己的内部督导由机构登记。"),
    )


def _load(today: date) -> parts.Table:
    """Who has how many stations, by name: what there is room for, no comparison of persons."""
    held = agreements_in_force(today).filter(supervisor__isnull=False).values("supervisor")
    entries = list(SupervisorEntry.objects.filter(pk__in=held).order_by("name", "pk")[:AT_MOST])
    load = load_of((each.pk for each in entries), today)
    return table(
        "load",
        _("督导带的站点数"),
        (("name", _("督导")), ("stations", _("站点"), "number"), ("capacity", _("最多"), "number")),
        [
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/supervisors/{each.pk}/",
                cells={"name": each.name, "stations": load.get(each.pk, 0), "capacity": each.capacity},
            )
            for each in entries
        ],
        _("没有生效的督导协议"),
    )


@needs(VIEW_OWED)
@require_safe
@never_cache
def owed_list(request: HttpRequest) -> HttpResponse:
    """``/supervision/owed/?month=&station=``: who is owed supervision, by station and name (SPV-03)."""
    today = timezone.localdate()
    month, chosen = _month(request.GET.get("month", ""), today), _station(request.GET.get("station", ""))
    place = _place(request)
    wide = chosen is None and place is not None and places.level_of(place) < CITY
    found = (
        []
        if wide
        else owed(month, today=today, stations=[chosen.pk] if chosen else None, within=place or places.NATION)
    )
    stations = telling.names("stations", (each.station_id for each in found[:SHOWN]))
    kept = {name: request.GET[name] for name in ("region", "station") if request.GET.get(name)}
    context = {
        "head": parts.PageHead(
            name=_("应督导名单"),
            place=_("督导工作"),
            place_url=reverse("office:supervision"),
            count="" if wide else _("共 %d 人") % len(found),
            lead=_(
                "只问整月在岗的站长、一线社工、项目主管和实习生；次数、时数和形式按当地规定。"
                "名单只用来安排督导，不用来考核社工。"
            ),
        ),
        "filters": parts.Filters(
            fields=[parts.Field(name="month", label=_("月份"), kind="month", value=f"{month:%Y-%m}")],
            action=reverse("office:supervision-owed"),
            keep=kept,
            words=_narrowed(chosen, month),
            clear_url=reverse("office:supervision-owed") if request.GET else "",
        ),
        "tables": [
            _below(place or places.NATION, month)
            if wide
            else telling.owed_table(
                request,
                found[:SHOWN],
                stations,
                caption=_("%(month)s 还没有达到督导要求的社工") % {"month": f"{month:%Y-%m}"},
                left_out=len(found) - SHOWN,
            )
        ],
        "learning": holds(request, VIEW_LEARNING),
    }
    return render(request, "office/supervision/work.html", context)


def _narrowed(chosen: Station | None, month: date) -> list[parts.Action]:
    """The station that the list is narrowed to, and the way to all of them."""
    if chosen is None:
        return []
    url = f"{reverse('office:supervision-owed')}?month={month:%Y-%m}"
    return [parts.Action(label=_("站点：%s") % chosen.name, url=url)]


def _place(request: HttpRequest) -> str | None:
    """The place asked for, within the reader's own; None for those who do not see an area."""
    if not sees_an_area(request):
        return None
    own, asked = own_region(request), request.GET.get("region", "")
    return asked if places.is_code(asked) and places.covers(own, asked) else own


def _month(text: str, today: date) -> date:
    """The month asked for, this one where none is; never one to come."""
    try:
        begins = parse_period(text).start if text else today
    except ValueError:
        begins = today
    return min(begins, today).replace(day=1)


def _station(text: str) -> Station | None:
    try:
        return Station.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None
