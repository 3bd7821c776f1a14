"""Workbooks written: the empty template, exports, and the rejected rows with what is wrong with them.

Everything is written row by row in constant memory. Texts are always written as texts, in cells
formatted as text, so that ``=1+1`` never becomes a formula, not even when somebody edits the cell;
days and times are real date cells, which survive a round trip through a spreadsheet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, Self

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from linzhan.kernel.sheets.cells import CELL_LIMIT, BrokenCell, in_one_cell
from linzhan.kernel.sheets.columns import EXPLANATION_TAB, FAULT_HEADER, Column, Kind, Sheet
from linzhan.kernel.sheets.days import SHANGHAI
from linzhan.kernel.sheets.reading import RawRow, ReadSheet, ReadWorkbook, RowFaults, raw_rows

Rows = Iterable[Mapping[str, object]]
"""Rows of a sheet: column name to converted value; a missing name, None and ``MISSING`` leave the cell empty."""

LAST_ROW: Final = 1_048_575
TEMPLATE_ROWS: Final = 5_000  # rows of the template that carry lists to choose from
LIST_LIMIT: Final = 255  # characters of a list to choose from that a spreadsheet keeps

_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_FONT: Final = {"font_name": "宋体", "font_size": 11}
_FIRST_SAFE_DAY: Final = dt.date(1900, 3, 1)  # spreadsheets believe in 29 February 1900
_EXACT: Final = 10**13  # beyond, a number cell loses cents

_NUMBER_FORMATS: Final = {
    Kind.INTEGER: "0",
    Kind.YEAR: "0",
    Kind.DECIMAL: "General",
    Kind.MONEY: "#,##0.00",
    Kind.DATE: "yyyy-mm-dd",
    Kind.TIME: "yyyy-mm-dd hh:mm:ss",
}
_WIDTHS: Final = {
    Kind.DATE: 12,
    Kind.TIME: 20,
    Kind.YES_NO: 8,
    Kind.YEAR: 8,
    Kind.MONTH: 10,
    Kind.INTEGER: 10,
    Kind.DECIMAL: 12,
    Kind.MONEY: 16,
    Kind.IDENTITY: 22,
    Kind.DOCUMENT: 22,
    Kind.USCC: 22,
    Kind.PHONE: 16,
    Kind.CODE: 20,
    Kind.REFERENCE: 22,
    Kind.REGION: 26,
}


def write_template(path: str | Path, sheets: Sequence[Sheet]) -> None:
    """The empty workbook: one tab per sheet with headers (``*`` required), notes and lists, and 填写说明."""
    with _Book(path) as book:
        _write_explanation(book, sheets)
        for sheet in sheets:
            page = book.page(sheet.name)
            _set_up(book, page, sheet.columns)
            _write_headers(book, page, sheet.columns, starred=True)
            for place, column in enumerate(sheet.columns):
                page.write_comment(0, place, _note(column), {"x_scale": 2, "y_scale": 1.2})
                _offer(page, place, column)


def write_sheets(path: str | Path, sheets: Iterable[tuple[Sheet, Rows]]) -> None:
    """One tab per sheet with its rows; a sheet longer than a tab goes on in 名称(2), 名称(3) …"""
    with _Book(path) as book:
        for sheet, rows in sheets:
            _write_rows(book, sheet, rows)


def write_errors(path: str | Path, workbook: ReadWorkbook, faults: Sequence[Mapping[int, RowFaults]]) -> None:
    """The rejected rows in their own layout, cells as they were, and what is wrong in a last column 错误.

    ``faults`` has one entry per tab of ``workbook.sheets``: row number to its faults. The file can be
    corrected and imported again. ``workbook`` must still lie where it was read.
    """
    with _Book(path) as book:
        for sheet, of_tab in zip(workbook.sheets, faults, strict=True):
            if of_tab:
                _write_rejected(book, workbook.path, sheet, of_tab)
        if not book.pages:
            page = book.page(EXPLANATION_TAB)
            page.write_string(0, 0, "没有错误的行。", book.text)


def fault_text(faults: RowFaults) -> str:
    """The faults of one row as one text, a line each: 【列名】说明."""
    texts = (f"【{column}】{message}" if column else message for column, message in faults)
    return "\n".join(dict.fromkeys(texts))


class _Book:
    """A workbook being written, with its formats."""

    def __init__(self, path: str | Path) -> None:
        self._book = xlsxwriter.Workbook(str(path), dict(_OPTIONS))
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self.pages = 0
        self.text = self.style(num_format="@")
        self.wrapped = self.style(num_format="@", text_wrap=True, valign="top")
        self.header = self.style(
            bold=True, border=1, bg_color="#E8EEF7", text_wrap=True, align="center", valign="vcenter"
        )
        self.required = self.style(
            bold=True, border=1, bg_color="#FCE8D5", text_wrap=True, align="center", valign="vcenter"
        )
        self.wrong = self.style(num_format="@", bg_color="#FFD9D9")

    def style(self, **properties: object) -> Format:
        """A format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_FONT, **properties})
        return self._formats[key]

    def of_kind(self, kind: Kind) -> Format:
        return self.style(num_format=_NUMBER_FORMATS.get(kind, "@"))

    def page(self, name: str) -> Worksheet:
        """A tab that prints on A4 landscape, its headers on every page."""
        page = self._book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.repeat_rows(0)
        page.set_footer("&C第 &P 页，共 &N 页")
        page.freeze_panes(1, 0)
        self.pages += 1
        return page

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: object, *rest: object) -> None:
        if failed is None or self.pages:
            self._book.close()


