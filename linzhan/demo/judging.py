"""Evaluation results: all counties at the end of 2020, the province's visits, projects and stations of 2021."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from linzhan.demo import published
from linzhan.demo.contracts import LAGGING, YEARS, Contract
from linzhan.demo.ground import City
from linzhan.demo.stations import POOR, Network
from linzhan.demo.telling import Story, Table, day_between, dice, working_day

GRADES = ((90, "优秀"), (80, "良好"), (70, "合格"), (60, "基本合格"))


def grade_of(score: float) -> str:
    """The grade that a score comes to."""
    return next((grade for least, grade in GRADES if score >= least), "不合格")


def tell_evaluations(story: Story, city: City, network: Network, contracts: list[Contract]) -> None:
    """Four kinds of evaluation, each dated when its results were published."""
    chance = dice("evaluations")
    table = Table("evaluations", "code kind period evaluator subject_kind subject score grade evaluated_on")
    for county in city.counties:  # FIG-033: every county passed
        _result(
            table,
            chance,
            "末期",
            "2020年",
            f"{city.name}民政局",
            "县",
            county.code,
            (date(2020, 11, 16), date(2020, 12, 18)),
            72,
        )
    visited = [each for each in city.counties if not each.statistical][: published.PROVINCIAL_COUNTIES]
    for nth, county in enumerate(visited):  # FIG-034
        year = 2019 + nth % 3
        _result(
            table,
            chance,
            "省级实地",
            f"{year}年",
            "湖南省民政厅评估组",
            "县",
            county.code,
            (date(year, 9, 2), date(year, 11, 28)),
            74,
        )
    centre = (date(2021, 10, 11), date(2021, 11, 26))
    _result(
        table, chance, "省级实地", "2021年", "湖南省民政厅评估组", "站点", network.centre.code, centre, 85
    )
    for contract in contracts:
        if contract.is_of_stations and contract.year in YEARS[1:-1]:
            _of_project(table, chance, contract)
    for station in network.township:
        least = 58 if station.code.startswith(POOR) else 68
        who = f"{station.county.name}民政局" if station.county else ""
        _result(
            table,
            chance,
            "年度",
            "2021年",
            who,
            "站点",
            station.code,
            (date(2021, 12, 6), date(2021, 12, 30)),
            least,
        )
    story.tell(table, date(2022, 3, 31))


def _of_project(table: Table, chance: Random, contract: Contract) -> None:
    least = 76
    if contract.year == YEARS[-2]:
        least = 50 if contract.code.startswith(LAGGING) else 70
    after = (date(contract.year + 1, 1, 11), date(contract.year + 1, 2, 26))
    _result(
        table,
        chance,
        "第三方",
        f"{contract.year}年",
        "溪岭社会服务评估中心",
        "项目",
        contract.code,
        after,
        least,
        spread=8 if least == 50 else 22,
    )


def _result(
    table: Table,
    chance: Random,
    kind: str,
    period: str,
    evaluator: str,
    subject_kind: str,
    subject: str,
    days: tuple[date, date],
    least: int,
    *,
    spread: int = 26,
) -> None:
    """A score between ``least`` and ``least + spread``."""
    score = Decimal(least * 10 + chance.randrange(min(spread, 99 - least) * 10)) / 10
    table.add(
        code=f"PG{len(table) + 1:05d}",
        kind=kind,
        period=period,
        evaluator=evaluator,
        subject_kind=subject_kind,
        subject=subject,
        score=score,
        grade=grade_of(float(score)),
        evaluated_on=working_day(day_between(chance, *days)),
    )
