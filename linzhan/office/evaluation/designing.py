"""The designer: one part of a draft at a time, by the fields its kind declares (EVL-01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from linzhan.kernel.access import needs
from linzhan.kernel.registers.owning import kept_elsewhere
from linzhan.kernel.steps import StepRefused
from linzhan.office import parts
from linzhan.office.requests import holds
from linzhan.office.rulebook import inputs
from linzhan.policy.api import Rows, Shaped, ValueType
from linzhan.quality.api import (
    EDIT_SCHEMES,
    SCHEMES,
    EvaluationScheme,
    Grade,
    Indicator,
    Line,
    Scheme,
    SchemeStage,
    Side,
    WrongValue,
    design,
    designing,
    read,
    written,
)


@dataclass(frozen=True, slots=True)
class At:
    """Which part of a scheme is meant: a dimension, an indicator, a line of it by number."""

    dimension: str = ""
    indicator: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A part that has a form: its kind, what it is now, and the scheme with it told anew."""

    title: str | Promise
    kind: ValueType[Any]
    now: Callable[[Scheme, At], Any]
    told: Callable[[Scheme, At, Any], Scheme]


def _indicator(scheme: Scheme, at: At) -> Indicator | None:
    return next((each for each in scheme.indicators if each.code == at.indicator), None)


def _indicator_head(scheme: Scheme, at: At) -> designing.IndicatorHead | None:
    found = _indicator(scheme, at)
    if found is None:
        return None
    return designing.IndicatorHead(code=found.code, name=found.name, basis=found.basis)


def _line(scheme: Scheme, at: At) -> Line | None:
    found = _indicator(scheme, at)
    lines = found.lines if found is not None else ()
    return lines[at.number - 1] if 1 <= at.number <= len(lines) else None


PARTS: Final = {
    "head": Part(
        lazy("方案和总分"),
        Shaped(designing.SchemeHead),
        lambda scheme, _at: designing.head_of(scheme),
        lambda scheme, _at, value: designing.with_head(scheme, value),
    ),
    "sides": Part(
        lazy("评价方和权重"),
        Rows(Side),
        lambda scheme, _at: scheme.sides,
        lambda scheme, _at, value: designing.with_sides(scheme, value),
    ),
    "scale": Part(
        lazy("等级分数线"),
        Rows(Grade),
        lambda scheme, _at: scheme.scale,
        lambda scheme, _at, value: designing.with_scale(scheme, value),
    ),
    "dimensions": Part(
        lazy("维度"),
        Rows(designing.DimensionHead),
        lambda scheme, _at: designing.dimension_heads(scheme),
        lambda scheme, _at, value: designing.with_dimensions(scheme, value),
    ),
    "indicator": Part(
        lazy("评价指标"),
        Shaped(designing.IndicatorHead),
        _indicator_head,
        lambda scheme, at, value: designing.with_indicator(scheme, at.dimension, at.indicator, value),
    ),
    "line": Part(
        lazy("计分项"),
        Shaped(Line),
        _line,
        lambda scheme, at, value: designing.with_line(scheme, at.indicator, at.number, value),
    ),
}


def scheme_in(request: HttpRequest, scheme_id: UUID) -> tuple[EvaluationScheme, Scheme, bool]:
    """A scheme that is seen from here, and whether the reader may change it."""
    row = EvaluationScheme.objects.filter(pk=scheme_id).first()
    if row is None:
        raise Http404
    scheme = read(row.definition) if row.definition else designing.blank(row.name, row.subject)
    draft = row.stage == SchemeStage.DRAFT and holds(request, EDIT_SCHEMES)
    return row, scheme, draft and not kept_elsewhere(SCHEMES, scheme_id)


def _draft(request: HttpRequest, scheme_id: UUID) -> tuple[EvaluationScheme, Scheme]:
    row, scheme, draft = scheme_in(request, scheme_id)
    if not draft:
        raise Http404
    return row, scheme


