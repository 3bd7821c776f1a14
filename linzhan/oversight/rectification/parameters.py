"""Terms of rectification that places decide (RSK-07, RSK-09); national proposals stand in ``terms.toml``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from linzhan.policy.api import (
    COUNT,
    Group,
    Meaning,
    NoRuling,
    Parameter,
    Ruling,
    parameter,
    parameter_named,
    read_defaults,
    ruling_for,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from linzhan.policy.api import BarRule, Deadline

read_defaults(Path(__file__).with_name("terms.toml"))


def _count(code: str, label: StrOrPromise, unit: str) -> Parameter[int]:
    return parameter(
        code=f"oversight.{code}",
        label=label,
        group=Group.OVERSIGHT,
        kind=COUNT,
        unit=unit,
        meaning=Meaning.GUIDE,
        requirements="RSK-07 RSK-09",
    )


PLAN_DAYS = _count("rectification_plan_days", _("整改：报送计划的时限"), "个工作日")
RETURNS = _count("rectification_returns", _("整改：证据最多退回几次"), "次")
LOOK_BACK_FROM = _count("look_back_from", _("整改：通过后多久起可以回头看"), "日")
LOOK_BACK_BY = _count("look_back_by", _("整改：通过后多久内须回头看"), "日")
FAILURES = _count("failures_before_bar", _("整改：第几次不合格时拟定禁入"), "次")
REPLY_DAYS = _count("means_reply_days", _("整改：暂停拨付、解约前的陈述申辩期"), "日")

DEADLINES: Final[Parameter[Sequence[Deadline]]] = parameter_named("oversight.rectification_deadlines")
MEANS: Final[Parameter[tuple[str, ...]]] = parameter_named("oversight.rectification_means")
INSTITUTION_BAR: Final[Parameter[BarRule]] = parameter_named("procurement.institution_bar")
TERMS: Final = (PLAN_DAYS, DEADLINES, parameter_named("oversight.holidays"))
"""What terms are counted by; many rows ask for them once."""


def decided(parameter: Parameter[Any], region: str, on: date) -> Ruling[Any] | None:
    """What the rulebook says there; None where it says nothing."""
    try:
        return ruling_for(parameter, region=region, on=on)
    except NoRuling:
        return None


def number(parameter: Parameter[int], region: str, on: date) -> int | None:
    ruling = decided(parameter, region, on)
    return None if ruling is None else int(ruling.value)
