"""The folder of a case (卷宗): everything written in it, in order, as PDF or ZIP at one press (DOC-13, SVC-24).

It is complete by construction: the papers are drawn from what is kept, and what is missing is said in front.
Who took it out, when and why goes on record, and stands on every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from linzhan.casework.cases.enums import CRISIS, GOAL_LEVELS
from linzhan.casework.cases.models import CaseFile, CaseGoal, SessionNote
from linzhan.casework.cases.papers import PAPERS, Paper, State, Whole, states
from linzhan.casework.cases.selectors import attained
from linzhan.casework.cases.sheets import CASE_FILES
from linzhan.kernel.audit import note_reveal
from linzhan.kernel.documents import Entry, packed, pdf
from linzhan.kernel.files.models import Attachment
from linzhan.kernel.files.receiving import picture_of
from linzhan.kernel.registers.reading import Referred, records
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.registers.stepping import taken_of
from linzhan.kernel.scope import current_actor

TEMPLATE: Final = Path(__file__).with_name("folder.typ")
FIELD: Final = "卷宗"
SESSION: Final = (
    ("mode", "面谈方式"),
    ("aims", "本次目标"),
    ("process", "过程摘要"),
    ("response", "对象反应"),
    ("reflection", "社工反思"),
    ("next_step", "下一步"),
    ("risk_change", "风险变化"),
)
APPROVALS: Final = ("approve_plan", "return_plan", "close", "return_closing", "close_referred")
ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png"}
CONSENT: Final = (
    "本人（监护人）已听社工说明：服务做什么、大约多久；谈话内容保密，只有发现有人身危险或者法律要求报告时例外；"
    "可以随时退出，退出不影响其他服务和待遇。同意社工站为提供服务记录和使用上述资料，并由督导查阅。"
)
SIGNED_BY: Final = {"consent": ["服务对象或监护人", "社工", "日期"], "plan": ["服务对象", "社工", "督导"]}


@dataclass(frozen=True, slots=True)
class Folder:
    """What is in a case's folder: the case as read, the state of each paper, and the papers as data."""

    row: Mapping[str, Any]
    states: Sequence[State]
    goals: Sequence[CaseGoal]
    sessions: Sequence[SessionNote]
    steps: Sequence[StepEntry]
    attachments: Sequence[Attachment]

    @property
    def name(self) -> str:
        return f"个案卷宗-{self.row['code']}"


def folder_of(case: UUID) -> Folder:
    """The folder of a case within the reader's scope; LookupError where there is none."""
    rows = CaseFile.objects.filter(pk=case)
    row = next(iter(records(CASE_FILES, rows, whole=True)), None)
    if row is None:
        raise LookupError(case)
    goals = list(CaseGoal.objects.filter(case=case).order_by("pk"))
    sessions = list(SessionNote.objects.filter(case=case).select_related("record").order_by("number", "pk"))
    steps = taken_of(CASE_FILES, case)
    counts = {
        "goals": len(goals),
        "sessions": len(sessions),
        "approvals": sum(entry.step in APPROVALS for entry in steps),
    }
    been = {str(row["stage"]), *(entry.target for entry in steps)}
    found = states(row, counts, been, {entry.step for entry in steps})
    return Folder(row, found, goals, sessions, steps, _attachments(case, sessions))


def _attachments(case: UUID, sessions: Sequence[SessionNote]) -> list[Attachment]:
    """Photos and signatures of the case and of its sessions, complete ones only."""
    rows = [case, *(each.pk for each in sessions), *(each.record_id for each in sessions)]
    found = Attachment.objects.filter(row_id__in=rows, completed_at__isnull=False)
    return list(found.order_by("completed_at", "pk"))


def as_pdf(folder: Folder, at: datetime) -> bytes:
    """The whole folder as one document."""
    begun = [state.paper for state in folder.states if state.begun]
    return pdf(TEMPLATE, _data(folder, at, begun, cover=True), made_at=at)


def as_zip(folder: Folder, at: datetime) -> Iterator[bytes]:
    """The list of contents, every paper by itself, and the attachments, sent while it is made.

    What is asked of the database is asked now: when the last byte is sent, the reader's scope is closed.
    """
    wanted = [("00-目录.pdf", _data(folder, at, [], cover=True))]
    wanted += [
        (f"{number:02d}-{state.paper.title}.pdf", _data(folder, at, [state.paper], cover=False))
        for number, state in enumerate(folder.states, 1)
        if state.begun
    ]
    return packed(_entries(wanted, folder.attachments, at))


