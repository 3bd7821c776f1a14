"""A round of 220 stations drawn from a province, by the 23 indicators: draw, frozen evidence, totals (EVL-05)."""

from __future__ import annotations

from typing import Any

from bench import filling
from bench.measuring import Results, seconds

PART = "evaluate"
STATIONS, RECORDS = 220, 300_000
ROUND = {
    "code": "PG-BENCH",
    "name": "测速轮次",
    "region": filling.PROVINCE,
    "kind": "省级实地",
    "period": "2021",
    "scheme": "sppe-23@1",
    "evaluator": "测速评估中心",
    "draw_number": str(STATIONS),
}
GIVEN: dict[str, dict[str, Any]] = {
    "draw": {"seed": "0471936", "seed_source": "测速"},
    "notify": {"self_due": "2022-01-20"},
}
RATERS = 3


def run(results: Results) -> None:
    """Every step as officials take it; the target is the issue's: seconds, and the same a year later."""
    province = filling.people()
    results.add(PART, f"making {RECORDS:,} records", seconds(lambda: filling.records(province, RECORDS)), "s")
    from linzhan.kernel.scope import EVERYTHING, Actor, opened
    from linzhan.policy.api import consulting

    with opened(EVERYTHING, Actor(label="测速")), consulting():
        _measure(results)


def _measure(results: Results) -> None:
    from linzhan.quality.rounds.computing import compute

    held = _round()
    for name in ("draw", "notify", "collect"):
        results.add(PART, f"{name}: {STATIONS} stations", seconds(lambda name=name: _step(held, name)), "s")
    held.refresh_from_db()
    statements, taken = _counted(lambda: compute(held))
    results.add(PART, "computed from what the platform holds now", taken, "s", "≤ 10")
    results.add(PART, "statements", statements, "", "≤ 60")
    results.add(PART, "evidence locked, files drawn", seconds(lambda: _step(held, "lock")), "s", "≤ 15")
    held.refresh_from_db()
    results.add(PART, f"scores of {RATERS} raters entered", seconds(lambda: _score(held)), "s")
    statements, taken = _counted(lambda: compute(held))
    results.add(PART, "computed from frozen evidence and scores", taken, "s", "≤ 5")
    results.add(PART, "statements", statements, "", "≤ 10")
    before = _totals(held)
    filling_more()
    results.add(
        PART, "subjects that come out otherwise after more records", _differ(before, _totals(held)), "", "0"
    )


def _round() -> Any:
    from linzhan.kernel.registers.declare import REGISTERS
    from linzhan.kernel.registers.writing import save_one
    from linzhan.quality.models import EvaluationRound

    save_one(REGISTERS["evaluation-rounds"], ROUND)
    held = EvaluationRound.objects.get(code=ROUND["code"])
    for number in range(RATERS):
        row = {
            "round": held.pk,
            "name": f"评{number}",
            "side": "第三方",
            "organisation": "测速",
            "declared_on": "2022-01-01",
        }
        save_one(REGISTERS["round-evaluators"], row)
    return held


def _step(held: Any, name: str) -> None:
    from linzhan.kernel.registers.declare import REGISTERS
    from linzhan.kernel.registers.stepping import take

    take(REGISTERS["evaluation-rounds"], held.pk, name, GIVEN.get(name, {}))


def _counted(work: Any) -> tuple[int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        taken = seconds(work)
    return len(found), taken


def _score(held: Any) -> None:
    """Whatever is pending, by everybody, in one call of the register."""
    from linzhan.kernel.registers.batch import Incoming
    from linzhan.kernel.registers.declare import REGISTERS
    from linzhan.kernel.registers.writing import save
    from linzhan.quality.models import RoundEvaluator
    from linzhan.quality.rounds.computing import compute

    team = list(RoundEvaluator.objects.filter(round=held).values_list("pk", flat=True))
    found = compute(held)
    rows = []
    for each in found.subjects:
        for code in each.total.pending:
            line = found.scheme.lines[code]
            told = {"subject": each.subject.pk, "line": code, "reason": "测速"}
            if line.by_platform:
                rows.append({**told, "evaluator": team[0], "absent": "是"})
                continue
            given: dict[str, Any] = {"points": "1"}
            if line.rule == "满意度":
                given = {"value": "81", "sample": "40"}
            rows += [{**told, **given, "evaluator": one} for one in team]
    outcome = save([Incoming.of(REGISTERS["evaluation-scores"], rows)])[0]
    if outcome.faults:
        raise SystemExit(f"scores were refused: {next(iter(outcome.faults.values()))}")


def filling_more() -> None:
    """What is entered afterwards: a quarter of the visits change their outcome."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_servicerecord SET outcome = '无人' WHERE code LIKE '%7'")


def _totals(held: Any) -> dict[str, Any]:
    from linzhan.quality.rounds.computing import compute

    return {each.subject.code: each.total for each in compute(held).subjects}


def _differ(before: dict[str, Any], after: dict[str, Any]) -> int:
    return sum(before[code] != after[code] for code in before)
