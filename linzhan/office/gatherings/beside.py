"""What the file pages of groups, activities, programmes, records and referrals offer besides: ways to these pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.api import EDIT_RECORDS, Method
from linzhan.casework.api.gatherings import VIEW_ATTENDANCE
from linzhan.office.parts import Action, Fact
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head

GATHERED = (Method.GROUP, Method.ACTIVITY)


def _sheet(asked: FileAsked) -> Action:
    return Action(
        label=_("签到表"), url=f"/sign-in-sheets/{asked.register.key}/{asked.row['id']}/", icon="print"
    )


@file_head("group-files")
def group(asked: FileAsked) -> HeadMore:
    if not asked.holds(VIEW_ATTENDANCE):
        return HeadMore()
    grid = Action(label=_("出席表"), url=f"/groups/{asked.row['id']}/attendance/")
    return HeadMore(actions=[grid, _sheet(asked)])


@file_head("activity-files")
def activity(asked: FileAsked) -> HeadMore:
    actions = [_sheet(asked)] if asked.holds(VIEW_ATTENDANCE) else []
    if asked.holds(EDIT_RECORDS) and asked.row["stage"] == "已批准":
        url = f"/record/activity/?activity={asked.row['id']}"
        actions.insert(0, Action(label=_("登记活动记录"), url=url, style="primary"))
    return HeadMore(actions=actions)


@file_head("programmes")
def programme(asked: FileAsked) -> HeadMore:
    week = Action(label=_("课表"), url="/timetable/")
    return HeadMore(actions=[week, _sheet(asked)] if asked.holds(VIEW_ATTENDANCE) else [week])


@file_head("service-records")
def record(asked: FileAsked) -> HeadMore:
    if asked.row["method"] not in GATHERED or not asked.holds(VIEW_ATTENDANCE):
        return HeadMore()
    return HeadMore(actions=[Action(label=_("出席名单"), url=f"/attendance/{asked.row['id']}/")])


@file_head("referral-files")
def referral(asked: FileAsked) -> HeadMore:
    """How long the receiver took, or has been taking."""
    sent, received = asked.row["sent_on"], asked.row["received_on"]
    if sent is None:
        return HeadMore()
    days = _days(asked.row, sent, received)
    label = _("回执用时") if received else _("等回执已")
    return HeadMore(facts=[Fact(label, days, "number", note=_("日"))])


def _days(row: Mapping[str, Any], sent: date, received: date | None) -> int | None:
    if received is None and row["stage"] != "已发出":
        return None
    return ((received or timezone.localdate()) - sent).days
