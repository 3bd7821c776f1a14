"""Template, export and error workbook: what leaves in a spreadsheet comes back the same (``contract/workbook.md``)."""

from __future__ import annotations

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from linzhan.kernel import masking
from linzhan.kernel.sheets import writing
from linzhan.kernel.sheets.cells import MISSING, convert
from linzhan.kernel.sheets.columns import PLATFORM_ID, Column, Kind, Level, Sheet
from linzhan.kernel.sheets.days import SHANGHAI
from linzhan.kernel.sheets.reading import read_workbook
from linzhan.kernel.sheets.writing import fault_text, write_errors, write_sheets, write_template
from tests.kernel.sheets.contract_sheets import CONTRACT_SHEETS
from tests.kernel.sheets.workbooks import GOOD, HEADERS, PEOPLE, SHEETS, read, rows_of

ALL_KINDS = Sheet(
    name="各类",
    columns=(
        Column(name="code", header="编号", kind=Kind.CODE, key=True, required=True),
        Column(name="text", header="文字"),
        Column(name="count", header="人数", kind=Kind.INTEGER),
        Column(name="measure", header="经度", kind=Kind.DECIMAL, places=6),
        Column(name="money", header="金额", kind=Kind.MONEY, unit="元"),
        Column(name="year", header="年度", kind=Kind.YEAR),
        Column(name="month", header="月份", kind=Kind.MONTH),
        Column(name="day", header="日期", kind=Kind.DATE),
        Column(name="moment", header="时间", kind=Kind.TIME),
        Column(name="yes", header="是否", kind=Kind.YES_NO),
        Column(name="choice", header="类型", kind=Kind.CHOICE, choices=("甲", "乙")),
        Column(name="phone", header="电话", kind=Kind.PHONE),
        Column(name="region", header="行政区划", kind=Kind.REGION),
        Column(name="others", header="站点", kind=Kind.REFERENCE, several=True),
        Column(name="identity", header="证件号码", kind=Kind.IDENTITY),
    ),
)
ROW: dict[str, object] = {
    "code": "431202000000000001",
    "text": "=1+1",
    "count": 0,
    "measure": Decimal("109.974812"),
    "money": Decimal("1234567.89"),
    "year": 2021,
    "month": dt.date(2021, 6, 1),
    "day": dt.date(1900, 2, 1),
    "moment": dt.datetime(2021, 6, 5, 0, 0, tzinfo=SHANGHAI),
    "yes": False,
    "choice": "乙",
    "phone": "+86 138 0000 1234",
    "region": "431202001",
    "others": ("Z1", "00012"),
    "identity": "99010119541231019X",
}


def test_what_is_exported_reads_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_sheets(path, [(ALL_KINDS, [ROW, {"code": "2", "day": None, "text": MISSING}])])
    (sheet,) = read_workbook(path, (ALL_KINDS,)).sheets
    first, second = rows_of(sheet)
    assert first == ROW
    assert second == {name: "2" if name == "code" else MISSING for name in ROW}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1 名", "-5℃", "@cmd", '=HYPERLINK("http://x")', "0012", "1e5", "_x0041_"]
)
def test_a_text_stays_a_text_and_never_becomes_a_formula_or_a_number(tmp_path: Path, text: str) -> None:
    path = tmp_path / "out.xlsx"
    write_sheets(path, [(ALL_KINDS, [{"code": "1", "text": text}])])
    cell = openpyxl.load_workbook(path)["各类"]["B2"]
    assert cell.data_type == "s"
    assert cell.number_format == "@"
    with zipfile.ZipFile(path) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
    (sheet,) = read_workbook(path, (ALL_KINDS,)).sheets
    assert sheet.columns["text"] == [text]


