"""``linzhan export``: the data as a workbook with full keys, for the administrator on the server."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linzhan.kernel import places
from linzhan.kernel.registers.resolving import region_codes
from linzhan.kernel.registers.workbook import export_workbook
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened
from linzhan.kernel.sheets.cells import CellFault


class Command(BaseCommand):
    help = "把数据导出为开站工作簿(含完整的证件号码,只供管理员在服务器上使用)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT.xlsx", help="写到哪个文件")
        parser.add_argument("--region", help="只导出这个地方及其以下:区划代码或名称")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        actor = Actor(label="管理员(命令行)", origin=f"命令行导出 {out.name}")
        with opened(EVERYTHING, actor):
            scope = Scope(regions=(self._region(options["region"]),)) if options["region"] else EVERYTHING
        with opened(scope, actor):
            rows = export_workbook(
                out, report=lambda name, count: print(f"{name}:{count} 行", file=sys.stderr)
            )
        self.stdout.write(f"已写出 {out},共 {rows} 行;文件含完整的个人信息,请妥善保管")

    def _region(self, text: str) -> str:
        code = region_codes([text])[text]
        if isinstance(code, CellFault):
            raise CommandError(code.message)
        return places.pad(code)
