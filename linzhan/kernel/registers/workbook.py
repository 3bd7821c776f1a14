"""A workbook in: read, save, and say what became of every row (``contract/workbook.md``)."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linzhan.kernel import masking
from linzhan.kernel.registers.batch import Fault, Incoming, Outcome
from linzhan.kernel.registers.bulk import collector_paused
from linzhan.kernel.registers.completing import complete_masked
from linzhan.kernel.registers.declare import REGISTERS, by_sheet
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.reading import ReadWorkbook, read_workbook
from linzhan.kernel.sheets.writing import write_errors

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

    @property
    def problems(self) -> list[str]:
        """Sentences about tabs that bear a sheet's name but could not be read as it."""
        return [problem.message for problem in self.workbook.problems]

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
        report(0, rows, f"已读取 {len(workbook.sheets)} 张表、{rows} 行，正在核对")
    incoming = [
        Incoming(
            by_sheet(read.sheet.name),
            read.columns,
            read.row_numbers,
            read.tab,
            tuple(read.unknown_columns),
            read.keys,
            of_file=True,
        )
        for read in workbook.sheets
    ]
    for part in incoming:
        complete_masked(part)
    outcomes = save(incoming, dry_run=dry_run, report=_counted(report, rows))
    for outcome in outcomes:
        _mask_messages(outcome)
    if report:
        report(rows, rows, "完成")
    return Imported(name or path.name, dry_run, outcomes, workbook.unknown_sheets, workbook)


def _counted(report: Report | None, rows: int) -> Callable[[int, str], None] | None:
    """Progress of the writing, as the caller wants to hear it."""
    if report is None:
        return None
    return lambda done, sheet: report(done, rows, f"已处理“{sheet}”")


def _mask_messages(outcome: Outcome) -> None:
    """No sentence repeats an identity number: sentences end up on screens, in files passed on and in logs.

    The row's number and column say where it stands; its own row of the rejected workbook shows it.
    """
    for faults in outcome.faults.values():
        faults[:] = [Fault(each.column, masking.mask_identities(each.message)) for each in faults]


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
