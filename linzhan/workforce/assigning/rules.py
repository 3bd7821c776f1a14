"""Whether somebody may stand on a post, on plain values: no ORM, clock or settings (RSK-02, FIL-01, FIL-07).

Each rule answers with an outcome and words that say the number, the limit and what to do.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from linzhan.kernel.checks import Outcome

Verdict: TypeAlias = tuple[Outcome, str]
SOON = timedelta(days=30)
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Held:
    """An assignment that holds on the day: on which project, whether the worker runs it, with what share."""

    project_id: UUID
    runs: bool
    share: Decimal | None
    full_time: bool

    @property
    def takes(self) -> Decimal | None:
        """The share it takes; somebody full-time on a project is wholly there unless the share says otherwise."""
        return WHOLE if self.share is None and self.full_time else self.share


def employed(hired_on: date, left_on: date | None, on: date) -> Verdict:
    if left_on is not None and left_on <= on:
        return Outcome.STOP, f"已于 {left_on} 离职"
    if hired_on > on:
        return Outcome.WARN, f"{hired_on} 才入职"
    return Outcome.PASS, f"自 {hired_on} 起在岗"


def barred(bars: Sequence[tuple[date, date]], on: date) -> Verdict:
    """``bars`` are first day and first day after; the one that lasts longest is told."""
    running = [end for start, end in bars if start <= on < end]
    if running:
        return Outcome.STOP, f"失信处理生效中，{max(running) - timedelta(days=1)} 前不得从事社会工作相关岗位"
    return Outcome.PASS, "没有生效中的限制"


def vetted(results: Sequence[tuple[date | None, str, date | None]], on: date) -> Verdict:
    """``results`` are (answered on, result, valid until), latest first; those to come do not count."""
    told = [
        (result, until)
        for day, result, until in results
        if day is not None and day <= on and result != "待回复"
    ]
    if not told:
        waiting = any(result == "待回复" for _day, result, _until in results)
        return Outcome.STOP, "查询尚未回复，回复前不得安排" if waiting else "没有从业查询结果，请先查询"
    result, until = told[0]
    if result == "不得从事":
        return Outcome.STOP, "查询结果不允许从事密切接触未成年人的工作"
    if until is None or until < on:
        return (
            Outcome.STOP,
            f"从业查询已于 {until} 过期，请重新查询" if until else "从业查询没有有效期，请补录",
        )
    if until - on <= SOON:
        return Outcome.WARN, f"从业查询 {until} 到期，请及时查询"
    return Outcome.PASS, f"有效期至 {until}"


def vetted_since(
    results: Sequence[tuple[date | None, str, date | None]], begun_on: date, on: date
) -> Verdict:
    """The same for work that began earlier: an answer that held then will do, unless one forbids it since."""
    now, then = vetted(results, on), vetted(results, begun_on)
    forbidden = any(result == "不得从事" for day, result, _until in results if day is not None and day <= on)
    return then if now[0] is Outcome.STOP and begun_on < on and not forbidden else now


def pledged(pledged_on: date | None, hired_on: date) -> Verdict:
    if pledged_on is None:
        return Outcome.STOP, "没有签订公益服务承诺书"
    if pledged_on > hired_on:
        return Outcome.WARN, f"{pledged_on} 签订，晚于入职日期 {hired_on}"
    return Outcome.PASS, f"{pledged_on} 签订"


def registered(until: date | None, on: date, notice: int) -> Verdict:
    """The national registration of the certificate that somebody holds."""
    if until is None:
        return Outcome.UNKNOWN, "没有登记有效期，请补录"
    if until < on:
        return Outcome.WARN, f"职业资格登记已于 {until} 到期，请再次登记"
    if until - on <= timedelta(days=notice):
        return Outcome.WARN, f"职业资格登记 {until} 到期，已进入再次登记办理期（{notice} 日）"
    return Outcome.PASS, f"登记有效期至 {until}"


def one_project(others: Collection[Held], counts: str, at_most: int, *, runs: bool | None) -> Verdict:
    """``others`` are those on other projects. Where 主责 counts, it matters whether this one is run as well."""
    only_run = counts == "主责的项目"
    number = len({each.project_id for each in others if each.runs or not only_run})
    verb = "主责" if only_run else "参与"
    if number < at_most:
        return Outcome.PASS, f"另{verb} {number} 个项目，合计不超过 {at_most} 个"
    if not only_run or runs:
        return Outcome.STOP, f"已{verb} {number} 个其他项目，合计不得超过 {at_most} 个"
    if runs is None:
        return Outcome.WARN, f"已主责 {number} 个其他项目，在本项目不得再任主责"
    return Outcome.PASS, f"已主责 {number} 个其他项目，在本项目不任主责"


def shares(others: Collection[Held], share: Decimal | None, limit: Decimal) -> Verdict:
    """The sum of all shares with this one; what is not stated makes it unknown unless the rest is too much already."""
    stated = [each.takes for each in others]
    known = sum((each for each in stated if each is not None), Decimal(0)) + (share or 0)
    number = len({each.project_id for each in others})
    told = f"另有 {number} 个项目，投入合计 {_percent(known)}，不得超过 {_percent(limit)}"
    if known > limit:
        return Outcome.STOP, told
    if others and (share is None or None in stated):
        return Outcome.UNKNOWN, f"另有 {number} 个项目，投入比例没有填全，无法合计"
    return Outcome.PASS, told


def _percent(number: Decimal) -> str:
    return f"{number.normalize():f}%"


def filed(unfiled_since: date | None, limit: int, on: date) -> Verdict:
    """A hire that was not filed yet, and the days within which it has to be."""
    if unfiled_since is None:
        return Outcome.PASS, "已备案"
    due = unfiled_since + timedelta(days=limit)
    if on > due:
        return Outcome.WARN, f"{unfiled_since} 入职，应在 {limit} 日内备案，已逾期 {(on - due).days} 日"
    return Outcome.PASS, f"{unfiled_since} 入职，{due} 前备案"


def grades_asked(level: int, ranges: Sequence[tuple[str, int, int]]) -> str:
    """The certificate that a post of professional grade ``level`` (5 … 13) asks for; empty where none does."""
    return next((grade for grade, highest, lowest in ranges if highest <= level <= lowest), "")
