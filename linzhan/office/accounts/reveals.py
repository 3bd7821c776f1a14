"""查看记录: who looked at which masked value of whom, when and why (NFR-05).

Whoever holds the right to the history sees what was looked at in their area; everybody else sees on a
row's page that they themselves looked.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.accounts.api import VIEW_AUDIT
from linzhan.kernel.access import needs
from linzhan.kernel.audit import RevealEntry
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.reading import look_up
from linzhan.office.accounts.asking import Asked, asked_of, moments
from linzhan.office.accounts.asking import filters as filters_of
from linzhan.office.parts import Cell, Empty, PageHead, Pager, Table, TableColumn, TableRow
from linzhan.office.registers.showing import referred_text
from linzhan.office.requests import holds, person

PAGE, SHOWN = 50, 20


@needs(VIEW_AUDIT)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    tables = {each.model._meta.db_table: each.name for each in REGISTERS}
    asked = asked_of(request, tables)
    found = entries(asked)
    onward = ""
    if len(found) > PAGE:
        query = request.GET.copy()
        query["before"] = str(found[PAGE - 1].pk)
        onward = f"?{query.urlencode()}"
    context = {
        "head": PageHead(
            name=_("查看记录"), lead=_("谁在什么时候、因为什么看了谁的完整信息；看到的内容不在这里显示。")
        ),
        "filters": filters_of(asked, tables, "/audit/reveals/"),
        "table": entries_table(found[:PAGE], request.rights, onward),  # type: ignore[attr-defined]
    }
    return render(request, "office/accounts/audit.html", context)


def entries(asked: Asked) -> list[RevealEntry]:
    """A page of what was looked at within scope, newest first; one more tells that there is more."""
    found: QuerySet[RevealEntry] = moments(RevealEntry.objects.all(), asked)
    with suppress(ValueError):  # an address somebody made up
        found = found.filter(pk__lt=UUID(asked.before)) if asked.before else found
    return list(found.order_by("-pk")[: PAGE + 1])


def of_row(request: HttpRequest, register: Register, row_id: UUID) -> Table | None:
    """What was looked at of one row, as far as this reader may know; nothing where nothing was."""
    found = RevealEntry.objects.filter(table_name=register.model._meta.db_table, row_id=row_id)
    if not holds(request, VIEW_AUDIT):
        found = found.filter(actor=person(request))
    told = list(found.order_by("-pk")[:SHOWN])
    return _table(told, [_cells(each) for each in told]) if told else None


def entries_table(found: Sequence[RevealEntry], rights: frozenset[str], onward: str) -> Table:
    """The entries with the rows they are about; a row that the reader may not open is told by its register."""
    registers = {each.model._meta.db_table: each for each in REGISTERS}
    names: dict[UUID, str] = {}
    for table, register in registers.items():
        ids = {each.row_id for each in found if each.table_name == table}
        if register.view in rights and ids:
            names |= {row.id: referred_text(row) for row in look_up(register, ids).values()}
    rows = []
    for each in found:
        own = registers.get(each.table_name)
        what = own.name if own else _("其他台账")
        row = _cells(each) | {"row": Cell(value=names.get(each.row_id, what), note=what)}
        rows.append((row, f"/r/{own.key}/{each.row_id}/history/" if own and each.row_id in names else ""))
    made = _table(found, [row for row, _url in rows], [url for _row, url in rows], onward)
    return replace(made, id="list")  # what the filter row puts its answer into


def _cells(entry: RevealEntry) -> dict[str, object]:
    register = next((each for each in REGISTERS if each.model._meta.db_table == entry.table_name), None)
    column = register.sheet.column_by_name.get(entry.field) if register else None
    return {
        "field": column.header if column else _named(entry.field),
        "reason": entry.reason,
        "who": Cell(value=entry.actor_label, note=entry.origin),
        "at": entry.at,
    }


def _named(field: str) -> str:
    """What no column is called so: papers that were taken out say in Chinese what they are."""
    return _("其他字段") if field.isascii() else field


def _table(
    found: Sequence[RevealEntry],
    cells: Sequence[dict[str, object]],
    urls: Sequence[str] = (),
    onward: str = "",
) -> Table:
    lead = [TableColumn(key="row", label=_("看了谁"), lead=True)] if urls or not found else []
    return Table(
        caption=_("查看记录"),
        id="reveals",
        columns=[
            *lead,
            TableColumn(key="field", label=_("看了什么"), lead=not lead),
            TableColumn(key="reason", label=_("理由")),
            TableColumn(key="who", label=_("查看人")),
            TableColumn(key="at", label=_("时间"), kind="time"),
        ],
        rows=[
            TableRow(cells=row, url=url) for row, url in zip(cells, urls or [""] * len(cells), strict=True)
        ],
        pager=Pager(next_url=onward) if onward else None,
        empty=Empty(title=_("没有符合条件的查看"), body=_("每次查看被遮盖的完整信息都会记在这里。")),
    )