def _entries(
    wanted: Sequence[tuple[str, dict[str, Any]]], attachments: Sequence[Attachment], at: datetime
) -> Iterator[Entry]:
    here = timezone.localtime(at)
    for name, data in wanted:
        yield Entry(name, pdf(TEMPLATE, data, made_at=at), here)
    for number, each in enumerate(attachments, 1):
        content, kind = picture_of(each)
        name = Path(each.name or each.get_kind_display()).stem
        yield Entry(f"附件/{number:02d}-{name}.{ENDINGS[kind]}", content, here)


def note_export(folder: Folder, *, reason: str) -> None:
    """Write down who took the folder out, or read it without leading the case, and why (NFR-05).

    Read where reveals are read.
    """
    place = CaseFile.objects.values("id", "region_code", "provider_id", "station_id").get(pk=folder.row["id"])
    note_reveal(CaseFile, place, field=FIELD, reason=reason)


def _data(folder: Folder, at: datetime, papers: Sequence[Paper], *, cover: bool) -> dict[str, Any]:
    moment = f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    by = current_actor().label or "系统"
    return {
        "mark": f"内部  {by}  {moment}",
        "code": folder.row["code"],
        "resident": _text(folder.row["resident"]),
        "station": _text(folder.row["station"]),
        "worker": _text(folder.row["worker"]),
        "stage": folder.row["stage"],
        "by": by,
        "at": moment,
        "cover": cover,
        "contents": [_contents(number, state) for number, state in enumerate(folder.states, 1)],
        "attachments": len(folder.attachments),
        "papers": [_paper(folder, paper) for paper in papers],
    }


def _contents(number: int, state: State) -> list[str]:
    lacks = "、".join(
        CASE_FILES.column(n).header if n in CASE_FILES.sheet.column_by_name else n for n in state.lacks
    )
    return [str(number), state.paper.title, str(state.whole), lacks]


def _paper(folder: Folder, paper: Paper) -> dict[str, Any]:
    facts = [[CASE_FILES.column(name).header, _fact(name, folder.row[name])] for name in paper.shown]
    made: dict[str, Any] = {"key": paper.key, "title": paper.title, "facts": facts, "rows": [], "heads": []}
    if paper.key in ("plan", "evaluation"):
        made |= {
            "heads": ["目标", "衡量指标", "完成日期", "权重", "开始时", "现在"],
            "rows": _goal_rows(folder),
        }
    if paper.key == "evaluation" and (score := attained(folder.row["id"])) is not None:
        facts.append(["目标达成（T 分）", f"{score}（50 为达到预期）"])
    made["sessions"] = [_session(each) for each in folder.sessions] if paper.key == "sessions" else []
    made["opinions"] = _opinions(folder) if paper.key == "supervision" else []
    made["signatures"] = SIGNED_BY.get(paper.key, [])
    made["words"] = CONSENT if paper.key == "consent" else ""
    return made


def _goal_rows(folder: Folder) -> list[list[str]]:
    return [
        [
            each.goal,
            each.indicator,
            _text(each.due_on),
            str(each.weight or 1),
            level_word(each.baseline),
            level_word(each.level),
        ]
        for each in folder.goals
    ]


def level_word(level: int | None) -> str:
    """A goal's level in plain words; empty where it was not scored."""
    return "" if level is None else GOAL_LEVELS[level]


def _session(note: SessionNote) -> dict[str, Any]:
    record = note.record
    begun, ended = timezone.localtime(record.started_at), timezone.localtime(record.ended_at)
    when = f"{begun:%Y-%m-%d %H:%M}—{ended:%H:%M}"
    minutes = int((record.ended_at - record.started_at).total_seconds() // 60)
    facts = [["时间", f"{when}（{minutes} 分钟）"], ["地点", record.place]]
    facts += [[label, getattr(note, name)] for name, label in SESSION]
    if not note.process:
        facts.append(["服务内容", record.content])
    return {"title": f"第 {note.number or '—'} 次", "facts": facts}


def _opinions(folder: Folder) -> list[list[str]]:
    assert CASE_FILES.steps is not None
    labels = {one.name: str(one.label) for one in CASE_FILES.steps}
    return [
        [f"{timezone.localtime(each.at):%Y-%m-%d}", labels[each.step], each.actor_label, each.note]
        for each in folder.steps
        if each.step in APPROVALS
    ]


def _fact(name: str, value: Any) -> str:
    if name == "crisis" and value:
        return f"{value} {CRISIS[value]}"
    if name == "satisfaction" and value:
        return f"{value} 分（满分 5 分）"
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, Referred):
        return value.title or value.key
    if isinstance(value, (list, tuple)):
        return "、".join(map(_text, value))
    if isinstance(value, (date, datetime)):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


__all__ = [
    "PAPERS",
    "Folder",
    "Whole",
    "as_pdf",
    "as_zip",
    "folder_of",
    "level_word",
    "note_export",
]
