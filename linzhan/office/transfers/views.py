"""A resident to another worker at once, to another station when it accepts (peers.md §4.2)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.casework.api import Resident
from linzhan.casework.api.transfers import (
    ASSIGN,
    TRANSFER,
    VIEW_TRANSFERS,
    Transfer,
    TransferKind,
    TransferRefused,
    TransferStage,
    accept,
    ask,
    ask_for,
    assign,
    decline,
    stations_of_county,
    withdraw,
)
from linzhan.kernel.access import needs
from linzhan.kernel.masking import mask_name
from linzhan.kernel.scope import current_scope
from linzhan.network.api import Station
from linzhan.office import parts
from linzhan.office.requests import holds
from linzhan.office.transfers import choosing

SHOWN = 200
TONES: dict[str, parts.Tone] = {"待答复": "wait", "已接收": "good", "已谢绝": "bad", "已撤回": "off"}
TABS = {"mine": "等本站答复", "asked": "本站提出", "done": "已办结", "": "全部"}


@needs(VIEW_TRANSFERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """``/residents/transfers/``: what waits for whom."""
    own = list(current_scope().stations)
    tab = request.GET.get("tab", "mine" if own else "")
    rows = Transfer.objects.order_by("-asked_at")
    if tab == "mine":
        rows = rows.filter(stage=TransferStage.ASKED, other_station_id__in=own)
    elif tab == "asked":
        rows = rows.filter(stage=TransferStage.ASKED, station_id__in=own)
    elif tab == "done":
        rows = rows.exclude(stage=TransferStage.ASKED)
    request_one = parts.Action(
        label=_("请求转入"), url="/residents/transfers/request/", icon="add", style="primary"
    )
    context = {
        "head": parts.PageHead(
            name=_("转移"),
            lead=_(
                "把服务对象转到本县另一个站点，对方同意后才生效；要转出某位对象，请从他（她）的档案里办理。"
            ),
            actions=[request_one] if holds(request, TRANSFER) else [],
        ),
        "tabs": [
            parts.Tab(label, f"?tab={key}", key == tab)
            for key, label in TABS.items()
            if own or key not in ("mine", "asked")
        ],
        "table": _table(list(rows[:SHOWN])),
    }
    return render(request, "office/transfers/list.html", context)


def _table(found: list[Transfer]) -> parts.Table:
    names = choosing.station_names(pk for each in found for pk in (each.station_id, each.other_station_id))
    return parts.Table(
        caption=_("转移"),
        columns=[
            parts.TableColumn(key="who", label=_("服务对象"), lead=True),
            parts.TableColumn(key="from", label=_("现在的站点")),
            parts.TableColumn(key="to", label=_("转到")),
            parts.TableColumn(key="asked", label=_("提出"), kind="date"),
            parts.TableColumn(key="stage", label=_("状态")),
        ],
        rows=[
            parts.TableRow(
                id=str(each.pk),
                url=f"/residents/transfers/{each.pk}/",
                cells={
                    "who": each.shown_name or each.description,
                    "from": names.get(_holder(each)),
                    "to": names.get(_receiver(each)),
                    "asked": each.asked_at.date(),
                    "stage": parts.Status(each.stage, TONES.get(each.stage, "")),
                },
            )
            for each in found
        ],
        empty=parts.Empty(
            title=_("没有转移"), body=_("转出从服务对象的档案办理；需要别的站点的对象，点“请求转入”。")
        ),
    )


def _holder(each: Transfer) -> UUID:
    return each.station_id if each.kind == TransferKind.GIVEN else each.other_station_id


def _receiver(each: Transfer) -> UUID:
    return each.other_station_id if each.kind == TransferKind.GIVEN else each.station_id


@needs(TRANSFER)
def offer(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """``/residents/<id>/transfer/``: offer somebody to another station."""
    file = _file(resident_id)
    given, wrong = _given(request), ""
    if request.method == "POST":
        try:
            to = choosing.identity(given.get("to", ""))
            if to is None:
                raise TransferRefused(_("请选择转到哪个站点"))
            made = ask(
                file.pk,
                to_station=to,
                reason=given.get("reason", "")[:200],
                consent=choosing.consent_of(given),
            )
            messages.success(request, _("已提出，等对方站点答复；在那以前仍由本站服务"))
            return HttpResponseRedirect(f"/residents/transfers/{made.pk}/")
        except TransferRefused as refusal:
            wrong = str(refusal)
    stations = [(str(pk), name) for pk, name in stations_of_county(file.region_code) if pk != file.station_id]
    fields = [
        parts.Field(
            name="to", label=_("转到"), kind="select", choices=stations, required=True, blank=_("请选择本县的站点"),
            value=given.get("to", ""),
        ),
        parts.Field(
            name="reason", label=_("理由"), kind="textarea", required=True, max_length=200, value=given.get("reason", ""),
            help=_("对方答复前只看到这段话、遮盖的姓名和对象类别，看不到档案；请不要写全名、证件号和住址"),
        ),
        *choosing.consent_fields(given),
    ]  # fmt: skip
    return _form(
        request,
        _("转到别的站点"),
        f"{mask_name(file.name)} {file.code}",
        f"/r/residents/{file.pk}/",
        fields,
        _("提出转移"),
        wrong,
    )


@needs(TRANSFER)
def request_one(request: HttpRequest) -> HttpResponse:
    """``/residents/transfers/request/``: ask another station for somebody it may keep."""
    own = list(Station.objects.filter(pk__in=list(current_scope().stations)).order_by("name"))
    given, wrong = _given(request), ""
    if request.method == "POST" and own:
        try:
            station, of = choosing.identity(given.get("station", "")), choosing.identity(given.get("of", ""))
            if station is None or of is None:
                raise TransferRefused(_("请选择站点"))
            made = ask_for(
                station=station, of_station=of, description=given.get("description", "")[:200],
                reason=given.get("reason", "")[:200],
            )  # fmt: skip
            messages.success(request, _("已发给对方站点，由对方认人并答复"))
            return HttpResponseRedirect(f"/residents/transfers/{made.pk}/")
        except TransferRefused as refusal:
            wrong = str(refusal)
    mine = [(str(each.pk), each.name) for each in own]
    others = [
        (str(pk), name)
        for pk, name in (stations_of_county(own[0].region_code) if own else ())
        if str(pk) not in {key for key, _name in mine}
    ]
    fields = [
        parts.Field(
            name="station", label=_("转到本站"), kind="select", choices=mine, required=True,
            value=given.get("station", "") or (mine[0][0] if mine else ""),
        ),
        parts.Field(
            name="of", label=_("现在的站点"), kind="select", choices=others, required=True, blank=_("请选择本县的站点"),
            value=given.get("of", ""),
        ),
        parts.Field(
            name="description", label=_("所指何人"), required=True, max_length=200, value=given.get("description", ""),
            help=_("写到对方能认出来就够了，例如姓名、住在哪里；不要写证件号码"),
        ),
        parts.Field(
            name="reason", label=_("理由"), kind="textarea", required=True, max_length=200, value=given.get("reason", ""),
        ),
    ]  # fmt: skip
    return _form(request, _("请求转入"), _("转移"), "/residents/transfers/", fields, _("发给对方站点"), wrong)


@needs(ASSIGN)
def assignment(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """``/residents/<id>/assign/``: another colleague of the same station answers for somebody, at once."""
    file = _file(resident_id)
    given, wrong = _given(request), ""
    if request.method == "POST":
        try:
            worker = choosing.identity(given.get("worker", ""))
            if worker is None:
                raise TransferRefused(_("请选择社工"))
            assign([file.pk], worker=worker)
            messages.success(request, _("已指定，今天起由其负责；在办的个案一并移交"))
            return HttpResponseRedirect(f"/r/residents/{file.pk}/")
        except TransferRefused as refusal:
            wrong = str(refusal)
    fields = [
        parts.Field(
            name="worker", label=_("责任社工"), kind="select", required=True, blank=_("请选择本站在岗的社工"),
            choices=choosing.colleagues(file.station_id), value=given.get("worker", "") or str(file.worker_id or ""),
        )
    ]  # fmt: skip
    return _form(
        request,
        _("指定责任社工"),
        f"{mask_name(file.name)} {file.code}",
        f"/r/residents/{file.pk}/",
        fields,
        _("指定"),
        wrong,
    )


@needs(VIEW_TRANSFERS)
def one(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """``/residents/transfers/<id>/``: what is asked, and the answer."""
    found = Transfer.objects.filter(pk=transfer_id).first()
    if found is None:
        raise Http404
    given, wrong = _given(request), ""
    if request.method == "POST" and holds(request, TRANSFER):
        try:
            _answer(found.pk, given)
            messages.success(request, _("已办理"))
            return HttpResponseRedirect(f"/residents/transfers/{found.pk}/")
        except TransferRefused as refusal:
            wrong = str(refusal)
    own, names = current_scope().stations, choosing.station_names((found.station_id, found.other_station_id))
    opened = found.stage == TransferStage.ASKED and holds(request, TRANSFER)
    answers = opened and str(found.other_station_id) in own
    context = {
        "head": parts.PageHead(
            name=found.shown_name or found.description,
            place=_("转移"),
            place_url="/residents/transfers/",
            status=parts.Status(found.stage, TONES.get(found.stage, "")),
        ),
        "wrong": parts.Notice(text=wrong, tone="error") if wrong else None,
        "facts": _facts(found, names),
        "fields": _answer_fields(found, given) if answers else [],
        "answers": answers,
        "withdraws": opened and str(found.station_id) in own,
        "given": given,
    }
    return render(request, "office/transfers/one.html", context, status=422 if wrong else 200)


def _answer(transfer_id: UUID, given: dict[str, str]) -> None:
    decision, answer = given.get("decision", ""), given.get("answer", "")[:200]
    if decision == "accept":
        resident = choosing.identity(given.get("resident", ""))
        accept(
            transfer_id,
            worker=choosing.identity(given.get("worker", "")),
            resident=resident,
            consent=choosing.consent_of(given) if resident else None,
            answer=answer,
        )
    elif decision == "decline":
        decline(transfer_id, answer=answer)
    elif decision == "withdraw":
        withdraw(transfer_id)


def _answer_fields(found: Transfer, given: dict[str, str]) -> list[parts.Field]:
    if found.kind == TransferKind.GIVEN:
        return [
            parts.Field(
                name="worker", label=_("由谁负责"), kind="select", optional=True, blank=_("接收后再定"),
                choices=choosing.colleagues(found.other_station_id), value=given.get("worker", ""),
            )
        ]  # fmt: skip
    return [
        parts.Field(
            name="resident", label=_("对方所指的对象"), kind="select", optional=True, blank=_("请从本站的对象里选出"),
            choices=choosing.residents_of(found.other_station_id), value=given.get("resident", ""),
        ),
        *choosing.consent_fields(given),
    ]  # fmt: skip


def _facts(found: Transfer, names: dict[UUID, str]) -> list[parts.Fact]:
    facts = [
        parts.Fact(_("方式"), found.kind),
        parts.Fact(_("现在的站点"), names.get(_holder(found))),
        parts.Fact(_("转到"), names.get(_receiver(found))),
        parts.Fact(_("理由"), found.reason, long=True),
        parts.Fact(_("提出"), f"{found.asked_by} {found.asked_at:%Y-%m-%d}"),
    ]
    if found.shown_categories:
        facts.append(
            parts.Fact(_("对象类别"), choosing.named_categories(found.shown_categories, found.region_code))
        )
    if found.description:
        facts.append(parts.Fact(_("所指何人"), found.description))
    if found.consent:
        said = found.override_reason or (f"{found.consented_on:%Y-%m-%d}" if found.consented_on else "")
        facts.append(parts.Fact(_("同意"), f"{found.consent} {said}".strip()))
    if found.answered_at:
        facts.append(
            parts.Fact(_("答复"), f"{found.answered_by} {found.answered_at:%Y-%m-%d} {found.answer}".strip())
        )
    if found.resident_id and Resident.objects.filter(pk=found.resident_id).exists():
        facts.append(parts.Fact(_("档案"), _("打开档案"), url=f"/r/residents/{found.resident_id}/"))
    return facts


def _file(resident_id: UUID) -> Resident:
    found = Resident.objects.filter(current_scope().own(Resident), pk=resident_id).first()
    if found is None:
        raise Http404
    return found


def _given(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def _form(
    request: HttpRequest,
    name: str,
    place: str,
    back: str,
    fields: list[parts.Field],
    verb: str,
    wrong: str,
) -> HttpResponse:
    context = {
        "head": parts.PageHead(name=name, place=place, place_url=back),
        "wrong": parts.Notice(text=wrong, tone="error") if wrong else None,
        "fields": fields,
        "verb": verb,
        "back_url": back,
    }
    return render(request, "office/transfers/form.html", context, status=422 if wrong else 200)
