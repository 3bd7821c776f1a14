"""The state machine of a service record: counted, waiting, returned, voided; never deleted (``domain.md`` §7)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.enums import RecordStatus
from linzhan.casework.rights import EDIT_RECORDS, REVIEW_RECORDS
from linzhan.kernel.steps import CREATED, Steps, step

WAITING, RETURNED, ACCEPTED, VOIDED = (
    RecordStatus.WAITING,
    RecordStatus.RETURNED,
    RecordStatus.ACCEPTED,
    RecordStatus.VOIDED,
)

RECORD_STEPS = Steps(
    _("服务记录"),
    states={WAITING: WAITING.label, RETURNED: RETURNED.label, ACCEPTED: ACCEPTED.label, VOIDED: VOIDED.label},
    initial=[ACCEPTED, WAITING],
    steps=[
        step("accept", _("通过"), WAITING, ACCEPTED, right=REVIEW_RECORDS, not_by=CREATED),
        step(
            "return",
            _("退回"),
            (WAITING, ACCEPTED),
            RETURNED,
            right=REVIEW_RECORDS,
            returned_reason=_("退回原因"),
        ),
        step("resubmit", _("改好再报"), RETURNED, WAITING, right=EDIT_RECORDS),
        step(
            "void",
            _("作废"),
            (WAITING, RETURNED, ACCEPTED),
            VOIDED,
            right=REVIEW_RECORDS,
            returned_reason=_("作废原因"),
        ),
    ],
)
