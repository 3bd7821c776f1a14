"""Satisfaction surveys at the desk: the list of whom to ask, and writing down an answer.

The list and the answers are shown to those who ask only, never to the station that is asked about (EVL-22).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.casework.api import VIEW_RESIDENTS
from linzhan.kernel.access import needs
from linzhan.kernel.steps import StepRefused
from linzhan.office import parts
from linzhan.office.evaluation.surveyed import asked_survey
from linzhan.office.evaluation.surveys import station_names
from linzhan.office.requests import holds, number_in
from linzhan.quality.api import (
    ASK_PEOPLE,
    AT_THE_DESK,
    Channel,
    DrawState,
    Question,
    SatisfactionSurvey,
    SurveyDraw,
    SurveyStage,
    answer,
    draws_of,
    not_answered,
    progress_of,
    questions_of,
)

TONES: Final[Mapping[str, parts.Tone]] = {
    DrawState.ANSWERED.value: "good",
    DrawState.WAITING.value: "wait",
    DrawState.REFUSED.value: "off",
    DrawState.MISSED.value: "off",
}
PAGE: Final = 50
ANSWERED: Final = DrawState.ANSWERED.value


@needs(ASK_PEOPLE)
@require_safe
@never_cache
def draws(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Whom to ask, in the order of the draw, fifty at a time; those still to be asked first where one asks for them."""
    held = asked_survey(request, survey_id)
    state = request.GET.get("state", "")
    after = number_in(request, "after")
    rows = draws_of(held)
    if state in DrawState.values:
        rows = rows.filter(state=state)
    if after:
        rows = rows.filter(number__gt=after)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    last = str(shown[-1].number) if len(found) > PAGE else ""
    kept = {"state": state} if state else {}
    context = {
        "head": parts.PageHead(
            name=_("应访名单"),
            place=held.name,
            place_url=f"/r/satisfaction-surveys/{held.pk}/",
            status=parts.Status(held.stage),
            lead=_("名单只供访问使用，不给被评的站点和机构。答卷另存，名单上看不出谁答了什么。"),
            facts=[parts.Fact(each, count, kind="number") for each, count in progress_of(held).items()],
            actions=_handing_out(held),
        ),
        "filters": parts.Filters(
            fields=[
                parts.Field(
                    name="state", label=_("访问情况"), kind="select", value=state, blank=_("全部"),
                    choices=[(each, each) for each in DrawState.values],
                )
            ]
        ),
        "table": parts.Table(
            caption=_("应访名单"),
            columns=[
                parts.TableColumn(key="number", label=_("序号"), kind="number"),
                parts.TableColumn(key="who", label=_("访问谁"), lead=True),
                parts.TableColumn(key="station", label=_("评哪个站点")),
                parts.TableColumn(key="state", label=_("访问情况")),
                parts.TableColumn(key="on", label=_("访问日期"), kind="date"),
            ],
            rows=_draw_rows(request, held, shown),
            pager=parts.Pager(
                next_url=f"{request.path}?{urlencode({**kept, 'after': last})}" if last else "",
                previous_url=f"{request.path}?{urlencode(kept)}" if after else "",
                text=_("本页 %d 人") % len(shown),
            ),
            empty=parts.Empty(title=_("没有这样的应访者")),
        ),
    }  # fmt: skip
    return render(request, "office/evaluation/draws.html", context)


def _handing_out(held: SatisfactionSurvey) -> list[parts.Action]:
    if held.stage != SurveyStage.OPEN:
        return []
    return [parts.Action(label=_("印发链接"), url=reverse("office:survey-links", args=[held.pk]))]


def _draw_rows(
    request: HttpRequest, held: SatisfactionSurvey, shown: Sequence[SurveyDraw]
) -> list[parts.TableRow]:
    stations = station_names(each.station_id for each in shown)
    opens = holds(request, VIEW_RESIDENTS)
    open_now = held.stage == SurveyStage.OPEN
    return [
        parts.TableRow(
            id=str(each.pk),
            url=reverse("office:survey-ask", args=[held.pk, each.pk])
            if open_now and each.state != ANSWERED
            else "",
            cells={
                "number": each.number,
                "who": parts.Cell(
                    value=each.respondent or each.resident_code,
                    note=_("姓名和电话见服务对象档案") if opens and each.resident_id else "",
                ),
                "station": stations.get(each.station_id) if each.station_id else _("全部"),
                "state": parts.Status(each.state, TONES[each.state]),
                "on": each.asked_on,
            },
        )
        for each in shown
    ]


