"""Satisfaction surveys made through their register and steps, and somebody to ask."""

from __future__ import annotations

from typing import Any

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import acting
from linzhan.network.api import Station
from linzhan.quality.models import SatisfactionSurvey, SurveyDraw
from tests.factories.casework import record, resident
from tests.factories.places import HECHENG
from tests.factories.quality import ANN
from tests.factories.rows import made
from tests.factories.workforce import station, worker

QUESTIONS = (
    "评分：您对社工的服务满意吗",
    "评分：社工来得及时吗",
    "是否：社工说明过服务是免费的吗",
    "文字：您还有什么话",
)
GOOD = ("5", "4", "是", "")


def survey(**values: Any) -> SatisfactionSurvey:
    row = {"name": "2021 年满意度调查", "region": HECHENG, "audience": "服务对象", "period": "2021",
           "questions": QUESTIONS, **values}  # fmt: skip
    return SatisfactionSurvey.objects.get(pk=made("satisfaction-surveys", **row))


def on(held: SatisfactionSurvey, name: str, **told: Any) -> SatisfactionSurvey:
    given_ = {"seed": "0471936", "seed_source": "福彩 3D"} if name == "draw" else {}
    with acting(ANN):
        take(REGISTERS["satisfaction-surveys"], held.pk, name, {**given_, **told})
    held.refresh_from_db()
    return held


def served(region: str, number: int, name: str) -> Station:
    """A station with so many residents, each visited once in 2021."""
    at = station(region, name=name)
    one = worker(station=at.code, hired_on="2020-03-01")
    people = tuple(resident(at, phone=f"139000{n:05d}") for n in range(number))
    record(at, one.pk, residents=people)
    return at


def draws(held: SatisfactionSurvey, at: Station | None = None) -> list[SurveyDraw]:
    rows = SurveyDraw.objects.filter(survey=held).order_by("number")
    return list(rows.filter(station_id=at.pk) if at else rows)
