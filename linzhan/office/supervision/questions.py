"""A question with its answers on one page; the asker says which one helped (SPV-09, SYS-10)."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.steps import StepRefused
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.requests import at_desk
from linzhan.office.supervision.telling import AT_MOST, table
from linzhan.workforce.api import ANSWER, ASK, VIEW_QUESTIONS, Answer, Question


@file_part("questions", template="office/supervision/answers.html", order=10, right=VIEW_QUESTIONS)
def answers(asked: FileAsked) -> Mapping[str, object]:
    """All answers, the accepted one first; the asker accepts one with a button."""
    question = Question.objects.get(pk=asked.row["id"])
    mine = str(question.recorded_by) == str(asked.request.user.pk)
    may = mine and question.stage == "待解答" and asked.holds(ASK)
    url = reverse("office:question-accept", args=[question.pk])
    found = list(Answer.objects.filter(question=question).order_by("pk")[:AT_MOST])
    found.sort(key=lambda each: each.code != question.accepted)
    return {
        "table": table(
            "answers",
            _("解答"),
            (("content", _("解答")), ("on", _("日期"), "date"), ("accepted", _("采纳"))),
            [
                parts.TableRow(
                    id=str(each.pk),
                    cells={
                        "content": each.content,
                        "on": each.answered_on,
                        "accepted": _("已采纳") if each.code == question.accepted else "",
                    },
                    actions=[
                        parts.Action(label=_("采纳"), url=url, post=True, name="accepted", value=each.code)
                    ]
                    if may
                    else (),
                )
                for each in found
            ],
            _("还没有解答"),
            _("同县的社工、督导和主管部门都可以解答，没有积分，也不排名。"),
        ),
        "answer": parts.Action(label=_("我来解答"), url=_new_answer(asked.request, question))
        if asked.holds(ANSWER)
        else None,
    }


def _new_answer(request: HttpRequest, question: Question) -> str:
    """The form of an answer with what is known: the question, the day, where the reader stands."""
    held = at_desk(request).appointment
    station = held and (held.station_id or next(iter(held.stations), None))
    where = f"&station={station}" if station else f"&region={held.region_code}" if held else ""
    return f"/r/answers/new/?question={question.pk}&answered_on={timezone.localdate()}{where}"


@needs(ASK)
@require_POST
def accept(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """``/supervision/questions/<id>/accept/``: only whoever asked."""
    if not Question.objects.filter(pk=question_id).exists():
        raise Http404
    try:
        take(REGISTERS["questions"], question_id, "accept", {"accepted": request.POST.get("accepted", "")})
    except (StepRefused, LookupError) as refused:
        messages.warning(
            request, str(refused) if isinstance(refused, StepRefused) else _("由提问的人自己采纳解答")
        )
    else:
        messages.success(request, _("已采纳"))
    return HttpResponseRedirect(f"/r/questions/{question_id}/")
