"""How a tab is recognised and which of its rows are data (``contract/workbook.md``; ``domain.md`` §18.8)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from linzhan.kernel.identity import fictional_identity
from linzhan.kernel.sheets.cells import CLEAR, MISSING, CellFault
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.reading import raw_rows
from tests.kernel.sheets.workbooks import GOOD, HEADERS, PEOPLE, SHEETS, read, read_one, rows_of

SECOND = ("R2", "乙", "兼职", "2021-07-01")


def codes(grid: object, path: Path, tab: str = "名册") -> list[object]:
    return read_one(path, grid, tab).columns["code"]  # type: ignore[arg-type, return-value]  # a test's shorthand


def test_titles_and_reporting_lines_above_the_headers_are_skipped(tmp_path: Path) -> None:
    grid = [
        ["2021年登记表"],
        ["填报单位：某县民政局(盖章)　填报日期：2021年12月31日"],
        [],
        HEADERS,
        GOOD,
        SECOND,
    ]
    sheet = read_one(tmp_path, grid)
    assert (sheet.header_row, sheet.row_numbers) == (4, [5, 6])
    assert sheet.columns["since"] == [dt.date(2021, 6, 5), dt.date(2021, 7, 1)]


def test_the_header_row_is_the_first_with_half_of_the_required_headers(tmp_path: Path) -> None:
    grid = [["姓名", "随便"], ["编码", "类型", "别的"], GOOD]
    sheet = read_one(tmp_path, grid)
    assert sheet.header_row == 2
    assert sheet.missing_columns == ("姓名", "入职日期")


@pytest.mark.parametrize(
    "headers",
    [
        ("编码*", " 姓 名 ", "*类型", "入职\n日期"),
        ("人员编码", "人员姓名", "用工", "到岗日期"),
        ("编码（必填）", "姓名(汉字)", "类型", "入职日期 (年月日)"),
        ("编码＊", "姓　名", "类型　", "入职日期"),
    ],
)
def test_headers_match_by_name_or_alias_whatever_decorates_them(
    tmp_path: Path, headers: tuple[str, ...]
) -> None:
    sheet = read_one(tmp_path, [headers, GOOD])
    assert sheet.faults() == {}
    assert sheet.unknown_columns == ()


def test_column_order_is_free_and_unknown_columns_are_reported(tmp_path: Path) -> None:
    grid = [
        ["序号", "入职日期", "经办人", "类型", "姓名", "编码"],
        [1, "2021-06-05", "某", "全职", "甲", "R1"],
    ]
    sheet = read_one(tmp_path, grid)
    assert sheet.unknown_columns == ("序号", "经办人")
    assert rows_of(sheet)[0]["name"] == "甲"


def test_a_column_with_values_but_no_header_is_reported(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [[*HEADERS, ""], [*GOOD, "重要"]])
    assert sheet.unknown_columns == ("E列（没有表头）",)


def test_the_own_header_goes_before_an_alias(tmp_path: Path) -> None:
    grid = [["人员姓名", *HEADERS], ["别名", *GOOD]]
    sheet = read_one(tmp_path, grid)
    assert rows_of(sheet)[0]["name"] == "甲"
    assert sheet.unknown_columns == ("人员姓名",)


def test_group_headings_over_the_headers_are_skipped(tmp_path: Path) -> None:
    grid = [["登记表"], ["基本信息", "", "其他信息", ""], HEADERS, GOOD]
    sheet = read_one(tmp_path, grid)
    assert (sheet.header_row, sheet.unknown_columns) == (3, ())


def test_headers_merged_down_over_two_rows_are_put_together(tmp_path: Path) -> None:
    grid = [["编码", "姓名", "工作情况", ""], ["", "", "类型", "入职日期"], GOOD]
    sheet = read_one(tmp_path, grid)
    assert sheet.header_texts == HEADERS
    assert sheet.row_numbers == [3]
    assert sheet.faults() == {}


def test_a_lower_header_row_lends_what_the_upper_one_merged_downwards(tmp_path: Path) -> None:
    grid = [["编码", "基本情况", "", "", "电话"], ["", "姓名", "类型", "入职日期", ""], [*GOOD, "1"]]
    sheet = read_one(tmp_path, grid)
    assert sheet.columns["code"] == ["R1"]
    assert sheet.columns["phone"] == ["1"]


def test_two_header_rows_count_together_where_neither_is_enough(tmp_path: Path) -> None:
    wide = Sheet(
        name="宽表",
        columns=tuple(
            Column(name=f"c{i}", header=f"第{i}项", required=True, key=i == 0, kind=Kind.CODE)
            for i in range(6)
        ),
    )
    grid = [["第0项", "", "第1项"], ["", "第2项", ""], ["a", "b", "c"]]
    (sheet,) = read(tmp_path, {"宽表": grid}, (wide,)).sheets
    assert sheet.row_numbers == [3]
    assert sheet.columns["c2"] == ["b"]


@pytest.mark.parametrize("word", ["合计", "小计", "总计", "合 计", "合　计", " 小计 "])
@pytest.mark.parametrize("place", [0, 1, 4])
def test_totals_are_skipped_wherever_the_word_stands(tmp_path: Path, word: str, place: int) -> None:
    total: list[object] = ["", "", "", "", "", 99.5]
    total[place] = word
    grid = [["编码", "姓名", "类型", "入职日期", "备忘", "工资"], [*GOOD, "", 1], total, [*SECOND, "", 2]]
    assert codes(grid, tmp_path) == ["R1", "R2"]


def test_a_row_with_a_key_is_data_even_if_it_mentions_a_total(tmp_path: Path) -> None:
    grid = [[*HEADERS, "备忘"], [*GOOD, "合计"], ["", *SECOND[1:], "合计三人"]]
    sheet = read_one(tmp_path, grid)
    assert sheet.row_numbers == [2, 3]
    assert dict(sheet.faults()[3])["编码"]


def test_footers_and_remarks_below_the_data_are_skipped(tmp_path: Path) -> None:
    grid = [
        HEADERS,
        GOOD,
        SECOND,
        ["合计", "", "", ""],
        [],
        ["注：本表按月填报", "", "", ""],
        ["填报人：赵某某", "审核人：钱某某", "", "联系电话：0000-0000000"],
    ]
    assert codes(grid, tmp_path) == ["R1", "R2"]


def test_a_remark_between_the_data_is_a_rejected_row_and_not_dropped(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [HEADERS, GOOD, ["", "注：以下为新增"], SECOND])
    assert sheet.row_numbers == [2, 3, 4]
    assert 3 in sheet.faults()


def test_blank_rows_are_skipped_anywhere_and_row_numbers_stay(tmp_path: Path) -> None:
    grid = [HEADERS, [], GOOD, ["", "　 ", " ", ""], [" "], SECOND, []]
    sheet = read_one(tmp_path, grid)
    assert sheet.row_numbers == [3, 6]


def test_rows_with_nothing_but_a_running_number_are_blank(tmp_path: Path) -> None:
    grid = [["序号", *HEADERS], [1, *GOOD], [2], [3]]
    assert codes(grid, tmp_path) == ["R1"]


def test_a_zero_is_a_value_and_not_a_blank_row(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [[*HEADERS, "工资"], ["", "", "", "", 0]])
    assert sheet.row_numbers == [2]
    assert sheet.columns["pay"] == [Decimal("0.00")]


def test_a_table_that_begins_in_another_column_is_found(tmp_path: Path) -> None:
    grid = [[], ["", "", *HEADERS], ["", "", *GOOD]]
    sheet = read_one(tmp_path, grid)
    assert (sheet.header_row, sheet.row_numbers) == (2, [3])
    assert sheet.header_texts[2:] == HEADERS
    assert raw_rows(tmp_path / "book.xlsx", "名册", [3]) == {3: ["", "", *GOOD]}


def test_a_sheet_with_headers_only_is_good(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [HEADERS])
    assert (sheet.row_numbers, sheet.faults(), sheet.columns["code"]) == ([], {}, [])


def test_a_tab_is_recognised_by_alias_and_by_headers(tmp_path: Path) -> None:
    book = read(tmp_path, {"花名册": [HEADERS, GOOD], "Sheet6": [["站点名称", "站点编号"], ["一站", "Z1"]]})
    assert [(s.sheet.name, s.tab) for s in book.sheets] == [("名册", "花名册"), ("站", "Sheet6")]


def test_headers_decide_where_the_name_misleads(tmp_path: Path) -> None:
    book = read(tmp_path, {"站": [HEADERS, GOOD]})
    assert [(s.sheet.name, s.tab) for s in book.sheets] == [("名册", "站")]


def test_several_tabs_of_one_kind_are_read_one_after_the_other(tmp_path: Path) -> None:
    book = read(tmp_path, {"名册": [HEADERS, GOOD], "名册(2)": [HEADERS, SECOND]})
    assert [(s.tab, s.columns["code"]) for s in book.sheets] == [("名册", ["R1"]), ("名册(2)", ["R2"])]


def test_unknown_tabs_are_reported(tmp_path: Path) -> None:
    book = read(tmp_path, {"食堂": [["品名", "斤数"], ["大米", 50]], "空表": [], "填写说明": [["请看"]]})
    assert book.sheets == []
    assert book.unknown_sheets == ["食堂", "空表"]


def test_a_tab_with_a_known_name_but_no_headers_says_what_is_missing(tmp_path: Path) -> None:
    book = read(tmp_path, {"名册": [["一", "二"], ["甲", "乙"]]})
    assert book.unknown_sheets == ["名册"]
    assert "编码、姓名、类型、入职日期" in book.problems[0].message


def test_headers_without_any_key_do_not_make_a_tab_known(tmp_path: Path) -> None:
    book = read(tmp_path, {"Sheet1": [["姓名", "类型", "入职日期"], GOOD[1:]]})
    assert book.unknown_sheets == ["Sheet1"]


def test_a_missing_required_cell_names_its_column(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [HEADERS, ("R1", " ", "", "2021-06-05")])
    faults = dict(sheet.faults()[2])
    assert faults == {"姓名": "“姓名”必须填写，请补填", "类型": "“类型”必须填写，请填：全职、兼职"}


def test_a_required_column_without_header_is_a_fault_of_every_row(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [HEADERS[:3], GOOD[:3], SECOND[:3]])
    assert sheet.missing_columns == ("入职日期",)
    assert [faults[0][0] for faults in sheet.faults().values()] == ["入职日期", "入职日期"]
    assert "表头里没有" in dict(sheet.faults()[2])["入职日期"]


def test_an_optional_column_without_header_is_just_not_there(tmp_path: Path) -> None:
    assert "pay" not in read_one(tmp_path, [HEADERS, GOOD]).columns


def test_a_required_cell_cannot_be_cleared_and_an_optional_one_can(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [[*HEADERS, "备忘"], ["R1", "清空", "全职", "2021-06-05", "清空"]])
    assert "不能清空" in dict(sheet.faults()[2])["姓名"]
    assert sheet.columns["remark"] == [CLEAR]


def test_an_end_before_its_start_is_a_fault_of_the_end(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [[*HEADERS, "离职日期"], [*GOOD, "2021-06-04"], [*SECOND, "2021-07-01"]])
    assert [column for column, _ in sheet.faults()[2]] == ["离职日期"]
    assert "入职日期" in dict(sheet.faults()[2])["离职日期"]
    assert 3 not in sheet.faults()


def test_ten_thousands_in_the_header_or_above_it_are_the_unit_of_bare_numbers(tmp_path: Path) -> None:
    by_header = read_one(tmp_path, [[*HEADERS, "工资（万元）"], [*GOOD, 12.5], [*SECOND, "3万"]])
    assert by_header.columns["pay"] == [Decimal(125000), Decimal(30000)]
    by_line = read_one(tmp_path, [["填报单位：某局　单位：万元"], [*HEADERS, "工资"], [*GOOD, 12.5]])
    assert by_line.columns["pay"] == [Decimal(125000)]
    in_yuan = read_one(tmp_path, [["单位：元"], [*HEADERS, "工资"], [*GOOD, 12.5]])
    assert in_yuan.columns["pay"] == [Decimal("12.50")]


def test_minutes_in_the_header_are_turned_into_hours(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [[*HEADERS, "时长(分钟)"], [*GOOD, 90]])
    assert sheet.columns["hours"] == [Decimal("1.50")]


def test_keys_are_told_even_where_they_cannot_be_read(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [HEADERS, (" R1　", *GOOD[1:]), (9.9e17, *SECOND[1:])])
    assert sheet.keys == ["R1", "9.9e+17"]
    assert "文本格式" in dict(sheet.faults()[3])["编码"]


PERSONS = Sheet(
    name="对象",
    columns=(
        Column(name="number", header="证件号码", kind=Kind.IDENTITY, key=True, required=True),
        Column(name="name", header="姓名", required=True),
    ),
)
IDENTITY = fictional_identity(dt.date(1990, 1, 1), "男")


def test_a_masked_key_is_good_beside_its_platform_id_only(tmp_path: Path) -> None:
    grid = [
        ["平台编号", "证件号码", "姓名"],
        ["u-1", "990***********0019", "张*"],
        ["", "990***********0019", "李四"],
    ]
    (sheet,) = read(tmp_path, {"对象": grid}, (PERSONS,)).sheets
    assert sheet.unknown_columns == ()
    assert sheet.columns["id"] == ["u-1", MISSING]
    assert sheet.columns["number"][0] is MISSING
    assert sheet.columns["name"][0] is MISSING
    assert [column for column, _ in sheet.faults()[3]] == ["证件号码"]
    assert 2 not in sheet.faults()


DOCUMENTS = Sheet(
    name="证件",
    columns=(
        Column(name="code", header="编号", kind=Kind.CODE, key=True, required=True),
        Column(name="kind", header="证件类型", kind=Kind.CHOICE, choices=("身份证", "护照", "户口簿")),
        Column(name="number", header="证件号码", kind=Kind.DOCUMENT, document_type="kind"),
    ),
)


@pytest.mark.parametrize(
    ("kind", "number", "good"),
    [
        ("身份证", IDENTITY, True),
        ("", IDENTITY, True),
        ("身份证", "990101199001010018", False),
        ("", "E12345678", False),
        ("护照", "e12345678", True),
        ("户口簿", "99010220120128263x", True),
    ],
)
def test_a_document_is_an_identity_card_unless_its_type_says_otherwise(
    tmp_path: Path, kind: str, number: str, good: bool
) -> None:
    grid = [["编号", "证件类型", "证件号码"], ["D1", kind, number]]
    (sheet,) = read(tmp_path, {"证件": grid}, (DOCUMENTS,)).sheets
    (value,) = sheet.columns["number"]
    assert value == number.upper() if good else isinstance(value, CellFault)


def test_faults_come_in_the_order_of_the_columns(tmp_path: Path) -> None:
    sheet = read_one(tmp_path, [HEADERS, ("", "", "", "x")])
    assert [column for column, _ in sheet.faults()[2]] == [c.header for c in PEOPLE.required]


def test_a_row_with_all_sorts_of_cells_is_read(tmp_path: Path) -> None:
    grid = [
        [*HEADERS, "工资", "站点", "持证", "电话"],
        [101.0, "　甲 ", " 全职", dt.date(2021, 6, 5), "1.2万", "Z1；Ｚ２", "√", 19900001234.0],
    ]
    (row,) = rows_of(read_one(tmp_path, grid))
    assert row == {
        "code": "101",
        "name": "甲",
        "kind": "全职",
        "since": dt.date(2021, 6, 5),
        "pay": Decimal("12000.00"),
        "stations": ("Z1", "Z2"),
        "certified": True,
        "phone": "19900001234",
    }


def test_no_sheet_at_all_is_no_error(tmp_path: Path) -> None:
    assert read(tmp_path, {"Sheet1": []}, SHEETS).unknown_sheets == ["Sheet1"]
