"""``linzhan settings``: the documentation of every environment variable, from ``config.env`` itself."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config import env


class Command(BaseCommand):
    help = "列出可用的环境变量、含义和当前值"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        described = env.describe(settings.ENVIRONMENT)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(item) for item in described], ensure_ascii=False, indent=2))
            return
        for item in described:
            self.stdout.write(
                f"{item.name}（{item.form}）\n    {item.doc}\n    当前：{item.value or '未设置'}\n"
            )
