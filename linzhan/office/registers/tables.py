"""The list page of a register in the words of the design system: head, filter row, table, empty page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linzhan.accounts.api import EXPORT, IMPORT
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.declare import REGISTERS, Register, by_sheet, sheets_of_subject
from linzhan.kernel.registers.pieces import indexed_texts
from linzhan.kernel.registers.reading import Referred, look_up
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.office import parts
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.asking import (
    Asked,
    choices,
    filter_columns,
    reference_columns,
    sortable,
    without_page,
)
from linzhan.office.registers.listing import COUNTED, PAGE, Listed, is_indexed
from linzhan.office.registers.naming import heading
from linzhan.office.registers.opening import may_edit
from linzhan.office.registers.showing import Shower, Showing, kind_of, referred_text
from linzhan.office.requests import holds

LISTED_AT_MOST = 8


def listed_columns(register: Register) -> list[Column]:
    """The columns of the list, its key among them if the list has no title."""
    names = register.listed or tuple(column.name for column in register.sheet.columns[:LISTED_AT_MOST])
    return [register.column(name) for name in names]


def needed_columns(register: Register) -> list[Column]:
    """The columns of the list and the key, which stands below the row's name."""
    columns = listed_columns(register)
    key = register.sheet.keys[0]
    return columns if key in columns else [*columns, key]


def head(request: HttpRequest, register: Register, page: Listed) -> parts.PageHead:
    count = (
        _("共 %(n)s 条") % {"n": f"{page.total:,}"}
        if page.is_exact
        else _("%(n)s 条以上") % {"n": f"{COUNTED:,}"}
    )
    actions = []
    if holds(request, IMPORT) and may_edit(request, register):
        actions.append(parts.Action(label=_("导入工作簿"), url="/import/", icon="import"))
    if may_edit(request, register):
        actions.append(
            parts.Action(
                label=_("登记%(what)s") % {"what": register.name}, url=f"/r/{register.key}/new/", icon="add",
                style="primary", new=True,
            )
        )  # fmt: skip
    return parts.PageHead(name=register.name, count=count, actions=actions)


def export_action(request: HttpRequest, asked: Asked, page: Listed) -> parts.Action | None:
    if not holds(request, EXPORT) or not page.total:
        return None
    query = without_page(asked).url().partition("?")[2]
    url = f"/r/{asked.register.key}/export/" + (f"?{query}" if query else "")
    return parts.Action(label=_("导出 Excel"), url=url, icon="export", post=True)


def filters(request: HttpRequest, asked: Asked) -> parts.Filters:
    register = asked.register
    referred = {name: _referred_word(register.column(name), each) for name, each in asked.referred.items()}
    picked = filter_references(request, register)
    fields = []
    if register.searched:
        headers = "、".join(register.column(name).header for name in register.searched)
        fields.append(
            parts.Field(name="q", label=_("搜索"), kind="search", value=asked.text, placeholder=headers)
        )
    place = paths_of([asked.place])[asked.place].replace("/", "") if asked.place else ""
    fields.append(
        parts.Field(
            name="region",
            label=_("地区"),
            kind="region",
            value=asked.place,
            display=place,
            url="/regions/pick/",
        )
    )
    fields += [
        parts.Field(
            name=column.name,
            label=column.header,
            kind="select",
            value=asked.chosen.get(column.name, ""),
            choices=choices(register, column),
            blank=_("全部"),
        )
        for column in filter_columns(register)
    ]
    fields += [
        parts.Field(
            name=column.name,
            label=heading(column),
            kind="reference",
            value=asked.referred.get(column.name, ""),
            display=referred.get(column.name, "").partition("：")[2],
            url=f"/r/{register.key}/pick/{column.name}/",
            placeholder=_("名称或编号"),
        )
        for column in picked
    ]
    if register.happens:
        fields.append(parts.Field(name="since", label=_("从"), kind="date", value=asked.since))
        fields.append(parts.Field(name="until", label=_("到"), kind="date", value=asked.until))
    shown = {column.name for column in picked}
    keep = {name: str(value) for name, value in asked.referred.items() if name not in shown}
    return parts.Filters(
        fields=fields,
        action=f"/r/{register.key}/",
        keep=keep | {name: word for name, word in (("sort", asked.sort), ("waiting", asked.waiting)) if word},
        words=_words(asked, place, referred),
        clear_url=f"/r/{register.key}/" if asked.is_narrowed else "",
    )


def filter_references(request: HttpRequest, register: Register) -> list[Column]:
    """The rows that the filter row offers to pick from: of registers that the reader may open."""
    columns = (column for column in reference_columns(register) if column.name in register.filters)
    return [
        c for c in columns if not c.refers_to.startswith("?") and holds(request, by_sheet(c.refers_to).view)
    ]


def _words(asked: Asked, place: str, referred: Mapping[str, str]) -> list[parts.Action]:
    """What is filtered now, each with the address without it."""
    register = asked.register
    words = [("q", f"“{asked.text}”")] if asked.text else []
    words += [("region", place)] if place else []
    words += [("waiting", _("工作台上等您办的"))] if asked.waiting else []
    for name, value in asked.chosen.items():
        column = register.column(name)
        words.append((name, f"{column.header}：{dict(choices(register, column))[value]}"))
    words += referred.items()
    words += [("since", _("%(day)s 起") % {"day": asked.since})] if asked.since else []
    words += [("until", _("%(day)s 止") % {"day": asked.until})] if asked.until else []
    return [parts.Action(label=label, url=asked.url(**{name: ""})) for name, label in words]


