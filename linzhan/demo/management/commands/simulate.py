"""``linzhan simulate``: synthetic data at scale, with known situations hidden in it (``contract/commands.md``)."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linzhan.demo.simulating.background import PRESETS
from linzhan.demo.simulating.loading import SimulationRefused, simulate


class Command(BaseCommand):
    help = "成批生成模拟数据（人物均为虚构），可在其中埋入已知的异常和相似的正常情形"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--preset", choices=list(PRESETS), required=True, help="规模：县、市、省、全国")
        parser.add_argument(
            "--months", type=int, choices=range(1, 13), default=12, metavar="1-12", help="几个月，默认 12"
        )
        parser.add_argument("--seed", type=int, default=1, help="随机种子，同一种子生成同样的数据")
        parser.add_argument("--workers", type=int, help="只要这么多社工，默认每站 4 人以上、每个乡镇一站")
        parser.add_argument(
            "--plant",
            nargs="?",
            const="20,20",
            metavar="N,M",
            help="每种核对埋入 N 个异常、M 个相似的正常情形，默认 20,20",
        )
        parser.add_argument("--json", action="store_true", help="把埋入的情形以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.perf_counter()
        abuses, innocents = _numbers(options["plant"])
        try:
            made = simulate(
                options["preset"],
                months=options["months"],
                seed=options["seed"],
                abuses=abuses,
                innocents=innocents,
                workers=options["workers"],
                report=self.stderr.write,
            )
        except (SimulationRefused, ValueError) as refused:
            raise CommandError(str(refused)) from None
        self.stderr.write(
            f"服务记录 {made.services} 条，埋入情形 {len(made.planted)} 个（{time.perf_counter() - begun:.1f} 秒）"
        )
        if options["json"]:
            self.stdout.write(
                json.dumps([asdict(each) for each in made.planted], ensure_ascii=False, indent=1)
            )


def _numbers(text: str | None) -> tuple[int, int]:
    if text is None:
        return 0, 0
    try:
        abuses, innocents = (int(each) for each in text.split(","))
    except ValueError:
        raise CommandError("--plant 应为两个数，如 20,20：异常和相似的正常情形各埋入多少") from None
    return abuses, innocents
