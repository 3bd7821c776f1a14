"""What a cell may look like and what it must mean (``contract/workbook.md``, rules for every sheet; NFR-07)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from linzhan.kernel.sheets.cells import CLEAR, MISSING, BrokenCell, CellFault, convert, convert_many
from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.kernel.sheets.days import SHANGHAI

DAY = dt.date(2024, 1, 5)


def column(kind: Kind, **properties: object) -> Column:
    return Column(name="x", header="列", kind=kind, **properties)  # type: ignore[arg-type]  # a test's shorthand


def fault(kind: Kind, raw: object, **properties: object) -> str:
    found = convert(column(kind, **properties), raw)
    assert isinstance(found, CellFault), f"{raw!r} was read as {found!r}"
    return found.message


@pytest.mark.parametrize(
    "raw",
    [
        "2024-1-5",
        "2024-01-05",
        "2024.1.5",
        "2024/1/5",
        "20240105",
        "2024年1月5日",
        "2024 年 1 月 5 日",
        "2024年1月5号",
        "２０２４-０１-０５",
        " 2024－1－5　",
        "45296",
        45296.0,
        45296.75,
        20240105.0,
        dt.date(2024, 1, 5),
        dt.datetime(2024, 1, 5, 10, 30),  # noqa: DTZ001 -- what a workbook yields
        "2024-1-5 10:30",
    ],
)
def test_a_day_is_understood_in_every_form_that_officials_write(raw: object) -> None:
    assert convert(column(Kind.DATE), raw) == DAY


@pytest.mark.parametrize(
    "raw",
    [
        "2021-02-30",
        "2021年6月31日",
        "20210230",
        20210230.0,
        "2021/4/31",
        "2021-13-01",
        "0001-01-01",
        "2999-1-1",
    ],
)
def test_a_day_that_does_not_exist_is_a_fault(raw: object) -> None:
    assert "请核对" in fault(Kind.DATE, raw)


@pytest.mark.parametrize("raw", [2021.0, "2021", "2021-06", 202106.0, "去年", "6月5日", True, 0.0, -1.0, 1e9])
def test_half_a_day_is_never_completed(raw: object) -> None:
    assert "2021-06-05" in fault(Kind.DATE, raw)


@pytest.mark.parametrize(
    "raw",
    [
        "2024-1-5 9:05",
        "2024.1.5 09:05:00",
        "2024年1月5日 9:05",
        "2024年1月5日9时5分",
        "20240105 9:05",
        "２０２４/１/５　０９:０５",
        "2024-1-5 上午9:05",
        "2024-01-05T09:05:00",
        "2024-01-05T01:05:00+00:00",
        45296.3784722222,
        "45296.3784722222",
        dt.datetime(2024, 1, 5, 9, 5),  # noqa: DTZ001 -- what a workbook yields
        dt.datetime(2024, 1, 5, 9, 4, 59, 999_999),  # noqa: DTZ001 -- binary noise of a serial
        dt.datetime(2024, 1, 5, 1, 5, tzinfo=dt.UTC),
    ],
)
def test_a_moment_is_any_day_form_with_a_clock(raw: object) -> None:
    assert convert(column(Kind.TIME), raw) == dt.datetime(2024, 1, 5, 9, 5, tzinfo=SHANGHAI)


def test_afternoon_is_understood() -> None:
    assert convert(column(Kind.TIME), "2024-1-5 下午3:05") == dt.datetime(2024, 1, 5, 15, 5, tzinfo=SHANGHAI)


def test_a_day_cell_in_a_time_column_is_midnight() -> None:
    assert convert(column(Kind.TIME), DAY) == dt.datetime(2024, 1, 5, tzinfo=SHANGHAI)


@pytest.mark.parametrize("raw", ["2024-01-05", "2024-01-05 25:00", "9:05", "2021-06-31 10:20", 0.5, "上午"])
def test_a_time_column_wants_a_day_and_a_clock(raw: object) -> None:
    assert fault(Kind.TIME, raw)


@pytest.mark.parametrize(
    "raw", ["2021-06", "2021年6月", "202106", "2021/6", "2021.6", 202106.0, 44348.0, "2021-06-15"]
)
def test_a_month_is_kept_as_its_first_day(raw: object) -> None:
    assert convert(column(Kind.MONTH), raw) == dt.date(2021, 6, 1)


@pytest.mark.parametrize("raw", [2021.1, "2021-13", "六月", 202113.0])
def test_an_ambiguous_or_impossible_month_is_a_fault(raw: object) -> None:
    assert "2021-06" in fault(Kind.MONTH, raw)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [("2021q3", "2021Q3"), ("２０２１Ｑ３", "2021Q3"), ("2021年第三季度", "2021Q3"), (2021.0, "2021")],
)
def test_a_period_is_kept_as_the_calendar_writes_it(raw: object, kept: str) -> None:
    assert convert(column(Kind.PERIOD), raw) == kept


@pytest.mark.parametrize("raw", ["2021Q5", "去年", 2021.5])
def test_what_is_no_period_is_a_fault(raw: object) -> None:
    assert fault(Kind.PERIOD, raw)


@pytest.mark.parametrize("raw", [2021.0, "2021", "2021年", "2021年度", "２０２１"])
def test_a_year_is_understood(raw: object) -> None:
    assert convert(column(Kind.YEAR), raw) == 2021


@pytest.mark.parametrize("raw", ["去年", "21", 21.0, 2021.5, 2101.0])
def test_a_year_out_of_1900_to_2100_is_a_fault(raw: object) -> None:
    assert "年度" in fault(Kind.YEAR, raw)


@pytest.mark.parametrize("raw", ["是", "√", "有", "1", "Y", "y", "Ｙ", 1.0, True, " 是　", "TRUE"])
def test_yes_in_all_its_forms(raw: object) -> None:
    assert convert(column(Kind.YES_NO), raw) is True


@pytest.mark.parametrize("raw", ["否", "×", "无", "0", "N", "n", 0.0, False])
def test_no_in_all_its_forms(raw: object) -> None:
    assert convert(column(Kind.YES_NO), raw) is False


def test_neither_yes_nor_no_is_a_fault_that_says_what_to_fill_in() -> None:
    assert "是、否" in fault(Kind.YES_NO, "筹建中")


@pytest.mark.parametrize(
    ("raw", "yuan"),
    [
        ("1,234.50", "1234.50"),
        ("1，234.5", "1234.50"),
        ("12.5万", "125000"),
        ("12.5万元", "125000"),
        ("￥300元", "300"),
        ("３０２５００.００", "302500"),
        (28715.440000000002, "28715.44"),
        (0.1 + 0.2, "0.3"),
        (12.0, "12"),
    ],
)
def test_yuan_are_understood_to_the_cent(raw: object, yuan: str) -> None:
    found = convert(column(Kind.MONEY), raw)
    assert found == Decimal(yuan)
    assert isinstance(found, Decimal)
    assert found.as_tuple().exponent == -2


@pytest.mark.parametrize("raw", ["十二万", "若干", "1,23", "12 34", "1.234", 12.345, "", "1e5"])
def test_what_is_no_amount_is_never_rounded_or_guessed(raw: object) -> None:
    found = convert(column(Kind.MONEY), raw)
    assert found is MISSING if raw == "" else isinstance(found, CellFault)


def test_a_negative_amount_is_refused_with_the_way_to_book_a_reversal() -> None:
    assert "冲销" in fault(Kind.MONEY, "-200,000.00")


def test_ten_thousands_are_understood_in_yuan_columns_only() -> None:
    assert "不是数字" in fault(Kind.INTEGER, "12万")
    assert "不是数字" in fault(Kind.DECIMAL, "12万")


@pytest.mark.parametrize("raw", ["16", "１６", 16.0, "16.0", " 16 ", "16人"])
def test_a_count_is_understood(raw: object) -> None:
    assert convert(column(Kind.INTEGER, unit="人"), raw) == 16


@pytest.mark.parametrize(
    ("raw", "words"), [(16.5, "整数"), (-1.0, "负数"), ("两小时", "阿拉伯数字"), (1e12, "太大")]
)
def test_what_is_no_count_is_a_fault(raw: object, words: str) -> None:
    assert words in fault(Kind.INTEGER, raw)


@pytest.mark.parametrize("raw", [0.0, 6.0, "6"])
def test_a_number_out_of_its_range_is_a_fault_that_names_the_range(raw: object) -> None:
    assert "1 到 5" in fault(Kind.INTEGER, raw, minimum=1, maximum=5)


def test_a_measure_is_rounded_to_its_places() -> None:
    assert convert(column(Kind.DECIMAL, places=2), 1.335) == Decimal("1.34")
    assert convert(column(Kind.DECIMAL, places=6), "109.9748123") == Decimal("109.974812")


def test_a_clock_in_a_column_of_hours_is_a_duration() -> None:
    assert convert(column(Kind.DECIMAL, unit="小时"), dt.time(2, 30)) == Decimal("2.5")
    assert convert(column(Kind.DECIMAL, unit="小时"), dt.timedelta(days=1, hours=2)) == Decimal(26)


def test_a_choice_is_found_whatever_its_width_and_spaces() -> None:
    wanted = column(Kind.CHOICE, choices=("3A", "政府购买"))
    assert convert(wanted, " ３ａ ") == "3A"
    assert convert(wanted, "政府　购买") == "政府购买"


def test_a_value_out_of_the_list_is_a_fault_that_lists_what_is_allowed() -> None:
    assert "全职、兼职" in fault(Kind.CHOICE, "临时", choices=("全职", "兼职"))


@pytest.mark.parametrize("raw", [9.90203199202122e17, "9.90203199202122E+17"])
def test_an_identity_number_that_became_a_number_tells_how_to_format_the_column(raw: object) -> None:
    assert "文本" in fault(Kind.IDENTITY, raw)
    assert "文本" in fault(Kind.REFERENCE, raw)
    assert "文本" in fault(Kind.DOCUMENT, raw, document_type="kind")


def test_an_identity_number_is_checked_and_spelled_with_a_capital_x() -> None:
    assert convert(column(Kind.IDENTITY), " 99010119541231019x ") == "99010119541231019X"
    assert convert(column(Kind.REFERENCE), "99010119541231019x") == "99010119541231019X"
    assert fault(Kind.IDENTITY, "990101199001010018")


def test_a_credit_code_is_checked() -> None:
    assert convert(column(Kind.USCC), "52431200mj000000x0") == "52431200MJ000000X0"
    assert fault(Kind.USCC, "52431200MJ000000X1")
    assert fault(Kind.USCC, 5.2e17)


@pytest.mark.parametrize(
    ("raw", "code"), [(431202.0, "431202"), ("Ｚ４３１２０２", "Z431202"), (" a b ", "ab"), (0.0, "0")]
)
def test_a_code_is_a_text_whatever_the_cell_is(raw: object, code: str) -> None:
    assert convert(column(Kind.CODE), raw) == code
    assert convert(column(Kind.REFERENCE), raw) == code


@pytest.mark.parametrize("raw", [9963214366693518.0, 1.5, dt.date(2021, 1, 1), True])
def test_a_code_that_a_spreadsheet_has_damaged_is_never_restored(raw: object) -> None:
    assert "文本格式" in fault(Kind.CODE, raw)


@pytest.mark.parametrize(
    "raw", ["=1+1", "-5℃低温天气上门送炭", "+1 名新组员报名", "@cmd", '=HYPERLINK("http://x","y")']
)
def test_a_text_that_looks_like_a_formula_is_text(raw: str) -> None:
    assert convert(column(Kind.TEXT), raw) == raw


def test_a_text_keeps_its_punctuation_and_lines_and_loses_its_margins() -> None:
    assert convert(column(Kind.TEXT), "　第１次，探访；\r\n正常（好）\u200b ") == "第1次，探访；\n正常（好）"


def test_numbers_and_days_in_a_text_column_read_as_they_look() -> None:
    assert convert(column(Kind.TEXT), 19900007782.0) == "19900007782"
    assert convert(column(Kind.TEXT), 1.5) == "1.5"
    assert convert(column(Kind.TEXT), DAY) == "2024-01-05"
    assert "文本格式" in fault(Kind.TEXT, 1e17)


def test_a_text_longer_than_its_column_is_a_fault() -> None:
    assert "最多 3 个字" in fault(Kind.TEXT, "一二三四", max_length=3)


def test_a_phone_number_stays_as_it_was_typed() -> None:
    assert convert(column(Kind.PHONE), " +86 138 0000 1234 ") == "+86 138 0000 1234"
    assert convert(column(Kind.PHONE), 19900007782.0) == "19900007782"


@pytest.mark.parametrize("raw", [431202.0, "431202", "４３１２０２"])
def test_a_division_code_is_a_text(raw: object) -> None:
    assert convert(column(Kind.REGION), raw) == "431202"


@pytest.mark.parametrize("mark", [";", "；", "、", ",", "，", "\n", " ; ", "；\r\n"])
def test_one_cell_holds_several_values_behind_any_separator(mark: str) -> None:
    found = convert(column(Kind.REFERENCE, several=True), f"Z1{mark}Ｚ２{mark}Z1{mark}")
    assert found == ("Z1", "Z2")


def test_a_single_number_is_a_list_of_one() -> None:
    assert convert(column(Kind.REFERENCE, several=True), 431202.0) == ("431202",)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("raw", ["", " ", "　", "\u200b", "\xa0\t\n", None])
def test_spaces_are_not_stated(kind: Kind, raw: object) -> None:
    assert convert(column(kind), raw) is MISSING


@pytest.mark.parametrize("kind", list(Kind))
def test_the_word_for_clearing_clears(kind: Kind) -> None:
    assert convert(column(kind), " 清空 ") is CLEAR
    assert convert(column(kind, several=kind is Kind.REFERENCE), "清空") is CLEAR


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.IDENTITY, "430***********0291"),
        (Kind.DOCUMENT, "430***********0291"),
        (Kind.REFERENCE, "430***********0291"),
        (Kind.PHONE, "138****5678"),
        (Kind.PHONE, "138＊＊＊＊5678"),
        (Kind.TEXT, "张*"),
        (Kind.TEXT, "张*华"),
        (Kind.TEXT, "欧阳*"),
        (Kind.DATE, "68岁"),
    ],
)
def test_a_masked_cell_means_not_stated(kind: Kind, raw: str) -> None:
    assert convert(column(kind), raw) is MISSING


def test_a_masked_address_means_not_stated_in_personal_columns_only() -> None:
    assert convert(column(Kind.TEXT, level=Level.L3), "黄金坳村**") is MISSING
    assert convert(column(Kind.TEXT, level=Level.L2), "重点关注对象**") == "重点关注对象**"
    assert convert(column(Kind.TEXT), "每日 2*3 片") == "每日 2*3 片"


def test_several_values_of_which_some_are_masked_are_a_fault() -> None:
    several = column(Kind.REFERENCE, several=True)
    assert convert(several, "430***********0291、431***********0292") is MISSING
    assert isinstance(convert(several, "430***********0291、990101199001010019"), CellFault)


def test_a_broken_cell_says_what_is_wrong() -> None:
    assert convert(column(Kind.TEXT), BrokenCell("公式还没有计算结果")) == CellFault("公式还没有计算结果")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.DATE, DAY),
        (Kind.TIME, dt.datetime(2024, 1, 5, 9, 5, tzinfo=SHANGHAI)),
        (Kind.MONEY, Decimal("12.50")),
        (Kind.INTEGER, 3),
        (Kind.YES_NO, False),
        (Kind.MONTH, dt.date(2024, 1, 1)),
        (Kind.CODE, "Z1"),
    ],
)
def test_a_converted_value_converts_to_itself(kind: Kind, value: object) -> None:
    assert convert(column(kind), value) == value
    assert convert(column(kind), CLEAR) is CLEAR
    assert convert(column(kind), MISSING) is MISSING


def test_a_converted_list_converts_to_itself() -> None:
    assert convert(column(Kind.REFERENCE, several=True), ("Z1", "Z2")) == ("Z1", "Z2")
    assert convert(column(Kind.REFERENCE, several=True), ["Z1", "Z2"]) == ("Z1", "Z2")


def test_a_whole_column_converts_like_its_cells() -> None:
    raws = ["1", 1.0, True, "是", "×", "", "也许", 0.0, False, "1"]
    assert convert_many(column(Kind.YES_NO), raws) == [convert(column(Kind.YES_NO), raw) for raw in raws]
    counts = [1.0, True, "1"]
    assert convert_many(column(Kind.INTEGER), counts) == [
        convert(column(Kind.INTEGER), raw) for raw in counts
    ]
