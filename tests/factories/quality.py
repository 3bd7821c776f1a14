"""Evaluation rounds made through their registers and steps."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, take
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import Actor, acting
from linzhan.quality.models import EvaluationRound, RoundEvaluator, RoundSubject
from linzhan.quality.rounds.computing import compute, scheme_of
from tests.factories.places import HECHENG
from tests.factories.rows import made

ANN, BEN = Actor(label="安科员", id="00000000-0000-0000-0000-0000000000a1"), Actor(
    label="本科长", id="00000000-0000-0000-0000-0000000000b1"
)  # fmt: skip
_numbers = count(1)
GIVEN: dict[str, dict[str, Any]] = {
    "draw": {"seed": "0471936", "seed_source": "福彩 3D 第 2021340 期"},
    "notify": {"self_due": "2022-01-20"},
    "publish": {"publication": "政府内部", "uses": ("整改",)},
}


def evaluation_round(**values: Any) -> EvaluationRound:
    row = {
        "code": f"PG{next(_numbers):04d}",
        "name": "2021 年度社工站评估",
        "region": HECHENG,
        "kind": "年度",
        "period": "2021",
        "scheme": "sppe-23@1",
        "evaluator": "湘诚社工评估中心",
        **values,
    }
    return EvaluationRound.objects.get(pk=made("evaluation-rounds", **row))


def stepped(held: EvaluationRound, name: str, *, by: Actor = ANN, **given: Any) -> Taken:
    told = {**GIVEN.get(name, {}), **given}
    if name == "tell":
        told.setdefault("objection_by", (timezone.localdate() + timedelta(days=15)).isoformat())
    with acting(by):
        taken = take(REGISTERS["evaluation-rounds"], held.pk, name, told)
    held.refresh_from_db()
    return taken


def evaluator(
    held: EvaluationRound, name: str = "宁静", side: str = "第三方", **values: Any
) -> RoundEvaluator:
    row = {
        "name": name,
        "side": side,
        "organisation": "湘诚社工评估中心",
        "declared_on": "2022-01-05",
        **values,
    }
    return RoundEvaluator.objects.get(pk=made("round-evaluators", round=held.pk, **row))


def seat(username: str, *regions: str, stage: str = "评分", **values: Any) -> EvaluationRound:
    """A round in that stage whose team names the account, with a subject in each of the places."""
    held = evaluation_round(**values)
    team = RoundEvaluator.objects.filter(pk=evaluator(held).pk)
    team.update(username=username)  # the account may be opened later
    for number, region in enumerate(regions):
        RoundSubject.objects.create(
            round=held,
            code=f"{held.code}-{number}",
            region_code=region,
            subject_kind="站点",
            subject_id=uuid4(),
        )
    EvaluationRound.objects.filter(pk=held.pk).update(stage=stage)
    held.refresh_from_db()
    return held


def score(subject: RoundSubject, by: RoundEvaluator, line: str, **values: Any) -> UUID:
    row = {"subject": subject.pk, "evaluator": by.pk, "line": line, "reason": "查阅档案、现场察看", **values}
    return made("evaluation-scores", **row)


def scored(held: EvaluationRound, points: str = "4") -> None:
    """Everything that is still to be scored, alike."""
    team, scheme = {each.name: each for each in team_of(held)}, scheme_of(held)
    rows: list[dict[str, Any]] = []
    for each in compute(held).subjects:
        for code in each.total.pending:
            line = scheme.lines[code]
            told_of = {"subject": each.subject.pk, "line": code, "reason": "查阅档案、现场察看"}
            if line.by_platform:
                rows.append({**told_of, "evaluator": team["评0"].pk, "absent": "是"})
                continue
            given: dict[str, Any] = {"points": points}
            if line.rule == "满意度":
                given = {"value": "81", "sample": "40"}
            elif line.rule == "清单":
                given = {"met": line.items}
            sides = scheme.sides_of(line)
            rows += [{**told_of, **given, "evaluator": who.pk} for who in team.values() if who.side in sides]
    outcome = save([Incoming.of(REGISTERS["evaluation-scores"], rows)])[0]
    assert not outcome.faults, outcome.faults


def team_of(held: EvaluationRound) -> Any:
    return RoundEvaluator.objects.filter(round=held).order_by("name")
