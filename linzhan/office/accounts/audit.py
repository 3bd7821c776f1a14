"""变更记录: who changed what, for those who answer for an area."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.accounts.api import VIEW_AUDIT
from linzhan.kernel.access import needs
from linzhan.office.accounts import history
from linzhan.office.accounts.history import Asked
from linzhan.office.parts import Choice, Field, Filters, PageHead


@needs(VIEW_AUDIT)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    found = history.entries(asked)
    onward = ""
    if len(found) > history.PAGE:
        query = request.GET.copy()
        query["before"] = str(found[history.PAGE - 1].pk)
        onward = f"?{query.urlencode()}"
    context = {
        "head": PageHead(name=_("变更记录"), lead=_("谁在什么时候、从哪里改了什么；个人信息不在这里显示。")),
        "filters": _filters(asked),
        "table": history.entries_table(found[: history.PAGE], onward),
    }
    return render(request, "office/accounts/audit.html", context)


def _asked(request: HttpRequest) -> Asked:
    table, before = request.GET.get("table", ""), request.GET.get("before", "")
    return Asked(
        who=request.GET.get("who", "").strip(),
        table=table if table in history.kept_tables() else "",
        since=_day(request, "since"),
        until=_day(request, "until"),
        before=int(before) if before.isascii() and before.isdigit() else None,
    )


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None


def _filters(asked: Asked) -> Filters:
    tables = sorted((kept.label, table) for table, kept in history.kept_tables().items())
    return Filters(
        fields=[
            Field(name="who", label=_("操作人"), kind="search", value=asked.who, placeholder=_("姓名或用户名")),
            Field(
                name="table", label=_("台账"), kind="select", value=asked.table, blank=_("全部"),
                choices=[Choice(table, label) for label, table in tables],
            ),
            Field(name="since", label=_("自"), kind="date", value=asked.since or ""),
            Field(name="until", label=_("至"), kind="date", value=asked.until or ""),
        ],
        clear_url="/audit/" if asked != Asked(before=asked.before) else "",
    )  # fmt: skip
