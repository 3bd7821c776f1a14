"""What a case must have before it goes on, and how far its goals were reached: plain values in, sentences out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from typing import Any, Final

from linzhan.casework.cases.enums import CloseReason
from linzhan.casework.residents.enums import GivenBy

GUARDIAN_CONSENTS: Final = 14  # years below which a guardian consents (PIPL 31)
ADULT: Final = 18
MEAN, SPREAD = Decimal(50), Decimal(10)
SHARED, OWN = (
    Decimal("0.3"),
    Decimal("0.7"),
)  # the correlation of goals that the authors of the scale take for granted
TENTH = Decimal("0.1")


def attainment(goals: Iterable[tuple[int, int]]) -> Decimal | None:
    """The T score of goals given as (weight, level −2…2); 50 is "as expected". None without goals.

    T = 50 + 10·Σwx / √(0.7·Σw² + 0.3·(Σw)²) (Kiresuk & Sherman 1968; ``domain.md`` §7.2).
    """
    scored = [(Decimal(weight), Decimal(level)) for weight, level in goals]
    total = sum((weight for weight, _level in scored), Decimal())
    if not total:
        return None
    with localcontext() as context:
        context.prec = 28
        squares = sum((weight * weight for weight, _level in scored), Decimal())
        reached = sum((weight * level for weight, level in scored), Decimal())
        score = MEAN + SPREAD * reached / (OWN * squares + SHARED * total * total).sqrt()
        return score.quantize(TENTH)


def lacking(row: Mapping[str, Any], wanted: Mapping[str, str]) -> str:
    """Which of the ``wanted`` columns (name and label) are empty in ``row``, as a sentence; empty for none."""
    missing = [label for name, label in wanted.items() if _is_empty(row.get(name))]
    return f"还没有填写：{'、'.join(missing)}" if missing else ""


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, (str, list, tuple)) and not value)


def consent_fault(age: int | None, given_by: str, child_view: str) -> str:
    """What is wrong with a consent: below 14 a guardian consents, from 14 to 17 guardian and child are heard."""
    if age is None or age >= ADULT:
        return ""
    if given_by != GivenBy.GUARDIAN:
        return f"服务对象未满 {ADULT} 周岁，须由监护人同意"
    if age >= GUARDIAN_CONSENTS and not child_view.strip():
        return f"服务对象已满 {GUARDIAN_CONSENTS} 周岁，除监护人同意外，还要写明本人的意愿"
    return ""


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal as the guards look at it."""

    goal: str
    indicator: str
    due_on: date | None
    level: int | None


def plan_fault(goals: Sequence[Aim]) -> str:
    """A plan has a goal at least, and each says how one will see that it is reached, and until when."""
    if not goals:
        return "计划至少要有一个目标，请先登记“个案目标”"
    vague = [aim.goal for aim in goals if not aim.indicator.strip() or aim.due_on is None]
    if vague:
        return f"目标“{shortened(vague[0])}”还没有写明衡量指标或完成日期"
    return ""


def scoring_fault(goals: Sequence[Aim]) -> str:
    """Every goal is scored before a case is evaluated."""
    if not goals:
        return "没有登记目标，无法评估"
    open_goals = [aim.goal for aim in goals if aim.level is None]
    if open_goals:
        return f"还有 {len(open_goals)} 个目标没有评定达成程度，如“{shortened(open_goals[0])}”"
    return ""


def shortened(text: str, length: int = 18) -> str:
    return text if len(text) <= length else f"{text[:length]}…"


def suspension_fault(today: date, resume_on: date | None, longest: int) -> str:
    """A case pauses until a day that is known and not too far."""
    if resume_on is None:
        return ""  # the step asks for it by itself
    if resume_on <= today:
        return "预计恢复日期应在今天以后"
    if (resume_on - today).days > longest:
        last = today + timedelta(days=longest)
        return f"暂停最长 {longest} 天，预计恢复日期不能晚于 {last:%Y-%m-%d}；更久请评估后结案或转介"
    return ""


def sessions_fault(held: int, least: int, reason: str) -> str:
    """Too few sessions need a reason."""
    if held >= least or reason.strip():
        return ""
    return f"只有 {held} 次过程记录，少于 {least} 次；请补记，或填写“节次不足原因”"


def lost_fault(close_reason: str, tries: int, least: int, days: int) -> str:
    """Nobody is given up as lost before having been looked for."""
    if close_reason != CloseReason.LOST or tries >= least:
        return ""
    return f"以“失联”结案，{days} 天内至少要有 {least} 次没有联系上的记录，现有 {tries} 次"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A contact owed after closing: when, and on which day it was made."""

    number: int
    due_on: date
    made_on: date | None


def follow_ups(closed_on: date, days: Sequence[int], contacts: Iterable[date]) -> list[FollowUp]:
    """The contacts owed so many ``days`` after closing (``domain.md`` §6.4 VF12), met by ``contacts`` in order.

    A contact counts for the earliest that is still open and nearer than the one before: from the middle
    between two dates on. So one early call is not taken for all of them.
    """
    waiting = sorted(set(contacts))
    found: list[FollowUp] = []
    before = 0
    for number, after in enumerate(sorted(set(days)), 1):
        opens = closed_on + timedelta(days=(before + after + 1) // 2)
        made = next((day for day in waiting if day >= opens), None)
        if made is not None:
            waiting = [day for day in waiting if day > made]
        found.append(FollowUp(number, closed_on + timedelta(days=after), made))
        before = after
    return found
