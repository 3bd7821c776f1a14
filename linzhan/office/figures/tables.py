"""The tables of a figure's page, and the same numbers as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linzhan.kernel.figures.definitions import Figure
from linzhan.kernel.figures.models import StatedFigure
from linzhan.kernel.figures.running import REGION
from linzhan.kernel.figures.values import FigureValue, plain
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import Referred
from linzhan.office.figures import showing
from linzhan.office.figures.asked import series_of
from linzhan.office.figures.page import SUBJECTS, Behind, Found, Question
from linzhan.office.parts import Cell, Empty, Pager, Table, TableColumn, TableRow
from linzhan.office.regions.names import paths_of, short
from linzhan.office.registers.showing import referred_text

SUSPICIOUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take such a text for a formula


def _value_columns(figure: Figure, *, ratio: bool) -> list[TableColumn]:
    unit = showing.unit_of(figure.unit)
    columns = [TableColumn(key="value", label=figure.name, kind=showing.kind_of(figure.unit), unit=unit)]
    if ratio:
        columns.append(TableColumn(key="numerator", label=_("分子"), kind="number"))
        columns.append(TableColumn(key="denominator", label=_("分母"), kind="number"))
    return columns


def _cells(value: FigureValue) -> dict[str, object]:
    return {
        "value": showing.plain(value.value),
        "numerator": showing.plain(value.numerator),
        "denominator": showing.plain(value.denominator),
    }


def _is_ratio(values: Sequence[FigureValue]) -> bool:
    return any(value.denominator is not None for value in values)


def parts_table(question: Question, parts: Sequence[FigureValue]) -> Table:
    """The figure by one dimension."""
    name = showing.dimension(question.split)
    return Table(
        caption=_("按%(dim)s拆分") % {"dim": name},
        id="parts",
        columns=[
            TableColumn(key="part", label=name, lead=True),
            *_value_columns(question.figure, ratio=_is_ratio(parts)),
        ],
        rows=[TableRow(cells={"part": showing.part_label(each.dims), **_cells(each)}) for each in parts],
        empty=Empty(title=_("没有可拆分的记录")),
        compact=True,
        cards=False,
    )


def below_table(question: Question, below: Sequence[FigureValue]) -> Table:
    """The figure for each place (station, project) below, highest first; each leads to its own page."""
    ranked = sorted(below, key=lambda each: (each.value is None, -float(each.value or 0), each.region))
    return Table(
        caption=_("按%(by)s") % {"by": showing.grouping(question.by)},
        id="below",
        columns=[
            TableColumn(key="name", label=showing.grouping(question.by), lead=True),
            *_value_columns(question.figure, ratio=_is_ratio(below)),
        ],
        rows=[
            TableRow(
                cells={
                    "name": each.member_name or (each.member[1] if each.member else each.region),
                    **_cells(each),
                },
                url=_member_page(question, each),
            )
            for each in ranked
        ],
        empty=Empty(title=_("这里没有下一级")),
        compact=True,
        cards=False,
    )


def _member_page(question: Question, value: FigureValue) -> str:
    if question.by != REGION:
        return ""
    return showing.page_of(
        question.figure.key, region=value.region, period=question.place.period.text, split=question.split
    )


def stated_table(rows: Sequence[StatedFigure]) -> Table:
    """说明性数据: never in the same table as computed values."""
    return Table(
        caption=_("说明性数据"),
        id="stated",
        columns=[
            TableColumn(key="name", label=_("名称"), lead=True),
            TableColumn(key="value", label=_("填报数"), kind="number"),
            TableColumn(key="source", label=_("来源")),
            TableColumn(key="by", label=_("填报人")),
            TableColumn(key="at", label=_("填报时间"), kind="time"),
        ],
        rows=[
            TableRow(
                cells={
                    "name": each.name,
                    "value": Cell(value=each.value.normalize() + 0, note=each.unit),
                    "source": each.source,
                    "by": each.stated_by,
                    "at": each.stated_at,
                }
            )
            for each in rows
        ],
        compact=True,
    )


def rows_table(behind: Behind, rights: frozenset[str], onward: str) -> Table:
    """The rows a figure was counted from; names of persons are masked, a row links to its register."""
    paths = paths_of({str(row["region_code"]) for row in behind.rows})
    columns = [
        TableColumn(key="row", label=_("记录"), lead=True),
        TableColumn(key="place", label=_("行政区划")),
    ]
    columns += [TableColumn(key=name, label=SUBJECTS[name]) for name in behind.subjects]
    columns += [TableColumn(key=f"dim_{name}", label=showing.dimension(name)) for name in behind.extra]
    if behind.measure:
        columns.append(TableColumn(key="measure", label=_("计入"), kind="number"))
    if behind.mark:
        columns.append(TableColumn(key="mark", label=_("是否达标"), kind="yes_no"))
    rows = [_row(number, row, behind, paths, rights) for number, row in enumerate(behind.rows, start=1)]
    pager = Pager(next_url=onward) if behind.next_after else None
    empty = Empty(title=_("没有计入的记录"), body=_("台账未启用时指标未知；已启用而没有记录时为 0。"))
    return Table(
        caption=_("计入的记录"), id="rows", columns=columns, rows=rows, pager=pager, empty=empty, compact=True
    )


def _row(
    number: int, row: dict[str, object], behind: Behind, paths: dict[str, str], rights: frozenset[str]
) -> TableRow:
    own = behind.own.get(str(row["id"]))
    place = short(paths[str(row["region_code"])])
    is_place = str(row["id"]) == str(row["region_code"])  # a division itself is counted
    cells: dict[str, object] = {
        "row": referred_text(own) if own else place if is_place else _("第 %d 行") % number,
        "place": place,
    }
    for name, known in behind.subjects.items():
        referred = known.get(str(row[name]))
        cells[name] = Cell(value=referred_text(referred), url=_page(referred, rights)) if referred else None
    cells |= {f"dim_{name}": row[name] for name in behind.extra}
    cells |= {"measure": row.get(behind.measure), "mark": row.get(behind.mark)}
    division = reverse("office:overview-of", args=[row["region_code"]]) if is_place else ""
    return TableRow(cells=cells, url=_page(own, rights) if own else division)


def _page(referred: Referred, rights: frozenset[str]) -> str:
    seen = REGISTERS[referred.register].view in rights
    return f"/r/{referred.register}/{referred.id}/" if seen and isinstance(referred.id, UUID) else ""


def lines_of(question: Question, found: Found) -> list[list[object]]:
    """The page's numbers as rows of a file: what, where, when, value, numerator, denominator, unit."""
    head: list[object] = [_("内容"), _("时段"), _("截至"), _("数值"), _("单位"), _("分子"), _("分母")]
    lines = [head]
    for label, value in _labelled(question, found):
        if value is not None:
            numbers = [plain(value.value), value.unit, plain(value.numerator), plain(value.denominator)]
            lines.append([_safe(label), value.period or "", value.as_of.isoformat(), *numbers])
    return lines


