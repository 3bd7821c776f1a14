"""Background work of the registers: long exports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linzhan.kernel.jobs.cleaning import kept_until
from linzhan.kernel.jobs.running import Progress, job
from linzhan.kernel.registers.confiding import reading_with
from linzhan.office.formats import moment
from linzhan.office.registers.exporting import KIND, export, exports, from_payload
from linzhan.office.registers.listing import matching


@job(KIND)
def write_export(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the list to a workbook that waits for the one who ordered it."""
    path = exports() / f"{progress.job_id}.xlsx"
    with reading_with(frozenset(payload.get("rights", ()))):
        given = from_payload(dict(payload))
        total = matching(given).count()
        rows = export(path, given, lambda done: progress(done, total, "正在写入"))
    progress(rows, rows, f"共 {rows:,} 行")
    return {
        "url": f"/jobs/{progress.job_id}/file/",
        "label": f"下载（保留到 {moment(kept_until(path))}）",
        "file": path.name,
        "name": f"{payload['name']}.xlsx",
    }
