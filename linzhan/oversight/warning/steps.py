"""The life of an alert as people lead it: taken note of, worked on, put off with a reason, closed with a conclusion.

That an alert lapses, wakes or goes up a tier is the machine's (:mod:`.keeping`) and logged beside these steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.kernel.sheets.days import day_of
from linzhan.kernel.steps import Steps, step
from linzhan.oversight.enums import OVER, Ending, Stage
from linzhan.oversight.models import Alert
from linzhan.oversight.parameters import SNOOZE_DAYS
from linzhan.oversight.rights import DISMISS_ALERTS, HANDLE_ALERTS
from linzhan.policy.api import NoRuling, ruling_for

OPEN: Final = (Stage.NEW, Stage.SEEN, Stage.WORKING)


def snoozed(row: Mapping[str, Any]) -> str:
    """Put off until a day that is to come, and not for longer than the place allows."""
    today, until = timezone.localdate(), day_of(row["snoozed_until"])
    if until is None:
        return ""  # a day that cannot be read is refused with the column
    if until <= today:
        return _("“暂缓至”要晚于今天")
    try:
        longest = ruling_for(SNOOZE_DAYS, region=str(row["region_code"]), on=today).value
    except NoRuling:
        return ""
    if until > today + timedelta(days=longest):
        return _("一次暂缓最长 %d 日，到期仍成立的会重新提醒") % longest
    return ""


def solved(row: Mapping[str, Any]) -> str:
    return (
        "" if row["ending"] == Ending.SOLVED else _("误报和接受风险由主管部门认定；这里的结论只能是“已解决”")
    )


def dismissed(row: Mapping[str, Any]) -> str:
    return _("已解决的请用“办结”") if row["ending"] == Ending.SOLVED else ""


def alone(row: Mapping[str, Any]) -> str:
    """What the rule raised anew since is worked on there."""
    own = Alert.objects.filter(pk=row["id"]).values_list("rule", "key").first()
    if own is None:
        return ""
    living = Alert.objects.filter(~Q(stage__in=OVER) | Q(holds=True), rule=own[0], key=own[1])
    newer = living.exclude(pk=row["id"]).values_list("code", flat=True).first()
    return _("同一情形已另有预警 %s，请在那一条上处理") % newer if newer else ""


ALERT_STEPS: Final = Steps(
    gettext_lazy("预警"),
    states={stage.value: stage.label for stage in Stage},
    initial=[Stage.NEW, Stage.LAPSED],  # no person's step leads to 自动关闭
    steps=[
        step("note", gettext_lazy("知悉"), Stage.NEW, Stage.SEEN, right=HANDLE_ALERTS),
        step(
            "work", gettext_lazy("开始处理"), (Stage.NEW, Stage.SEEN, Stage.SNOOZED), Stage.WORKING,
            right=HANDLE_ALERTS, note=gettext_lazy("准备怎么做"),
        ),
        step(
            "snooze", gettext_lazy("暂缓"), OPEN, Stage.SNOOZED, right=HANDLE_ALERTS, guard=snoozed,
            snoozed_until=gettext_lazy("暂缓至"), note=gettext_lazy("暂缓的理由"),
        ),
        step(
            "close", gettext_lazy("办结"), (Stage.SEEN, Stage.WORKING), Stage.CLOSED, right=HANDLE_ALERTS,
            guard=solved, ending=gettext_lazy("办结结论"), note=gettext_lazy("怎么解决的"),
        ),
        step(
            "dismiss", gettext_lazy("认定误报或接受风险"), (*OPEN, Stage.SNOOZED), Stage.CLOSED,
            right=DISMISS_ALERTS, guard=dismissed, ending=gettext_lazy("办结结论"), note=gettext_lazy("理由"),
        ),
        step(
            "reopen", gettext_lazy("重新打开"), Stage.CLOSED, Stage.WORKING, right=DISMISS_ALERTS,
            guard=alone, note=gettext_lazy("理由"),
        ),
    ],
)  # fmt: skip
