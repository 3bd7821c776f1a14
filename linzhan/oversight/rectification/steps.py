"""The machines of rectification (``domain.md`` §15): the order, its items, what presses it, complaints.

Who answers holds one set of rights, who checks another; an item is cleared and an order passed by somebody who
did not report it. An item may be cleared before it is reported, and an order passes by its last item: both are
``at_will``, nobody waits for them. A means that touches money is announced, answered, and carried out by a second
person.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.steps import CREATED, Steps, step
from linzhan.oversight.rectification import guards
from linzhan.oversight.rectification.enums import (
    UNDER_WAY,
    AnswerStage,
    ComplaintStage,
    ItemStage,
    MeansStage,
    OrderStage,
)
from linzhan.oversight.rectification.rights import (
    ANSWER_RECTIFICATIONS,
    CHECK_RECTIFICATIONS,
    DECIDE_MEANS,
    ORDER_RECTIFICATIONS,
    SEE_COMPLAINTS,
)

R, I, M, C = OrderStage, ItemStage, MeansStage, ComplaintStage  # noqa: E741 -- read as a column of the tables below

ORDER_STEPS: Final = Steps(
    _("整改"),
    states={stage.value: stage.label for stage in R},
    initial=[R.ISSUED],
    steps=[
        step("plan", _("报整改计划"), R.ISSUED, R.PLANNED, right=ANSWER_RECTIFICATIONS, plan=_("整改计划")),
        step(
            "accept_plan", _("认可计划"), R.PLANNED, R.ACCEPTED, right=ORDER_RECTIFICATIONS, not_by="plan",
        ),
        step(
            "return_plan", _("退回计划"), R.PLANNED, R.ISSUED, right=ORDER_RECTIFICATIONS, note=_("退回理由"),
        ),
        step("start", _("开始整改"), R.ACCEPTED, R.WORKING, right=ANSWER_RECTIFICATIONS),
        step(
            "evidence", _("报整改证据"), (R.ACCEPTED, R.WORKING, R.RETURNED), R.EVIDENCE,
            right=ANSWER_RECTIFICATIONS, evidence=_("整改情况和证据"),
        ),
        step(
            "check", _("开始核查"), R.EVIDENCE, R.CHECKING, right=CHECK_RECTIFICATIONS, not_by="evidence",
            guard=guards.checkable, check_way=_("核查方式"), checked_on=_("核查日期"),
        ),
        step(
            "return", _("退回补正"), R.CHECKING, R.RETURNED, right=CHECK_RECTIFICATIONS, not_by="evidence",
            guard=guards.returnable, note=_("缺什么、补什么"),
        ),
        step(
            "pass", _("通过"), UNDER_WAY, R.PASSED, right=CHECK_RECTIFICATIONS, not_by="evidence", at_will=True,
            guard=guards.all_cleared, checks=guards.evaluated_again, asks=("check_finding",),
        ),
        step(
            "fail", _("未通过"), R.CHECKING, R.FAILED, right=CHECK_RECTIFICATIONS, not_by="evidence",
            guard=guards.failable, check_finding=_("核查情况"), note=_("结论和理由"),
        ),
        step(
            "again", _("责令再次整改"), R.FAILED, R.WORKING, right=ORDER_RECTIFICATIONS, guard=guards.later,
            due_on=_("整改期限"), note=_("要求"),
        ),
        step(
            "look_back", _("回头看：没有反弹"), R.PASSED, R.PASSED, right=CHECK_RECTIFICATIONS,
            guard=guards.looked_back, look_back_on=_("回头看日期"), look_back_finding=_("回头看情况"),
        ),
        step(
            "reopen", _("回头看：重新整改"), R.PASSED, R.WORKING, right=CHECK_RECTIFICATIONS, at_will=True,
            guard=guards.relapsed, note=_("反弹情况"),
        ),
        step(
            "revoke", _("撤销"), (R.ISSUED, R.PLANNED, *UNDER_WAY, R.FAILED), R.REVOKED,
            right=ORDER_RECTIFICATIONS, at_will=True, note=_("撤销理由"),
        ),
    ],
)  # fmt: skip

ITEM_STEPS: Final = Steps(
    _("整改项"),
    states={stage.value: stage.label for stage in I},
    initial=[I.OPEN],
    steps=[
        step(
            "report", _("报完成情况"), I.OPEN, I.REPORTED, right=ANSWER_RECTIFICATIONS, guard=guards.under_way,
            asks=("owner",), measure=_("整改措施"), evidence=_("完成情况和证据"),
        ),
        step(
            "clear", _("核查销号"), (I.OPEN, I.REPORTED), I.CLEARED, right=CHECK_RECTIFICATIONS,
            not_by="report", at_will=True, guard=guards.under_way, check_finding=_("核查情况"),
        ),
        step(
            "send_back", _("退回"), I.REPORTED, I.OPEN, right=CHECK_RECTIFICATIONS, not_by="report",
            note=_("缺什么、补什么"),
        ),
        step(
            "relapse", _("问题反弹"), I.CLEARED, I.CLEARED, right=CHECK_RECTIFICATIONS, at_will=True,
            guard=guards.item_relapsed, note=_("反弹情况（写入新的整改项）"),
        ),
        step(
            "drop", _("撤销"), (I.OPEN, I.REPORTED), I.DROPPED, right=ORDER_RECTIFICATIONS, at_will=True,
            note=_("撤销理由"),
        ),
    ],
)  # fmt: skip

MEANS_STEPS: Final = Steps(
    _("督促措施"),
    states={stage.value: stage.label for stage in M},
    initial=[M.PROPOSED],
    steps=[
        step(
            "notify", _("告知被整改单位"), M.PROPOSED, M.NOTIFIED, right=ORDER_RECTIFICATIONS,
            guard=guards.announced, notified_on=_("告知日期"), reply_by=_("陈述申辩截止"),
        ),
        step(
            "answer", _("陈述申辩"), M.NOTIFIED, M.NOTIFIED, right=ANSWER_RECTIFICATIONS, reply=_("意见"),
        ),
        step(
            "carry_out", _("签发实施"), (M.PROPOSED, M.NOTIFIED), M.DONE, right=DECIDE_MEANS, not_by=CREATED,
            guard=guards.carried_out, checks=guards.means_basis,
            asks=("response", "document_number", "held_on"), starts_on=_("实施日期"),
        ),
        step(
            "lift", _("解除"), M.DONE, M.LIFTED, right=DECIDE_MEANS, at_will=True, guard=guards.lifted,
            lifted_on=_("解除日期"), note=_("理由"),
        ),
        step(
            "drop", _("不予实施"), (M.PROPOSED, M.NOTIFIED), M.DROPPED, right=DECIDE_MEANS, note=_("理由"),
        ),
    ],
)  # fmt: skip

ANSWER_STEPS: Final = Steps(
    _("整改申辩"),
    states={stage.value: stage.label for stage in AnswerStage},
    initial=[AnswerStage.RAISED],
    steps=[
        step(
            "respond", _("答复"), AnswerStage.RAISED, AnswerStage.ANSWERED, right=ORDER_RECTIFICATIONS,
            not_by=CREATED, response=_("答复：采纳与否和理由"),
        ),
    ],
)  # fmt: skip

COMPLAINT_STEPS: Final = Steps(
    _("机构投诉举报"),
    states={stage.value: stage.label for stage in C},
    initial=[C.RECEIVED],
    steps=[
        step(
            "admit", _("受理"), C.RECEIVED, C.ADMITTED, right=SEE_COMPLAINTS, guard=guards.admitted,
            admitted_on=_("受理日期"),
        ),
        step("refuse", _("不予受理"), C.RECEIVED, C.REFUSED, right=SEE_COMPLAINTS, note=_("理由和去向")),
        *(
            step(
                name, label, C.ADMITTED, target, right=SEE_COMPLAINTS, not_by="admit", guard=guards.concluded,
                asks=("told_on",), conclusion=_("核查结论"), concluded_on=_("结论日期"),
            )
            for name, label, target in (
                ("uphold", _("认定属实"), C.FOUND),
                ("uphold_part", _("认定部分属实"), C.PARTLY),
                ("dismiss", _("认定不属实"), C.UNFOUNDED),
            )
        ),
    ],
)  # fmt: skip