def _referred_word(column: Column, identity: Any) -> str:
    sheets = [column.refers_to]
    if column.refers_to.startswith("?"):
        sheets = [sheet for sheet in sheets_of_subject(column.refers_to[1:]).values() if sheet]
    for sheet in sheets:
        target = look_up(by_sheet(sheet), [identity]).get(identity)
        if target is not None:
            return f"{REGISTERS[target.register].name}：{referred_text(target)}"
    return _("%(column)s：找不到") % {"column": column.header}


def table(request: HttpRequest, asked: Asked, page: Listed) -> parts.Table:
    register = asked.register
    columns = listed_columns(register)
    lead = register.title if register.title in {c.name for c in columns} else columns[0].name
    return parts.Table(
        caption=register.name,
        columns=[_column(asked, column, page, lead=column.name == lead) for column in columns],
        rows=rows(request, register, columns, lead, page.rows),
        bulk=_bulk(request, register),
        bulk_url=f"/r/{register.key}/status/",
        pager=_pager(asked, page),
        empty=_empty(request, asked),
        wide=len(columns) > LISTED_AT_MOST,
    )


def _column(asked: Asked, column: Column, page: Listed, *, lead: bool) -> parts.TableColumn:
    honoured = page.orders_freely or is_indexed(asked)  # else the order of arrival, whatever was asked for
    order = (asked.sort or asked.register.order) if honoured else "id"
    name = order.lstrip("-")
    can = sortable(asked.register).get(column.name) is not None
    can &= (
        page.orders_freely
        or column.name == asked.register.order.lstrip("-")
        or column.name in indexed_texts(asked.register.model)
    )
    descending = order.startswith("-")
    return parts.TableColumn(
        key=column.name,
        label=heading(column),
        kind=kind_of(column),
        unit=column.unit,
        lead=lead,
        sort_url=asked.url(sort=column.name if name == column.name and descending else f"-{column.name}")
        if can
        else "",
        sorted="" if name != column.name else "descending" if descending else "ascending",
        help=column.help,
    )


def rows(
    request: HttpRequest,
    register: Register,
    columns: Sequence[Column],
    lead: str,
    found: Sequence[Mapping[str, Any]],
) -> list[parts.TableRow]:
    showing = Showing(request, register, found)
    shown = [(c.name, _lead(register, showing, c) if c.name == lead else showing.shower(c)) for c in columns]
    return [
        parts.TableRow(
            cells={name: show(row) for name, show in shown},
            id=str(row["id"]),
            url=f"/r/{register.key}/{row['id']}/",
        )
        for row in found
    ]


def _lead(register: Register, showing: Showing, column: Column) -> Shower:
    """The cell that opens the row: its name (a mask stays, lifted only in the file) above its key."""
    show = showing.shower(column)
    key = register.sheet.keys[0]
    bare = key is column or key.kind in SECRET_KINDS or key.kind is Kind.REGION
    bare |= key.name in register.derived  # made by the platform, nobody calls the row by it

    def lead(row: Mapping[str, Any]) -> parts.Cell:
        value = show(row)
        if isinstance(value, parts.Masked):
            value = value.text
        elif isinstance(value, parts.Cell):
            value = value.value  # the row leads to its own file, not to what names it
        return parts.Cell(value=value, note="" if bare else _spelled(row.get(key.name)))

    return lead


def _spelled(key: Any) -> str:
    """A key as it stands below a row's name; one that refers to another row by what that is called."""
    return referred_text(key) if isinstance(key, Referred) else str(key or "")


def _bulk(request: HttpRequest, register: Register) -> list[parts.Action]:
    if status_column(register) is None or not may_edit(request, register):
        return []
    return [parts.Action(label=_("更改状态"), name="act", value="status")]


def status_column(register: Register) -> Column | None:
    """The dated state of its rows that may be changed for many at once."""
    column = register.sheet.column_by_name.get("status")
    if column is None or column.name in register.kept_from_forms:
        return None
    return column if column.dated and column.kind is Kind.CHOICE else None


def _pager(asked: Asked, page: Listed) -> parts.Pager | None:
    if not page.rows:
        return None
    kept = without_page(asked)
    text = _("本页 %(n)d 条，共 %(total)s 条") % {"n": len(page.rows), "total": f"{page.total:,}"}
    if not page.is_exact:
        more = {"n": len(page.rows), "total": f"{COUNTED:,}"}
        text = _("本页 %(n)d 条，共 %(total)s 条以上") % more
        if not page.orders_freely:
            text = _("本页 %(n)d 条，共 %(total)s 条以上；筛到 %(total)s 条以内可按任一列排序") % more
    if page.total <= PAGE:
        return parts.Pager(text=_("共 %(n)d 条") % {"n": page.total})
    return parts.Pager(
        previous_url=kept.url(back=page.before) if page.before else "",
        next_url=kept.url(at=page.after) if page.after else "",
        text=text,
    )


def _empty(request: HttpRequest, asked: Asked) -> parts.Empty:
    register = asked.register
    if asked.is_narrowed:
        return parts.Empty(
            title=_("没有符合条件的%(what)s") % {"what": register.name},
            body=_("换个条件，或清除筛选再看。编号可只输开头几位。"),
            action=parts.Action(label=_("清除筛选"), url=f"/r/{register.key}/"),
            icon="filter",
        )
    if not may_edit(request, register):
        return parts.Empty(
            title=_("还没有%(what)s") % {"what": register.name}, body=_("登记以后会出现在这里。")
        )
    return parts.Empty(
        title=_("还没有%(what)s") % {"what": register.name},
        body=_("可以先登记第一条，也可以从“导入工作簿”一次带进已有的台账。"),
        action=parts.Action(
            label=_("登记第一条"), url=f"/r/{register.key}/new/", icon="add", style="primary"
        ),
    )
