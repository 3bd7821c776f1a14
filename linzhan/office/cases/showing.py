"""The page of a case in one look: where it stands and who acts next, goals, sessions, papers, approvals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api.cases import (
    CASE_FILES,
    CASE_GOALS,
    CRISIS,
    ENDED,
    EXPORT_CASES,
    CaseFile,
    Folder,
    Paper,
    Stage,
    State,
    Whole,
    attained,
    level_word,
    scores,
)
from linzhan.casework.api.scales import scale_of
from linzhan.kernel.registers.reading import Referred
from linzhan.office import parts
from linzhan.office.registers.files import step_actions
from linzhan.office.registers.showing import referred_text
from linzhan.office.requests import holds

LINE = (
    Stage.INTAKE,
    Stage.ASSESSING,
    Stage.PLANNING,
    Stage.INTERVENING,
    Stage.EVALUATING,
    Stage.CLOSING,
    Stage.CLOSED,
)
AT = {Stage.DRAFT: -1, Stage.SUSPENDED: 3, Stage.REFERRED: 3, Stage.DECLINED: 1, Stage.DROPPED: -1}
TONES: dict[str, parts.Tone] = {
    Stage.DRAFT: "off",
    Stage.PLANNING: "wait",
    Stage.CLOSING: "wait",
    Stage.REFERRED: "wait",
    Stage.SUSPENDED: "off",
    Stage.CLOSED: "good",
    Stage.DECLINED: "off",
    Stage.DROPPED: "off",
}
NEXT = {
    Stage.DRAFT: gettext_lazy("主责社工：写明问题、取得同意后接案"),
    Stage.INTAKE: gettext_lazy("主责社工：见面，写好预估表，完成预估"),
    Stage.ASSESSING: gettext_lazy("主责社工：和服务对象商定目标，提交计划"),
    Stage.PLANNING: gettext_lazy("督导：核准或退回计划"),
    Stage.INTERVENING: gettext_lazy("主责社工：按计划面谈，每次写过程记录"),
    Stage.SUSPENDED: gettext_lazy("主责社工：到期恢复，或进入评估"),
    Stage.EVALUATING: gettext_lazy("主责社工：写好结案报告，提交结案"),
    Stage.CLOSING: gettext_lazy("督导：核准或退回结案"),
    Stage.REFERRED: gettext_lazy("督导：办理转介结案；未被接收的由主责社工恢复介入"),
}
WHOLE_TONES: dict[str, parts.Tone] = {
    Whole.YES: "good",
    Whole.LACKING: "bad",
    Whole.LATER: "off",
    Whole.NONE: "off",
}
LONG = 60


def head(request: HttpRequest, case: CaseFile, row: Mapping[str, Any], *, writes: bool) -> parts.PageHead:
    resident, worker, station = (referred_text(row[name]) for name in ("resident", "worker", "station"))
    members = "、".join(referred_text(each) for each in row["members"])
    facts = [
        parts.Fact(_("服务对象"), resident, url=f"/r/residents/{row['resident'].id}/"),
        *([parts.Fact(_("同案家人"), members)] if members else []),
        parts.Fact(_("主责社工"), worker),
        parts.Fact(_("接案日期"), row["opened_on"], "date"),
        *([parts.Fact(_("危机等级"), f"{case.crisis} {CRISIS[case.crisis]}")] if case.crisis else []),
        *([parts.Fact(_("复杂程度"), case.complexity)] if case.complexity else []),
    ]
    return parts.PageHead(
        name=case.code,
        place=f"{_('个案')} · {station}",
        place_url=reverse("office:cases"),
        status=parts.Status(case.stage, TONES.get(case.stage, "live")),
        lead=str(NEXT.get(Stage(case.stage), "")),
        facts=facts,
        troubles=troubles(case),
        actions=actions(request, case, row, writes=writes),
    )


def actions(
    request: HttpRequest, case: CaseFile, row: Mapping[str, Any], *, writes: bool
) -> list[parts.Action]:
    found = step_actions(request, CASE_FILES, row)
    base = f"/cases/{case.pk}/"
    if writes and case.stage not in ENDED:
        found.append(parts.Action(label=_("登记面谈"), url=f"{base}session/", icon="add", key="m"))
        found.append(
            parts.Action(label=_("加目标"), url=f"/r/{CASE_GOALS.key}/new/?case={case.pk}", icon="add")
        )
    if writes and case.stage == Stage.CLOSED:
        told = _("新开一个草稿，接着这个个案；原来的记录不变")
        found.append(parts.Action(label=_("重开"), url=f"{base}reopen/", post=True, confirm=told))
    if writes and holds(request, EXPORT_CASES):
        found.append(parts.Action(label=_("导出卷宗"), url=f"{base}folder/", icon="export"))
    return found


def troubles(case: CaseFile) -> list[parts.Notice]:
    found = []
    if case.stage == Stage.SUSPENDED and case.resume_on and case.resume_on < timezone.localdate():
        text = _("预计 %(day)s 恢复，已经过了") % {"day": case.resume_on.isoformat()}
        found.append(parts.Notice(text=text, tone="warning"))
    if case.crisis and case.crisis >= 3 and case.stage not in ENDED:
        text = _("危机等级 %(level)d：%(word)s") % {"level": case.crisis, "word": CRISIS[case.crisis]}
        found.append(parts.Notice(text=text, tone="error"))
    return found


def line(case: CaseFile, folder: Folder) -> list[parts.Step]:
    """接案 → … → 结案, with the day each was reached and where the case is now."""
    here = LINE.index(Stage(case.stage)) if case.stage in LINE else AT[Stage(case.stage)]
    days = {entry.target: timezone.localdate(entry.at).isoformat() for entry in folder.steps}
    found = []
    for place, stage in enumerate(LINE):
        state: Literal["done", "current", "todo", "problem"] = (
            "done" if place < here or case.stage == Stage.CLOSED else "current" if place == here else "todo"
        )
        if place == here and case.stage in (Stage.SUSPENDED, Stage.REFERRED, Stage.DECLINED):
            state = "problem"
        name = case.stage if state == "problem" else stage.label
        found.append(parts.Step(name=str(name), state=state, note=days.get(stage, "")))
    return found


def goals(folder: Folder, *, writes: bool) -> parts.Table:
    score = attained(folder.row["id"])
    rows = [
        parts.TableRow(
            id=str(each.pk),
            url=f"/r/{CASE_GOALS.key}/{each.pk}/edit/" if writes else "",
            cells={
                "goal": parts.Cell(value=each.goal, note=each.indicator),
                "due_on": each.due_on,
                "weight": each.weight or 1,
                "baseline": level_word(each.baseline),
                "level": _level(each.level),
            },
        )
        for each in folder.goals
    ]
    told = (
        _("合起来的达成程度 T = %(score)s（50 为达到预期）") % {"score": score} if score is not None else ""
    )
    return parts.Table(
        id="goals",
        caption=_("目标"),
        columns=[
            parts.TableColumn(key="goal", label=_("目标和衡量指标"), lead=True),
            parts.TableColumn(key="due_on", label=_("完成日期"), kind="date"),
            parts.TableColumn(key="weight", label=_("权重"), kind="number"),
            parts.TableColumn(key="baseline", label=_("开始时")),
            parts.TableColumn(key="level", label=_("现在")),
        ],
        rows=rows,
        pager=parts.Pager(text=told) if told else None,
        empty=parts.Empty(title=_("还没有目标"), body=_("和服务对象一起商定，写明怎么看出来达到了。")),
        compact=True,
    )


def _level(level: int | None) -> object:
    if level is None:
        return ""
    return parts.Status(level_word(level), "good" if level >= 0 else "wait")


def sessions(folder: Folder, *, opens: bool = True) -> parts.Table:
    rows = [
        parts.TableRow(
            id=str(each.pk),
            url=f"/r/session-notes/{each.pk}/" if opens else "",
            cells={
                "number": each.number,
                "day": each.record.started_at,
                "mode": each.mode,
                "process": parts.Cell(value=each.process or each.record.content, note=each.response),
                "next_step": each.next_step,
                "risk_change": parts.Status(each.risk_change, "bad")
                if each.risk_change == "升高"
                else each.risk_change,
            },
        )
        for each in folder.sessions
    ]
    return parts.Table(
        id="sessions",
        caption=_("面谈"),
        columns=[
            parts.TableColumn(key="number", label=_("节次"), kind="number"),
            parts.TableColumn(key="day", label=_("日期"), kind="date", lead=True),
            parts.TableColumn(key="mode", label=_("方式")),
            parts.TableColumn(key="process", label=_("过程和对象反应")),
            parts.TableColumn(key="next_step", label=_("下一步")),
            parts.TableColumn(key="risk_change", label=_("风险")),
        ],
        rows=rows,
        empty=parts.Empty(title=_("还没有面谈"), body=_("每次面谈登记一条，过程记录和服务记录一起写。")),
        compact=True,
    )


def papers(folder: Folder, *, writes: bool) -> list[dict[str, object]]:
    """The papers of the file that consist of columns, with their state and the way to fill them in."""
    return [
        {
            "title": state.paper.title,
            "status": parts.Status(str(state.whole), WHOLE_TONES[state.whole]),
            "facts": _facts(folder.row, state.paper),
            "begun": state.begun,
            "write_url": f"/cases/{folder.row['id']}/write/{state.paper.key}/" if writes else "",
        }
        for state in folder.states
        if state.paper.columns and (state.begun or state.whole is not Whole.NONE)
    ]


def _facts(row: Mapping[str, Any], paper: Paper) -> list[parts.Fact]:
    names = [name for name in paper.shown if name not in ("resident", "worker", "members")]
    return [_fact(name, row[name]) for name in names if row[name] not in (None, "", [])]


def _fact(name: str, value: Any) -> parts.Fact:
    column = CASE_FILES.column(name)
    if isinstance(value, Referred):
        return parts.Fact(_("原个案"), value.key, url=f"/cases/{value.id}/")
    if name == "crisis":
        return parts.Fact(column.header, f"{value} {CRISIS[value]}")
    kind = "date" if hasattr(value, "toordinal") else "text"
    return parts.Fact(column.header, value, kind, long=isinstance(value, str) and len(value) > LONG)


def approvals(folder: Folder) -> list[parts.Happening]:
    """Every step with its reason, the latest first."""
    assert CASE_FILES.steps is not None
    labels = {one.name: str(one.label) for one in CASE_FILES.steps}
    return [
        parts.Happening(
            when=entry.at,
            title=f"{labels.get(entry.step, entry.step)}：{entry.source} → {entry.target}",
            body=entry.note,
            by=entry.actor_label,
            icon="check" if entry.step in ("approve_plan", "close", "close_referred") else "edit",
        )
        for entry in reversed(folder.steps)
    ]


def contents(states: Sequence[State]) -> parts.Table:
    """The list of contents with what is missing."""
    return parts.Table(
        id="contents",
        caption=_("目录与完整性"),
        columns=[
            parts.TableColumn(key="title", label=_("文书"), lead=True),
            parts.TableColumn(key="whole", label=_("是否完整")),
            parts.TableColumn(key="lacks", label=_("缺少")),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "title": state.paper.title,
                    "whole": parts.Status(str(state.whole), WHOLE_TONES[state.whole]),
                    "lacks": "、".join(_called(name) for name in state.lacks),
                }
            )
            for state in states
        ],
        compact=True,
    )


def _called(name: str) -> str:
    return CASE_FILES.column(name).header if name in CASE_FILES.sheet.column_by_name else name


def scale_trend(case: CaseFile) -> parts.Trend | None:
    """The scores of the scale that was taken most often in the case, over time; None where none was taken twice."""
    name, points = max(
        scores(case.code, case.region_code).items(), key=lambda each: len(each[1]), default=("", [])
    )
    if len(points) < 2:
        return None
    scale = scale_of(name)
    return parts.Trend(
        title=_("量表得分：%(scale)s") % {"scale": scale.name if scale else name},
        labels=[day.isoformat() for day, _score in points],
        series=[parts.Line(name=_("得分"), values=[score for _day, score in points])],
        low=True,
    )
