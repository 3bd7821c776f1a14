"""``linzhan demo``: load the demo city into an empty instance (``contract/commands.md``)."""

from __future__ import annotations

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from linzhan.demo import loading


def _scale(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 20:
        raise ArgumentTypeError("应为大于 0、不超过 20 的数，如 1 或 0.05")
    return value


class Command(BaseCommand):
    help = "装载演示城市（怀化市，人物均为虚构）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--city", choices=["huaihua"], default="huaihua", help="演示城市，默认 huaihua（怀化市）"
        )
        parser.add_argument(
            "--scale",
            type=_scale,
            default=1.0,
            help="规模，默认 1；只影响服务对象、服务记录、志愿者和需求的数量",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        try:
            result = loading.load(options["scale"], self._report)
        except loading.DemoRefused as refused:
            raise CommandError(str(refused)) from None
        except KeyboardInterrupt:
            self.stderr.write("演示城市没有装入，系统没有改动；重新执行即可。")
            raise
        if result is None:
            self.stdout.write("演示城市已经装载，没有改动。")
            return
        rows = sum(result.rows.values())
        self.stdout.write(
            f"演示城市已装载：{len(result.rows)} 本台账 {rows} 行，{result.accounts} 个演示账号，"
            f"{result.stated} 项填报数字（{time.perf_counter() - started:.1f} 秒）。"
        )
        if options["verbosity"]:
            self.stdout.write(f"演示账号（密码均为 {settings.DEMO_PASSWORD}）：")
            for name, title in settings.DEMO_ACCOUNTS:
                self.stdout.write(f"  {name:<12}{title}")

    def _report(self, line: str) -> None:
        self.stderr.write(f"  {line}")
