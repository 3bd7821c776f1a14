"""我的督导: what a worker received, what was agreed, what was written and said of them, and where to ask (SPV-09, SPV-10)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linzhan.casework.api.mine import VIEW_OWN_SERVICE
from linzhan.kernel.access import needs
from linzhan.kernel.registers.amending import told
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.office import parts
from linzhan.office.requests import at_desk, holds
from linzhan.office.supervision.telling import AT_MOST, table
from linzhan.workforce.api import (
    ASK,
    RATE,
    SIGN_UP,
    RatingSide,
    SocialWorker,
    SupervisedWorker,
    SupervisionNote,
    SupervisionRating,
    SupervisionTask,
    TalkRoom,
    TalkSignup,
    received_by_year,
)


def _worker(request: HttpRequest) -> SocialWorker | None:
    held = at_desk(request).appointment
    identity = held.person_id if held is not None else None
    return SocialWorker.objects.filter(pk=identity).first() if identity else None


@needs(VIEW_OWN_SERVICE)
@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """``/mine/supervision/``: of the register row that the appointment names as the reader's."""
    worker = _worker(request)
    actions = []
    if holds(request, ASK):
        actions.append(parts.Action(label=_("提问"), url=_ask_url(request)))
        actions.append(parts.Action(label=_("看大家的提问"), url="/r/questions/"))
    context: dict[str, object] = {
        "head": parts.PageHead(
            name=_("我的督导"),
            lead=_("您接受的督导、商定的任务、督导写给您的话。保密记录只有您和写它的督导看得到。"),
            actions=actions,
        ),
        "nobody": None
        if worker
        else parts.Empty(
            title=_("这个账号还没有关联社工档案"), body=_("请管理员在您的任职里选定“本人档案”。")
        ),
    }
    if worker is not None:
        context["tables"] = [
            _years(worker), _tasks(worker), _sessions(request, worker), _notes(worker), _said(worker), _talks(request, worker),
        ]  # fmt: skip
    return render(request, "office/supervision/work.html", context)


def _ask_url(request: HttpRequest) -> str:
    held = at_desk(request).appointment
    station = f"&station={held.station_id}" if held and held.station_id else ""
    return f"/r/questions/new/?asked_on={timezone.localdate()}{station}"


def _years(worker: SocialWorker) -> parts.Table:
    found = received_by_year(worker.pk, region=worker.region_code, on=timezone.localdate())
    return table(
        "years",
        _("每年接受的督导"),
        (
            ("year", _("年度")), ("times", _("次数"), "number"), ("hours", _("小时"), "number"),
            ("days", _("有督导的天数"), "number"), ("working", _("折合工作日"), "number"),
        ),
        [
            parts.TableRow(
                cells={
                    "year": str(each.year),
                    "times": each.times,
                    "hours": each.hours,
                    "days": each.days,
                    "working": each.working_days,
                }
            )
            for each in found
        ],
        _("还没有列名的督导"),
        _("督导登记时列了您的名字，就会计在这里。"),
    )  # fmt: skip


def _tasks(worker: SocialWorker) -> parts.Table:
    rows = SupervisionTask.objects.filter(worker=worker).order_by("done_on", "due_on", "pk")[:AT_MOST]
    today = timezone.localdate()
    return table(
        "tasks",
        _("我的督导任务"),
        (("content", _("任务")), ("due", _("期限"), "date"), ("stage", _("状态")), ("result", _("完成情况"))),
        [
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/supervision-tasks/{each.pk}/",
                tone="late" if each.stage == "待办" and each.due_on < today else "",
                cells={
                    "content": each.content,
                    "due": each.due_on,
                    "stage": each.stage,
                    "result": each.result,
                },
            )
            for each in rows
        ],
        _("没有督导任务"),
    )


