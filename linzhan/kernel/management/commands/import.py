"""``linzhan import``: a county's workbook in, from the command line (``contract/commands.md``)."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linzhan.kernel.management.outputs import require_writable
from linzhan.kernel.registers.workbook import Imported, import_workbook
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.kernel.sheets.guard import WorkbookRefused

ALL_GOOD, SOME_REJECTED, UNREADABLE = 0, 1, 2
COUNTS = "新增 {created}，更新 {updated}，未变 {unchanged}，退回 {rejected}"


class Command(BaseCommand):
    help = "导入开站工作簿（.xlsx）：好行入库，坏行逐条说明"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="要导入的 .xlsx 文件")
        parser.add_argument("--dry-run", action="store_true", help="只核对，不写入")
        parser.add_argument(
            "--errors",
            type=Path,
            metavar="OUT.xlsx",
            help="把退回的行连同原因另存为工作簿，改好后可以直接导入",
        )
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *args: Any, **options: Any) -> None:
        path, errors = options["file"], options["errors"]
        if errors:
            self._require_place(errors, path)
        try:
            with opened(EVERYTHING, Actor(label="管理员（命令行）", origin=f"命令行导入 {path.name}")):
                imported = import_workbook(path, dry_run=options["dry_run"])
        except WorkbookRefused as refused:
            print(f"无法导入 {path.name}：{refused}。没有改动任何数据。", file=sys.stderr)
            sys.exit(UNREADABLE)
        if errors and imported.rejected:
            imported.write_errors(errors)
        if options["json"]:
            print(json.dumps(imported.as_json(), ensure_ascii=False))
        else:
            self._say(imported, errors)
        sys.exit(SOME_REJECTED if imported.rejected else ALL_GOOD)

    def _require_place(self, errors: Path, path: Path) -> None:
        if errors.exists() and path.exists() and errors.samefile(path):
            raise CommandError("--errors 不能写到要导入的文件上，请换一个文件名")
        require_writable(errors)

    def _say(self, imported: Imported, errors: Path | None) -> None:
        told = imported.as_json()
        for sheet in told["sheets"]:
            name = sheet["sheet"] if sheet["tab"] == sheet["sheet"] else f"{sheet['sheet']}（{sheet['tab']}）"
            self.stdout.write(f"{name}：{sheet['rows']} 行，" + COUNTS.format(**sheet))
            if sheet["unknown_columns"]:
                self.stdout.write(f"  不认识的列，没有导入：{'、'.join(sheet['unknown_columns'])}")
            for line in _error_lines(sheet):
                self.stdout.write(line)
        for line in _closing(imported, told, errors):
            self.stdout.write(line)


def _error_lines(sheet: Mapping[str, Any]) -> Iterator[str]:
    """One line for each thing wrong with a row; columns that share it (the parts of a key) stand together."""
    shared: dict[tuple[int, str], list[str]] = {}
    for error in sheet["errors"]:
        shared.setdefault((error["row"], error["message"]), []).append(error["column"])
    for (row, message), columns in shared.items():
        named = "、".join(column for column in columns if column)
        yield f"  第 {row} 行{f'【{named}】' if named else '：'}{message}"


def _closing(imported: Imported, told: Mapping[str, Any], errors: Path | None) -> Iterator[str]:
    yield from imported.problems
    if told["unknown_sheets"]:
        yield f"不认识的工作表，没有导入：{'、'.join(told['unknown_sheets'])}"
    if not told["sheets"]:
        yield "没有认出任何台账，什么也没有导入。请对照模板（linzhan template 空白.xlsx）检查工作表名和表头。"
        return
    names = ("rows", "created", "updated", "unchanged", "rejected")
    totals = {name: sum(sheet[name] for sheet in told["sheets"]) for name in names}
    yield f"合计：{totals['rows']} 行，" + COUNTS.format(**totals)
    if imported.rejected and errors:
        yield f"退回的 {imported.rejected} 行已另存为 {errors}，改好后直接导入这个文件。"
    elif imported.rejected:
        yield f"退回的 {imported.rejected} 行没有写入；加 --errors 退回.xlsx 可以把它们另存，改好后再导入。"
    if imported.dry_run:
        yield "以上只是核对，没有写入任何数据。"
