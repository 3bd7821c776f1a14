"""``linzhan import``: a county's workbook in, from the command line (``contract/commands.md``)."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from linzhan.kernel.registers.workbook import Imported, import_workbook
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.kernel.sheets.guard import WorkbookRefused

ALL_GOOD, SOME_REJECTED, UNREADABLE = 0, 1, 2


class Command(BaseCommand):
    help = "导入开站工作簿(.xlsx):好行入库,坏行逐条说明"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="要导入的 .xlsx 文件")
        parser.add_argument("--dry-run", action="store_true", help="只核对,不写入")
        parser.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="把被拒的行连同原因另存为工作簿")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with opened(EVERYTHING, Actor(label="管理员(命令行)", origin=f"命令行导入 {path.name}")):
                imported = import_workbook(path, dry_run=options["dry_run"])
        except WorkbookRefused as refused:
            print(f"无法导入 {path.name}:{refused}", file=sys.stderr)
            sys.exit(UNREADABLE)
        if options["errors"] and imported.rejected:
            imported.write_errors(options["errors"])
        if options["json"]:
            print(json.dumps(imported.as_json(), ensure_ascii=False))
        else:
            self._say(imported)
        sys.exit(SOME_REJECTED if imported.rejected else ALL_GOOD)

    def _say(self, imported: Imported) -> None:
        for sheet in imported.as_json()["sheets"]:
            counts = "新增 {created} 更新 {updated} 未变 {unchanged} 退回 {rejected}".format(**sheet)
            self.stdout.write(f"{sheet['sheet']}({sheet['tab']}):{sheet['rows']} 行,{counts}")
            for error in sheet["errors"]:
                self.stdout.write(f"  第 {error['row']} 行 {error['column']}:{error['message']}")
        if imported.unknown_sheets:
            self.stdout.write(f"未识别的表:{'、'.join(imported.unknown_sheets)}")
        if imported.dry_run:
            self.stdout.write("以上只是核对,没有写入任何数据")
