"""Groups, activities, programmes and contacts of a station, made through their registers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from linzhan.network.api import Station
from tests.factories.rows import made

PLAN = {
    "goals": "彼此认识，互相帮忙",
    "planned_sessions": 6,
    "planned_size": 8,
    "risk_plan": "备急救包，联系村医",
}


def group(at: Station, **values: Any) -> UUID:
    row = {"name": "银龄有伴", "kind": "支持", "drafted_on": "2021-02-01", "station": at.code, **PLAN}
    return made("group-files", **{**row, **values})


def member(of: UUID, **values: Any) -> UUID:
    return made("group-members", **{"group": of, "joined_on": "2021-03-01", **values})


def activity(at: Station, **values: Any) -> UUID:
    row = {
        "name": "邻里节",
        "planned_on": "2021-05-10",
        "station": at.code,
        "need_basis": "居民议事会提出",
        "aim": "邻里相识",
        "safety_plan": "设急救点",
    }
    return made("activity-files", **{**row, **values})


def programme(at: Station, worker: str, **values: Any) -> UUID:
    row = {
        "name": "四点半课堂",
        "method": "活动",
        "station": at.code,
        "worker": worker,
        "term_from": "2021-09-01",
        "term_to": "2022-01-14",
        "skipped": ("2021-10-01至2021-10-07",),
    }
    return made("programmes", **{**row, **values})


def slot(of: UUID, weekday: str = "周一", **values: Any) -> UUID:
    row = {"programme": of, "weekday": weekday, "begins": "16:30", "ends": "18:00", "topic": "课业辅导"}
    return made("timetable-slots", **{**row, **values})


def enrolled(of: UUID, **values: Any) -> UUID:
    return made("programme-members", **{"programme": of, "joined_on": "2021-09-01", **values})


def referral(of: UUID, **values: Any) -> UUID:
    row = {
        "resident": of,
        "kind": "外部",
        "receiver": "县残联",
        "urgency": "一般",
        "reason": "轮椅损坏，申请更换",
    }
    return made("referral-files", **{**row, **values})
