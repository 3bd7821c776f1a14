"""Files that were made for a moment do not stay: uploads, rejected rows, exports, and what is told of them.

An upload is kept until it was imported or discarded, and a workbook to be fetched until it was; both at
most ``LINZHAN_KEEP_DAYS`` days from the last step taken with them. Afterwards the worker removes the
file and what its run or job still says of single rows; counts stay, as a record of what happened.
A photo or signature of which pieces are missing is given up as many days after its last piece.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from linzhan.kernel.files.models import Attachment
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.registers.runs import ImportRun, Stage

logger = logging.getLogger(__name__)
FOLDERS = ("imports", "exports")
GONE = "文件已过保留期，已经删除；需要时请重新导出"
NEVER_FINISHED = "上传的文件已过保留期，已经删除；需要时请重新上传"


def kept_until(path: Path) -> datetime | None:
    """When ``path`` will be removed, None where there is no such file."""
    try:
        touched = path.stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.fromtimestamp(touched, UTC) + timedelta(days=settings.KEEP_DAYS)


def clean(now: datetime | None = None) -> int:
    """Remove what was kept long enough, in the caller's scope (everything); how many files went."""
    moment = now or timezone.now()
    removed = list(_remove_files(moment))
    cutoff = moment - timedelta(days=settings.KEEP_DAYS)
    _forget_exports(removed)
    _forget_runs(cutoff)
    _forget_rows(cutoff)
    return len(removed) + _forget_parts(cutoff)


def _remove_files(now: datetime) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((Path(settings.FILES_ROOT) / folder).glob("*")):
            until = kept_until(path) if path.is_file() else None
            if until is not None and until <= now:
                path.unlink(missing_ok=True)
                logger.info("removed %s, kept long enough", path.name)
                yield path


def _forget_exports(removed: list[Path]) -> None:
    """A job whose file is gone offers it no more, and says so."""
    names = [path.stem for path in removed if path.parent.name == "exports"]
    jobs = [identity for name in names if (identity := _identity(name)) is not None]
    Job.objects.filter(pk__in=jobs).update(result=None, message=GONE)


def _forget_runs(cutoff: datetime) -> None:
    """An import that was never finished goes with its file; of a finished one the counts stay."""
    for run in ImportRun.objects.filter(created_at__lt=cutoff).iterator():
        if run.path.exists() or run.errors_path.exists():
            continue
        if run.stage != Stage.DONE:
            orders = [order for order in (run.check_job, run.import_job) if order]
            Job.objects.filter(pk__in=orders).update(result=None, message=NEVER_FINISHED)
            run.delete()
        elif _errors(run.imported) or run.checked is not None:
            run.checked, run.imported = None, _without_errors(run.imported)
            run.save(update_fields=["checked", "imported"])


def _errors(told: Any) -> bool:
    return isinstance(told, dict) and bool(told.get("errors"))


def _without_errors(told: Any) -> Any:
    return {**told, "errors": []} if isinstance(told, dict) else told


def _forget_rows(cutoff: datetime) -> None:
    """Documents of imports over HTTP keep their counts and lose their single rows."""
    ended = Job.objects.filter(state=JobState.DONE, ended_at__lt=cutoff, result__has_key="sheets")
    for job in ended.iterator():
        told: dict[str, Any] = job.result or {}
        sheets = told["sheets"]
        if any(sheet.get("errors") for sheet in sheets):
            job.result = {**told, "sheets": [{**sheet, "errors": []} for sheet in sheets]}
            job.save(update_fields=["result"])


def _forget_parts(cutoff: datetime) -> int:
    """Files of which no piece came for so long: the phone that still has one begins anew."""
    went = 0
    for each in Attachment.objects.filter(completed_at__isnull=True, began_at__lt=cutoff).iterator():
        path = each.part_path
        if path.exists() and datetime.fromtimestamp(path.stat().st_mtime, UTC) >= cutoff:
            continue
        went += path.exists()
        path.unlink(missing_ok=True)
        each.delete()
    return went


def _identity(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
