"""Small workbooks for tests: rows as people lay them out, and files that are not what they say."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from linzhan.kernel.sheets.cells import Cell
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.reading import ReadSheet, ReadWorkbook, read_workbook

PEOPLE = Sheet(
    name="名册",
    aliases=("花名册",),
    columns=(
        Column(name="code", header="编码", kind=Kind.CODE, required=True, key=True, aliases=("人员编码",)),
        Column(name="name", header="姓名", required=True, aliases=("人员姓名",)),
        Column(
            name="kind",
            header="类型",
            kind=Kind.CHOICE,
            required=True,
            choices=("全职", "兼职"),
            aliases=("用工",),
        ),
        Column(name="since", header="入职日期", kind=Kind.DATE, required=True, aliases=("到岗日期",)),
        Column(name="until", header="离职日期", kind=Kind.DATE, not_before="since"),
        Column(name="pay", header="工资", kind=Kind.MONEY, unit="元", aliases=("薪酬(元)",)),
        Column(name="hours", header="时长", kind=Kind.DECIMAL, unit="小时"),
        Column(name="phone", header="电话", kind=Kind.PHONE),
        Column(name="stations", header="站点", kind=Kind.REFERENCE, refers_to="站", several=True),
        Column(name="remark", header="备忘"),
        Column(name="certified", header="持证", kind=Kind.YES_NO),
    ),
)
PLACES = Sheet(
    name="站",
    columns=(
        Column(name="code", header="站点编号", kind=Kind.CODE, required=True, key=True),
        Column(name="name", header="站点名称", required=True),
        Column(name="opened", header="启用日期", kind=Kind.DATE),
    ),
)
SHEETS = (PEOPLE, PLACES)
HEADERS = ("编码", "姓名", "类型", "入职日期")
GOOD = ("R1", "甲", "全职", "2021-06-05")

Grid = Sequence[Sequence[object]]


def save(path: Path, tabs: Mapping[str, Grid]) -> Path:
    """Write ``tabs`` as they stand: texts as texts, numbers as numbers, days as day cells, None as nothing."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for name, grid in tabs.items():
        page = book.add_worksheet(name)
        for at, row in enumerate(grid):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(at, place, cell)
                elif isinstance(cell, bool):
                    page.write_boolean(at, place, cell)
                elif isinstance(cell, dt.datetime):
                    page.write_datetime(at, place, cell, moment)
                elif isinstance(cell, dt.date):
                    page.write_datetime(at, place, cell, day)
                elif isinstance(cell, (int, float)):
                    page.write_number(at, place, cell)
    book.close()
    return path


def read(path: Path, tabs: Mapping[str, Grid], sheets: Sequence[Sheet] = SHEETS) -> ReadWorkbook:
    return read_workbook(save(path / "book.xlsx", tabs), sheets)


def read_one(path: Path, grid: Grid, tab: str = "名册") -> ReadSheet:
    (sheet,) = read(path, {tab: grid}).sheets
    return sheet


def rows_of(sheet: ReadSheet) -> list[dict[str, Cell]]:
    return [
        {name: values[i] for name, values in sheet.columns.items()} for i in range(len(sheet.row_numbers))
    ]


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def save_raw(path: Path, rows: bytes | Iterable[bytes], *, shared: bytes = b"", properties: str = "") -> Path:
    """A workbook whose one tab 名册 holds exactly the XML ``rows``."""
    types = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    target = f'<Relationship Id="rId1" Type="{_LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    root = f'<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">{properties}'
        '<sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr(
            "_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>'
        )
        package.writestr("xl/workbook.xml", book)
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{target}</Relationships>',
        )
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            for piece in [rows] if isinstance(rows, bytes) else rows:
                part.write(piece)
            part.write(b"</sheetData></worksheet>")
        if shared:
            package.writestr("xl/sharedStrings.xml", shared)
    return path


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def header_row(number: int = 1) -> str:
    cells = "".join(inline(f"{letter}{number}", text) for letter, text in zip("ABCD", HEADERS, strict=True))
    return f'<row r="{number}">{cells}</row>'
