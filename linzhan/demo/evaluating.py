"""Two evaluation rounds of the demo county: one whose results were told, one that waits for the evaluator.

Taken step by step, each in the name of the account whose step it is. What the platform holds is collected by
the platform; the rest is scored by chance from a seed, so that the same city gets the same points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from linzhan.accounts.api import User
from linzhan.demo.city import Cast
from linzhan.demo.services import LOCAL
from linzhan.demo.telling import dice
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.registers.writing import save, save_one
from linzhan.kernel.scope import Actor, acting
from linzhan.quality.api import Computed, EvaluationRound, Line, Results, RoundEvaluator, Rule, compute

ROUNDS: Final = "evaluation-rounds"
SCHEME: Final = "county-100@1"
WHO: Final = "湘诚社会工作评估中心"
TEAM: Final = (
    ("宁知远", "evaluator", "第三方", WHO, "行业"),
    ("罗秋实", "", "第三方", WHO, "业务"),
    ("贺明理", "", "第三方", WHO, "财务"),
    ("易立行", "purchaser", "购买方", "鹤城区民政局", "业务"),
    ("向守拙", "", "监督方", "鹤城区财政局", "财务"),
)
REASONS: Final = {
    Rule.CHECKLIST.value: "现场察看并核对台账",
    Rule.EXPERT.value: "查阅抽到的档案，与社工访谈",
    Rule.SURVEY.value: "电话和入户问卷，结果见问卷统计表",
}
UNKNOWN: Final = "平台没有这项资料，查证也无从取得，本轮不计"


def tell_rounds(cast: Cast) -> None:
    """A round of 2021 that was told to the stations, and one of the second half that is being scored."""
    told = _round(cast, "PG-2021-1", "2021 年度社工站评估", "2021", date(2022, 1, 4))
    for number in range(2):
        if not _score(told, dice(f"scores/{number}")):
            break
    with acting(by("county")):
        objection_by = timezone.localdate() + timedelta(days=20)
        take(REGISTERS[ROUNDS], told.pk, "tell", {"objection_by": objection_by.isoformat()})
    _round(cast, "PG-2022-1", "2022 年第三方抽查评估", "2021H2", date(2022, 4, 6), draw_number="6")


def _round(cast: Cast, code: str, name: str, period: str, on: date, **drawn: str) -> EvaluationRound:
    """A round up to where its evidence is locked."""
    row = {
        "code": code,
        "name": name,
        "region": cast.county,
        "kind": "第三方" if drawn else "年度",
        "period": period,
        "scheme": SCHEME,
        "evaluator": WHO,
        **drawn,
    }
    held = EvaluationRound.objects.get(pk=write("county", ROUNDS, row))
    due = (on + timedelta(days=20)).isoformat()
    for step, given in (
        ("draw", {"seed": "1018264", "seed_source": "福彩 3D 当日开奖号码"}),
        ("notify", {"self_due": due, "scoring_due": (timezone.localdate() + timedelta(days=10)).isoformat()}),
        ("collect", {}),
    ):
        _step(held.pk, step, on, given)
    for number, (person, username, side, organisation, speciality) in enumerate(TEAM, start=1):
        member = {
            "code": f"{code}-{number}",
            "round": held.pk,
            "name": person,
            "side": side,
            "organisation": organisation,
            "speciality": speciality,
            "declared_on": on.isoformat(),
        }
        write("county", "round-evaluators", {**member, **({"username": username} if username else {})})
    _step(held.pk, "lock", on + timedelta(days=21), {})
    held.refresh_from_db()
    return held


def _score(held: EvaluationRound, chance: Random) -> bool:
    """Everything that is pending, by everybody whose line it is; whether there was any."""
    results = compute(held)
    team = list(RoundEvaluator.objects.filter(round=held).order_by("code"))
    rows = [
        row
        for each in results.subjects
        for code in each.total.pending
        for row in _rows(results, each, code, team, chance)
    ]
    if rows:
        outcome = save([Incoming.of(REGISTERS["evaluation-scores"], rows)])[0]
        if outcome.faults:
            raise ValueError(f"evaluation-scores: {next(iter(outcome.faults.values()))}")
    return bool(rows)


def _rows(
    results: Results, each: Computed, code: str, team: Sequence[RoundEvaluator], chance: Random
) -> Iterator[dict[str, Any]]:
    line = results.scheme.lines[code]
    told = {"subject": each.subject.pk, "line": code}
    if line.by_platform:
        yield {**told, "evaluator": team[0].pk, "absent": "是", "reason": UNKNOWN}
        return
    quality = chance.uniform(0.72, 0.95)
    for side in results.scheme.sides_of(line):
        for who in [one for one in team if one.side == side][: max(line.raters, 1)]:
            yield {**told, "evaluator": who.pk, "reason": REASONS[line.rule], **_found(line, quality, chance)}


def _found(line: Line, quality: float, chance: Random) -> dict[str, Any]:
    if line.rule == Rule.CHECKLIST:
        return {
            "met": tuple(item for item in line.items if chance.random() < quality + 0.1) or line.items[:1]
        }
    if line.rule == Rule.SURVEY:
        return {"value": f"{60 + 35 * quality:.1f}", "sample": str(chance.randrange(30, 60))}
    return {"points": f"{float(line.full or 0) * min(quality + chance.uniform(-0.05, 0.05), 1):.1f}"}


def by(username: str) -> Actor:
    user = User.objects.get(username=username)
    return Actor(id=str(user.pk), label=f"{user.display_name}({user.username})", origin="演示城市")


def write(username: str, register: str, row: dict[str, Any]) -> UUID:
    with acting(by(username)):
        outcome = save_one(REGISTERS[register], row)
    if outcome.faults or outcome.ids[0] is None:
        raise ValueError(f"{register}: {outcome.faults}")
    return outcome.ids[0]


def _step(row: UUID, name: str, on: date, given: dict[str, str]) -> None:
    with acting(by("county")):
        take(REGISTERS[ROUNDS], row, name, given, at=datetime(on.year, on.month, on.day, 10, tzinfo=LOCAL))
