"""The life of a group as a table (``domain.md`` §7.3): nobody approves the plan they wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linzhan.casework.groups.enums import GroupStage as S
from linzhan.casework.groups.rights import APPROVE_GROUPS, EDIT_GROUPS
from linzhan.casework.groups.rules import PLAN, blank, lacks, misfit
from linzhan.kernel.steps import CREATED, NOTE, Steps, step
from linzhan.policy.api import casework, ruling_for


def plan_stands(row: Mapping[str, Any]) -> str:
    """What the plan lacks before it can be approved; an unusual size needs a reason."""
    missing = lacks(row, PLAN)
    if missing:
        return missing
    day, place = timezone.localdate(), str(row["region_code"])
    low = ruling_for(casework.GROUP_SIZE_MIN, region=place, on=day).value
    high = ruling_for(casework.GROUP_SIZE_MAX, region=place, on=day).value
    return misfit(int(row["planned_size"]), low, high) if blank(row.get(NOTE)) else ""


GROUP_STEPS = Steps(
    _("小组"),
    states={stage: stage.label for stage in S},
    initial=[S.DRAFT],
    steps=[
        step(
            "approve",
            _("批准"),
            S.DRAFT,
            S.APPROVED,
            right=APPROVE_GROUPS,
            not_by=CREATED,
            guard=plan_stands,
            asks=[NOTE],
        ),
        step("revise", _("退回修改"), S.APPROVED, S.DRAFT, right=EDIT_GROUPS, note=_("原因")),
        step("recruit", _("开始招募"), S.APPROVED, S.RECRUITING, right=EDIT_GROUPS, asks=["criteria"]),
        step(
            "start",
            _("开组"),
            S.RECRUITING,
            S.RUNNING,
            right=EDIT_GROUPS,
            starts_on=_("开始日期"),
            phase=_("发展期"),
        ),
        step("advance", _("进入下一发展期"), S.RUNNING, S.RUNNING, right=EDIT_GROUPS, phase=_("发展期")),
        step("evaluate", _("评估"), S.RUNNING, S.EVALUATED, right=EDIT_GROUPS, evaluation=_("评估结论")),
        step("close", _("结束"), S.EVALUATED, S.CLOSED, right=EDIT_GROUPS, ends_on=_("结束日期")),
        step(
            "cancel",
            _("取消"),
            [S.DRAFT, S.APPROVED, S.RECRUITING, S.RUNNING],
            S.CANCELLED,
            right=EDIT_GROUPS,
            note=_("取消原因"),
        ),
    ],
)
