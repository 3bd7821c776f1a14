"""The wizard's pages in the words of the design system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from linzhan.kernel.jobs.models import Job
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.runs import ImportRun, Stage
from linzhan.office import parts
from linzhan.office.imports.running import failed

STEPS = (later("上传文件"), later("识别"), later("核对"), later("导入"), later("结果"))
AT = {Stage.RECOGNISED: 1, Stage.CHECKING: 2, Stage.CHECKED: 2, Stage.IMPORTING: 3, Stage.DONE: 4}
COUNTS = (
    ("created", later("新增")),
    ("updated", later("更新")),
    ("unchanged", later("未变")),
    ("rejected", later("退回")),
)


def steps(run: ImportRun | None, job: Job | None = None) -> list[parts.Step]:
    """Where the import stands."""
    at = AT[Stage(run.stage)] if run else 0
    notes = {0: run.file_name} if run else {}
    problem = failed(job) and run is not None and run.stage in (Stage.CHECKING, Stage.IMPORTING)
    last = len(STEPS) if run and run.stage == Stage.DONE else at
    return [
        parts.Step(name=str(name), state=_state(place, last, problem=problem), note=notes.get(place, ""))
        for place, name in enumerate(STEPS)
    ]


def _state(place: int, at: int, *, problem: bool) -> Literal["done", "current", "todo", "problem"]:
    if place != at:
        return "done" if place < at else "todo"
    return "problem" if problem else "current"


def recognised_table(run: ImportRun, left_out: Sequence[str]) -> parts.Table:
    """What each tab was taken for."""
    columns = [
        parts.TableColumn(key="tab", label=_("工作表"), lead=True),
        parts.TableColumn(key="sheet", label=_("认作")),
        parts.TableColumn(key="header", label=_("表头在第几行"), kind="integer"),
        parts.TableColumn(key="rows", label=_("行数"), kind="integer"),
        parts.TableColumn(key="missing", label=_("缺少的必填列")),
        parts.TableColumn(key="unknown", label=_("不认识的列")),
    ]
    rows = [
        parts.TableRow(
            cells={
                "tab": tab["tab"],
                "sheet": parts.Status(_("无权导入"), "off") if tab["register"] in left_out else tab["sheet"],
                "header": tab["header_row"],
                "rows": tab["rows"],
                "missing": "、".join(tab["missing"]),
                "unknown": "、".join(tab["unknown"]),
            },
            tone="wrong" if tab["missing"] else "",
        )
        for tab in run.recognised["tabs"]
    ]
    return parts.Table(caption=_("识别结果"), columns=columns, rows=rows, compact=True)


def recognised_notices(run: ImportRun, left_out: Sequence[str]) -> list[parts.Notice]:
    told = [parts.Notice(text=problem["message"], tone="warning") for problem in run.recognised["problems"]]
    named = {problem["tab"] for problem in run.recognised["problems"]}
    unknown = [tab for tab in run.recognised["unknown_sheets"] if tab not in named]
    if unknown:
        text = _("不认识的工作表（不导入）：%(names)s") % {"names": "、".join(unknown)}
        told.append(parts.Notice(text=text))
    if left_out:
        names = "、".join(REGISTERS[key].name for key in left_out)
        text = _("您没有登记这些台账的权限，它们不会导入：%(names)s") % {"names": names}
        told.append(parts.Notice(text=text, tone="warning"))
    return told


def counts_table(told: Mapping[str, Any], caption: str) -> parts.Table:
    """What became (or would become) of the rows of each tab."""
    columns = [
        parts.TableColumn(key="tab", label=_("工作表"), lead=True),
        parts.TableColumn(key="rows", label=_("行数"), kind="integer"),
        *(parts.TableColumn(key=key, label=str(label), kind="integer") for key, label in COUNTS),
    ]
    rows = [
        parts.TableRow(cells={**sheet, "tab": _tab_words(sheet)}, tone="wrong" if sheet["rejected"] else "")
        for sheet in told["sheets"]
    ]
    totals = {key: sum(sheet[key] for sheet in told["sheets"]) for key in ("rows", *dict(COUNTS))}
    return parts.Table(id="counts", caption=caption, columns=columns, rows=rows, totals=totals, compact=True)


def _tab_words(sheet: Mapping[str, Any]) -> str:
    return sheet["tab"] if sheet["tab"] == sheet["sheet"] else f"{sheet['tab']}（{sheet['sheet']}）"


def errors_table(told: Mapping[str, Any]) -> parts.Table | None:
    """The first errors, each where it is and what is wrong."""
    if not told["errors"]:
        return None
    columns = [
        parts.TableColumn(key="tab", label=_("工作表")),
        parts.TableColumn(key="row", label=_("行"), kind="integer"),
        parts.TableColumn(key="key", label=_("编号"), kind="code"),
        parts.TableColumn(key="column", label=_("列")),
        parts.TableColumn(key="message", label=_("问题"), lead=True),
    ]
    faults = sum(sheet["faults"] for sheet in told["sheets"])
    shown = len(told["errors"])
    text = (
        _("共 %(n)d 处") % {"n": faults}
        if faults == shown
        else _("前 %(m)d 处，共 %(n)d 处") % {"m": shown, "n": faults}
    )
    return parts.Table(
        id="errors",
        caption=_("需要改正的地方"),
        columns=columns,
        rows=[parts.TableRow(cells=error, tone="wrong") for error in told["errors"]],
        pager=parts.Pager(text=text),
        compact=True,
    )


def rejected(told: Mapping[str, Any] | None) -> int:
    return sum(sheet["rejected"] for sheet in told["sheets"]) if told else 0


def accepted(told: Mapping[str, Any] | None) -> int:
    return sum(sheet["created"] + sheet["updated"] for sheet in told["sheets"]) if told else 0


def runs_table(runs: Sequence[ImportRun]) -> parts.Table:
    """One's own imports, to be resumed or looked up."""
    columns = [
        parts.TableColumn(key="file", label=_("文件"), lead=True),
        parts.TableColumn(key="at", label=_("上传时间"), kind="moment"),
        parts.TableColumn(key="stage", label=_("进度")),
        parts.TableColumn(key="result", label=_("结果")),
    ]
    rows = [
        parts.TableRow(
            cells={"file": run.file_name, "at": run.created_at, "stage": _stage(run), "result": _result(run)},
            id=str(run.pk),
            url=f"/import/{run.pk}/",
        )
        for run in runs
    ]
    empty = parts.Empty(
        title=_("还没有导入过"), body=_("上传后，每一步都可以离开，回来从这里接着做。"), icon="import"
    )
    return parts.Table(caption=_("我的导入"), columns=columns, rows=rows, empty=empty, compact=True)


def _stage(run: ImportRun) -> parts.Status:
    return parts.Status(Stage(run.stage).label, "good" if run.stage == Stage.DONE else "wait")


def _result(run: ImportRun) -> str:
    told = run.imported or run.checked
    if not told:
        return ""
    words = _("写入 %(a)d 行，退回 %(r)d 行") if run.imported else _("可写入 %(a)d 行，退回 %(r)d 行")
    return words % {"a": accepted(told), "r": rejected(told)}
