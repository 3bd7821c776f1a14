"""A season of the demo county, taken step by step, and what its townships are compared by.

The season is of the third quarter of 2021: plans judged by chance from a seed, the rest from records, then told,
settled, ranked and published among officials.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from linzhan.demo.city import Cast
from linzhan.demo.doing import step, write
from linzhan.demo.evaluating import ROUNDS, UNKNOWN, settle
from linzhan.demo.telling import dice
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save
from linzhan.quality.api import ContestSeason, EvaluationRound, RoundEvaluator, compute
from linzhan.territory.api import Level, regions_on

SEASONS: Final = "contest-seasons"
JUDGES: Final = ("宁知远", "罗秋实", "贺明理")
COUNTED_ON: Final = date(2020, 11, 1)
SOURCE: Final = "演示用的数字，不是统计公报"
MOST, LEAST = 118_000, 14_000
"""Inhabitants of a township: all three bands have somebody."""


def tell_contest(cast: Cast) -> None:
    _peers(cast)
    _season(cast)


def _peers(cast: Cast) -> None:
    """Inhabitants and terrain of every township, before anybody is ranked among its like."""
    chance = dice("peer facts")
    for place in regions_on(COUNTED_ON, within=cast.county, level=Level.TOWNSHIP).order_by("code"):
        in_town = place.name.endswith("街道")
        write(
            "county",
            "peer-facts",
            code=f"XQ-{place.code[6:9]}",
            region=place.code,
            population=str(
                chance.randrange(LEAST * 3 if in_town else LEAST, MOST if in_town else MOST // 2, 100)
            ),
            terrain="城区" if in_town else chance.choice(("山区", "山区", "丘陵")),
            stated_on=COUNTED_ON,
            source=SOURCE,
        )


def _season(cast: Cast) -> None:
    row = {
        "code": "SJ-2021-3",
        "name": "2021 年第三季度一季一赛",
        "region": cast.county,
        "period": "2021Q3",
        "scheme": "contest-4@1",
        "organiser": "鹤城区民政局",
    }
    season = write("county", SEASONS, **row)
    step("county", SEASONS, season, "open")
    held = ContestSeason.objects.select_related("round").get(pk=season).round
    assert held is not None  # opened just now
    step("county", ROUNDS, held.pk, "notify", self_due="2021-10-15")
    step("county", ROUNDS, held.pk, "collect")
    for number, name in enumerate(JUDGES, start=1):
        judge = {
            "code": f"{held.code}-{number}",
            "round": held.pk,
            "name": name,
            "side": "评委",
            "organisation": "湘诚社会工作评估中心",
            "declared_on": "2021-10-12",
        }
        write("county", "round-evaluators", **judge)
    step("county", ROUNDS, held.pk, "lock")
    held.refresh_from_db()
    _judge(held)
    settle(held)
    step("county", SEASONS, season, "rank")
    step("county", SEASONS, season, "publish")


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
