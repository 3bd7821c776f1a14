"""A workbook in: read, save, and say what became of every row (``contract/workbook.md``)."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.bulk import collector_paused
from linzhan.kernel.registers.completing import complete_masked
from linzhan.kernel.registers.declare import REGISTERS, Register, by_sheet
from linzhan.kernel.registers.reading import cell, records
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.columns import Sheet
from linzhan.kernel.sheets.reading import ReadWorkbook, read_workbook
from linzhan.kernel.sheets.writing import write_errors, write_sheets

Report = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a workbook came to: one outcome per recognised tab, in the order of the tabs."""

    file: str
    dry_run: bool
    outcomes: Sequence[Outcome]
    unknown_sheets: Sequence[str]
    workbook: ReadWorkbook

    @property
    def rejected(self) -> int:
        return sum(outcome.rejected for outcome in self.outcomes)

    def as_json(self) -> dict[str, Any]:
        """The document that ``linzhan import --json`` prints (``contract/commands.md``)."""
        return {
            "file": self.file,
            "dry_run": self.dry_run,
            "sheets": [_sheet_json(outcome) for outcome in self.outcomes],
            "unknown_sheets": list(self.unknown_sheets),
        }

    def write_errors(self, path: Path) -> None:
        """The rejected rows in their own layout, each with what is wrong."""
        faults = [
            {row: [(f.column, f.message) for f in found] for row, found in outcome.faults.items()}
            for outcome in self.outcomes
        ]
        write_errors(path, self.workbook, faults)


def import_workbook(
    path: Path,
    *,
    name: str = "",
    dry_run: bool = False,
    report: Report | None = None,
    leave_out: Container[str] = (),
) -> Imported:
    """Read and save one workbook in the caller's transaction, scope and name.

    Tabs of the registers in ``leave_out`` (keys) are recognised and passed over: the caller has no
    right to write them.

    Raises ``WorkbookRefused`` (a sentence for people) when the file itself cannot be read. The good
    rows go in together or, if the process dies, not at all; running it again finishes the job.
    """
    with collector_paused():
        workbook = read_workbook(path, [entry.sheet for entry in REGISTERS])
    workbook.sheets = [read for read in workbook.sheets if by_sheet(read.sheet.name).key not in leave_out]
    rows = sum(len(read.row_numbers) for read in workbook.sheets)
    if report:
        report(0, rows, f"已读取 {len(workbook.sheets)} 张表、{rows} 行,正在核对")
    incoming = [
        Incoming(
            by_sheet(read.sheet.name),
            read.columns,
            read.row_numbers,
            read.tab,
            tuple(read.unknown_columns),
            read.keys,
        )
        for read in workbook.sheets
    ]
    for part in incoming:
        complete_masked(part)
    outcomes = save(incoming, dry_run=dry_run, report=_counted(report, rows))
    if report:
        report(rows, rows, "完成")
    return Imported(name or path.name, dry_run, outcomes, workbook.unknown_sheets, workbook)


def _counted(report: Report | None, rows: int) -> Callable[[int, str], None] | None:
    """Progress of the writing, as the caller wants to hear it."""
    if report is None:
        return None
    return lambda done, sheet: report(done, rows, f"已处理“{sheet}”")


def starter_sheets() -> list[Sheet]:
    """The sheets of the starter workbook, in the order of the registers."""
    return [entry.sheet for entry in REGISTERS if entry.starter]


def export_workbook(path: Path, *, report: Callable[[str, int], None] | None = None) -> int:
    """All rows of the reader's scope as a starter workbook with full keys; how many there are.

    Read and written as a stream, so memory does not grow with the data. Importing the file again
    changes nothing (``contract/workbook.md``).
    """
    counts: dict[str, int] = {}

    def rows_of(entry: Register) -> Iterator[dict[str, Any]]:
        counts[entry.name] = 0
        for record in records(entry, entry.model._default_manager.order_by("id"), whole=True):
            counts[entry.name] += 1
            yield {name: cell(record[name]) for name in entry.sheet.column_by_name}
        if report:
            report(entry.name, counts[entry.name])

    write_sheets(path, [(entry.sheet, rows_of(entry)) for entry in REGISTERS if entry.starter])
    return sum(counts.values())


def _sheet_json(outcome: Outcome) -> dict[str, Any]:
    return {
        "sheet": outcome.register.sheet.name,
        "tab": outcome.tab,
        "rows": outcome.rows,
        "created": outcome.created,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "rejected": outcome.rejected,
        "unknown_columns": list(outcome.unknown_columns),
        "errors": [
            {"row": row, "key": outcome.keys[row], "column": fault.column, "message": fault.message}
            for row, faults in sorted(outcome.faults.items())
            for fault in faults
        ],
    }
