"""One import from upload to result: what is kept of it, and when it may take which step.

The file lies on disk until it was imported; a file that cannot be read is not kept at all. Checking and
importing are jobs, each one transaction: a crash leaves nothing behind and the next try finishes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.ids import uuid7
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.jobs.running import order
from linzhan.kernel.registers.declare import REGISTERS, by_sheet
from linzhan.kernel.registers.runs import ImportRun, Stage, uploads
from linzhan.kernel.scope import current_actor, current_scope
from linzhan.kernel.sheets.guard import WorkbookRefused
from linzhan.kernel.sheets.reading import ReadWorkbook, read_workbook
from linzhan.office.formats import number

CHECK, IMPORT = "imports.check", "imports.import"
LISTED = 30


def received(upload: UploadedFile[Any]) -> ImportRun:
    """Keep an uploaded workbook and what is recognised in it; :class:`WorkbookRefused` keeps nothing."""
    identity = uuid7()
    path = uploads() / f"{identity}.xlsx"
    try:
        _store(upload, path)
        recognised = _recognised(read_workbook(path, [entry.sheet for entry in REGISTERS]))
        if not recognised["tabs"]:
            raise WorkbookRefused(_nothing_known(recognised))
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    scope, actor = current_scope(), current_actor()
    return ImportRun.objects.create(
        id=identity,
        region_code=scope.regions[0] if scope.regions else places.NATION,
        ordered_by=UUID(actor.id),
        file_name=Path(upload.name or "").name[:200],
        size=upload.size or 0,
        recognised=recognised,
    )


def _store(upload: UploadedFile[Any], path: Path) -> None:
    limit = settings.UPLOAD_LIMIT
    if (upload.size or 0) > limit:
        raise WorkbookRefused(_("文件超过 %(n)s MB，请分成几个文件导入") % {"n": number(limit // 1_000_000)})
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def _nothing_known(recognised: dict[str, Any]) -> str:
    told = [problem["message"] for problem in recognised["problems"]]
    told = told or [_("工作表：%(names)s") % {"names": "、".join(recognised["unknown_sheets"]) or _("无")}]
    return _("这个文件里没有认出任何台账（%(told)s）。请对照模板检查工作表名和表头") % {
        "told": "；".join(told)
    }


def _recognised(workbook: ReadWorkbook) -> dict[str, Any]:
    tabs = [
        {
            "tab": read.tab,
            "sheet": read.sheet.name,
            "register": by_sheet(read.sheet.name).key,
            "header_row": read.header_row,
            "rows": len(read.row_numbers),
            "unknown": list(read.unknown_columns),
            "missing": list(read.missing_columns),
        }
        for read in workbook.sheets
    ]
    problems = [{"tab": problem.tab, "message": problem.message} for problem in workbook.problems]
    return {"tabs": tabs, "unknown_sheets": list(workbook.unknown_sheets), "problems": problems}


def own_runs(person: UUID) -> list[ImportRun]:
    return list(ImportRun.objects.filter(ordered_by=person).order_by("-created_at")[:LISTED])


def left_out(run: ImportRun, rights: frozenset[str]) -> list[str]:
    """Recognised registers that the reader has no right to write."""
    keys: Iterable[str] = dict.fromkeys(tab["register"] for tab in run.recognised["tabs"])
    return [key for key in keys if REGISTERS[key].edit not in rights]


def start_check(run: ImportRun, rights: frozenset[str]) -> None:
    """Order the check; one that is under way goes on."""
    _start(run, rights, CHECK, _("核对 %(file)s"), (Stage.RECOGNISED, Stage.CHECKED))


def start_import(run: ImportRun, rights: frozenset[str]) -> None:
    """Order the import of a checked file."""
    _start(run, rights, IMPORT, _("导入 %(file)s"), (Stage.CHECKED,))


def _start(run: ImportRun, rights: frozenset[str], kind: str, title: str, stages: tuple[Stage, ...]) -> None:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    under_way = Stage.CHECKING if kind == CHECK else Stage.IMPORTING
    if run.stage not in stages and not (run.stage == under_way and failed(job_of(run))):
        return
    job = order(
        kind,
        title % {"file": run.file_name},
        {"run": str(run.pk), "leave_out": left_out(run, rights), "rights": sorted(rights)},
    )
    if run.path.exists():
        os.utime(run.path)  # kept so many days from the last step
    run.stage = under_way
    setattr(run, "check_job" if kind == CHECK else "import_job", job.pk)
    run.save(update_fields=["stage", "check_job", "import_job"])


def job_of(run: ImportRun) -> Job | None:
    """The job that the run waits for, or whose result it shows."""
    identity = run.import_job if run.stage in (Stage.IMPORTING, Stage.DONE) else run.check_job
    return Job.objects.filter(pk=identity).first() if identity else None


def failed(job: Job | None) -> bool:
    return job is not None and job.state == JobState.FAILED


def discard(run: ImportRun) -> None:
    """Take the run and its files away; what was imported stays."""
    paths = [run.path, run.errors_path]
    orders = [order for order in (run.check_job, run.import_job) if order]
    Job.objects.filter(pk__in=orders).update(result=None)
    run.delete()
    transaction.on_commit(lambda: _remove(paths))


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
