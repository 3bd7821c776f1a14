"""Import of a workbook, beside its bounds: the same file read raw, and its rows COPYed raw."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from bench import figures
from bench.house import WORKBOOK
from bench.measuring import Results, seconds

HEADERS = ("记录编号", "服务方式", "开始时间", "结束时间", "站点编号", "社工证件号", "内容", "录入时间")


def run(results: Results, rows: int) -> None:
    """The county's real workbook, then one sheet of ``rows`` service records."""
    from linzhan.kernel.registers.workbook import import_workbook
    from linzhan.kernel.scope import EVERYTHING, Actor, opened

    def load(path: Path) -> Any:
        with opened(EVERYTHING, Actor(label="测速")):
            return import_workbook(path)

    small = sum(outcome.rows for outcome in load(WORKBOOK).outcomes)
    results.add(
        "import",
        f"the county's workbook again, {small} rows",
        small / seconds(lambda: load(WORKBOOK)),
        "rows/s",
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.xlsx"
        _write(path, rows)
        results.add("import", f"bound: {rows:,} rows read raw", rows / seconds(lambda: _raw(path)), "rows/s")
        results.add(
            "import", f"bound: {rows:,} rows COPYed raw", rows / seconds(lambda: _copied(path)), "rows/s"
        )
        taken = seconds(lambda: load(path))
        results.add(
            "import", f"{rows:,} new rows: checked, written, with history", rows / taken, "rows/s", "≥ 10,000"
        )
        results.add(
            "import", f"{rows:,} rows again, nothing new", rows / seconds(lambda: load(path)), "rows/s"
        )


def _write(path: Path, rows: int) -> None:
    import xlsxwriter

    figures.ensure(1000)
    visit = figures.visit("")
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("服务记录")
    sheet.write_row(0, 0, HEADERS)
    for n in range(rows):
        day = f"2021-{1 + n % 12:02d}-{1 + n % 28:02d}"
        sheet.write_row(
            n + 1,
            0,
            (
                f"I{n}",
                "探访",
                f"{day} 09:00",
                f"{day} 10:00",
                visit["station"],
                figures.NUMBER,
                "上门探访",
                f"{day} 18:00",
            ),
        )
    book.close()


def _raw(path: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    rows: list[list[Any]] = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return rows


def _copied(path: Path) -> None:
    from django.db import connection, transaction

    rows = _raw(path)[1:]
    columns = ", ".join(f"c{n} text" for n in range(len(HEADERS)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE raw ({columns}) ON COMMIT DROP")
        with cursor.copy("COPY raw FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
