"""Scales at the desk: the catalogue, filling one in, a result with its trend, bringing a definition (§8)."""

from __future__ import annotations

import json
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linzhan.casework.api import Resident
from linzhan.casework.api.scales import (
    DEFINE_SCALES,
    EDIT_RESULTS,
    READ_SCALES,
    SCALE_RESULTS,
    VIEW_RESULTS,
    DefinitionFault,
    Scale,
    ScaleItem,
    ScaleReading,
    VoidRefused,
    answers_of,
    bring_scale,
    newest_scales,
    reading_of,
    readings_of_resident,
    scale_of,
    trend_of,
    void_result_of,
)
from linzhan.kernel.access import needs
from linzhan.kernel.registers.writing import save_one
from linzhan.office import parts
from linzhan.office.requests import holds
from linzhan.office.scales import showing

LARGEST_FILE = 500_000  # bytes


@needs(READ_SCALES)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What can be filled in, with licence and source of each."""
    actions = []
    if holds(request, DEFINE_SCALES):
        actions.append(parts.Action(label=_("导入定义"), url=reverse("office:scale-bring"), icon="import"))
    context = {
        "head": parts.PageHead(
            name=_("量表"),
            lead=_("都是可以免费使用的；结果只是筛查，不是诊断。从服务对象的页面开始测评。"),
            actions=actions,
        ),
        "table": showing.catalogue_table(list(newest_scales().values())),
    }
    return render(request, "office/scales/catalogue.html", context)


def _asked(request: HttpRequest) -> Scale:
    scale = scale_of(request.GET.get("code", ""), request.GET.get("version", ""))
    if scale is None:
        raise Http404
    return scale


@needs(READ_SCALES)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    scale = _asked(request)
    context = {
        "head": parts.PageHead(name=scale.name, place=_("量表"), place_url=reverse("office:scales")),
        "facts": showing.facts(scale),
        "rules": showing.rules(scale),
        "table": showing.items_table(scale),
    }
    return render(request, "office/scales/scale.html", context)


def _resident(resident_id: object) -> Resident:
    try:
        wanted = UUID(str(resident_id))
    except ValueError:
        raise Http404 from None
    resident = Resident.objects.filter(pk=wanted).first()
    if resident is None:
        raise Http404
    return resident


@needs(EDIT_RESULTS)
@never_cache
def fill(request: HttpRequest) -> HttpResponse:
    """The questions, all on one page or one after the other; the score is nobody's to type."""
    scale, resident = _asked(request), _resident(request.GET.get("resident", ""))
    if not scale.usable:
        raise Http404
    chosen = {item.id: request.POST.get(f"item-{item.id}", "") for item in scale.items}
    day, note = request.POST.get("taken_on") or f"{timezone.localdate()}", request.POST.get("note", "")
    wrong: list[str] = []
    if request.method == "POST":
        answers = {key: int(value) for key, value in chosen.items() if value.isdecimal()}
        row = {
            "resident": resident.pk,
            "station": resident.station_id,
            "scale": scale.code,
            "version": scale.version,
            "taken_on": day,
            "answers": json.dumps(answers, ensure_ascii=False),
            "note": note,
            "case_code": request.GET.get("case", ""),
        }
        with transaction.atomic():
            outcome = save_one(SCALE_RESULTS, {key: value for key, value in row.items() if value != ""})
        if outcome.created:
            return HttpResponseRedirect(reverse("office:scale-result", args=[outcome.ids[0]]))
        wrong = [fault.message for fault in outcome.faults.get(1, [])]
    context = {
        "head": parts.PageHead(
            name=scale.name,
            place=showing.name_of(showing.named(resident.pk)),
            place_url=reverse("office:scales-of", args=[resident.pk]),
            lead=scale.frame,
        ),
        "by": scale.by,
        "notices": [parts.Notice(text=text, tone="error") for text in wrong],
        "items": [_question(item, chosen[item.id]) for item in scale.items],
        "taken_on": parts.Field(name="taken_on", label=_("测评日期"), kind="date", value=day, required=True),
        "note": parts.Field(
            name="note",
            label=_("说明"),
            kind="textarea",
            value=note,
            optional=True,
            help=_("如由谁代答、当时的情况"),
        ),
        "back_url": reverse("office:scales-of", args=[resident.pk]),
    }
    return render(request, "office/scales/fill.html", context, status=422 if wrong else 200)


