"""Schemes, the results of a round, and the circular that is published (EVL-01, EVL-10, EVL-12)."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.steps import StepRefused
from linzhan.office import parts
from linzhan.office.evaluation import showing
from linzhan.office.evaluation.designing import indicators_table, scheme_in, verbs_of
from linzhan.office.evaluation.notices import circular_of
from linzhan.office.formats import number, period
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.files import read as read_file
from linzhan.office.registers.files import step_actions
from linzhan.office.requests import at_desk, holds
from linzhan.office.sending import face_asked, sent_as, ways_to_take
from linzhan.quality.api import (
    EDIT_SCHEMES,
    VIEW_ROUNDS,
    VIEW_SCHEMES,
    VIEW_SCORES,
    Computed,
    EvaluationRound,
    EvaluationScheme,
    Publication,
    Results,
    RoundFault,
    RoundStage,
    RoundSubject,
    SchemeStage,
    adopt,
    compute,
    disputed,
    drawn_again,
    revise,
    shipped,
    spread_limit,
)

PAGE = 50


@needs(VIEW_SCHEMES)
@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """What one may evaluate by: shipped, and made here or above."""
    own = list(EvaluationScheme.objects.order_by("-pk").defer("definition")[:PAGE])
    names = paths_of({each.region_code for each in own})
    actions = []
    if holds(request, EDIT_SCHEMES):
        url = "/r/evaluation-schemes/new/"
        actions.append(parts.Action(label=_("新建方案"), url=url, icon="add", style="primary", new=True))
    rows = [
        parts.TableRow(
            id=str(each.pk),
            url=reverse("office:scheme-own", args=[each.pk]),
            cells={
                "name": each.name,
                "subject": each.subject,
                "version": _("第 %d 版") % each.version,
                "from": names.get(each.region_code, "").replace("/", "") or _("全国"),
                "state": parts.Status(each.stage, "good" if each.stage == SchemeStage.PUBLISHED else "wait"),
            },
        )
        for each in own
    ]
    rows += [
        parts.TableRow(
            id=key,
            url=f"{reverse('office:scheme-shipped')}?{urlencode({'key': key})}",
            cells={
                "name": each.scheme.name,
                "subject": each.scheme.subject,
                "version": _("第 %s 版") % each.version,
                "from": _("平台自带"),
                "state": parts.Status(_("可用"), "good")
                if each.scheme.usable
                else parts.Status(_("框架，须补全分值"), "wait"),
            },
        )
        for key, each in shipped().items()
    ]
    context = {
        "head": parts.PageHead(
            name=_("评估方案"),
            lead=_(
                "评什么、占多少分、怎么计分。发布以后不再改动，要改就修订出新的一版；已经开始的轮次不受影响。"
            ),
            actions=actions,
        ),
        "table": parts.Table(
            caption=_("评估方案"),
            columns=[
                parts.TableColumn(key="name", label=_("方案"), lead=True),
                parts.TableColumn(key="subject", label=_("评估对象")),
                parts.TableColumn(key="version", label=_("版本")),
                parts.TableColumn(key="from", label=_("施行的地方")),
                parts.TableColumn(key="state", label=_("状态")),
            ],
            rows=rows,
        ),
    }
    return render(request, "office/evaluation/list.html", context)


@needs(VIEW_SCHEMES)
@require_safe
def shipped_scheme(request: HttpRequest) -> HttpResponse:
    found = shipped().get(request.GET.get("key", ""))
    if found is None:
        raise Http404
    actions = []
    if holds(request, EDIT_SCHEMES):
        url = f"{reverse('office:scheme-adopt')}?{urlencode({'key': found.key})}"
        actions.append(parts.Action(label=_("采用为本地方案"), url=url, post=True, style="primary"))
    head = parts.PageHead(
        name=found.scheme.name,
        place=_("评估方案 · 平台自带第 %s 版") % found.version,
        place_url=reverse("office:schemes"),
        actions=actions,
    )
    context = {
        "head": head,
        "facts": showing.scheme_facts(found.scheme),
        "notices": showing.scheme_notices(found.scheme),
        "tables": showing.scheme_tables(found.scheme),
    }
    return render(request, "office/evaluation/scheme.html", context)


@require_POST
@needs(EDIT_SCHEMES)
def adopt_scheme(request: HttpRequest) -> HttpResponse:
    held = at_desk(request).appointment
    assert held is not None
    try:
        made = adopt(request.GET.get("key", ""), region=held.region_code)
    except StepRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("office:schemes"))
    messages.success(request, _("已采用为本地方案的草稿：按本地文件核定后发布"))
    return HttpResponseRedirect(reverse("office:scheme-own", args=[made]))


@needs(VIEW_SCHEMES)
@require_safe
def own_scheme(request: HttpRequest, scheme_id: UUID) -> HttpResponse:
    """A scheme of a place; whoever keeps it changes a draft here, part by part."""
    register = REGISTERS["evaluation-schemes"]
    row, scheme, draft = scheme_in(request, scheme_id)
    actions = step_actions(request, register, read_file(register, scheme_id))
    if holds(request, EDIT_SCHEMES) and row.stage != SchemeStage.DRAFT:
        url = reverse("office:scheme-revise", args=[scheme_id])
        actions.insert(0, parts.Action(label=_("修订"), url=url, post=True))
    place = paths_of([row.region_code]).get(row.region_code, "").replace("/", "")
    context = {
        "head": parts.PageHead(
            name=row.name,
            place=_("评估方案 · %(place)s · 第 %(version)d 版") % {"place": place, "version": row.version},
            place_url=reverse("office:schemes"),
            status=parts.Status(row.stage, "good" if row.stage == SchemeStage.PUBLISHED else "wait"),
            lead=row.note,
            actions=actions,
        ),
        "facts": showing.scheme_facts(scheme),
        "notices": showing.scheme_notices(scheme),
        "tables": showing.scheme_tables(scheme, verbs_of(scheme_id) if draft else (lambda _i, _n: ())),
        "draft": scheme_id if draft else None,
        "indicators": indicators_table(scheme, scheme_id) if draft and scheme.indicators else None,
    }
    return render(request, "office/evaluation/scheme.html", context)


@require_POST
@needs(EDIT_SCHEMES)
def revise_scheme(request: HttpRequest, scheme_id: UUID) -> HttpResponse:
    row, _scheme, _draft = scheme_in(request, scheme_id)
    try:
        made = revise(row)
    except StepRefused as refused:
        messages.error(request, str(refused))
        made = scheme_id
    return HttpResponseRedirect(reverse("office:scheme-own", args=[made]))


def _round(round_id: UUID) -> EvaluationRound:
    held = EvaluationRound.objects.filter(pk=round_id).first()
    if held is None:
        raise Http404
    return held


@needs(VIEW_SCORES)
@require_safe
def results(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """All subjects of a round as it stands now, in the order of their numbers, a page at a time."""
    held = _round(round_id)
    after = request.GET.get("after", "")
    ids = list(
        RoundSubject.objects.filter(round=held, code__gt=after)
        .order_by("code")
        .values_list("pk", flat=True)[: PAGE + 1]
    )
    try:
        found: Results | None = compute(held, only=ids[:PAGE])
    except RoundFault as fault:
        messages.error(request, str(fault))
        found = None
    subjects = list(found.subjects) if found else []
    last = subjects[-1].subject.code if len(ids) > PAGE and subjects else ""
    limit = spread_limit(held)
    context = {
        "head": parts.PageHead(
            name=_("评分进展"),
            place=held.name,
            place_url=f"/r/evaluation-rounds/{held.pk}/",
            status=parts.Status(held.stage),
            lead=_("按锁定的证据和已有评分计算，按序号排列，不排名次")
            if found and found.frozen
            else _("试算：证据还没有锁定，按平台现有的数据"),
            facts=[parts.Fact(_("抽取核对"), _draw_words(held))] if held.population else [],
        ),
        "table": parts.Table(
            caption=_("评分进展"),
            columns=[
                parts.TableColumn(key="number", label=_("序号")),
                parts.TableColumn(key="name", label=_("评估对象"), lead=True),
                parts.TableColumn(key="total", label=_("得分"), kind="number"),
                parts.TableColumn(key="grade", label=_("等级")),
                parts.TableColumn(key="pending", label=_("待评")),
                parts.TableColumn(key="apart", label=_("须复评")),
            ],
            rows=[_subject_row(found, each, disputed(found, each, limit)) for each in subjects]
            if found
            else [],
            pager=parts.Pager(
                next_url=f"{request.path}?{urlencode({'after': last})}" if last else "",
                previous_url=request.path if after else "",
                text=_("本页 %d 个") % len(subjects),
            ),
            empty=parts.Empty(title=_("还没有评估对象"), body=_("在轮次里抽取，或逐个登记。")),
        ),
    }
    return render(request, "office/evaluation/list.html", context)


def _draw_words(held: EvaluationRound) -> str:
    return _("按种子 %s 重抽一致") % held.seed if drawn_again(held) else _("按种子重抽不一致，请核对变更记录")


def _subject_row(found: Results, each: Computed, apart: list[str]) -> parts.TableRow:
    total = each.total
    pending = "、".join(f"{code} {found.scheme.lines[code].name}" for code in total.pending[:3])
    more = len(total.pending) - 3
    grade = total.grade.name if total.grade is not None else ""
    return parts.TableRow(
        id=str(each.subject.pk),
        url=f"/r/round-subjects/{each.subject.pk}/",
        cells={
            "number": each.subject.code,
            "name": str(each.subject),
            "total": total.total,
            "grade": parts.Status(_("一票否决"), "bad")
            if total.vetoes
            else (grade if total.complete else parts.Status(_("未评完"), "wait")),
            "pending": pending + (_(" 等 %d 项") % len(total.pending) if more > 0 else "") or None,
            "apart": "、".join(apart) or None,
        },
    )


@needs(VIEW_ROUNDS)
@require_safe
def circular(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The published result: by grade and in the order of numbers, never a list of places; no person is named.

    To print or edit with ``?format=pdf`` and ``docx``.
    """
    held = _round(round_id)
    if held.stage != RoundStage.PUBLISHED or not _may_read(request, held):
        raise Http404
    if (face := face_asked(request)) is not None:
        return sent_as(circular_of(held), face)
    groups = [(each["grade"], each["names"]) for each in held.circular.get("grades", [])]
    context = {
        "head": parts.PageHead(
            name=_("评估结果通报"),
            actions=ways_to_take(request.path),
            place=held.name,
            place_url=f"/r/evaluation-rounds/{held.pk}/",
            facts=[
                parts.Fact(_("评估期"), held.period, kind="period"),
                parts.Fact(_("公布日期"), held.published_on, kind="date"),
                parts.Fact(_("公布范围"), held.publication),
            ],
        ),
        "groups": groups,
        "held": held,
        "period": period(held.period),
        "uses": "、".join(held.uses),
        "count": number(sum(len(names) for _grade, names in groups)),
    }
    return render(request, "office/evaluation/circular.html", context)


def _may_read(request: HttpRequest, held: EvaluationRound) -> bool:
    """Officials always; those evaluated as the round was published."""
    return holds(request, VIEW_SCORES) or held.publication in (Publication.SUBJECTS, Publication.PUBLIC)
