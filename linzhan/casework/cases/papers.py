"""The nine papers (文书) of a case and whether each is complete, as far as the case has come (DOC-13, SVC-24).

A paper is a part of what is written down anyway; nobody fills one in besides. Pure: plain values in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from linzhan.casework.cases.enums import Stage

REACHED: Final = {
    Stage.DRAFT: 0,
    Stage.INTAKE: 1,
    Stage.ASSESSING: 2,
    Stage.PLANNING: 3,
    Stage.INTERVENING: 4,
    Stage.SUSPENDED: 4,
    Stage.EVALUATING: 5,
    Stage.CLOSING: 6,
    Stage.CLOSED: 6,
}
"""How far along the usual way a stage lies; those beside it (转介, 谢绝) say nothing of it."""
BY_REFERRAL: Final = "close_referred"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: the columns that make it, those that may stay empty, from which stage on it is due."""

    key: str
    title: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    due: Stage | None = None
    needs: str = ""  # rows of its own that it consists of: goals, sessions, approvals

    @property
    def shown(self) -> tuple[str, ...]:
        return (*self.columns, *self.optional)


PAPERS: Final = (
    Paper(
        "intake",
        "接案登记表",
        ("resident", "worker", "source", "opened_on", "problem"),
        ("members", "complexity", "crisis", "reopens"),
        Stage.INTAKE,
    ),
    Paper(
        "consent",
        "知情同意书",
        ("consented_on", "consent_by", "consent_method"),
        ("child_view",),
        Stage.INTAKE,
    ),
    Paper(
        "assessment",
        "预估表",
        ("biological", "psychological", "social", "strengths", "risk_view"),
        ("baseline",),
        Stage.ASSESSING,
    ),
    Paper(
        "plan",
        "服务计划",
        ("model", "frequency", "expected_end", "agreed_on"),
        ("approaches", "plan_approved_on"),
        Stage.PLANNING,
        needs="goals",
    ),
    Paper("sessions", "过程记录", (), (), Stage.ASSESSING, needs="sessions"),
    Paper("supervision", "督导意见", (), (), Stage.INTERVENING, needs="approvals"),
    Paper(
        "referral",
        "转介单",
        ("receiver", "referral_consented_on", "receipt_on"),
        ("receipt",),
        Stage.REFERRED,
    ),
    Paper(
        "evaluation",
        "评估与满意度",
        ("satisfaction",),
        ("endline", "evaluation"),
        Stage.EVALUATING,
    ),
    Paper(
        "closing",
        "结案报告",
        ("report", "followup_plan", "close_reason"),
        ("few_sessions", "closed_on"),
        Stage.CLOSING,
    ),
)
PAPER: Final = {paper.key: paper for paper in PAPERS}


class Whole(StrEnum):
    """Whether a paper is complete."""

    YES = "完整"
    LACKING = "缺项"
    LATER = "未到阶段"
    NONE = "不需要"


@dataclass(frozen=True, slots=True)
class State:
    """A paper of one case: complete or not, and what it lacks (names of columns or of its rows)."""

    paper: Paper
    whole: Whole
    lacks: tuple[str, ...] = ()
    begun: bool = False


ROWS: Final = {"goals": "个案目标", "sessions": "过程记录", "approvals": "督导意见"}


def states(
    row: Mapping[str, Any], counts: Mapping[str, int], been: Collection[str], steps: Collection[str]
) -> list[State]:
    """Each paper of a case in order. ``counts`` are the rows of goals, sessions and approvals, ``been`` the
    stages it has been in, ``steps`` the names of the steps taken.
    """
    on_the_way = {stage for stage in been if not (stage == Stage.CLOSED and BY_REFERRAL in steps)}
    reached = max((REACHED[Stage(stage)] for stage in on_the_way if stage in REACHED), default=0)
    return [_state(paper, row, counts, reached, referred=Stage.REFERRED in been) for paper in PAPERS]


def _state(
    paper: Paper, row: Mapping[str, Any], counts: Mapping[str, int], reached: int, *, referred: bool
) -> State:
    lacks = [name for name in paper.columns if _is_empty(row.get(name))]
    begun = any(not _is_empty(row.get(name)) for name in paper.shown if name not in ("resident", "worker"))
    if paper.needs:
        begun = begun or counts.get(paper.needs, 0) > 0
        lacks += [] if counts.get(paper.needs, 0) else [ROWS[paper.needs]]
    if paper.due == Stage.REFERRED:
        whole = (Whole.LACKING if lacks else Whole.YES) if referred else Whole.NONE
    elif not lacks:
        whole = Whole.YES
    else:
        whole = Whole.LACKING if paper.due and reached >= REACHED[paper.due] else Whole.LATER
    return State(paper, whole, tuple(lacks) if whole is Whole.LACKING else (), begun)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, (str, list, tuple)) and not value)
