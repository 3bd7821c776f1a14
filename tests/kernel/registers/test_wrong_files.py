"""Files that are no workbook, from the command line: status 2, one clear sentence, nothing changed (NFR-07)."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sheets.writing import write_sheets
from tests.kernel.registers.rows import resource
from tests.kernel.sheets.workbooks import header_row, save_raw
from tests.sample import run

pytestmark = pytest.mark.django_db(transaction=True)
MEGABYTE = 1_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def good(path: Path) -> Path:
    write_sheets(path, [(REGISTERS["resources"].sheet, [resource(f"R{i}") for i in range(200)])])
    return path


def of(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def truncated(path: Path) -> None:
    path.write_bytes(good(path).read_bytes()[:-500])


def bomb(path: Path) -> None:
    """700 MB of spaces in less than one."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(700):
                part.write(b" " * MEGABYTE)


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "a PDF renamed": (of(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3"), "PDF"),
    "an encrypted workbook": (of(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")), "密码"),
    "an old .xls": (of(OLE + bytes(2000)), "旧版 Excel"),
    "a .csv": (of("资源编号,资源名称\nR1,轮椅\n".encode()), "CSV"),
    "a truncated workbook": (truncated, "损坏"),
    "a zip bomb": (bomb, "解压后超过上限"),
    "an empty file": (of(b""), "0 字节"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_file_is_refused_in_a_sentence_and_changes_nothing(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, words = WRONG[kind]
    path = tmp_path / "台账.xlsx"
    make(path)
    assert run("import", path, "--json") == (2, "")
    told = capsys.readouterr().err
    assert told.startswith("无法导入 台账.xlsx：")
    assert words in told
    assert told.endswith("。没有改动任何数据。\n")
    with opened(EVERYTHING):
        assert not AuditEntry.objects.exists()


MEASURE = """
import resource, sys
from linzhan.kernel.sheets.guard import WorkbookRefused
from linzhan.kernel.sheets.reading import read_workbook
from tests.kernel.sheets.workbooks import SHEETS
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_workbook(sys.argv[1], SHEETS)
except WorkbookRefused:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def styled(megabytes: int) -> Iterator[bytes]:
    """Rows of cells that have a format and no content, as a coloured sheet leaves them."""
    yield header_row().encode()
    size, number = 0, 2
    while size < megabytes * MEGABYTE:
        cells = (
            b"".join(b'<c r="%c%d" s="0"/>' % (65 + place, row) for place in range(14))
            for row in range(number, number + 5000)
        )
        piece = b"".join(b'<row r="%d">%s</row>' % (number + at, each) for at, each in enumerate(cells))
        number, size = number + 5000, size + len(piece)
        yield piece


@pytest.mark.parametrize("kind", ["styled", "bomb"])
def test_blank_content_of_any_size_takes_little_memory(kind: str, tmp_path: Path) -> None:
    """The peak of a process of its own, in MB; 300 MB of such rows measured 3 MB more than none."""
    path = tmp_path / "台账.xlsx"
    if kind == "bomb":
        bomb(path)
    else:
        save_raw(path, styled(40))
    found = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    assert int(found.stdout) < 60