def _set_up(book: _Book, page: Worksheet, columns: Sequence[Column]) -> None:
    for place, column in enumerate(columns):
        page.set_column(place, place, _width(column), book.of_kind(column.kind))


def _width(column: Column) -> int:
    fallback = max((2 * len(choice) + 2 for choice in column.choices), default=24)
    return max(_WIDTHS.get(column.kind, min(fallback, 30)), 2 * len(column.header) + 3)


def _write_headers(book: _Book, page: Worksheet, columns: Sequence[Column], *, starred: bool = False) -> None:
    page.set_row(0, 32)
    for place, column in enumerate(columns):
        star = "*" if starred and column.required else ""
        page.write_string(0, place, column.header + star, book.required if column.required else book.header)


def _note(column: Column) -> str:
    """What a reader of the template must know of a column."""
    parts = ["必填。" if column.required else "可不填。"]
    if column.help:
        parts.append(f"{column.help}。")
    parts.append(f"{_form(column)}。")
    return "".join(parts)


_FORMS: Final = {
    Kind.CODE: "编号，按文本填写",
    Kind.REFERENCE: "编号，按文本填写",
    Kind.INTEGER: "整数",
    Kind.DECIMAL: "数字",
    Kind.MONEY: "金额（元），如 1234.50 或 12.5万",
    Kind.YEAR: "年度，如 2021",
    Kind.MONTH: "月份，如 2021-06",
    Kind.PERIOD: "时段，如 2021、2021H1、2021Q3、2021-06",
    Kind.DATE: "日期，如 2021-06-05",
    Kind.TIME: "日期和时刻，如 2021-06-05 14:30",
    Kind.YES_NO: "填 是 或 否",
    Kind.IDENTITY: "18 位身份证号，按文本填写",
    Kind.DOCUMENT: "证件号码，按文本填写",
    Kind.USCC: "18 位统一社会信用代码",
    Kind.PHONE: "电话号码",
    Kind.REGION: "区划代码或名称",
    Kind.TEXT: "文字",
}


