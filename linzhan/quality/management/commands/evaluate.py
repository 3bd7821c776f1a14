"""``linzhan evaluate ROUND [--json]``: compute an evaluation round (``contract/commands.md``; EVL-05)."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.quality.models import EvaluationRound
from linzhan.quality.rounds.computing import Results, RoundFault, compute
from linzhan.quality.rounds.telling import as_json


class Command(BaseCommand):
    help = "计算一个评估轮次：评分前按现有数据试算，评分开始后只按锁定的证据计算"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="轮次编号；几个县有同一编号时用平台编号")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        with opened(EVERYTHING, Actor(label="命令行", origin="命令行")):
            try:
                results = compute(_round(options["round"]))
            except RoundFault as fault:
                raise CommandError(str(fault)) from None
            if options["json"]:
                self.stdout.write(json.dumps(as_json(results), ensure_ascii=False, indent=1))
            else:
                self.stdout.write("\n".join(_lines(results)))


def _round(text: str) -> EvaluationRound:
    try:
        found = list(EvaluationRound.objects.filter(pk=UUID(text)))
    except ValueError:
        found = list(EvaluationRound.objects.filter(code=text)[:2])
    if not found:
        raise CommandError(f"没有评估轮次“{text}”：请核对“评估 → 评估轮次”里的轮次编号")
    if len(found) > 1:
        raise CommandError(f"有几个县的轮次编号都是“{text}”，请改用平台编号")
    return found[0]


def _lines(results: Results) -> list[str]:
    head = f"{results.held.name}（{results.held.code}，{results.held.stage}）"
    basis = "按锁定的证据" if results.frozen else "试算：证据还没有锁定"
    lines = [f"{head}：{len(results.subjects)} 个对象，{basis}"]
    for each in results.subjects:
        found = each.total
        total = "—" if found.total is None else f"{found.total} 分"
        grade = found.grade.name if found.grade is not None and found.complete else "未定"
        notes = [f"待评 {len(found.pending)} 项"] if found.pending else []
        notes += [f"一票否决：{'、'.join(found.vetoes)}"] if found.vetoes else []
        lines.append(f"{each.subject.code}  {each.subject}  {total}  {grade}  {'；'.join(notes)}".rstrip())
    return lines
