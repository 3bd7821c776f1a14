"""``linzhan policy load`` and ``linzhan policy show``: the reference data, and a place's rulebook."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from linzhan.kernel import places
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.policy.api import RulebookLine, load_reference, rulebook

COMMAND_LINE = Actor(label="系统", origin="命令行")


class Command(BaseCommand):
    help = "装载政策参考数据(load)，查看某地的政策参数(show)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("load", help="装载随平台提供的政策参考数据，可重复执行")
        show = verbs.add_parser("show", help="列出某地某日适用的全部参数及其出处")
        show.add_argument("--region", default=places.NATION, help="行政区划代码")
        show.add_argument("--on", type=date.fromisoformat, help="日期，默认今天")
        show.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        with opened(EVERYTHING, COMMAND_LINE):
            if options["verb"] == "load":
                self._load()
            else:
                on = options["on"] or timezone.localdate()
                self._show(rulebook(places.pad(options["region"]), on), as_json=options["json"])

    def _load(self) -> None:
        done = load_reference(COMMAND_LINE)
        self.stderr.write(f"政策参考数据：新增 {done.created} 条，已有 {done.present} 条")
        for key in done.left_out:
            self.stderr.write(f"未装载(当地已自行规定)：{key}")

    def _show(self, lines: list[RulebookLine], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps([_plain(line) for line in lines], ensure_ascii=False, indent=2))
            return
        for line in lines:
            self.stdout.write(
                f"{line.label} {line.variant}：{line.shown}{line.unit}  [{line.citation or '—'}]"
            )


def _plain(line: RulebookLine) -> dict[str, object]:
    return {
        "parameter": line.parameter.code,
        "variant": line.variant,
        "value": None if line.value is None else line.parameter.kind.write(line.value),
        "unit": line.unit,
        "state": line.state,
        "from_region": line.from_region_code,
        "valid_from": line.valid_from and line.valid_from.isoformat(),
        "citation": line.citation,
        "note": line.note,
    }