def _form(column: Column) -> str:
    if column.choices:
        return f"可选：{'、'.join(column.choices)}"
    limits = ""
    if column.minimum is not None and column.maximum is not None:
        limits = f"，{column.minimum} 到 {column.maximum}"
    unit = f"（{column.unit}）" if column.unit and column.kind is not Kind.MONEY else ""
    more = ("，一行一个" if column.by_line else "，可填多个，用；或、隔开") if column.several else ""
    return _FORMS[column.kind] + unit + limits + more


def _offer(page: Worksheet, place: int, column: Column) -> None:
    """A list to choose from; what is not in it is let through, for the import explains it better."""
    choices = ["是", "否"] if column.kind is Kind.YES_NO else list(column.choices)
    if not choices or len(",".join(choices)) > LIST_LIMIT:
        return
    page.data_validation(
        1, place, TEMPLATE_ROWS, place, {"validate": "list", "source": choices, "error_type": "information"}
    )


_RULES: Final = (
    "一、每个工作表填一类数据，可以只填其中几个；表名和表头请不要改动，列的顺序可以调整。",
    "二、表头带 * 的列必须填写；其他列留空表示“没有填报”，不会改动平台上已有的内容；要清空某一格，请填“清空”。",
    "三、身份证号、编号、代码等请按文本填写（本模板已设好格式），否则超过 15 位的数字会丢失。",
    "四、日期如 2021-06-05，时间如 2021-06-05 14:30；金额以元为单位，可写 12.5万；一格多个值用分号或顿号隔开。",
    "五、同一编号再次导入就是修改；有错误的行不会导入，其余行照常导入，错误的行会写回一份带“错误”列的表，改好后直接再导入。",
)


def _write_explanation(book: _Book, sheets: Sequence[Sheet]) -> None:
    page = book.page(EXPLANATION_TAB)
    for place, width in enumerate((14, 24, 8, 60)):
        page.set_column(place, place, width)
    for row, rule in enumerate(_RULES):
        page.write_string(row, 0, rule, book.style(num_format="@"))
    row = len(_RULES) + 1
    for place, title in enumerate(("工作表", "列名", "必填", "怎么填")):
        page.write_string(row, place, title, book.header)
    for sheet in sheets:
        for column in sheet.columns:
            row += 1
            texts = (sheet.name, column.header, "是" if column.required else "", _note(column))
            for place, text in enumerate(texts):
                page.write_string(row, place, text, book.wrapped)


def _write_rows(book: _Book, sheet: Sheet, rows: Rows) -> None:
    page = _fresh(book, sheet, sheet.name)
    writers = [(place, c.name, _writer(book, c)) for place, c in enumerate(sheet.columns)]
    at, tabs = 0, 1
    for row in rows:
        if at == LAST_ROW:
            tabs += 1
            page, at = _fresh(book, sheet, f"{sheet.name}({tabs})"), 0
        at += 1
        for place, name, write in writers:
            value = row.get(name)
            if value is not None:
                write(page, at, place, value)


def _fresh(book: _Book, sheet: Sheet, name: str) -> Worksheet:
    page = book.page(name)
    _set_up(book, page, sheet.columns)
    _write_headers(book, page, sheet.columns)
    return page


_Write = Callable[[Worksheet, int, int, object], None]


def _writer(book: _Book, column: Column) -> _Write:
    """Writes a value of one column; a text (a masked value, say) is written as text in any column."""
    style, text = book.of_kind(column.kind), book.text

    def write(page: Worksheet, row: int, place: int, value: object) -> None:
        if type(value) is str:
            _write_text(page, row, place, value, text)
        elif isinstance(value, dt.date):
            _write_day(page, row, place, value, column.kind, (style, text))
        elif type(value) is bool:
            page.write_string(row, place, "是" if value else "否", text)
        elif isinstance(value, (int, float, Decimal)):
            _write_number(page, row, place, value, (style, text))
        elif isinstance(value, (tuple, list)):
            _write_text(page, row, place, in_one_cell(column, value), text)

    return write


