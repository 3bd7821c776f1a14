"""Plausibility at the desk: what is asked of me, what waits to be settled, the checks with their rates (§14)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.navigation import page
from linzhan.office.parts import Duty
from linzhan.office.plausibility import file as _file  # noqa: F401 -- registers its parts
from linzhan.office.plausibility.asking import asked_of_me, to_be_settled
from linzhan.oversight.api import (
    CALL_BACK,
    REPLY_FLAGS,
    SETTLE_FLAGS,
    VIEW_CHECKS,
    waiting_calls,
)

page("checks", "监督", gettext_lazy("可信度核对"), "office:checks", VIEW_CHECKS, order=36)
page("my-flags", "监督", gettext_lazy("问我的疑点"), "office:my-flags", REPLY_FLAGS, order=34)


@waiting("plausibility.mine", REPLY_FLAGS)
def mine(_reader: Reader) -> Waiting:
    """Questions about my own records."""
    return Waiting(
        asked_of_me(),
        lambda n: Duty(
            title=_("%d 条记录有疑问，请您说明") % n,
            url="/checks/mine/",
            note=_("先听您说，一句话就行；疑点不是结论"),
            verb=_("说明"),
        ),
        due="answer_by",
    )


@waiting("plausibility.settle", SETTLE_FLAGS)
def settle(reader: Reader) -> Waiting:
    """Flags that were answered, or whose time to answer is over."""
    return Waiting(
        to_be_settled(reader.today),
        lambda n: Duty(
            title=_("%d 个疑点可以核实") % n,
            url="/r/plausibility-flags/",
            note=_("看社工的说明和所据记录，写明核实意见"),
            verb=_("核实"),
        ),
    )


@waiting("plausibility.calls", CALL_BACK)
def calls(_reader: Reader) -> Waiting:
    return Waiting(
        waiting_calls(),
        lambda n: Duty(
            title=_("%d 条服务待电话回访") % n,
            url="/r/callbacks/",
            verb=_("回访"),
        ),
    )
