"""The stages of a round, and of an objection (``domain.md`` §12.2). Who told the result does not settle it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.steps import Steps, step
from linzhan.quality.rights import (
    DECIDE_OBJECTIONS,
    EDIT_ROUNDS,
    FINALISE_ROUNDS,
    RAISE_OBJECTIONS,
)
from linzhan.quality.rounds import guards
from linzhan.quality.rounds.enums import ObjectionStage, RoundStage

R, O = RoundStage, ObjectionStage  # noqa: E741 -- read as a column of the table below

ROUND_STEPS: Final = Steps(
    _("评估轮次"),
    states={stage.value: stage.label for stage in R},
    initial=[R.DRAFT],
    steps=[
        step(
            "draw", _("抽取评估对象"), R.DRAFT, R.DRAFT, right=EDIT_ROUNDS, guard=guards.drawable,
            asks=("draw_percent", "draw_number", "draw_each"), seed=_("随机种子"), seed_source=_("种子来源"),
        ),
        step("notify", _("通知"), R.DRAFT, R.NOTIFIED, right=EDIT_ROUNDS, guard=guards.notifiable,
             asks=("scoring_due",), self_due=_("自评截止")),
        step("collect", _("开始自评和采集"), R.NOTIFIED, R.COLLECTING, right=EDIT_ROUNDS),
        step(
            "lock", _("锁定证据，开始评分"), R.COLLECTING, R.SCORING, right=EDIT_ROUNDS, guard=guards.lockable,
            asks=("left_out", "left_out_reason"), lasting=guards.many,
        ),
        step("tell", _("告知结果"), R.SCORING, R.TOLD, right=EDIT_ROUNDS, guard=guards.tellable,
             lasting=guards.many, objection_by=_("申诉截止")),
        step("review", _("申诉期满，复核"), R.TOLD, R.REVIEW, right=EDIT_ROUNDS, guard=guards.objection_over),
        step(
            "finalise", _("定稿"), R.REVIEW, R.FINAL, right=FINALISE_ROUNDS, not_by="tell",
            guard=guards.finalisable, lasting=guards.many,
        ),
        step(
            "publish", _("公布"), R.FINAL, R.PUBLISHED, right=FINALISE_ROUNDS, guard=guards.publishable,
            asks=("use_note", "summary"),
            publication=_("公布范围"), uses=_("结果运用"),
        ),
        step(
            "drop", _("中止"), (R.DRAFT, R.NOTIFIED, R.COLLECTING, R.SCORING, R.TOLD), R.DROPPED,
            right=EDIT_ROUNDS, at_will=True, note=_("中止原因"),
        ),
    ],
)  # fmt: skip
OBJECTION_STEPS: Final = Steps(
    _("评估申诉"),
    states={stage.value: stage.label for stage in O},
    initial=[O.RAISED],
    steps=[
        step("admit", _("受理"), O.RAISED, O.ADMITTED, right=DECIDE_OBJECTIONS),
        step(
            "uphold", _("申诉成立"), O.ADMITTED, O.UPHELD, right=DECIDE_OBJECTIONS, guard=guards.upheld,
            new_points=_("更正后得分"), decision=_("处理意见"),
        ),
        step(
            "reject", _("申诉不成立"), O.ADMITTED, O.REJECTED, right=DECIDE_OBJECTIONS, guard=guards.not_own_score,
            decision=_("处理意见"),
        ),
        step("withdraw", _("撤回"), (O.RAISED, O.ADMITTED), O.WITHDRAWN, right=RAISE_OBJECTIONS),
    ],
)  # fmt: skip
