"""Three evaluation rounds of the demo county: one is published, one in the time to object, one is being scored.

Taken step by step, each in the name of the account whose step it is. What the platform holds is collected by
the platform; the rest is scored by chance from a seed, so that the same city gets the same points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from linzhan.demo.casting import row_id
from linzhan.demo.city import Cast
from linzhan.demo.doing import step, write
from linzhan.demo.telling import dice
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save
from linzhan.quality.api import (
    Computed,
    EvaluationRound,
    Line,
    Results,
    RoundEvaluator,
    RoundSubject,
    Rule,
    compute,
    reply,
    scheme_of_round,
)

ROUNDS: Final = "evaluation-rounds"
OBJECTIONS: Final = "score-objections"
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
GROUNDS: Final = (
    "评估当日制度上墙的照片没有被采用，现补交照片",
    "专账已经建立：评估当日会计外出，未能出示账簿，现附账簿封面和目录",
)
UNKNOWN: Final = "平台没有这项资料，查证也无从取得，本轮不计"


def tell_rounds(cast: Cast) -> int:
    """The round in the middle of 2021, that of the year, and one of its second half; how many results that gave."""
    mid = _round(
        cast, "PG-2021-0", "2021 年中期抽查评估", "2021H1", date(2021, 7, 5), "中期", draw_number="4"
    )
    _score_all(mid, "middle")
    settle(mid)
    step(
        "city", ROUNDS, mid.pk, "publish", publication="政府和参评单位", uses=("续签", "整改"),
        use_note="基本合格及以下的先整改，整改结果作为续签的参考",
        summary="四个站点抽查完毕：建站条件都已达标，个案记录和资料归档还须加强",
    )  # fmt: skip
    told = _round(cast, "PG-2021-1", "2021 年度社工站评估", "2021", date(2022, 1, 4), "年度")
    _score_all(told, "scores")
    step("county", ROUNDS, told.pk, "tell", objection_by=_objection_by())
    _object(cast, told)
    _round(cast, "PG-2022-1", "2022 年第三方抽查评估", "2021H2", date(2022, 4, 6), "第三方", draw_number="6")
    return RoundSubject.objects.filter(round=mid).count()


def settle(held: EvaluationRound) -> None:
    """Told, nobody objects, settled by somebody above who did not tell it."""
    step("county", ROUNDS, held.pk, "tell", objection_by=_objection_by())
    for subject in RoundSubject.objects.filter(round=held):
        reply(subject, "无异议")
    step("county", ROUNDS, held.pk, "review")
    step("city", ROUNDS, held.pk, "finalise")


def _objection_by() -> str:
    return (timezone.localdate() + timedelta(days=20)).isoformat()


def _object(cast: Cast, told: EvaluationRound) -> None:
    """The home station objects to two points: one is looked into, one was found to stand."""
    subject = RoundSubject.objects.filter(round=told, subject_id=row_id("stations", cast.station)).first()
    if subject is None:
        return
    scheme = scheme_of_round(told)
    lines = [code for code, line in scheme.lines.items() if line.rule == Rule.CHECKLIST][:2]
    for number, (line, grounds) in enumerate(zip(lines, GROUNDS, strict=False), start=1):
        made = write("lead", OBJECTIONS, code=f"SS-{number}", subject=subject.pk, line=line, grounds=grounds)
        step("county", OBJECTIONS, made, "admit")
        if number == 1:
            step(
                "county",
                OBJECTIONS,
                made,
                "reject",
                decision="补交的材料是评估以后形成的，按评估当日的情况计分",
            )


def _round(
    cast: Cast, code: str, name: str, period: str, on: date, kind: str, **drawn: str
) -> EvaluationRound:
    """A round up to where its evidence is locked."""
    row = {
        "code": code,
        "name": name,
        "region": cast.county,
        "kind": kind,
        "period": period,
        "scheme": SCHEME,
        "evaluator": WHO,
        **drawn,
    }
    held = EvaluationRound.objects.get(pk=write("county", ROUNDS, **row))
    due = (on + timedelta(days=20)).isoformat()
    for name_of_step, given in (
        ("draw", {"seed": "1018264", "seed_source": "福彩 3D 当日开奖号码"}),
        ("notify", {"self_due": due, "scoring_due": (timezone.localdate() + timedelta(days=10)).isoformat()}),
        ("collect", {}),
    ):
        step("county", ROUNDS, held.pk, name_of_step, on, **given)
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
        write("county", "round-evaluators", **member, **({"username": username} if username else {}))
    step("county", ROUNDS, held.pk, "lock", on + timedelta(days=21))
    held.refresh_from_db()
    return held


def _score_all(held: EvaluationRound, seed: str) -> None:
    """Until nothing is pending: a score may bring another person in."""
    for number in range(2):
        if not _score(held, dice(f"{seed}/{number}")):
            break


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
