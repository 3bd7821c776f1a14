"""Background work of the registers: long exports, and steps that last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict

from linzhan.kernel.jobs.cleaning import kept_until
from linzhan.kernel.jobs.running import JobFault, Progress, job
from linzhan.kernel.registers.confiding import reading_with, rights_at_hand
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import machine_of, take
from linzhan.kernel.steps import StepRefused
from linzhan.office.formats import moment
from linzhan.office.registers import files, forms
from linzhan.office.registers.exporting import KIND, export, exports, from_payload
from linzhan.office.registers.listing import matching
from linzhan.office.registers.step_views import LASTING, given_with


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


@job(LASTING)
def take_step(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Take a step as its form was sent, once: a job that is tried again does not take it twice."""
    register, row_id = REGISTERS[payload["register"]], UUID(payload["row"])
    back = f"/r/{register.key}/{row_id}/"
    sent = QueryDict(payload["sent"])
    try:
        row = files.read(register, row_id)
        one = machine_of(register)[payload["step"]]
        progress(0, 1, "正在办理")
        given = given_with(register, row, one, forms.of_request(register, sent), sent)
        take(register, row_id, one.name, given, rights=rights_at_hand(), entry_id=progress.job_id)
    except (StepRefused, Http404) as refused:
        form = {"url": f"{back}steps/{payload['step']}/?job={progress.job_id}", "label": "回去办理"}
        raise JobFault(str(refused) or "这条记录已经看不到了", form) from None
    progress(1, 1, "已办理")
    return {"url": back, "label": "查看"}
