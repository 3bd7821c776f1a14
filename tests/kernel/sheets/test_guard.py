"""Files that are not what they say are refused in plain words before anything is loaded (NFR-07)."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from linzhan.kernel.sheets.guard import Limits, WorkbookRefused, check_file, inspect_file
from linzhan.kernel.sheets.reading import read_workbook
from tests.kernel.sheets.workbooks import (
    GOOD,
    HEADERS,
    SHEETS,
    header_row,
    inline,
    rows_of,
    save,
    save_raw,
)


def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(WorkbookRefused) as refused:
        check_file(path, limits or Limits())
    assert str(refused.value) == refused.value.message
    return refused.value.message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "旧版 Excel"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("编码,姓名\nR1,甲\n".encode("gbk"), "CSV"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"\x89PNG\r\n", "图片"),
        (b"PK\x03\x04" + bytes(200), "损坏"),
        (bytes(range(256)), "不是 Excel 工作簿"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    assert words in refusal(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "none.xlsx")


@pytest.mark.parametrize("share", [0.3, 0.7, 0.98])
def test_a_truncated_workbook_is_refused(tmp_path: Path, share: float) -> None:
    path = save(tmp_path / "book.xlsx", {"名册": [HEADERS, *[GOOD] * 200]})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert "损坏" in refusal(path)


def test_a_workbook_with_a_damaged_part_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "book.xlsx", {"名册": [HEADERS, *[(f"R{i}", *GOOD[1:]) for i in range(500)]]})
    with zipfile.ZipFile(path) as package:
        at = package.getinfo("xl/worksheets/sheet1.xml").header_offset + 400
    content = bytearray(path.read_bytes())
    content[at : at + 8] = bytes(value ^ 0xFF for value in content[at : at + 8])
    path.write_bytes(content)
    assert "损坏" in refusal(path)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "Word"),
        ("book1.xlsx", "解压"),
        ("readme.txt", "不是 Excel 工作簿"),
    ],
)
def test_other_zip_files_are_told_apart(tmp_path: Path, part: str, words: str) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "x")
    assert words in refusal(path)


def test_a_part_that_appears_twice_is_refused(tmp_path: Path) -> None:
    path = save_raw(tmp_path / "book.xlsx", header_row().encode())
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    assert "损坏" in refusal(path)


def test_entity_tricks_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>')
    assert "损坏" in refusal(path)


def test_a_file_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "book.xlsx", {"名册": [HEADERS, GOOD]})
    assert "拆成几个文件" in refusal(path, Limits(packed=1000))
    assert "解压后超过上限" in refusal(path, Limits(unpacked=2000))
    assert "解压后超过上限" in refusal(path, Limits(sheet=200))


def blank_rows(megabytes: int) -> Iterator[bytes]:
    number = 1
    for _ in range(megabytes):
        piece = b"".join(b'<row r="%d" ht="15" customHeight="1"/>' % (number + i) for i in range(25_000))
        number += 25_000
        yield piece


def test_a_zip_bomb_of_blank_rows_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    path = save_raw(tmp_path / "book.xlsx", list(blank_rows(50)))
    assert path.stat().st_size < 10_000_000
    tracemalloc.start()
    assert "行" in refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40_000_000


def test_blank_rows_within_the_limits_are_read_as_nothing(tmp_path: Path) -> None:
    good = "".join(inline(f"{letter}2", text) for letter, text in zip("ABCD", GOOD, strict=True))
    rows = header_row() + f'<row r="2">{good}</row>' + "".join(f'<row r="{i}"/>' for i in range(3, 50_000))
    path = save_raw(tmp_path / "book.xlsx", rows.encode())
    (sheet,) = read_workbook(path, SHEETS).sheets
    assert sheet.row_numbers == [2]


def test_a_cell_far_out_is_refused_before_the_grid_is_allocated(tmp_path: Path) -> None:
    rows = header_row() + f'<row r="1048576">{inline("XFD1048576", "x")}</row>'
    assert "范围太大" in refusal(save_raw(tmp_path / "book.xlsx", rows.encode()))


def test_a_far_cell_that_lies_about_its_row_is_refused_too(tmp_path: Path) -> None:
    rows = f'<row r="1">{inline("XFD1048576", "x")}{inline("A1", "x")}</row>'
    assert "范围太大" in refusal(save_raw(tmp_path / "book.xlsx", rows.encode()))


def test_formats_far_out_without_content_do_no_harm(tmp_path: Path) -> None:
    rows = header_row() + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    check_file(save_raw(tmp_path / "book.xlsx", rows.encode()))


def test_a_long_text_that_many_cells_share_is_refused(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 20_001))
    shared = f"<sst><si><t>{'长' * 10_000}</t></si></sst>".encode()
    path = save_raw(tmp_path / "book.xlsx", cells.encode(), shared=shared)
    assert "范围太大" in refusal(path)


def test_cells_without_a_place_and_prefixed_names_are_bounded_too(tmp_path: Path) -> None:
    rows = b'<x:row xmlns:x="u" r="1"><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row>'
    check_file(save_raw(tmp_path / "book.xlsx", rows))
    far = rows + b'<x:row xmlns:x="u" r="9"><x:c r="XFD1000000"><x:v>1</x:v></x:c></x:row>'
    assert "范围太大" in refusal(save_raw(tmp_path / "far.xlsx", far))


TEXT = ' t="str"'


def formula(reference: str, content: str, kind: str = "") -> str:
    return f'<c r="{reference}"{kind}><f>A1&amp;""</f>{content}</c>'


def test_formulas_are_read_by_their_last_result(tmp_path: Path) -> None:
    cells = (
        inline("A2", "R1")
        + formula("B2", "<v>甲</v>", TEXT)
        + inline("C2", "全职")
        + formula("D2", "<v>44352</v>")
    )
    path = save_raw(tmp_path / "book.xlsx", (header_row() + f'<row r="2">{cells}</row>').encode())
    (sheet,) = read_workbook(path, SHEETS).sheets
    assert sheet.faults() == {}
    assert rows_of(sheet)[0]["name"] == "甲"


def test_a_formula_that_was_never_computed_is_a_fault_and_not_a_blank(tmp_path: Path) -> None:
    rows = (
        header_row() + f'<row r="2">{inline("A2", "R1")}{formula("B2", "")}{formula("D2", "<v></v>")}</row>'
    )
    (sheet,) = read_workbook(save_raw(tmp_path / "book.xlsx", rows.encode()), SHEETS).sheets
    faults = dict(sheet.faults()[2])
    assert "公式还没有计算结果" in faults["姓名"]
    assert "公式还没有计算结果" in faults["入职日期"]
    assert "必须填写" in faults["类型"]


def test_a_row_of_nothing_but_uncomputed_formulas_is_not_lost(tmp_path: Path) -> None:
    cells = "".join(formula(f"{letter}5", "") for letter in "ABCD")
    path = save_raw(tmp_path / "book.xlsx", (header_row() + f'<row r="5">{cells}</row>').encode())
    (sheet,) = read_workbook(path, SHEETS).sheets
    assert sheet.row_numbers == [5]
    assert len(sheet.faults()[5]) == 4


def test_a_formula_that_yields_an_empty_text_is_blank(tmp_path: Path) -> None:
    cells = "".join(inline(f"{letter}2", text) for letter, text in zip("ABCD", GOOD, strict=True))
    rows = header_row() + f'<row r="2">{cells}</row><row r="3">{formula("A3", "<v></v>", TEXT)}</row>'
    (sheet,) = read_workbook(save_raw(tmp_path / "book.xlsx", rows.encode()), SHEETS).sheets
    assert sheet.row_numbers == [2]


def test_an_error_value_is_a_fault_that_names_it(tmp_path: Path) -> None:
    rows = header_row() + f'<row r="2">{inline("A2", "R1")}<c r="B2" t="e"><v>#N/A</v></c></row>'
    (sheet,) = read_workbook(save_raw(tmp_path / "book.xlsx", rows.encode()), SHEETS).sheets
    assert "#N/A" in dict(sheet.faults()[2])["姓名"]


def test_a_workbook_whose_formulas_are_all_uncomputed_is_refused_as_a_whole(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{i}">{formula(f"A{i}", "")}</row>' for i in range(2, 60))
    path = save_raw(tmp_path / "book.xlsx", (header_row() + cells).encode())
    assert "保存一次" in refusal(path, Limits(broken=50))


def test_days_counted_since_1904_are_moved(tmp_path: Path) -> None:
    cells = inline("A2", "R1") + inline("B2", "甲") + inline("C2", "全职") + '<c r="D2"><v>42890</v></c>'
    rows = (header_row() + f'<row r="2">{cells}</row>').encode()
    path = save_raw(tmp_path / "book.xlsx", rows, properties='<workbookPr date1904="1"/>')
    assert inspect_file(path).since_1904
    (sheet,) = read_workbook(path, SHEETS).sheets
    assert str(rows_of(sheet)[0]["since"]) == "2021-06-05"


def test_macros_and_foreign_parts_are_never_opened(tmp_path: Path) -> None:
    path = save(tmp_path / "book.xlsx", {"名册": [HEADERS, GOOD]})
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\x00" * 100)
        package.writestr("xl/externalLinks/externalLink1.xml", "<!DOCTYPE x>")
    (sheet,) = read_workbook(path, SHEETS).sheets
    assert rows_of(sheet)[0]["code"] == "R1"