def _sessions(request: HttpRequest, worker: SocialWorker) -> parts.Table:
    """Sessions in which the reader was named, with the advice; each may be rated once."""
    rows = list(
        SupervisedWorker.objects.filter(worker=worker)
        .select_related("session")
        .order_by("-held_on", "-pk")[:AT_MOST]
    )
    rated = set(
        SupervisionRating.objects.filter(worker=worker, side=RatingSide.OF_SUPERVISOR).values_list(
            "session_id", flat=True
        )
    )
    may = holds(request, RATE)
    return table(
        "sessions",
        _("我接受的督导"),
        (
            ("on", _("日期"), "date"), ("who", _("督导")), ("form", _("形式")), ("mode", _("方式")),
            ("hours", _("小时"), "number"), ("topic", _("主题")), ("advice", _("督导建议")),
        ),
        [
            parts.TableRow(
                id=str(each.pk),
                cells={
                    "on": each.held_on,
                    "who": each.session.supervisor,
                    "form": each.session.form,
                    "mode": each.session.mode,
                    "hours": each.hours,
                    "topic": each.session.topic,
                    "advice": each.session.advice,
                },
                actions=[parts.Action(label=_("评价"), url=_rate_url(each))]
                if may and each.session_id not in rated
                else (),
            )
            for each in rows
        ],
        _("还没有列名的督导"),
    )  # fmt: skip


def _rate_url(each: SupervisedWorker) -> str:
    side = RatingSide.OF_SUPERVISOR.value
    return f"/r/supervision-ratings/new/?session={each.session_id}&worker={each.worker_id}&side={side}"


def _notes(worker: SocialWorker) -> parts.Table:
    rows = SupervisionNote.objects.filter(worker=worker).select_related("session").order_by("-pk")[:AT_MOST]
    return table(
        "notes",
        _("督导写给我的保密记录"),
        (("content", _("内容")), ("on", _("督导日期"), "date"), ("who", _("督导"))),
        [
            parts.TableRow(
                id=str(each.pk),
                cells={"content": each.content, "on": each.session.held_on, "who": each.session.supervisor},
            )
            for each in rows
        ],
        _("没有保密记录"),
    )


def _said(worker: SocialWorker) -> parts.Table:
    rows = SupervisionRating.objects.filter(worker=worker).select_related("session").order_by("-pk")[:AT_MOST]
    return table(
        "ratings",
        _("互评"),
        (
            ("side", _("评价方")),
            ("on", _("督导日期"), "date"),
            ("score", _("评分"), "number"),
            ("words", _("意见")),
        ),
        [
            parts.TableRow(
                id=str(each.pk),
                cells={
                    "side": each.side,
                    "on": each.session.held_on,
                    "score": each.score,
                    "words": each.words,
                },
            )
            for each in rows
        ],
        _("没有评价"),
        _("您给督导的评分只有您自己看得到；满规定人数才合计出平均，不显示是谁给的。"),
    )


def _talks(request: HttpRequest, worker: SocialWorker) -> parts.Table:
    """Talks to come, with the button to sign up (SYS-09)."""
    rows = TalkRoom.objects.filter(stage="预告", starts_at__gte=timezone.now()).order_by("starts_at")[
        :AT_MOST
    ]
    joined = set(TalkSignup.objects.filter(worker=worker).values_list("talk_id", flat=True))
    may = holds(request, SIGN_UP)
    return table(
        "talks",
        _("连线会客厅"),
        (
            ("title", _("主题")),
            ("at", _("开始时间"), "moment"),
            ("host", _("主办单位")),
            ("joined", _("报名")),
        ),
        [
            parts.TableRow(
                id=str(each.pk),
                url=f"/r/talk-rooms/{each.pk}/",
                cells={
                    "title": each.title,
                    "at": each.starts_at,
                    "host": each.host,
                    "joined": _("已报名") if each.pk in joined else "",
                },
                actions=[
                    parts.Action(
                        label=_("报名"), url=reverse("office:talk-sign-up", args=[each.pk]), post=True
                    )
                ]
                if may and each.pk not in joined
                else (),
            )
            for each in rows
        ],
        _("近期没有会客厅"),
    )


@needs(SIGN_UP)
@require_POST
def sign_up(request: HttpRequest, talk_id: UUID) -> HttpResponse:
    """``/mine/supervision/talks/<id>/``: the reader means to come."""
    worker = _worker(request)
    if worker is None or not TalkRoom.objects.filter(pk=talk_id, stage="预告").exists():
        raise Http404
    row = {"talk": talk_id, "worker": worker.pk, "signed_up_on": timezone.localdate()}
    if wrong := told(save_one(REGISTERS["talk-signups"], row)):
        messages.warning(request, wrong)
    else:
        messages.success(request, _("已报名"))
    return HttpResponseRedirect(reverse("office:own-supervision"))
