"""``/awaiting/``: what waits for a second person; ``/delegation/``: who acts for me while I am away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from linzhan.accounts.api import (
    VIEW_WAITING,
    Appointment,
    User,
    colleagues,
    delegable,
    delegate,
    delegations_by,
    display_names,
    take_back,
)
from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.accounts.forms import Carrying
from linzhan.office.awaiting.queue import LISTED, Item, queued, waiting_for
from linzhan.policy.api import NoRuling, consulting, oversight, ruling_for

OFFERED = 200  # colleagues of one desk; more are found by an administrator


@needs(VIEW_WAITING)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    held = _held(request)
    rights: frozenset[str] = request.rights  # type: ignore[attr-defined]
    today = timezone.localdate()
    with consulting():
        of = next((each for each in queued(rights) if each.key == request.GET.get("of")), None)
        items = waiting_for(rights, region=held.region_code, today=today, of=of.key if of else "")
    actions = [parts.Action(label=_("全部待办"), url="/awaiting/")] if of else []
    actions += [parts.Action(label=_("委托代办"), url="/delegation/")] if delegable(held) else []
    context = {
        "head": parts.PageHead(
            name=_("待我办理：%s") % of.name if of else _("待我办理"),
            count=_("前 %d 件") % LISTED if len(items) == LISTED else "",
            lead=_("别人提交、要由您核准的事，等得最久的在前。自己提交的由他人办理，不在这里。"),
            actions=actions,
        ),
        "table": _table(items, today),
    }
    return render(request, "office/awaiting/queue.html", context)


def _table(items: list[Item], today: Any) -> parts.Table:
    return parts.Table(
        caption=_("待我办理"),
        columns=[
            parts.TableColumn(key="name", label=_("事项"), lead=True),
            parts.TableColumn(key="kind", label=_("类别")),
            parts.TableColumn(key="stage", label=_("现在")),
            parts.TableColumn(key="steps", label=_("可以")),
            parts.TableColumn(key="by", label=_("送来的人")),
            parts.TableColumn(key="since", label=_("何时起"), kind="time"),
            parts.TableColumn(key="due", label=_("提醒期限"), kind="date"),
        ],
        rows=[
            parts.TableRow(
                url=f"/r/{each.register.key}/{each.row_id}/",
                tone="late" if each.due < today else "",
                cells={
                    "name": each.name,
                    "kind": each.register.name,
                    "stage": each.stage,
                    "steps": each.steps,
                    "by": each.sent_by,
                    "since": each.since,
                    "due": each.due,
                },
            )
            for each in items
        ],
        empty=parts.Empty(
            title=_("没有等您办理的事"),
            body=_("同事提交后要由您核准的，会出现在这里和工作台上。"),
            icon="check",
        ),
    )


class DelegationForm(Carrying):
    """To whom, from when until when."""

    to = forms.TypedChoiceField(label=gettext_lazy("委托给"), coerce=UUID)
    begins = forms.DateField(
        label=gettext_lazy("起始日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends = forms.DateField(
        label=gettext_lazy("截止日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("这一天起不再代办"),
    )

    def __init__(self, *args: Any, offered: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", _("请选择"))] + [
            (str(each.pk), f"{each.display_name}（{each.username}）") for each in offered
        ]
        field = self.fields["to"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = chosen


@needs(VIEW_WAITING)
def delegation(request: HttpRequest) -> HttpResponse:
    held = _held(request)
    if not delegable(held):
        raise Http404
    today = timezone.localdate()
    user = _user(request)
    offered = list(colleagues(held, today).order_by("username")[:OFFERED])
    form = DelegationForm(request.POST or None, offered=offered, initial={"begins": today})
    if form.is_valid():
        try:
            made = delegate(
                own=held, delegator=user, today=today, longest=_longest(held), **form.cleaned_data
            )
        except ValidationError as refused:
            form.refuse(refused)
        else:
            told = {"name": made.user.display_name, "from": made.valid_from, "to": made.valid_to}
            messages.success(request, _("已委托 %(name)s 代办，%(from)s 起，%(to)s 前有效") % told)
            return redirect("office:delegation")
    context = {
        "head": parts.PageHead(
            name=_("委托代办"),
            lead=_(
                "外出时请同一单位的同事代办。同事切换到“代您”的任职后办理，记录写明是代您办的；您自己提交的事，代办人不能替您核准。"
            ),
        ),
        "form": form,
        "nobody": not offered,
        "table": _given(list(delegations_by(user.pk, today))),
    }
    return render(request, "office/awaiting/delegation.html", context, status=422 if form.errors else 200)


def _given(given: list[Appointment]) -> parts.Table:
    names = display_names({each.user_id for each in given})
    return parts.Table(
        caption=_("已委托"),
        columns=[
            parts.TableColumn(key="who", label=_("代办人"), lead=True),
            parts.TableColumn(key="as", label=_("身份")),
            parts.TableColumn(key="from", label=_("起"), kind="date"),
            parts.TableColumn(key="to", label=_("止"), kind="date"),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "who": names.get(each.user_id, ""), "as": each.title, "from": each.valid_from, "to": each.valid_to,
                },
                actions=[
                    parts.Action(label=_("收回"), url=f"/delegation/{each.pk}/end/", post=True, confirm=_("收回后立即失效，确定收回？"))
                ],
            )
            for each in given
        ],
        empty=parts.Empty(title=_("没有委托出去的"), body=_("委托后在这里查看和收回。")),
    )  # fmt: skip


@needs(VIEW_WAITING)
@require_POST
def end(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    user, today = _user(request), timezone.localdate()
    found = delegations_by(user.pk, today).filter(pk=appointment_id).first()
    if found is None:
        raise Http404
    take_back(delegated=found, by=user.pk, today=today)
    messages.success(request, _("委托已收回"))
    return redirect("office:delegation")


def _held(request: HttpRequest) -> Appointment:
    held: Appointment | None = request.appointment  # type: ignore[attr-defined]
    if held is None:
        raise Http404
    return held


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _longest(held: Appointment) -> int:
    try:
        return ruling_for(oversight.DELEGATION_DAYS, region=held.region_code, on=timezone.localdate()).value
    except NoRuling:
        return 0
