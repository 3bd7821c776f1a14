"""The result of one station, institution, project or county: every score with its evidence, and the right of reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linzhan.kernel.access import needs
from linzhan.kernel.sheets.cells import CELL_LIMIT
from linzhan.kernel.steps import StepRefused
from linzhan.office import parts
from linzhan.office.evaluation import showing
from linzhan.office.formats import number
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.registers.forms import offers
from linzhan.quality.api import (
    RAISE_OBJECTIONS,
    SHOWN,
    VIEW_ROUNDS,
    RoundFault,
    RoundStage,
    RoundSubject,
    evidence_of,
    reply,
    scheme_of_round,
    state_self,
)


@file_part("round-subjects", template="office/evaluation/subject.html", order=-10, right=VIEW_ROUNDS)
def result(asked: FileAsked) -> Mapping[str, object]:
    """What came out, once it was told; before that only what was found already."""
    subject = RoundSubject.objects.select_related("round").get(pk=asked.row["id"])
    held = subject.round
    shown = held.stage in SHOWN
    scheme = scheme_of_round(held)
    own = asked.holds(RAISE_OBJECTIONS)
    saying = ""
    if own and held.stage in SHOWN[:2]:
        saying = _("陈述意见；没有异议的写“无异议”")
    elif own and held.stage in (RoundStage.NOTIFIED, RoundStage.COLLECTING):
        saying = _("自评说明：只写平台看不到的情况，平台已有的数据不用报送")
    return {
        "facts": _facts(subject, shown=shown),
        "notices": _notices(subject, shown=shown),
        "table": showing.told_table(scheme, subject, evidence_of(subject)) if held.evidence_at else None,
        "say": saying,
        "say_url": reverse("office:subject-reply", args=[subject.pk]),
        "said": subject.reply if shown else subject.statement,
        "longest": CELL_LIMIT,
        "must_say": shown,
        "objection_url": f"/r/score-objections/new/?subject={subject.pk}"
        if own and held.stage == RoundStage.TOLD
        else "",
        "round_url": f"/r/evaluation-rounds/{held.pk}/",
        "round": held.name,
    }


def _facts(subject: RoundSubject, *, shown: bool) -> list[parts.Fact]:
    if not shown:
        return []
    return [
        parts.Fact(
            _("总分"), None if subject.final_points is None else _("%s 分") % number(subject.final_points)
        ),
        parts.Fact(_("等级"), subject.grade_called or subject.grade),
        parts.Fact(_("折算得分"), None if subject.raw is None else number(subject.raw)),
        parts.Fact(_("加分"), number(subject.bonus or 0), note=subject.bonus_reason),
        parts.Fact(_("扣分"), number(subject.penalty or 0), note=subject.penalty_reason),
        parts.Fact(_("陈述意见"), subject.reply, long=True),
    ]


def _notices(subject: RoundSubject, *, shown: bool) -> list[parts.Notice]:
    held = subject.round
    if not shown:
        return [parts.Notice(text=_("结果还没有告知。平台能取的数据已由平台取，站点不用报送。"))]
    found = [
        parts.Notice(
            text=_("一票否决：%(what)s。%(why)s") % {"what": each, "why": subject.veto_reason}, tone="error"
        )
        for each in subject.vetoes
    ]
    if held.stage == RoundStage.TOLD:
        text = _("有异议的，请在 %s 前陈述意见或对具体计分项提出申诉") % held.objection_by
        found.append(parts.Notice(text=text, tone="warning"))
    return found


@require_POST
@needs(RAISE_OBJECTIONS)
def reply_to(request: HttpRequest, subject_id: UUID) -> HttpResponse:
    """A statement before scoring, or an answer to the result, by whoever was evaluated."""
    subject = RoundSubject.objects.select_related("round").filter(pk=subject_id).first()
    if subject is None:
        raise Http404
    text = request.POST.get("text", "")
    told = subject.round.stage in SHOWN
    try:
        (reply if told else state_self)(subject, text)
    except StepRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("已收到，写明在您的评估结果里") if told else _("自评说明已保存，评分的人看得到")
        )
    return HttpResponseRedirect(f"/r/round-subjects/{subject_id}/")


@offers("score-objections", "line", by="subject")
def lines(identity: UUID) -> Sequence[tuple[str, str]]:
    """The lines of the result that one objects to, by number and name (EVL-11)."""
    subject = RoundSubject.objects.select_related("round").filter(pk=identity).first()
    with suppress(RoundFault):  # a scheme that is gone is told by the round
        found = scheme_of_round(subject.round).lines if subject is not None else {}
        return [(code, f"{code} {each.name}") for code, each in found.items()]
    return []
