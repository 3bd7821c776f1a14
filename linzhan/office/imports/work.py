"""Background work of imports: the check, which writes nothing, and the import itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from linzhan.kernel import masking
from linzhan.kernel.jobs.running import JobFault, Progress, job
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.confiding import reading_with
from linzhan.kernel.registers.declare import by_sheet
from linzhan.kernel.registers.runs import ImportRun, Stage
from linzhan.kernel.registers.workbook import Imported, import_workbook
from linzhan.kernel.sheets.guard import WorkbookRefused
from linzhan.office.imports.running import CHECK, IMPORT

ERRORS_KEPT = 200


@job(CHECK)
def check(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Do everything and undo it: what would become of each row."""
    run, imported = _worked(payload, progress, dry_run=True)
    run.checked, run.stage = summary(imported), Stage.CHECKED
    run.save(update_fields=["checked", "stage"])
    return _result(run)


@job(IMPORT)
def write(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Import the good rows together; the bad ones go into a workbook of their own, the upload is done with."""
    run, imported = _worked(payload, progress, dry_run=False)
    run.imported, run.stage = summary(imported), Stage.DONE
    run.save(update_fields=["imported", "stage"])
    if imported.rejected:
        imported.write_errors(run.errors_path)
        run.errors_path.chmod(0o600)
    transaction.on_commit(lambda: run.path.unlink(missing_ok=True))
    return _result(run)


def _worked(payload: Mapping[str, Any], progress: Progress, *, dry_run: bool) -> tuple[ImportRun, Imported]:
    run = ImportRun.objects.filter(pk=payload["run"]).first()
    if run is None or not run.path.exists():
        raise JobFault("这次导入的文件已经不在了，请重新上传")
    try:
        with reading_with(frozenset(payload.get("rights", ()))):
            imported = import_workbook(
                run.path, name=run.file_name, dry_run=dry_run, report=progress, leave_out=payload["leave_out"]
            )
    except WorkbookRefused as refused:
        raise JobFault(str(refused)) from refused
    return run, imported


def _result(run: ImportRun) -> dict[str, Any]:
    return {"url": f"/import/{run.pk}/", "label": "查看结果"}


def summary(imported: Imported) -> dict[str, Any]:
    """The counts per tab and the first errors, keys that are identity numbers masked."""
    told = imported.as_json()
    errors: list[dict[str, Any]] = []
    for sheet in told["sheets"]:
        found = sheet.pop("errors")
        key = by_sheet(sheet["sheet"]).sheet.keys[0]
        for error in found[: ERRORS_KEPT - len(errors)]:
            shown = (
                masking.mask_identity(error["key"])
                if key.kind in SECRET_KINDS and error["key"]
                else error["key"]
            )
            errors.append(error | {"key": shown, "tab": sheet["tab"]})
        sheet["faults"] = len(found)
    return {"sheets": told["sheets"], "errors": errors}
