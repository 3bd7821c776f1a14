"""A flag's life as people lead it: the worker says what was, somebody else settles it (``domain.md`` §14).

That a flag is closed because it is no longer true is the machine's (:mod:`.keeping`), logged beside these steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.kernel.models import StepEntry
from linzhan.kernel.scope import current_actor, current_scope
from linzhan.kernel.steps import Steps, step
from linzhan.oversight.models import PlausibilityFlag
from linzhan.oversight.plausibility.enums import SETTLED, UNSETTLED, FlagStage
from linzhan.oversight.rights import REPLY_FLAGS, SETTLE_FLAGS

REGISTER: Final = "plausibility-flags"
SETTLING: Final = ("explain", "correct", "confirm")


def _concerns_me(row: Mapping[str, Any]) -> bool:
    person = PlausibilityFlag.objects.filter(pk=row["id"]).values_list("person_id", flat=True).first()
    return person is not None and str(person) in current_scope().people


def own(row: Mapping[str, Any]) -> str:
    return "" if _concerns_me(row) else _("只有记录所涉的社工本人可以说明")


def others(row: Mapping[str, Any]) -> str:
    """Nobody settles what is asked about themselves, nor the same flag twice; the worker is heard first."""
    if _concerns_me(row):
        return _("这条疑点问的是您自己，请由站长、督导或县级中的其他人核实")
    flag = PlausibilityFlag.objects.get(pk=row["id"])
    if flag.stage == FlagStage.ASKED and flag.person_id and timezone.localdate() <= flag.answer_by:
        return _("先听社工说明：%s 以前等本人说明，说明以后或过期即可核实") % flag.answer_by.isoformat()
    before = StepEntry.objects.filter(row_id=flag.pk, register=REGISTER, step__in=SETTLING)
    if before.filter(actor__in=current_actor().selves).exists():
        return _("您已核实过这条疑点，复核请由其他人办理")
    return ""


FLAG_STEPS: Final = Steps(
    gettext_lazy("疑点"),
    states={stage.value: stage.label for stage in FlagStage},
    initial=[FlagStage.ASKED, FlagStage.LAPSED],  # no person's step leads to 自动关闭
    steps=[
        step(
            "reply", gettext_lazy("说明"), FlagStage.ASKED, FlagStage.ANSWERED, right=REPLY_FLAGS, guard=own,
            reply=gettext_lazy("一句话说明"),
        ),
        step(
            "explain", gettext_lazy("说明成立"), UNSETTLED, FlagStage.EXPLAINED, right=SETTLE_FLAGS, guard=others,
            decision=gettext_lazy("核实意见"),
        ),
        step(
            "correct", gettext_lazy("已更正"), UNSETTLED, FlagStage.CORRECTED, right=SETTLE_FLAGS, guard=others,
            decision=gettext_lazy("更正了什么"),
        ),
        step(
            "confirm", gettext_lazy("认定属实"), UNSETTLED, FlagStage.CONFIRMED, right=SETTLE_FLAGS, guard=others,
            decision=gettext_lazy("怎么核实的"),
        ),
        step(
            "contest", gettext_lazy("申请复核"), FlagStage.CONFIRMED, FlagStage.ANSWERED, right=REPLY_FLAGS,
            guard=own, at_will=True, note=gettext_lazy("为什么不同意"),
        ),
        step(
            "reopen", gettext_lazy("重新核实"), SETTLED, FlagStage.ANSWERED, right=SETTLE_FLAGS, at_will=True,
            note=gettext_lazy("理由"),
        ),
    ],
)  # fmt: skip
