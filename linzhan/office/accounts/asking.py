"""What the pages of the history are asked for: who, which register, from when to when, from where on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.office.parts import Choice, Field, Filters

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of the history is filtered by; ``before`` is the key of the last row already shown."""

    who: str = ""
    table: str = ""
    since: date | None = None
    until: date | None = None
    before: str = ""


def asked_of(request: HttpRequest, tables: Mapping[str, str]) -> Asked:
    """What the address says; what it does not understand is left out."""
    table = request.GET.get("table", "")
    return Asked(
        who=request.GET.get("who", "").strip(),
        table=table if table in tables else "",
        since=_day(request, "since"),
        until=_day(request, "until"),
        before=request.GET.get("before", ""),
    )


def moments(found: QuerySet[Row], asked: Asked) -> QuerySet[Row]:
    """Those of ``found`` that were done by whom, to which register, and when it is asked."""
    if asked.who:
        found = found.filter(actor_label__contains=asked.who)
    if asked.table:
        found = found.filter(table_name=asked.table)
    if asked.since:
        found = found.filter(at__gte=_start(asked.since))
    if asked.until:
        found = found.filter(at__lt=_start(asked.until + timedelta(days=1)))
    return found


def filters(asked: Asked, tables: Mapping[str, str], url: str) -> Filters:
    """The filter row; ``tables`` are names of registers by table."""
    listed = sorted((label, table) for table, label in tables.items())
    return Filters(
        fields=[
            Field(name="who", label=_("操作人"), kind="search", value=asked.who, placeholder=_("姓名或用户名")),
            Field(
                name="table", label=_("台账"), kind="select", value=asked.table, blank=_("全部"),
                choices=[Choice(table, label) for label, table in listed],
            ),
            Field(name="since", label=_("自"), kind="date", value=asked.since or ""),
            Field(name="until", label=_("至"), kind="date", value=asked.until or ""),
        ],
        clear_url=url if asked != Asked(before=asked.before) else "",
    )  # fmt: skip


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())
