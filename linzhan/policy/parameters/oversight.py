"""What places decide about supervision and disclosure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Group, Meaning
from linzhan.policy.shapes import CalendarDays, Deadline
from linzhan.policy.valuetypes import CODES, COUNT, Rows, Shaped, Whole

DISCLOSURE_DAY = parameter(
    code="oversight.disclosure_day",
    label=_("三务公开日"),
    group=Group.OVERSIGHT,
    kind=Whole(minimum=1, maximum=28),
    unit="日",
    meaning=Meaning.SHARE,
    requirements="DSC-01 FND-31",
)
DISCLOSURE_CONTENTS = parameter(
    code="oversight.disclosure_contents",
    label=_("三务公开内容"),
    group=Group.OVERSIGHT,
    kind=CODES,
    meaning=Meaning.SHARE,
    requirements="DSC-01",
)
APPEAL_DEADLINES = parameter(
    code="oversight.appeal_deadlines",
    label=_("诉求答复时限"),
    group=Group.OVERSIGHT,
    kind=Rows(Deadline),
    meaning=Meaning.GUIDE,
    requirements="DSC-04 DSC-05",
)
RECTIFICATION_DEADLINES = parameter(
    code="oversight.rectification_deadlines",
    label=_("整改时限"),
    group=Group.OVERSIGHT,
    kind=Rows(Deadline),
    meaning=Meaning.GUIDE,
    requirements="RSK-07",
)
RECTIFICATION_MEANS = parameter(
    code="oversight.rectification_means",
    label=_("督促整改方式"),
    group=Group.OVERSIGHT,
    kind=CODES,
    meaning=Meaning.PERMISSION,
    requirements="RSK-07",
)
APPROVAL_DAYS = parameter(
    code="oversight.approval_days",
    label=_("审批办理时限"),
    group=Group.OVERSIGHT,
    kind=COUNT,
    unit="日",
    meaning=Meaning.GUIDE,
    requirements="PUR-09 FND-24",
)
DELEGATION_DAYS = parameter(
    code="oversight.delegation_days",
    label=_("一次委托代办的最长日数"),
    group=Group.OVERSIGHT,
    kind=COUNT,
    unit="日",
    requirements="NFR-06",
)
HOLIDAYS = parameter(
    code="oversight.holidays",
    label=_("放假和调休安排"),
    group=Group.OVERSIGHT,
    kind=Shaped(CalendarDays),
    variants=_("年份或节日"),
    requirements="RSK-07 DSC-04 INS-15",
)
