"""``linzhan up``. The console script goes to the supervisor directly, without loading Django first."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from linzhan import supervisor


class Command(BaseCommand):
    help = "启动数据库、网页服务和后台任务（--demo 在空系统中装载演示城市）"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        supervisor.arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        rest = [f"--host={options['host']}", f"--port={options['port']}", f"--workers={options['workers']}"]
        sys.exit(supervisor.main(settings.ENVIRONMENT, rest + (["--demo"] if options["demo"] else [])))
