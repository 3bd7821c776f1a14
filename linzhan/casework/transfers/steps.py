"""How a transfer is answered: by the other station, or taken back by the one that asked (peers.md §4.2)."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from linzhan.casework.transfers.enums import TransferStage
from linzhan.casework.transfers.rights import TRANSFER
from linzhan.kernel.steps import Steps, step

TRANSFER_STEPS: Final = Steps(
    _("转移"),
    states={stage.value: stage.label for stage in TransferStage},
    initial=[TransferStage.ASKED],
    steps=[
        step("accept", _("同意"), TransferStage.ASKED, TransferStage.ACCEPTED, right=TRANSFER),
        step("decline", _("谢绝"), TransferStage.ASKED, TransferStage.DECLINED, right=TRANSFER, answer=_("谢绝的理由")),
        step("withdraw", _("撤回"), TransferStage.ASKED, TransferStage.WITHDRAWN, right=TRANSFER),
    ],
)  # fmt: skip