def _write_text(page: Worksheet, row: int, place: int, value: str, style: Format) -> None:
    if len(value) > CELL_LIMIT:
        raise ValueError(f"{page.get_name()}: row {row + 1} has a text longer than a cell can hold")
    if value:
        page.write_string(row, place, value, style)


def _write_day(
    page: Worksheet, row: int, place: int, value: dt.date, kind: Kind, styles: tuple[Format, Format]
) -> None:
    style, text = styles
    if isinstance(value, dt.datetime):
        local = value.astimezone(SHANGHAI).replace(tzinfo=None) if value.tzinfo else value
        page.write_datetime(row, place, local, style)
    elif kind is Kind.MONTH:
        page.write_string(row, place, f"{value:%Y-%m}", text)
    elif value < _FIRST_SAFE_DAY:
        page.write_string(row, place, value.isoformat(), text)
    else:
        page.write_datetime(row, place, value, style)


def _write_number(
    page: Worksheet, row: int, place: int, value: float | Decimal, styles: tuple[Format, Format]
) -> None:
    number = float(value)
    if abs(number) >= _EXACT:
        page.write_string(row, place, str(value), styles[1])
    else:
        page.write_number(row, place, number, styles[0])


def _write_rejected(book: _Book, path: Path, sheet: ReadSheet, faults: Mapping[int, RowFaults]) -> None:
    page = book.page(sheet.tab)
    width = len(sheet.header_texts)
    by_place = {place: sheet.sheet.column_by_name.get(name) for name, place in sheet.header_places.items()}
    for place, text in enumerate(sheet.header_texts):
        column = by_place.get(place)
        page.set_column(place, place, _width(column) if column else 12)
        page.write_string(0, place, text, book.required if column and column.required else book.header)
    page.set_column(width, width, 60)
    page.write_string(0, width, FAULT_HEADER, book.required)
    rows = raw_rows(path, sheet.tab, faults.keys())
    places = {column.header: place for place, column in by_place.items() if column}
    for at, number in enumerate(sorted(faults), 1):
        wrong = {places[header] for header, _ in faults[number] if header in places}
        for place, cell in _cells(rows.get(number, []), sheet):
            _write_raw(book, page, (at, place), cell, wrong=place in wrong)
        page.write_string(at, width, fault_text(faults[number])[:CELL_LIMIT], book.wrapped)


def _cells(row: RawRow, sheet: ReadSheet) -> Iterator[tuple[int, object]]:
    """The cells of a raw row, without an older 错误."""
    for place, cell in enumerate(row[: len(sheet.header_texts)]):
        yield place, "" if sheet.header_texts[place] == FAULT_HEADER else cell


def _write_raw(book: _Book, page: Worksheet, at: tuple[int, int], cell: object, *, wrong: bool) -> None:
    """A cell as it was in the file."""
    colour = {"bg_color": "#FFD9D9"} if wrong else {}
    if isinstance(cell, str):
        if cell:
            page.write_string(*at, cell, book.wrong if wrong else book.text)
        elif wrong:
            page.write_blank(*at, None, book.wrong)
    elif isinstance(cell, bool):
        page.write_boolean(*at, cell, book.style(**colour))
    elif isinstance(cell, (int, float)):
        page.write_number(*at, cell, book.style(num_format="General", **colour))
    elif isinstance(cell, dt.datetime):
        page.write_datetime(*at, cell, book.style(num_format="yyyy-mm-dd hh:mm:ss", **colour))
    elif isinstance(cell, dt.date):
        page.write_datetime(*at, cell, book.style(num_format="yyyy-mm-dd", **colour))
    elif isinstance(cell, (dt.time, dt.timedelta)):
        page.write_datetime(*at, cell, book.style(num_format="[h]:mm:ss", **colour))
    elif not isinstance(cell, BrokenCell):
        page.write_string(*at, str(cell), book.wrong if wrong else book.text)
