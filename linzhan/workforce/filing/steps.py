"""The way of a filing and of a leaving as tables; nobody accepts their own filing (FIL-02, FIL-03)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.steps import Steps, step
from linzhan.workforce.filing.checks import asking_checks, filing_checks, leaving_checks, named_id
from linzhan.workforce.filing.enums import FilingStage as F
from linzhan.workforce.filing.enums import LeavingStage as L
from linzhan.workforce.filing.rights import ACCEPT_FILINGS, AGREE_LEAVINGS
from linzhan.workforce.rights import EDIT_WORKERS

OPEN: Final = (L.ASKED, L.AGREED, L.REPLACED)


def team_named(row: Mapping[str, Any]) -> str:
    if not row["workers"]:
        return "请先在“备案人员”里填写备案的社工"
    if row["occasion"] == "项目立项" and not row["project"]:
        return "项目立项备案须填写项目编号"
    return ""


def somebody_else(row: Mapping[str, Any]) -> str:
    if named_id(row["replacement"]) == row["worker"].id:
        return "接替的人不能是离职的本人"
    return ""


FILING_STEPS: Final = Steps(
    _("人员备案"),
    states={stage.value: stage.label for stage in F},
    initial=[F.DRAFT],
    steps=[
        step(
            "submit",
            _("提交备案"),
            (F.DRAFT, F.RETURNED),
            F.SUBMITTED,
            right=EDIT_WORKERS,
            guard=team_named,
            checks=filing_checks,
        ),
        step(
            "accept",
            _("受理备案"),
            F.SUBMITTED,
            F.ACCEPTED,
            right=ACCEPT_FILINGS,
            not_by="submit",
            checks=filing_checks,
        ),
        step(
            "return",
            _("退回"),
            F.SUBMITTED,
            F.RETURNED,
            right=ACCEPT_FILINGS,
            not_by="submit",
            note=_("退回理由"),
        ),
        step("drop", _("作废"), (F.DRAFT, F.RETURNED), F.DROPPED, right=EDIT_WORKERS, note=_("作废原因")),
    ],
)

LEAVING_STEPS: Final = Steps(
    _("离职"),
    states={stage.value: stage.label for stage in L},
    initial=[L.ASKED],
    steps=[
        step(
            "agree",
            _("同意离职"),
            L.ASKED,
            L.AGREED,
            right=AGREE_LEAVINGS,
            checks=asking_checks,
            leaves_on=_("拟离职日期"),
        ),
        step(
            "replace",
            _("补员到位"),
            L.AGREED,
            L.REPLACED,
            right=AGREE_LEAVINGS,
            guard=somebody_else,
            replacement=_("接替人证件号"),
        ),
        step(
            "leave",
            _("办理离职"),
            (L.AGREED, L.REPLACED),
            L.LEFT,
            right=AGREE_LEAVINGS,
            checks=leaving_checks,
            left_on=_("离职日期"),
        ),
        step("withdraw", _("撤回申请"), OPEN, L.WITHDRAWN, right=EDIT_WORKERS, note=_("撤回原因")),
    ],
)
