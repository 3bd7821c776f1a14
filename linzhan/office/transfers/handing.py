"""Handing over a caseload: whose, to whom, what colleagues must know, who was told (domain.md §23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.casework.api import Method, RecordResident, Resident, ResidentStatus
from linzhan.casework.api.transfers import (
    ASSIGN,
    Handover,
    HandoverLine,
    HandoverReason,
    NoticeMode,
    TransferRefused,
    hand_over,
    note_told,
    open_cases_of,
    take_back,
)
from linzhan.kernel.access import needs
from linzhan.kernel.masking import mask_name
from linzhan.network.api import Station
from linzhan.office import parts
from linzhan.office.transfers import choosing
from linzhan.workforce.api import SocialWorker

SHOWN = 100
IN_HAND = (ResidentStatus.REGISTERED, ResidentStatus.PAUSED)


@dataclass(frozen=True, slots=True)
class Charge:
    """A resident in a worker's hands, as the wizard lists them."""

    id: UUID
    called: str
    url: str
    risk: str
    cases: int
    visited_on: object
    field: str
    chosen: str


@needs(ASSIGN)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """``/residents/handovers/``: handovers made, and who is away or leaves next."""
    found = list(Handover.objects.order_by("-made_at")[:SHOWN])
    numbers = dict(
        HandoverLine.objects.filter(handover__in=found).values_list("handover").annotate(Count("pk"))
    )
    names = choosing.worker_names(each.from_worker_id for each in found)
    new = parts.Action(
        label=_("交接"), url="/residents/handovers/new/", icon="add", style="primary", new=True
    )
    context = {
        "head": parts.PageHead(
            name=_("交接"),
            lead=_("有人离职、调岗或休假时，把他（她）负责的对象一次交给同事。"),
            actions=[new],
        ),
        "table": parts.Table(
            caption=_("交接"),
            columns=[
                parts.TableColumn(key="from", label=_("移交的社工"), lead=True),
                parts.TableColumn(key="reason", label=_("原因")),
                parts.TableColumn(key="number", label=_("服务对象"), kind="number", unit=_("人")),
                parts.TableColumn(key="made", label=_("日期"), kind="date"),
                parts.TableColumn(key="by", label=_("办理人")),
            ],
            rows=[
                parts.TableRow(
                    id=str(each.pk),
                    url=f"/residents/handovers/{each.pk}/",
                    cells={
                        "from": names.get(each.from_worker_id),
                        "reason": each.reason,
                        "number": numbers.get(each.pk, 0),
                        "made": timezone.localdate(each.made_at),
                        "by": each.made_by,
                    },
                )
                for each in found
            ],
            empty=parts.Empty(title=_("还没有交接"), action=new),
        ),
    }
    return render(request, "office/transfers/plain_list.html", context)


@needs(ASSIGN)
def new(request: HttpRequest) -> HttpResponse:
    """``/residents/handovers/new/?worker=``: first whose caseload, then to whom each goes."""
    worker = _worker(request.GET.get("worker", ""))
    if worker is None:
        return _choose_worker(request)
    files = list(
        Resident.objects.filter(worker_id=worker.pk, status__in=IN_HAND, merged_into__isnull=True).order_by(
            "code"
        )
    )
    wrong = ""
    if request.method == "POST":
        try:
            made = _made(request, worker, files)
            messages.success(request, _("正在移交，完成后在这里看到"))
            return HttpResponseRedirect(f"/residents/handovers/{made.pk}/")
        except TransferRefused as refusal:
            wrong = str(refusal)
    assert worker.station_id is not None
    colleagues = choosing.colleagues(worker.station_id, without=worker.pk)
    reasons = [(each.value, str(each.label)) for each in HandoverReason]
    context = {
        "head": parts.PageHead(
            name=_("交接%(name)s负责的对象") % {"name": worker.name},
            place=_("交接"),
            place_url="/residents/handovers/",
            count=_("共 %d 人") % len(files),
        ),
        "steps": _steps(2),
        "wrong": parts.Notice(text=wrong, tone="error") if wrong else None,
        "charges": _charges(request, files),
        "colleagues": colleagues,
        "fields": [
            parts.Field(
                name="reason", label=_("原因"), kind="chips", choices=reasons, required=True,
                value=request.POST.get("reason", ""),
            ),
            parts.Field(
                name="note", label=_("交接说明"), kind="textarea", rows=5, required=True, value=request.POST.get("note", ""),
                help=_("接手的同事须知道的事：约定的探访、正在办的事、要避开的话题。只有本站和上级能看到"),
            ),
        ],
    }  # fmt: skip
    return render(request, "office/transfers/handing.html", context, status=422 if wrong else 200)


