"""The board of cases: what waits for the supervisor, cases by stage, what has been left lying (SPV-11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.api import RECORDS, RESIDENTS
from linzhan.casework.api.cases import (
    APPROVE_CASES,
    CaseFile,
    Stage,
    awaiting_approval,
    follow_ups_due,
    open_cases,
    paused_too_long,
    sessions_without_note,
)
from linzhan.kernel.registers.reading import look_up
from linzhan.office import parts
from linzhan.office.cases.showing import TONES
from linzhan.office.registers.showing import referred_text
from linzhan.office.requests import holds
from linzhan.workforce.api import WORKERS

SHOWN = 50
AHEAD = timedelta(days=14)
LATELY = timedelta(days=30)
ORDER = [stage.value for stage in Stage]


def stages() -> list[parts.Fact]:
    """How many open cases stand in each stage."""
    counted = dict(open_cases().order_by().values_list("stage").annotate(number=Count("pk")))
    return [
        parts.Fact(stage, counted[stage], "number", url=f"/r/case-files/?stage={stage}")
        for stage in ORDER
        if stage in counted
    ]


def waiting_for_me(request: HttpRequest) -> parts.Table | None:
    """Plans and closings to approve, for whoever may; oldest first."""
    if not holds(request, APPROVE_CASES):
        return None
    empty = parts.Empty(title=_("没有等您核准的"), body=_("社工提交的计划和结案会出现在这里。"), icon="check")
    return _table("waiting", _("等我核准"), list(awaiting_approval().order_by("pk")[:SHOWN]), empty)


def under_way() -> parts.Table:
    """Open cases by stage, those in a crisis first."""
    rows = sorted(
        open_cases().order_by("pk")[:SHOWN], key=lambda row: (-(row.crisis or 0), ORDER.index(row.stage))
    )
    empty = parts.Empty(title=_("没有在办的个案"), body=_("在“个案档案”里登记一个，取得同意后接案。"))
    return _table("cases", _("在办个案"), rows, empty)


def paused() -> parts.Table | None:
    rows = list(paused_too_long(timezone.localdate()).order_by("resume_on")[:SHOWN])
    return _table("paused", _("暂停超期"), rows, None) if rows else None


def _table(key: str, caption: str, rows: Sequence[CaseFile], empty: parts.Empty | None) -> parts.Table:
    residents = _names(RESIDENTS, {row.resident_id for row in rows})
    workers = _names(WORKERS, {row.worker_id for row in rows})
    return parts.Table(
        id=key,
        caption=caption,
        columns=[
            parts.TableColumn(key="code", label=_("个案"), lead=True),
            parts.TableColumn(key="resident", label=_("服务对象")),
            parts.TableColumn(key="stage", label=_("阶段")),
            parts.TableColumn(key="worker", label=_("主责社工")),
            parts.TableColumn(key="crisis", label=_("危机等级"), kind="number"),
            parts.TableColumn(key="opened_on", label=_("接案日期"), kind="date"),
        ],
        rows=[
            parts.TableRow(
                id=str(row.pk),
                url=f"/cases/{row.pk}/",
                cells={
                    "code": row.code,
                    "resident": residents.get(row.resident_id, ""),
                    "stage": parts.Status(row.stage, TONES.get(row.stage, "live")),
                    "worker": workers.get(row.worker_id, ""),
                    "crisis": row.crisis,
                    "opened_on": row.opened_on,
                },
            )
            for row in rows
        ],
        empty=empty,
        compact=True,
    )


def _names(register: Any, ids: set[UUID]) -> Mapping[UUID, str]:
    return {identity: referred_text(found) for identity, found in look_up(register, ids).items()}


def noteless() -> parts.Table | None:
    """Sessions of late that only have a service record."""
    since = timezone.localdate() - LATELY
    rows: QuerySet[Any] = sessions_without_note(since).order_by("-started_at")[:SHOWN]
    found = list(rows.values("id", "code", "started_at", "case_code"))
    if not found:
        return None
    return parts.Table(
        id="noteless",
        caption=_("近 30 天没有过程记录的面谈"),
        columns=[
            parts.TableColumn(key="code", label=_("服务记录"), lead=True),
            parts.TableColumn(key="started_at", label=_("日期"), kind="date"),
            parts.TableColumn(key="case_code", label=_("个案")),
        ],
        rows=[
            parts.TableRow(id=str(row["id"]), url=f"/r/{RECORDS.key}/{row['id']}/", cells=row)
            for row in found
        ],
        compact=True,
    )


def follow_ups(today: date) -> parts.Table | None:
    """Contacts owed after closing within two weeks, and those that are late."""
    due = follow_ups_due(today + AHEAD)[:SHOWN]
    if not due:
        return None
    residents = _names(RESIDENTS, {each.resident for each in due})
    workers = _names(WORKERS, {each.worker for each in due})
    return parts.Table(
        id="follow-ups",
        caption=_("结案回访"),
        columns=[
            parts.TableColumn(key="code", label=_("个案"), lead=True),
            parts.TableColumn(key="resident", label=_("服务对象")),
            parts.TableColumn(key="worker", label=_("主责社工")),
            parts.TableColumn(key="number", label=_("第几次"), kind="number"),
            parts.TableColumn(key="due_on", label=_("最迟日期"), kind="date"),
        ],
        rows=[
            parts.TableRow(
                url=f"/cases/{each.case}/",
                tone="late" if each.due_on < today else "",
                cells={
                    "code": each.code,
                    "resident": residents.get(each.resident, ""),
                    "worker": workers.get(each.worker, ""),
                    "number": each.number,
                    "due_on": each.due_on,
                },
            )
            for each in due
        ],
        compact=True,
    )
