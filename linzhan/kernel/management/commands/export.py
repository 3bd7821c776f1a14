"""``linzhan export``: the data as a workbook with full keys, for the administrator on the server."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linzhan.kernel import places
from linzhan.kernel.management.outputs import require_writable
from linzhan.kernel.registers.exporting import Exported, export_workbook
from linzhan.kernel.registers.resolving import region_codes
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.kernel.sheets.cells import CellFault


class Command(BaseCommand):
    help = "把数据导出为开站工作簿（含完整的证件号码，只供管理员在服务器上使用）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT.xlsx", help="写到哪个文件")
        parser.add_argument("--region", help="只导出这个地方及其以下：区划代码或名称")

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        require_writable(out)
        with opened(EVERYTHING, Actor(label="管理员（命令行）", origin=f"命令行导出 {out.name}")):
            region = self._region(options["region"]) if options["region"] else ""
            exported = export_workbook(out, region=region, report=_report)
        self.stdout.write(f"已写出 {out}，共 {exported.rows} 行。文件含完整的个人信息，请妥善保管。")
        if exported.elsewhere:
            self.stdout.write(
                f"其中 {exported.elsewhere} 行属于别处，因为被本地的行引用而一并写出，这样文件可以单独导入。"
            )

    def _region(self, text: str) -> str:
        code = region_codes([text])[text]
        if isinstance(code, CellFault):
            raise CommandError(code.message)
        return places.pad(code)


def _report(name: str, exported: Exported) -> None:
    elsewhere = f"（其中属于别处 {exported.elsewhere} 行）" if exported.elsewhere else ""
    print(f"{name}：{exported.rows} 行{elsewhere}", file=sys.stderr)