def _worker(text: str) -> SocialWorker | None:
    try:
        wanted = UUID(text)
    except ValueError:
        return None
    found = SocialWorker.objects.filter(pk=wanted, station_id__isnull=False).first()
    if found is None:
        raise Http404
    return found


def _choose_worker(request: HttpRequest) -> HttpResponse:
    """The workers with a caseload, whoever has left first: they cannot do it any more."""
    charged = dict(
        Resident.objects.filter(status__in=IN_HAND, worker_id__isnull=False, merged_into__isnull=True)
        .values_list("worker_id")
        .annotate(Count("pk"))
    )
    workers = SocialWorker.objects.filter(pk__in=list(charged), station_id__isnull=False).order_by(
        "left_on", "name"
    )[:SHOWN]
    stations = dict(
        Station.objects.filter(pk__in={each.station_id for each in workers}).values_list("pk", "name")
    )
    context = {
        "head": parts.PageHead(
            name=_("交接谁负责的对象"), place=_("交接"), place_url="/residents/handovers/"
        ),
        "steps": _steps(1),
        "table": parts.Table(
            caption=_("社工"),
            columns=[
                parts.TableColumn(key="name", label=_("姓名"), lead=True),
                parts.TableColumn(key="station", label=_("社工站")),
                parts.TableColumn(key="number", label=_("负责的对象"), kind="number", unit=_("人")),
                parts.TableColumn(key="left", label=_("离职日期"), kind="date"),
            ],
            rows=[
                parts.TableRow(
                    id=str(each.pk),
                    url=f"?worker={each.pk}",
                    tone="late" if each.left_on else "",
                    cells={
                        "name": each.name,
                        "station": stations.get(each.station_id) if each.station_id else None,
                        "number": charged[each.pk],
                        "left": each.left_on or "",
                    },
                )
                for each in workers
            ],
            empty=parts.Empty(
                title=_("没有可交接的对象"), body=_("服务对象的档案里填了责任社工，才能在这里交接。")
            ),
        ),
    }
    return render(request, "office/transfers/choose_worker.html", context)


def _steps(at: int) -> list[parts.Step]:
    names = (_("选择社工"), _("分给谁、交接说明"), _("移交与告知"))
    return [
        parts.Step(
            name=name,
            state="done" if number < at else "current" if number == at else "todo",
            url="/residents/handovers/new/" if number == 1 and at > 1 else "",
        )
        for number, name in enumerate(names, start=1)
    ]


def _charges(request: HttpRequest, files: Sequence[Resident]) -> list[Charge]:
    ids = [file.pk for file in files]
    cases = open_cases_of(ids)
    visits = RecordResident.objects.filter(resident__in=ids, method=Method.VISIT).values_list("resident")
    visited = dict(visits.annotate(Max("started_at")))
    return [
        Charge(
            id=file.pk,
            called=f"{mask_name(file.name)} {file.code}",
            url=f"/r/residents/{file.pk}/",
            risk=file.risk,
            cases=len(cases.get(file.pk, ())),
            visited_on=timezone.localdate(visited[file.pk]) if file.pk in visited else None,
            field=f"to.{file.pk}",
            chosen=request.POST.get(f"to.{file.pk}", ""),
        )
        for file in files
    ]