def _question(item: ScaleItem, chosen: str) -> parts.Field:
    return parts.Field(
        name=f"item-{item.id}",
        label=f"{item.id}. {item.text}",
        kind="chips",
        value=chosen,
        choices=[(str(option.score), option.label) for option in item.options],
    )


@needs(VIEW_RESULTS)
@require_safe
@never_cache
def result(request: HttpRequest, result_id: UUID) -> HttpResponse:
    reading = _found(result_id)
    actions = []
    if reading.scale and holds(request, EDIT_RESULTS):
        again = showing.address(reading.scale, str(reading.row.resident_id))
        actions.append(parts.Action(label=_("再做一次"), url=again))
    context = {
        "head": parts.PageHead(
            name=reading.scale.name if reading.scale else reading.row.scale,
            place=showing.name_of(showing.named(reading.row.resident_id)),
            place_url=reverse("office:scales-of", args=[reading.row.resident_id]),
            status=showing.band_status(reading),
            troubles=showing.notices(reading),
            actions=actions,
        ),
        "facts": showing.result_facts(reading),
        "trend": showing.trend(trend_of(reading)) if not reading.voided else None,
        "table": showing.answers_table(reading, answers_of(reading.row.answers)),
        "void_url": reverse("office:scale-void", args=[reading.row.pk])
        if holds(request, EDIT_RESULTS) and not reading.voided
        else "",
    }
    return render(request, "office/scales/result.html", context)


def _found(result_id: UUID) -> ScaleReading:
    reading = reading_of(result_id)
    if reading is None:
        raise Http404
    return reading


@require_POST
@needs(EDIT_RESULTS)
def void_result(request: HttpRequest, result_id: UUID) -> HttpResponse:
    """A wrong result stays to be read; it no longer counts."""
    _found(result_id)
    try:
        void_result_of(result_id, reason=request.POST.get("reason", ""))
    except VoidRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已作废，结果仍可查看"))
    return HttpResponseRedirect(reverse("office:scale-result", args=[result_id]))


@needs(VIEW_RESULTS)
@require_safe
@never_cache
def of_resident(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """All results of a resident, a line for each version that was taken twice, and what can be done next."""
    resident = _resident(resident_id)
    readings = readings_of_resident(resident.pk)
    offered = [s for s in newest_scales().values() if s.usable] if holds(request, EDIT_RESULTS) else []
    context = {
        "head": parts.PageHead(
            name=_("测评结果"),
            place=showing.name_of(showing.named(resident.pk)),
            place_url=f"/r/residents/{resident.pk}/",
            lead=_("结果只是筛查，不是诊断；只有本站和督导看得到。"),
        ),
        "offered": [(scale.name, showing.address(scale, str(resident.pk))) for scale in offered],
        "trends": _trends(readings),
        "table": showing.results_table(readings),
    }
    return render(request, "office/scales/of_resident.html", context)


def _trends(readings: list[ScaleReading]) -> list[parts.Trend]:
    """Same version only, oldest first, without what was voided."""
    counting = [each for each in reversed(readings) if not each.voided]
    counting.sort(key=lambda each: (each.row.scale, each.row.version))
    groups = [
        list(same) for _key, same in groupby(counting, key=lambda each: (each.row.scale, each.row.version))
    ]
    drawn = [showing.trend(group, element_id=f"trend-{number}") for number, group in enumerate(groups)]
    return [each for each in drawn if each is not None]


@needs(DEFINE_SCALES)
def bring(request: HttpRequest) -> HttpResponse:
    """A definition from a file: read strictly, added as a version, never in place of one."""
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None or (upload.size or 0) > LARGEST_FILE:
                raise DefinitionFault(_("请选择一个不超过 500 KB 的 .toml 文件"))
            scale = bring_scale(upload.read().decode("utf-8"))
        except UnicodeDecodeError:
            error = _("文件不是 UTF-8 编码的文本")
        except DefinitionFault as fault:
            error = str(fault)
        else:
            messages.success(
                request,
                _("%(name)s 的版本 %(version)s 已导入") % {"name": scale.name, "version": scale.version},
            )
            return HttpResponseRedirect(showing.address(scale))
    context = {
        "head": parts.PageHead(
            name=_("导入量表定义"),
            place=_("量表"),
            place_url=reverse("office:scales"),
            lead=_("只导入您的单位有权使用的量表；许可和出处必须写在文件里。旧版本不会改变。"),
        ),
        "error": error,
    }
    return render(request, "office/scales/bring.html", context, status=422 if error else 200)
