"""变更记录: who changed what, for those who answer for an area."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.accounts.api import VIEW_AUDIT
from linzhan.kernel.access import needs
from linzhan.office.accounts import history
from linzhan.office.accounts.asking import asked_of, filters
from linzhan.office.parts import PageHead


@needs(VIEW_AUDIT)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    tables = {table: kept.label for table, kept in history.kept_tables().items()}
    asked = asked_of(request, tables)
    found = history.entries(asked)
    onward = ""
    if len(found) > history.PAGE:
        query = request.GET.copy()
        query["before"] = str(found[history.PAGE - 1].pk)
        onward = f"?{query.urlencode()}"
    context = {
        "head": PageHead(name=_("变更记录"), lead=_("谁在什么时候、从哪里改了什么；个人信息不在这里显示。")),
        "filters": filters(asked, tables, "/audit/"),
        "table": history.entries_table(found[: history.PAGE], onward),
    }
    return render(request, "office/accounts/audit.html", context)
