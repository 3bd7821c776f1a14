"""The life of an activity as a table (``domain.md`` §7.4): held means that a service record says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linzhan.casework.activities.enums import ActivityStage as S
from linzhan.casework.activities.models import ActivityDetail
from linzhan.casework.activities.rules import PLAN
from linzhan.casework.groups.rights import APPROVE_GROUPS, EDIT_GROUPS
from linzhan.casework.groups.rules import lacks
from linzhan.kernel.steps import CREATED, Steps, step


def plan_stands(row: Mapping[str, Any]) -> str:
    return lacks(row, PLAN)


def was_recorded(row: Mapping[str, Any]) -> str:
    """An activity was held when its service record stands; nobody states it a second time."""
    if ActivityDetail.objects.filter(activity_id=row["id"]).exists():
        return ""
    return "还没有这次活动的服务记录，请先登记活动记录，再标为已举办"


ACTIVITY_STEPS = Steps(
    _("活动"),
    states={stage: stage.label for stage in S},
    initial=[S.PLANNED],
    steps=[
        step(
            "approve",
            _("批准"),
            S.PLANNED,
            S.APPROVED,
            right=APPROVE_GROUPS,
            not_by=CREATED,
            guard=plan_stands,
        ),
        step("revise", _("退回修改"), S.APPROVED, S.PLANNED, right=EDIT_GROUPS, note=_("原因")),
        step("hold", _("已举办"), S.APPROVED, S.HELD, right=EDIT_GROUPS, guard=was_recorded),
        step("report", _("总结"), S.HELD, S.REPORTED, right=EDIT_GROUPS, report=_("活动总结")),
        step(
            "cancel",
            _("取消"),
            [S.PLANNED, S.APPROVED],
            S.CANCELLED,
            right=EDIT_GROUPS,
            note=_("取消原因"),
        ),
    ],
)