def _made(request: HttpRequest, worker: SocialWorker, files: Sequence[Resident]) -> Handover:
    """Each goes to whom their own line names, else to whom all go; a line may say that somebody stays."""
    everybody = request.POST.get("to", "")
    receivers: dict[UUID, UUID] = {}
    for file in files:
        own = request.POST.get(f"to.{file.pk}", "")
        to = choosing.identity("" if own == "stays" else own or everybody)
        if to is not None:
            receivers[file.pk] = to
        elif own != "stays":
            raise TransferRefused(_("请选择交给谁"))
    if not receivers:
        raise TransferRefused(_("没有要交接的对象"))
    return hand_over(
        worker.pk,
        receivers=receivers,
        reason=request.POST.get("reason", ""),
        note=request.POST.get("note", ""),
    )


@needs(ASSIGN)
def one(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """``/residents/handovers/<id>/``: who went to whom, who was told, and the way back on the same day."""
    found = Handover.objects.filter(pk=handover_id).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            _act(request, found)
        except TransferRefused as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(f"/residents/handovers/{found.pk}/")
    lines = list(HandoverLine.objects.filter(handover=found).order_by("pk"))
    names = choosing.worker_names([found.from_worker_id, *(line.to_worker_id for line in lines)])
    files = Resident.objects.in_bulk([line.resident_id for line in lines])
    today = timezone.localdate()
    back = found.done_at is not None and timezone.localdate(found.done_at) == today
    told = sum(1 for line in lines if line.told_on and not line.undone_at)
    standing = sum(1 for line in lines if not line.undone_at)
    context = {
        "head": parts.PageHead(
            name=_("交接%(name)s负责的对象") % {"name": names.get(found.from_worker_id, "")},
            place=_("交接"),
            place_url="/residents/handovers/",
            status=parts.Status(_("已移交"), "good") if found.done_at else parts.Status(_("移交中"), "wait"),
            facts=[
                parts.Fact(_("原因"), found.reason),
                parts.Fact(_("办理"), f"{found.made_by} {timezone.localdate(found.made_at):%Y-%m-%d}"),
                parts.Fact(_("已告知"), _("%(told)d / %(all)d 人") % {"told": told, "all": standing}),
            ],
        ),
        "steps": _steps(3),
        "note": found.note,
        "lines": [_line(line, files.get(line.resident_id), names, back=back) for line in lines],
        "modes": [(each.value, str(each.label)) for each in NoticeMode],
        "today": today,
        "back": back,
    }
    return render(request, "office/transfers/handover.html", context)


def _line(
    line: HandoverLine, file: Resident | None, names: dict[UUID, str], *, back: bool
) -> dict[str, object]:
    told = f"{line.told_how} {line.told_on:%Y-%m-%d} {line.told_by}" if line.told_on else ""
    return {
        "id": line.pk,
        "called": f"{mask_name(file.name)} {file.code}" if file else "—",
        "url": f"/r/residents/{file.pk}/" if file else "",
        "to": names.get(line.to_worker_id, "—"),
        "cases": len(line.moved),
        "told": told,
        "undone": f"{line.undone_by} {timezone.localdate(line.undone_at):%Y-%m-%d}" if line.undone_at else "",
        "may_go_back": back and not line.undone_at,
    }


def _act(request: HttpRequest, found: Handover) -> None:
    own = {str(pk): pk for pk in HandoverLine.objects.filter(handover=found).values_list("pk", flat=True)}
    if back := own.get(request.POST.get("back", "")):
        take_back(back)
        messages.success(request, _("已撤回，仍由原来的社工负责"))
        return
    chosen = [own[each] for each in request.POST.getlist("lines") if each in own]
    on = choosing.day(request.POST.get("told_on", ""), _("告知日期"))
    if not chosen or on is None:
        raise TransferRefused(_("请勾选已告知的对象，并填写告知日期"))
    number = note_told(chosen, how=request.POST.get("told_how", ""), on=on)
    messages.success(request, _("已记下 %d 人") % number)
