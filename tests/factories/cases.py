"""Cases with their goals and sessions, made through their registers."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from linzhan.casework.api.cases import CASE_FILES
from linzhan.casework.cases.services import amend
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories.casework import record
from tests.factories.rows import made

_numbers = count(1)

WHOLE = {
    "source": "探访发现",
    "problem": "丧偶后少出门，睡不好",
    "consented_on": "2022-01-05",
    "consent_by": "本人",
    "consent_method": "签字",
    "biological": "高血压，按时服药",
    "psychological": "情绪低落",
    "social": "女儿在外地，每周通话",
    "strengths": "会做针线，邻居愿意帮忙",
    "risk_view": "没有自伤想法",
    "baseline": "抑郁量表 12 分（2022-01-06）",
    "model": "任务中心",
    "frequency": "每周一次",
    "expected_end": "2022-06-30",
    "agreed_on": "2022-01-12",
    "endline": "抑郁量表 5 分",
    "evaluation": "能自己出门",
    "satisfaction": 5,
    "report": "服务半年，目标达成",
    "followup_plan": "一个月后电话回访",
    "close_reason": "目标达成",
}
"""A case of which everything is written down; a test takes away what it asks about."""


def case_file(at: Station, worker: SocialWorker, resident: UUID, **values: Any) -> UUID:
    row = {"resident": resident, "station": at.pk, "worker": worker.pk, **values}
    return made("case-files", **{"code": f"GA{next(_numbers):05d}", **row})


def goal(case: UUID, **values: Any) -> UUID:
    row = {"goal": "每周出门三次", "indicator": "出门次数", "due_on": "2022-06-30", "baseline": -2, **values}
    return made("case-goals", **{"case": case, **row})


def session(
    case: UUID, at: Station, identity: str, *, on: str = "2022-01-06", closes: str = "", **values: Any
) -> UUID:
    """A session: the service record, and the note beside it."""
    of = record(at, identity, on=on, method="个案", **({"closes": closes} if closes else {}))
    row = {"record": of, "case": case, "mode": "入户", "process": "谈了近况", "next_step": "下周再来"}
    made("session-notes", **{**row, **values})
    return of


def whole_case(at: Station, worker: SocialWorker, identity: str, resident: UUID, **values: Any) -> UUID:
    """A case that may take any step: all written down, three sessions, a goal that was scored."""
    stage = values.pop("stage", "草稿")
    case = case_file(at, worker, resident, **{**WHOLE, **values})
    goal(case, level=1)
    for number in range(3):
        session(case, at, identity, on=f"2022-01-{6 + number:02d}")
    amend(CASE_FILES, case, {"stage": stage})
    return case
