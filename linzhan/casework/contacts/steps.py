"""The way of a referral as a table: consent before data goes out, a receipt, a result (``domain.md`` §7.5)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.contacts.enums import ReferralStage as S
from linzhan.casework.contacts.rules import comes_after, may_be_sent
from linzhan.casework.groups.rights import EDIT_CONTACTS
from linzhan.kernel.steps import Steps, step

REFERRAL_STEPS = Steps(
    _("转介单"),
    states={stage: stage.label for stage in S},
    initial=[S.PREPARED],
    steps=[
        step(
            "send",
            _("发出"),
            S.PREPARED,
            S.SENT,
            right=EDIT_CONTACTS,
            guard=may_be_sent,
            asks=["consented_on", "consent_overridden", "override_reason", "shared", "record"],
            sent_on=_("发出日期"),
        ),
        step(
            "receive",
            _("对方已接收"),
            S.SENT,
            S.RECEIVED,
            right=EDIT_CONTACTS,
            guard=comes_after("received_on", "sent_on", "接收日期早于发出日期，请核对"),
            received_on=_("接收日期"),
            receipt=_("回执"),
        ),
        step(
            "settle",
            _("登记结果"),
            S.RECEIVED,
            S.SETTLED,
            right=EDIT_CONTACTS,
            guard=comes_after("settled_on", "received_on", "结果日期早于接收日期，请核对"),
            settled_on=_("结果日期"),
            result=_("转介结果"),
        ),
        step(
            "refuse", _("对方退回"), [S.SENT, S.RECEIVED], S.REFUSED, right=EDIT_CONTACTS, note=_("退回原因")
        ),
        step(
            "prepare", _("重新转介"), S.REFUSED, S.PREPARED, right=EDIT_CONTACTS, asks=["receiver", "contact"]
        ),
        step(
            "withdraw", _("撤回"), [S.PREPARED, S.SENT], S.WITHDRAWN, right=EDIT_CONTACTS, note=_("撤回原因")
        ),
    ],
)
