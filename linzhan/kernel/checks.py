"""Checks before something is committed: pass, remind, stop, or cannot be told, each with number, base and clause.

A check belongs to a step of a staged register (``Step.checks``). It runs again when the step is taken, not
only when the form is shown, and what it said is kept with the step. Where a rule is not set for a place
there is no check, so nobody is held to another place's rule.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from linzhan.kernel.steps import StepRefused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OVERRULE: Final = "overrule"
"""The reason for going on against a stop: no column of the row, kept with the step itself."""


class Outcome(StrEnum):
    """UNKNOWN: what the rule is measured against is not stated; that is neither a pass nor a breach."""

    PASS = "通过"  # noqa: S105 -- an outcome, no password
    WARN = "提醒"
    UNKNOWN = "无从判断"
    STOP = "不得办理"


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """What one check found. ``words`` say the number, what it is measured against, and what to do.

    ``clause`` is the authority as people cite it (``Ruling.citation``). ``overrule`` is the right whose
    holder may go on against a stop, with a reason; where it is empty, nobody may.
    """

    key: str
    title: StrOrPromise
    outcome: Outcome
    words: str
    clause: str = ""
    overrule: str = ""

    @property
    def sentence(self) -> str:
        """``合同期限：36 个月，不超过 36 个月（某文件第三条）``."""
        return f"{self.title}：{self.words}" + (f"（{self.clause}）" if self.clause else "")

    def told(self) -> dict[str, str]:
        """As it is kept with the step."""
        return {
            "key": self.key,
            "title": str(self.title),
            "outcome": self.outcome.value,
            "words": self.words,
            "clause": self.clause,
        }


Checks = Callable[[Mapping[str, Any]], Sequence[Checked]]
"""Looks at a row as it would stand after the step; asks its questions within the reader's scope."""


class StepStopped(StepRefused):
    """Checks stop the step; ``found`` are all that were made."""

    def __init__(self, message: str, found: Sequence[Checked]) -> None:
        super().__init__(message)
        self.found = tuple(found)


def stops(found: Sequence[Checked]) -> list[Checked]:
    return [each for each in found if each.outcome is Outcome.STOP]


def may_overrule(found: Sequence[Checked], rights: Collection[str] | None) -> bool:
    """Whether somebody with ``rights`` may go on against every stop among ``found``."""
    held = rights or ()
    return all(each.overrule and each.overrule in held for each in stops(found))


def refuse_stopped(
    label: StrOrPromise, found: Sequence[Checked], reason: str, rights: Collection[str] | None
) -> None:
    """Raise :class:`StepStopped` unless nothing stops, or the taker may overrule and says why."""
    against = stops(found)
    if not against:
        return
    said = "；".join(each.sentence for each in against)
    if not may_overrule(found, rights):
        raise StepStopped(f"“{label}”不能办理：{said}", found)
    if not reason:
        raise StepStopped(f"“{label}”有不符合规定之处：{said}。确须办理的，请写明理由", found)
