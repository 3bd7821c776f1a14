"""A season of the demo county and a satisfaction survey of its residents, taken step by step.

The season is of the third quarter of 2021: plans judged by chance from a seed, the rest from records, then told,
settled, ranked and published among officials. Of the survey everybody drawn is asked; some do not answer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from linzhan.demo.city import Cast
from linzhan.demo.evaluating import UNKNOWN, by, write
from linzhan.demo.telling import dice
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import acting
from linzhan.quality.api import (
    Channel,
    ContestSeason,
    DrawState,
    EvaluationRound,
    RoundEvaluator,
    RoundSubject,
    SatisfactionSurvey,
    answer,
    compute,
    draws_of,
    not_answered,
    reply,
)

SEASONS: Final = "contest-seasons"
ROUNDS: Final = "evaluation-rounds"
SURVEYS: Final = "satisfaction-surveys"
JUDGES: Final = ("宁知远", "罗秋实", "贺明理")
QUESTIONS: Final = (
    "评分：您对社工的服务满意吗",
    "评分：社工来得及时吗",
    "是否：社工说明过服务是免费的吗",
    "文字：您还有什么话要说",
)
PEOPLE_A_STATION: Final = "6"


def tell_contest(cast: Cast) -> None:
    """The season first: the survey ends today, and is no evidence of a quarter that is over."""
    _season(cast)
    _survey(cast)


def _season(cast: Cast) -> None:
    row = {
        "code": "SJ-2021-3",
        "name": "2021 年第三季度一季一赛",
        "region": cast.county,
        "period": "2021Q3",
        "scheme": "contest-4@1",
        "organiser": "鹤城区民政局",
    }
    season = write("county", SEASONS, row)
    _take("county", SEASONS, season, "open")
    held = ContestSeason.objects.select_related("round").get(pk=season).round
    assert held is not None  # opened just now
    _take("county", ROUNDS, held.pk, "notify", self_due="2021-10-15")
    _take("county", ROUNDS, held.pk, "collect")
    for number, name in enumerate(JUDGES, start=1):
        judge = {
            "code": f"{held.code}-{number}",
            "round": held.pk,
            "name": name,
            "side": "评委",
            "organisation": "湘诚社会工作评估中心",
            "declared_on": "2021-10-12",
        }
        write("county", "round-evaluators", judge)
    _take("county", ROUNDS, held.pk, "lock")
    held.refresh_from_db()
    _judge(held)
    objection_by = (timezone.localdate() + timedelta(days=20)).isoformat()
    _take("county", ROUNDS, held.pk, "tell", objection_by=objection_by)
    for subject in RoundSubject.objects.filter(round=held):
        reply(subject, "无异议")
    _take("county", ROUNDS, held.pk, "review")
    _take("city", ROUNDS, held.pk, "finalise")
    _take("county", SEASONS, season, "rank")
    _take("county", SEASONS, season, "publish")


def _judge(held: EvaluationRound) -> None:
    """Plans by all judges; what the platform does not hold applies to nobody."""
    chance = dice("contest")
    judges = list(RoundEvaluator.objects.filter(round=held).order_by("code"))
    results = compute(held)
    rows: list[dict[str, Any]] = []
    for each in results.subjects:
        quality = chance.uniform(0.7, 0.95)
        for code in each.total.pending:
            line, told = results.scheme.lines[code], {"subject": each.subject.pk, "line": code}
            if line.by_platform:
                rows.append({**told, "evaluator": judges[0].pk, "absent": "是", "reason": UNKNOWN})
                continue
            for judge in judges:
                points = f"{float(line.full or 0) * (quality + chance.uniform(-0.05, 0.05)):.1f}"
                rows.append(
                    {**told, "evaluator": judge.pk, "points": points, "reason": "审阅工作计划，听取汇报"}
                )
    outcome = save([Incoming.of(REGISTERS["evaluation-scores"], rows)])[0]
    if outcome.faults:
        raise ValueError(f"evaluation-scores: {next(iter(outcome.faults.values()))}")


def _survey(cast: Cast) -> None:
    row = {
        "code": "MYD-2021-2",
        "name": "2021 年下半年服务对象满意度调查",
        "region": cast.county,
        "audience": "服务对象",
        "period": "2021H2",
        "questions": QUESTIONS,
        "per_station": PEOPLE_A_STATION,
    }
    held = SatisfactionSurvey.objects.get(pk=write("county", SURVEYS, row))
    _take("county", SURVEYS, held.pk, "draw", seed="0471936", seed_source="福彩 3D 当日开奖号码")
    chance, now = dice("survey"), timezone.now()
    for place, drawn in enumerate(draws_of(held)):
        channel = Channel.PHONE if place % 3 else Channel.PAPER
        lot = chance.random()
        if lot < 0.08:
            not_answered(drawn, DrawState.MISSED if lot < 0.05 else DrawState.REFUSED, channel)
            continue
        given = (
            str(chance.choice((3, 4, 4, 5, 5, 5))),
            str(chance.choice((3, 4, 4, 5, 5))),
            chance.choice(("是", "是", "是", "否")),
            "",
        )
        answer(drawn, channel, given, at=now - timedelta(minutes=7 * place))
    _take("county", SURVEYS, held.pk, "close")


def _take(username: str, register: str, row: UUID, name: str, **given: str) -> None:
    with acting(by(username)):
        take(REGISTERS[register], row, name, given)