def _at(request: HttpRequest) -> At:
    number = request.GET.get("number", "")
    return At(
        dimension=request.GET.get("dimension", ""),
        indicator=request.GET.get("indicator", ""),
        number=int(number) if number.isdecimal() and len(number) < 4 else 0,
    )


@needs(EDIT_SCHEMES)
def change(request: HttpRequest, scheme_id: UUID, part: str) -> HttpResponse:
    """The form of one part; numbers that are still open may stay so until the scheme is published."""
    row, scheme = _draft(request, scheme_id)
    if part not in PARTS:
        raise Http404
    one, at = PARTS[part], _at(request)
    back = reverse("office:scheme-own", args=[scheme_id])
    wrong = ""
    if request.method == "POST":
        try:
            design(scheme_id, written(one.told(scheme, at, inputs.given(one.kind, request.POST))))
        except (WrongValue, StepRefused) as refused:
            wrong = str(refused)
        else:
            messages.success(request, _("已保存到草稿"))
            return HttpResponseRedirect(back)
    posted = request.POST if request.method == "POST" else None
    context = {
        "head": parts.PageHead(name=str(one.title), place=row.name, place_url=back),
        "groups": inputs.groups(one.kind, one.now(scheme, at), "", posted),
        "wrong": wrong,
        "back_url": back,
        "line": part == "line",
    }
    return render(request, "office/evaluation/change.html", context, status=422 if wrong else 200)


@require_POST
@needs(EDIT_SCHEMES)
def remove(request: HttpRequest, scheme_id: UUID) -> HttpResponse:
    """Take an indicator or one of its lines out of a draft."""
    _row, scheme = _draft(request, scheme_id)
    at = _at(request)
    without = designing.without_indicator(scheme, at.indicator)
    try:
        design(
            scheme_id,
            written(designing.without_line(scheme, at.indicator, at.number) if at.number else without),
        )
    except StepRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已从草稿删去"))
    return HttpResponseRedirect(reverse("office:scheme-own", args=[scheme_id]))


def verbs_of(scheme_id: UUID) -> Callable[[Indicator, int], list[parts.Action]]:
    """What may be done with a line of a draft."""

    def verbs(indicator: Indicator, number: int) -> list[parts.Action]:
        at = urlencode({"indicator": indicator.code, "number": number})
        return [
            parts.Action(
                label=_("修改"), url=f"{reverse('office:scheme-change', args=[scheme_id, 'line'])}?{at}"
            ),
            parts.Action(
                label=_("删去"),
                url=f"{reverse('office:scheme-remove', args=[scheme_id])}?{at}",
                post=True,
                confirm=_("从草稿里删去这个计分项"),
            ),
        ]

    return verbs


def indicators_table(scheme: Scheme, scheme_id: UUID) -> parts.Table:
    """The indicators of a draft with what may be done with each."""

    def actions(indicator: Indicator) -> list[parts.Action]:
        at = urlencode({"indicator": indicator.code})

        def changing(part: str) -> str:
            return f"{reverse('office:scheme-change', args=[scheme_id, part])}?{at}"

        return [
            parts.Action(label=_("改名称和出处"), url=changing("indicator")),
            parts.Action(label=_("加计分项"), url=changing("line")),
            parts.Action(
                label=_("删去"),
                url=f"{reverse('office:scheme-remove', args=[scheme_id])}?{at}",
                post=True,
                confirm=_("从草稿里删去这个指标和它的计分项"),
            ),
        ]

    return parts.Table(
        id="indicators",
        caption=_("按指标修改"),
        columns=[
            parts.TableColumn(key="name", label=_("指标"), lead=True),
            parts.TableColumn(key="full", label=_("满分"), kind="number", unit=_("分")),
        ],
        rows=[
            parts.TableRow(
                id=each.code,
                cells={"name": f"{each.code} {each.name}", "full": each.full},
                actions=actions(each),
            )
            for each in scheme.indicators
        ],
        compact=True,
    )