def test_days_and_moments_are_real_date_cells(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    moment = dt.datetime(2021, 6, 5, 1, 30, tzinfo=dt.UTC)
    write_sheets(path, [(ALL_KINDS, [{"code": "1", "day": dt.date(2021, 6, 5), "moment": moment}])])
    page = openpyxl.load_workbook(path)["各类"]
    assert page["H2"].value == dt.datetime(2021, 6, 5)  # noqa: DTZ001 -- cells have no zone
    assert page["I2"].value == dt.datetime(2021, 6, 5, 9, 30)  # noqa: DTZ001 -- cells have no zone


def test_an_amount_too_large_for_a_number_cell_keeps_its_cents(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_sheets(path, [(ALL_KINDS, [{"code": "1", "money": Decimal("99999999999999.99")}])])
    assert openpyxl.load_workbook(path)["各类"]["E2"].value == "99999999999999.99"


def test_a_masked_value_is_written_as_it_is_shown_in_any_column(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_sheets(path, [(ALL_KINDS, [{"code": "1", "day": "68岁", "identity": "990***********0019"}])])
    (sheet,) = read_workbook(path, (ALL_KINDS,)).sheets
    assert sheet.columns["day"] == [MISSING]
    assert sheet.columns["identity"] == [MISSING]


def test_a_text_longer_than_a_cell_is_refused_and_not_cut(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="longer than a cell"):
        write_sheets(tmp_path / "out.xlsx", [(ALL_KINDS, [{"code": "1", "text": "长" * 40_000}])])


def test_a_sheet_longer_than_a_tab_goes_on_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LAST_ROW", 3)
    path = tmp_path / "out.xlsx"
    write_sheets(path, [(ALL_KINDS, ({"code": f"R{i}"} for i in range(8)))])
    book = read_workbook(path, (ALL_KINDS,))
    assert [s.tab for s in book.sheets] == ["各类", "各类(2)", "各类(3)"]
    assert [code for s in book.sheets for code in s.columns["code"]] == [f"R{i}" for i in range(8)]


def test_an_export_is_ready_to_print_and_to_scroll(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    write_sheets(path, [(ALL_KINDS, [ROW])])
    page = openpyxl.load_workbook(path)["各类"]
    assert page.page_setup.orientation == "landscape"
    assert str(page.page_setup.paperSize) == "9"
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"


def test_an_export_with_platform_ids_reads_back_with_them(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    with_ids = Sheet(name=PEOPLE.name, columns=(PLATFORM_ID, *PEOPLE.columns))
    row = {"id": "0197-1", "code": "R1", "name": "张*", "kind": "全职", "since": dt.date(2021, 6, 5)}
    write_sheets(path, [(with_ids, [row])])
    (sheet,) = read_workbook(path, SHEETS).sheets
    assert sheet.columns["id"] == ["0197-1"]
    assert sheet.columns["name"] == [MISSING]
    assert sheet.unknown_columns == ()
    assert sheet.faults() == {}


def test_the_template_reads_as_all_sheets_without_rows(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, CONTRACT_SHEETS)
    book = read_workbook(path, CONTRACT_SHEETS)
    assert [s.sheet.name for s in book.sheets] == [s.name for s in CONTRACT_SHEETS]
    assert all(not s.row_numbers and not s.unknown_columns and not s.missing_columns for s in book.sheets)
    assert book.unknown_sheets == []


def test_the_template_marks_required_columns_offers_lists_and_keeps_codes_as_text(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, SHEETS)
    page = openpyxl.load_workbook(path)["名册"]
    headers = [cell.value for cell in page[1]]
    assert headers[:5] == ["编码*", "姓名*", "类型*", "入职日期*", "离职日期"]
    assert [v.formula1 for v in page.data_validations.dataValidation] == ['"全职,兼职"', '"是,否"']
    assert "必填" in page["A1"].comment.text
    assert page.column_dimensions["A"].number_format == "@"
    assert openpyxl.load_workbook(path).sheetnames == ["填写说明", "名册", "站"]


def test_every_list_of_the_contract_is_offered_in_the_template(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, CONTRACT_SHEETS)
    book = openpyxl.load_workbook(path)
    for sheet in CONTRACT_SHEETS:
        lists = sum(bool(c.choices) or c.kind is Kind.YES_NO for c in sheet.columns)
        assert len(book[sheet.name].data_validations.dataValidation) == lists, sheet.name


GRID = [
    ["登记表"],
    ["序号", "入职日期", "到岗", "编码*", "姓名", "类型", "工资（万元）", "备忘"],
    [1, dt.date(2021, 6, 5), "", "R1", "甲", "全职", 1.5, ""],
    [2, "2021-02-30", "", 102, "乙", "临时", 2.5, "=1+1"],
    [3, dt.datetime(2021, 7, 1, 9, 30), True, "R3", "", "兼职", "3万", "好"],  # noqa: DTZ001 -- cells have no zone
]


def test_the_error_workbook_has_the_rejected_rows_in_their_own_layout(tmp_path: Path) -> None:
    book = read(tmp_path, {"我的名册": GRID})
    path = tmp_path / "errors.xlsx"
    write_errors(path, book, book.faults())
    page = openpyxl.load_workbook(path)["我的名册"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert rows[0] == [*GRID[1], "错误"]
    assert rows[1][:8] == [2, "2021-02-30", None, 102, "乙", "临时", 2.5, "=1+1"]
    assert rows[2][:8] == [3, GRID[4][1], True, "R3", None, "兼职", "3万", "好"]
    assert "【入职日期】“2021-02-30”不是存在的日期" in str(rows[1][8])
    assert "【类型】“临时”不在可选范围内，请填：全职、兼职" in str(rows[1][8])
    assert rows[2][8] == "【姓名】“姓名”必须填写，请补填"
    assert len(rows) == 3


def test_the_error_workbook_can_be_corrected_and_imported_again(tmp_path: Path) -> None:
    book = read(tmp_path, {"我的名册": GRID})
    path = tmp_path / "errors.xlsx"
    write_errors(path, book, book.faults())
    corrected = openpyxl.load_workbook(path)
    page = corrected["我的名册"]
    page["B2"], page["F2"], page["E3"] = "2021-02-28", "全职", "丙"
    corrected.save(path)
    (sheet,) = read_workbook(path, SHEETS).sheets
    assert sheet.faults() == {}
    assert sheet.unknown_columns == ("序号", "到岗")
    assert sheet.columns["code"] == ["102", "R3"]
    assert sheet.columns["pay"] == [Decimal("25000.00"), Decimal("30000.00")]


def test_the_errors_of_an_error_workbook_replace_the_older_ones(tmp_path: Path) -> None:
    grid = [[*HEADERS, "错误"], ["R1", "甲", "临时", "2021-06-05", "旧的说明"]]
    book = read(tmp_path, {"名册": grid})
    path = tmp_path / "errors.xlsx"
    write_errors(path, book, book.faults())
    (again,) = read_workbook(path, SHEETS).sheets
    assert again.unknown_columns == ()
    texts = [cell.value for cell in openpyxl.load_workbook(path)["名册"][2]]
    assert "旧的说明" not in texts
    assert "临时" in str(texts[-1])


def test_faults_found_later_are_written_beside_those_of_reading(tmp_path: Path) -> None:
    book = read(tmp_path, {"名册": [HEADERS, GOOD]})
    path = tmp_path / "errors.xlsx"
    write_errors(path, book, [{2: [("", "整行的问题"), ("编码", "找不到")]}])
    assert openpyxl.load_workbook(path)["名册"]["E2"].value == "整行的问题\n【编码】找不到"
    assert fault_text([("编码", "找不到"), ("编码", "找不到")]) == "【编码】找不到"


def test_without_errors_the_error_workbook_says_so(tmp_path: Path) -> None:
    book = read(tmp_path, {"名册": [HEADERS, GOOD]})
    path = tmp_path / "errors.xlsx"
    write_errors(path, book, book.faults())
    assert read_workbook(path, SHEETS).sheets == []


@pytest.mark.parametrize(
    ("kind", "level", "shown"),
    [
        (Kind.TEXT, Level.L2, masking.mask_name("张三")),
        (Kind.TEXT, Level.L2, masking.mask_name("欧阳娜娜")),
        (Kind.TEXT, Level.L3, masking.mask_name("John")),
        (Kind.IDENTITY, Level.L4, masking.mask_identity("99010119541231019X")),
        (Kind.DOCUMENT, Level.L4, masking.mask_identity("E12345678")),
        (Kind.REFERENCE, Level.L4, masking.mask_identity("99010119541231019X")),
        (Kind.PHONE, Level.L3, masking.mask_phone("13800001234")),
        (Kind.PHONE, Level.L3, masking.mask_phone("7451234")),
        (Kind.TEXT, Level.L3, masking.mask_address("坨院街道某某社区1组2号")),
        (Kind.DATE, Level.L3, masking.mask_birth(dt.date(1954, 1, 1), dt.date(2021, 1, 1))),
        *[(kind, Level.L4, masking.HIDDEN) for kind in Kind],
    ],
)
def test_whatever_an_export_masks_comes_back_as_not_stated(kind: Kind, level: Level, shown: str) -> None:
    column = Column(name="x", header="列", kind=kind, level=level, document_type="y")
    assert convert(column, shown) is MISSING