@needs(ASK_PEOPLE)
@never_cache
def ask(request: HttpRequest, survey_id: UUID, draw_id: UUID) -> HttpResponse:
    """The questions to one who was drawn; or that they did not want to answer, or could not be reached."""
    held = asked_survey(request, survey_id)
    drawn = draws_of(held).filter(pk=draw_id).first()
    if drawn is None:
        raise Http404
    if over := _over(held, drawn):  # sent twice, or somebody else was quicker
        messages.warning(request, over + (_("；这一次没有保存") if request.method == "POST" else ""))
        return HttpResponseRedirect(reverse("office:survey-draws", args=[held.pk]))
    questions, wrong = questions_of(held.questions), ""
    if request.method == "POST":
        wrong = _taken(request, drawn, questions)
        if not wrong:
            messages.success(request, _("%d 号已登记") % drawn.number)
            return HttpResponseRedirect(_next(held, drawn))
    links = []
    if drawn.resident_id and holds(request, VIEW_RESIDENTS):
        links.append(parts.Action(label=_("服务对象档案"), url=f"/r/residents/{drawn.resident_id}/"))
    context = {
        "head": parts.PageHead(
            name=_("%(n)d 号：%(who)s") % {"n": drawn.number, "who": drawn.respondent or drawn.resident_code},
            place=held.name,
            place_url=reverse("office:survey-draws", args=[held.pk]),
            lead=_("先说明答卷不记名、站点看不到是谁答的。没有答的题空着，不要代答。"),
            actions=links,
        ),
        "wrong": wrong,
        "fields": _fields(questions, request.POST.get),
        "back_url": reverse("office:survey-draws", args=[held.pk]),
        "refused": DrawState.REFUSED.value,
        "missed": DrawState.MISSED.value,
    }
    return render(request, "office/evaluation/ask.html", context, status=422 if wrong else 200)


def _over(held: SatisfactionSurvey, drawn: SurveyDraw) -> str:
    """Why there is nothing to ask any more, in Chinese."""
    if held.stage != SurveyStage.OPEN:
        return _("这次调查现为“%s”，不能再录入答卷") % held.stage
    if drawn.state == ANSWERED:
        return _("%d 号已经答过，答卷不能改也不能再录一份") % drawn.number
    return ""


def _taken(request: HttpRequest, drawn: SurveyDraw, questions: Sequence[Question]) -> str:
    """Write down what was posted; what is wrong with it, in Chinese."""
    channel = request.POST.get("channel", "")
    if channel not in AT_THE_DESK:
        return _("请选访问方式")
    try:
        state = request.POST.get("state", "")
        if state in DrawState.values:
            not_answered(drawn, DrawState(state), Channel(channel))
        else:
            given = [request.POST.get(f"q{place}", "") for place in range(len(questions))]
            answer(drawn, Channel(channel), given)
    except StepRefused as refused:
        return str(refused)
    return ""


def _next(held: SatisfactionSurvey, drawn: SurveyDraw) -> str:
    """The next one who is still to be asked; the list where there is none."""
    after = draws_of(held).filter(state=DrawState.WAITING, number__gt=drawn.number).first()
    if after is None:
        return reverse("office:survey-draws", args=[held.pk])
    return reverse("office:survey-ask", args=[held.pk, after.pk])


def _fields(questions: Sequence[Question], posted: object) -> list[parts.Field]:
    now = posted if callable(posted) else (lambda _name, _else: "")
    fields = [
        parts.Field(
            name="channel", label=_("访问方式"), kind="chips", value=now("channel", ""),
            choices=[(each, each) for each in AT_THE_DESK],
        )
    ]  # fmt: skip
    marks = [(str(mark), str(mark)) for mark in range(1, 6)]
    for place, question in enumerate(questions):
        name, label = f"q{place}", f"{place + 1}. {question.text}"
        value = now(name, "")
        if question.kind == "评分":
            fields.append(
                parts.Field(
                    name=name, label=label, kind="chips", value=value, choices=marks,
                    help=_("1 很不满意，5 很满意"),
                )
            )  # fmt: skip
        elif question.kind == "是否":
            fields.append(
                parts.Field(
                    name=name,
                    label=label,
                    kind="chips",
                    value=value,
                    choices=[("是", _("是")), ("否", _("否"))],
                )
            )
        else:
            fields.append(
                parts.Field(
                    name=name, label=label, kind="textarea", value=value, rows=2, optional=True, max_length=500,
                    help=_("请勿写姓名、住址等能认出人的内容"),
                )
            )  # fmt: skip
    return fields
