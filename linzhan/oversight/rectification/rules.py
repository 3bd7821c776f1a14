"""Rectification on plain values: days, terms, the ladder of means (``domain.md`` §15)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Protocol

from linzhan.oversight.rectification.enums import BINDING, Means

WorkingDays = Callable[[date, int], date]


class Term(Protocol):
    """A time limit of a case, as the rulebook has it."""

    @property
    def case(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def unit(self) -> str: ...


def due(on: date, severity: str, terms: Iterable[Term], working: WorkingDays) -> date | None:
    """Until when a finding of ``severity`` is to be put right; None where nobody decided.

    ``working`` gives the day that is so many working days later where the order stands.
    """
    for term in terms:
        if term.case == severity:
            if term.unit == "工作日":
                return working(on, term.number)
            hours = term.number if term.unit == "小时" else term.number * 24
            return on + timedelta(days=-(-hours // 24))
    return None


def same_purchaser(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(name.split()).replace("(", "（").replace(")", "）")


def out_of_turn(kind: str, done: Collection[str], *, failed: bool, overdue: bool) -> str:
    """What must come before a means of pressing: the milder first (发函 → 约谈 → 通报 → 暂停拨付 → 解约)."""
    if kind in (Means.LETTER, Means.TALK, Means.VISIT):
        return ""
    if not (failed or overdue):
        return "整改没有未通过，也没有逾期，还不能采取这一措施；可以先发函、约谈或实地督查"
    before: Mapping[str, tuple[str, ...]] = {
        Means.CIRCULAR.value: (Means.LETTER.value, Means.TALK.value),
        Means.SUSPENSION.value: (Means.TALK.value, Means.CIRCULAR.value),
        Means.TERMINATION.value: (Means.SUSPENSION.value,),
    }
    wanted = before[kind]
    if set(wanted) & set(done):
        return ""
    return f"采取“{kind}”之前，须先实施过{'或'.join(wanted)}"


def binding(kind: str) -> bool:
    return kind in BINDING