def _labelled(question: Question, found: Found) -> list[tuple[str, FigureValue | None]]:
    name = question.figure.name
    listed: list[tuple[str, FigureValue | None]] = [
        (name, value) for _period, value in zip(series_of(question.place.period), found.series, strict=True)
    ]
    dim = showing.dimension(question.split) if question.split else ""
    listed += [(f"{name}［{dim}：{showing.part_label(each.dims)}］", each) for each in found.parts]
    listed += [(f"{name}［{each.member_name or each.region}］", each) for each in found.below]
    return listed


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(SUSPICIOUS) else text


def as_csv(lines: Sequence[Sequence[object]]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel reads the Chinese."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Sequence[Sequence[object]], definition: str) -> bytes:
    """One sheet of numbers, one with the definition they were computed by."""
    import xlsxwriter  # noqa: PLC0415 -- only for a download

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("数值"))
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    sheet.set_column(0, 0, 40)
    book.add_worksheet(_("口径")).write(0, 0, definition)
    book.close()
    return stream.getvalue()


def download_page(question: Question, form: str) -> str:
    asked = {
        "region": "" if question.is_own else question.place.region,
        "period": question.place.period.text,
        "split": question.split,
        "by": question.by,
        "format": form,
    }
    kept = {name: value for name, value in asked.items() if value}
    return f"{reverse('office:figure-download', args=[question.figure.key])}?{urlencode(kept)}"
