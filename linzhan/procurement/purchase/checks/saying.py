"""How a check is made: the ruling of place and day, and what was found in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.policy.api import NoRuling, Parameter, Ruling, ruling_for
from linzhan.procurement.purchase.reading import Read
from linzhan.procurement.purchase.rights import OVERRULE

T = TypeVar("T")
Row = Mapping[str, Any]
Found = Iterator[Checked]


def read(row: Row) -> Read:
    return Read(row, REGISTERS["purchase-files"])


def ruled(param: Parameter[T], region: str, on: date) -> Ruling[T] | None:
    """What holds at a place on a day; None where nobody decided it."""
    try:
        return ruling_for(param, region=region, on=on)
    except NoRuling:
        return None


def said(
    key: str, title: str, outcome: Outcome, words: str, ruling: Ruling[Any], overrule: str = ""
) -> Checked:
    stop = outcome is Outcome.STOP
    return Checked(
        key=key, title=title, outcome=outcome, words=words, clause=ruling.citation,
        overrule=overrule if stop else "",
    )  # fmt: skip


def all_there(
    key: str, title: str, lacking: Sequence[str], ruling: Ruling[Any], *, overrule: str = OVERRULE
) -> Checked:
    """PASS where nothing is lacking, else STOP with what is."""
    if lacking:
        words = _("还没有写明%(what)s") % {"what": "、".join(lacking)}
        return said(key, title, Outcome.STOP, words, ruling, overrule)
    return said(key, title, Outcome.PASS, _("都已写明"), ruling)
