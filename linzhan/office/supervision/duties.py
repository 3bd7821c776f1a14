"""What of supervision waits on the work bench: tasks that are due, sessions to write up, questions, stations without."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from linzhan.accounts.api import Role
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty
from linzhan.workforce.api import (
    ANSWER,
    DO_TASKS,
    EDIT_AGREEMENTS,
    EDIT_SUPERVISIONS,
    Question,
    open_tasks,
    to_write_up,
    uncovered,
)

LATELY = timedelta(days=30)


@waiting("supervision.tasks", DO_TASKS)
def tasks(_reader: Reader) -> Waiting:
    return Waiting(
        open_tasks(),
        lambda n: Duty(
            title=_("%d 项督导任务没有完成") % n, url="/r/supervision-tasks/?stage=待办", verb=_("办理")
        ),
        due="due_on",
    )


@waiting("supervision.write-up", EDIT_SUPERVISIONS)
def write_up(reader: Reader) -> Waiting | None:
    """For supervisors: sessions of the last month without a word."""
    if reader.role != Role.SUPERVISOR:
        return None
    return Waiting(
        to_write_up(reader.today - LATELY),
        lambda n: Duty(
            title=_("%d 次督导还没有写内容和建议") % n, url=reverse("office:supervision"), verb=_("补写")
        ),
    )


@waiting("supervision.questions", ANSWER)
def questions(reader: Reader) -> Waiting | None:
    """For supervisors: questions of the county that nobody answered yet."""
    if reader.role != Role.SUPERVISOR:
        return None
    return Waiting(
        Question.objects.filter(stage="待解答"),
        lambda n: Duty(
            title=_("%d 个社工提问等待解答") % n, url="/r/questions/?stage=待解答", verb=_("解答")
        ),
        due="asked_on",
        grace=7,
    )


@waiting("supervision.uncovered", EDIT_AGREEMENTS)
def without(reader: Reader) -> Waiting | None:
    """For the county: operating stations that no agreement covers."""
    if reader.role != Role.COUNTY_OFFICIAL:
        return None
    return Waiting(
        uncovered(reader.today),
        lambda n: Duty(
            title=_("%d 个站点没有督导协议") % n,
            url=reverse("office:supervision"),
            note=_("系统按远近、余量和领域给出建议，由您选定"),
            verb=_("选配"),
        ),
    )
