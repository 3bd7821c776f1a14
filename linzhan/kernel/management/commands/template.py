"""``linzhan template``: the empty starter workbook (``contract/workbook.md``)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from linzhan.kernel.management.outputs import require_writable
from linzhan.kernel.registers.exporting import starter_sheets
from linzhan.kernel.sheets.writing import write_template


class Command(BaseCommand):
    help = "写出空白的开站工作簿"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT.xlsx", help="写到哪个文件")

    def handle(self, *args: Any, **options: Any) -> None:
        require_writable(options["out"])
        sheets = starter_sheets()
        write_template(options["out"], sheets)
        self.stdout.write(
            f"已写出 {options['out']}，共 {len(sheets)} 张表；怎么填见第一张“填写说明”，填好后用 linzhan import 导入。"
        )
