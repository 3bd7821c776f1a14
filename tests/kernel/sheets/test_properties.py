"""Any value, written in any accepted form and in any layout, is read as the same value (Hypothesis)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhan.kernel.sheets.cells import Blank, Cell, CellFault, convert, convert_many
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.kernel.sheets.days import SHANGHAI
from linzhan.kernel.sheets.guard import WorkbookRefused, check_file
from linzhan.kernel.sheets.reading import read_workbook
from linzhan.kernel.sheets.writing import write_sheets
from tests.kernel.sheets.contract_sheets import CONTRACT_SHEETS
from tests.kernel.sheets.test_writing import ALL_KINDS
from tests.kernel.sheets.workbooks import PEOPLE, SHEETS, rows_of, save

FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
MARGINS = st.sampled_from(["", " ", "　", "\u00a0", "\n", "\u200b"])
RAW = st.one_of(
    st.text(max_size=30),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.none(),
    st.binary(max_size=3),
    st.lists(st.text(max_size=3), max_size=2),
)


def serial(moment: dt.datetime) -> float:
    return (moment - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)  # noqa: DTZ001 -- serials are local


DAY_FORMS: tuple[Callable[[dt.date], object], ...] = (
    lambda d: d,
    lambda d: d.isoformat(),
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}/{d.month:02d}/{d.day}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: float(f"{d:%Y%m%d}"),
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: d.isoformat().translate(FULL_WIDTH),
    lambda d: serial(dt.datetime(d.year, d.month, d.day)),  # noqa: DTZ001 -- serials are local
    lambda d: str(int(serial(dt.datetime(d.year, d.month, d.day)))),  # noqa: DTZ001 -- serials are local
)
DAYS = st.dates(dt.date(1910, 1, 1), dt.date(2100, 12, 31))


def padded(raw: object, before: str, after: str) -> object:
    return f"{before}{raw}{after}" if isinstance(raw, str) else raw


@given(DAYS, st.sampled_from(DAY_FORMS), MARGINS, MARGINS)
def test_a_day_in_any_form_is_the_same_day(
    day: dt.date, form: Callable[[dt.date], object], before: str, after: str
) -> None:
    assert convert(Column(name="x", header="日期", kind=Kind.DATE), padded(form(day), before, after)) == day


TEXT_FORMS = [form for form in DAY_FORMS[1:9] if isinstance(form(dt.date(2021, 6, 5)), str)]


@given(
    st.datetimes(dt.datetime(1910, 1, 1), dt.datetime(2100, 12, 31)),  # noqa: DTZ001 -- cells have no zone
    st.sampled_from(TEXT_FORMS),
    st.sampled_from(["{h}:{m:02d}:{s:02d}", "{h:02d}:{m:02d}:{s:02d}", "{h}时{m}分{s}秒", "{h}：{m}：{s}"]),
    st.sampled_from([" ", "　", "  "]),
)
def test_a_moment_in_any_form_is_the_same_moment(
    moment: dt.datetime, form: Callable[[dt.date], object], clock: str, gap: str
) -> None:
    moment = moment.replace(microsecond=0)
    text = f"{form(moment.date())}{gap}{clock.format(h=moment.hour, m=moment.minute, s=moment.second)}"
    column = Column(name="x", header="时间", kind=Kind.TIME)
    wanted = moment.replace(tzinfo=SHANGHAI)
    assert convert(column, text) == wanted
    assert convert(column, moment) == wanted
    assert convert(column, serial(moment)) == wanted


@given(st.decimals(0, Decimal("9999999999.99"), places=2), MARGINS, MARGINS)
def test_an_amount_in_any_form_is_the_same_amount(amount: Decimal, before: str, after: str) -> None:
    column = Column(name="x", header="金额", kind=Kind.MONEY, unit="元")
    forms = [
        str(amount),
        f"{amount:,}",
        f"{amount}元",
        f"￥{amount:,}",
        str(amount).translate(FULL_WIDTH),
        f"{amount / 10_000:f}万",
        f"{amount / 10_000:f}万元",
        float(amount),
        amount,
    ]
    assert [convert(column, padded(form, before, after)) for form in forms] == [amount] * len(forms)


@given(st.integers(0, 2**31 - 1))
def test_a_count_in_any_form_is_the_same_count(count: int) -> None:
    column = Column(name="x", header="人数", kind=Kind.INTEGER, unit="人")
    for form in (
        count,
        float(count),
        str(count),
        f"{count:,}",
        str(count).translate(FULL_WIDTH),
        f" {count}人 ",
    ):
        assert convert(column, form) == count


CHOICES = sorted(
    {column for sheet in CONTRACT_SHEETS for column in sheet.columns if column.choices}, key=repr
)


@given(st.sampled_from(CHOICES), st.data(), MARGINS, MARGINS)
def test_a_choice_of_the_contract_is_found_in_any_width_and_spacing(
    column: Column, data: st.DataObject, before: str, after: str
) -> None:
    choice = data.draw(st.sampled_from(column.choices))
    gap = data.draw(st.sampled_from(["", " ", "　"]))
    for spelled in (choice, choice.translate(FULL_WIDTH), gap.join(choice), choice.lower()):
        assert convert(column, f"{before}{spelled}{after}") == choice


@given(st.lists(st.from_regex(r"[A-Z][0-9]{1,12}", fullmatch=True), min_size=1, max_size=8), st.data())
def test_several_values_behind_any_separators_are_the_same_values(
    codes: list[str], data: st.DataObject
) -> None:
    marks = st.sampled_from([";", "；", "、", ",", "，", "\n", "; ", " 、"])
    text = codes[0] + "".join(data.draw(marks) + code for code in codes[1:])
    column = Column(name="x", header="站点", kind=Kind.REFERENCE, several=True)
    assert convert(column, text) == tuple(dict.fromkeys(codes))


@given(st.sampled_from([c for sheet in CONTRACT_SHEETS for c in sheet.columns]), RAW)
def test_no_cell_whatsoever_makes_a_reader_fail(column: Column, raw: object) -> None:
    found = convert(column, raw)
    assert isinstance(found, (str, int, bool, Decimal, dt.date, tuple, Blank, CellFault))
    if isinstance(found, CellFault):
        assert found.message
    else:
        assert convert(column, found) == found or column.kind is Kind.TEXT


@given(st.sampled_from([c for sheet in CONTRACT_SHEETS for c in sheet.columns]), st.lists(RAW, max_size=12))
def test_a_whole_column_is_read_like_its_cells(column: Column, raws: list[object]) -> None:
    assert convert_many(column, raws) == [convert(column, raw) for raw in raws]


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_whatsoever_make_the_guard_fail(content: bytes, zipped: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(b"PK\x03\x04" + content if zipped else content)
        with pytest.raises(WorkbookRefused) as refused:
            check_file(path)
    assert "请" in refused.value.message


PLAIN = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po"], exclude_characters="*＊岁"),
    min_size=1,
    max_size=20,
)
TEXTS = (
    st.one_of(PLAIN, st.sampled_from(["=1+1", "-5℃", "@x", "a\nb", "1,2；3", "0012", "𠮷"]))
    .map(lambda text: convert(Column(name="x", header="文字"), text))
    .filter(lambda text: isinstance(text, str))
)
VALUES = st.fixed_dictionaries(
    {"code": st.from_regex(r"[A-Z0-9-]{1,20}", fullmatch=True)},
    optional={
        "text": TEXTS,
        "count": st.integers(0, 2**31 - 1),
        "measure": st.decimals(0, 180, places=6),
        "money": st.decimals(0, 10**12, places=2),
        "year": st.integers(1900, 2100),
        "month": DAYS.map(lambda day: day.replace(day=1)),
        "day": st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)),
        "moment": st.datetimes(dt.datetime(1910, 1, 1), dt.datetime(2100, 1, 1)).map(  # noqa: DTZ001 -- zone follows
            lambda moment: moment.replace(microsecond=0, tzinfo=SHANGHAI)
        ),
        "yes": st.booleans(),
        "choice": st.sampled_from(["甲", "乙"]),
        "phone": st.from_regex(r"\+?[0-9]{3}[0-9 -]{3,9}[0-9]", fullmatch=True),
        "region": st.from_regex(r"[0-9]{6,12}", fullmatch=True),
        "others": st.lists(st.from_regex(r"[A-Z][0-9]{1,6}", fullmatch=True), min_size=1, unique=True).map(
            tuple
        ),
    },
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(VALUES, max_size=6))
def test_export_and_import_are_inverse(rows: list[dict[str, object]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "out.xlsx"
        write_sheets(path, [(ALL_KINDS, rows)])
        (sheet,) = read_workbook(path, (ALL_KINDS,)).sheets
    found = [{name: v for name, v in row.items() if not isinstance(v, Blank)} for row in rows_of(sheet)]
    assert found == rows


PERSON = st.fixed_dictionaries(
    {
        "code": st.from_regex(r"R[0-9]{1,6}", fullmatch=True),
        "name": st.sampled_from(["甲", "乙丙", "欧阳某"]),
        "kind": st.sampled_from(["全职", "兼职"]),
        "since": st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)),
        "remark": st.sampled_from(["", "备忘", "=1+1"]),
    }
)
LINES = st.lists(
    st.sampled_from([["某县登记表"], ["填报单位：某局", "", "填报日期：2021年"], [], ["  "]]), max_size=4
)
FOOTERS = st.lists(
    st.sampled_from([["合计"], ["小 计"], [], ["填报人：某", "", "审核人：某"], ["　"], ["注：略"]]),
    max_size=4,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PERSON, min_size=1, max_size=5), LINES, FOOTERS, st.data())
def test_any_layout_of_the_same_rows_is_read_to_the_same_columns(
    rows: list[dict[str, Cell]], lines: list[list[str]], footers: list[list[str]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(["code", "name", "kind", "since", "remark", ""]))
    headers = [_header(name, data) for name in order]
    grid: list[list[object]] = [*lines, headers]
    numbers = []
    for row in rows:
        grid += data.draw(st.sampled_from([[], [[]], [["", " "]], [_total(order)]]))
        grid.append([row[name] if name else "x" for name in order])
        numbers.append(len(grid))
    grid += footers
    with TemporaryDirectory() as folder:
        path = save(Path(folder) / "book.xlsx", {data.draw(st.sampled_from(["名册", "Sheet1"])): grid})
        (sheet,) = read_workbook(path, SHEETS).sheets
    assert sheet.header_row == len(lines) + 1
    assert sheet.row_numbers == numbers
    assert sheet.unknown_columns == ("经办",)
    for name in ("code", "name", "kind", "since"):
        assert sheet.columns[name] == [row[name] for row in rows]
    assert ["" if isinstance(v, Blank) else v for v in sheet.columns["remark"]] == [
        row["remark"] for row in rows
    ]


def _total(order: list[str]) -> list[object]:
    return ["合计" if name == order[0] else 1 if name in ("", "remark") else "" for name in order]


def _header(name: str, data: st.DataObject) -> str:
    if not name:
        return "经办"
    column = PEOPLE.column_by_name[name]
    spelled = data.draw(st.sampled_from([column.header, *column.aliases]))
    dress = data.draw(st.sampled_from(["{}", "{}*", "*{}", " {} ", "{}（必填）", "{}\n"]))
    return dress.format(spelled)
