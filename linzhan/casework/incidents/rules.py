"""The course of a report, its timers and the counts that may be shown: pure (``domain.md`` §20).

Timers begin with the signal. They warn people; nothing is decided by them and nobody can stop them but by
doing what they ask for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from linzhan.casework.incidents.enums import FactKind, Signal, Stage
from linzhan.casework.incidents.rights import CLOSE_INCIDENTS, REPORT_INCIDENTS
from linzhan.kernel.steps import Steps, step

STEPS: Final = Steps(
    "强制报告",
    states={stage.value: stage.label for stage in Stage},
    initial=[Stage.SIGNAL],
    steps=[
        step(
            FactKind.REPORTED.value,
            "已上报",
            Stage.SIGNAL,
            Stage.REPORTED,
            right=REPORT_INCIDENTS,
            body="报给哪里",
        ),
        step(
            FactKind.REPLIED.value,
            "已回复",
            [Stage.SIGNAL, Stage.REPORTED],
            Stage.REPLIED,
            right=REPORT_INCIDENTS,
            body="哪个单位回复",
            text="怎么说",
        ),
        step(
            FactKind.PLANNED.value,
            "保护计划",
            [Stage.REPORTED, Stage.REPLIED],
            Stage.PLANNED,
            right=REPORT_INCIDENTS,
            text="怎么保护",
        ),
        step(
            FactKind.FOLLOWED.value,
            "跟进",
            [Stage.REPLIED, Stage.PLANNED, Stage.FOLLOWED, Stage.CLOSED],
            Stage.FOLLOWED,
            right=REPORT_INCIDENTS,
            text="现在怎样",
        ),
        step(
            FactKind.CLOSED.value,
            "结束",
            [Stage.REPLIED, Stage.PLANNED, Stage.FOLLOWED],
            Stage.CLOSED,
            right=CLOSE_INCIDENTS,
            text="为什么可以结束",
        ),
    ],
)
"""The usual course at the desk. What arrives late from a phone is taken in any order: the furthest counts."""

WANTED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    FactKind.NOTE: (("text", "内容"),),
    FactKind.ACKNOWLEDGED: (),
    **{one.name: tuple((name, str(label)) for name, label in one.requires.items()) for one in STEPS},
}
"""What each kind of fact must say: name and label."""


class Tone(StrEnum):
    RUNNING = ""
    AMBER = "amber"
    RED = "red"


class Clock(StrEnum):
    """What is waited for."""

    REPORT = "report"
    ACKNOWLEDGE = "acknowledge"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Limits:
    """The rulebook's numbers: how long each may take."""

    amber: timedelta
    red: timedelta
    acknowledge: timedelta
    reply: timedelta


@dataclass(frozen=True, slots=True)
class Moments:
    """When what happened; ``signal`` is the time on the device of whoever saw it."""

    signal: datetime
    received: datetime
    reported: datetime | None = None
    acknowledged: datetime | None = None
    replied: datetime | None = None
    closed: datetime | None = None
    practice: bool = False

    @property
    def begins(self) -> datetime:
        """From when the timers run: a device whose clock is ahead does not win time."""
        return min(self.signal, self.received)


@dataclass(frozen=True, slots=True)
class Timer:
    """One thing that is waited for: until when, and how pressing it is now."""

    clock: Clock
    due: datetime
    tone: Tone


def timers(moments: Moments, now: datetime, limits: Limits) -> list[Timer]:
    """What is waited for ``now``; nothing of a practice or a closed report."""
    if moments.practice or moments.closed:
        return []
    found = []
    if moments.reported is None:
        found.append(_two_steps(moments.begins, now, limits))
    if moments.acknowledged is None:
        found.append(_one_step(Clock.ACKNOWLEDGE, moments.received + limits.acknowledge, now))
    if moments.reported is not None and moments.replied is None:
        found.append(_one_step(Clock.REPLY, moments.reported + limits.reply, now))
    return found


def _two_steps(begins: datetime, now: datetime, limits: Limits) -> Timer:
    tone = (
        Tone.RED
        if now >= begins + limits.red
        else Tone.AMBER
        if now >= begins + limits.amber
        else Tone.RUNNING
    )
    return Timer(Clock.REPORT, begins + (limits.amber if tone is Tone.RUNNING else limits.red), tone)


def _one_step(clock: Clock, due: datetime, now: datetime) -> Timer:
    return Timer(clock, due, Tone.RED if now >= due else Tone.RUNNING)


def lacking(kind: str, values: Mapping[str, object]) -> list[tuple[str, str]]:
    """What a fact of ``kind`` must say and does not: name and label."""
    return [(name, label) for name, label in WANTED[kind] if not str(values.get(name) or "").strip()]


def next_kinds(stage: str, rights: frozenset[str], *, acknowledged: bool, practice: bool) -> list[str]:
    """The kinds of facts that can be added now, the usual way on first."""
    found = [one.name for one in STEPS.allowed(stage, rights)]
    if practice and stage != Stage.CLOSED and FactKind.CLOSED.value not in found:
        found.append(FactKind.CLOSED.value)
    if CLOSE_INCIDENTS in rights and not acknowledged and stage != Stage.CLOSED:
        found.insert(0, FactKind.ACKNOWLEDGED.value)
    return [*found, FactKind.NOTE.value]


KIND_OF_SIGNAL: Final[Mapping[str, str]] = {
    signal.value: "未成年人" if signal.value[0] in "ML" else "危机" if signal is Signal.CR else "家暴和其他"
    for signal in Signal
}


def shown_counts(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """``counts`` of parts with small ones hidden (None), so that no hidden one follows from the total.

    Whoever knows the total knows the sum of the hidden parts. So more are hidden with the small ones, the
    smallest first, until what the sum and the rule allow leaves each of them open. A part without any is no
    secret about a person and is shown, unless it is needed to hide another.
    """
    hidden = [name for name, number in counts.items() if 0 < number < least]
    others = sorted((number == 0, number, name) for name, number in counts.items() if name not in hidden)
    while hidden and others and not _stay_hidden([counts[name] for name in hidden], least):
        hidden.append(others.pop(0)[-1])
    return {name: None if name in hidden else number for name, number in counts.items()}


def _stay_hidden(numbers: Sequence[int], least: int) -> bool:
    """Whether each of ``numbers`` can be more than one thing to whoever knows their sum and that one is small."""
    return len(numbers) > 1 and sum(numbers) > least


def shown_total(counts: Sequence[int], least: int) -> int | None:
    """The sum, hidden where it is small itself."""
    total = sum(counts)
    return None if 0 < total < least else total
