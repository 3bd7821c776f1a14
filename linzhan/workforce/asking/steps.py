"""Handbooks, questions and talk rooms as tables (SPV-08, SPV-09, SYS-09)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.scope import current_actor
from linzhan.kernel.steps import Steps, step
from linzhan.workforce.asking.enums import HandbookStage, QuestionStage, TalkStage
from linzhan.workforce.asking.models import Answer, Question
from linzhan.workforce.asking.rights import ASK, EDIT_LEARNING

Row = Mapping[str, Any]


def by_the_asker(row: Row) -> str:
    """Whether an answer helped is said by whoever asked; and it has to be an answer to this question."""
    asked_by = Question.objects.filter(pk=row["id"]).values_list("recorded_by", flat=True).first()
    selves = current_actor().selves
    if asked_by is not None and selves and str(asked_by) not in selves:
        return "由提问的人自己采纳解答；您可以在下面继续解答"
    if not Answer.objects.filter(question=UUID(str(row["id"])), code=row["accepted"]).exists():
        return "这个问题下没有这个编号的解答，请从解答列表里采纳"
    return ""


HANDBOOK_STEPS: Final = Steps(
    _("督导手册"),
    states={stage.value: stage.label for stage in HandbookStage},
    initial=[HandbookStage.DRAFT],
    steps=[
        step("issue", _("发布"), HandbookStage.DRAFT, HandbookStage.ISSUED, right=EDIT_LEARNING,
             issued_on=_("发布日期"), version=_("版本")),
        step("repeal", _("停用"), HandbookStage.ISSUED, HandbookStage.REPEALED, right=EDIT_LEARNING,
             repealed_on=_("停用日期"), note=_("原因")),
    ],
)  # fmt: skip

QUESTION_STEPS: Final = Steps(
    _("社工提问"),
    states={stage.value: stage.label for stage in QuestionStage},
    initial=[QuestionStage.OPEN],
    steps=[
        step("accept", _("采纳解答"), QuestionStage.OPEN, QuestionStage.SOLVED, right=ASK,
             guard=by_the_asker, accepted=_("采纳的解答")),
        step("close", _("关闭"), QuestionStage.OPEN, QuestionStage.CLOSED, right=ASK, note=_("原因")),
        step("reopen", _("重新提问"), (QuestionStage.SOLVED, QuestionStage.CLOSED), QuestionStage.OPEN, right=ASK,
             at_will=True, note=_("还有什么没有解决")),
    ],
)  # fmt: skip

TALK_STEPS: Final = Steps(
    _("连线会客厅"),
    states={stage.value: stage.label for stage in TalkStage},
    initial=[TalkStage.ANNOUNCED],
    steps=[
        step("hold", _("已举行"), TalkStage.ANNOUNCED, TalkStage.HELD, right=EDIT_LEARNING,
             people=_("到场人数"), summary=_("会后纪要")),
        step("cancel", _("取消"), TalkStage.ANNOUNCED, TalkStage.CANCELLED, right=EDIT_LEARNING, note=_("原因")),
    ],
)  # fmt: skip
