"""Whether a file can be read at all, decided before anything is loaded (bounded memory).

The fast reader allocates a dense grid between a tab's first and last cell and copies each shared
text into every cell that refers to it, so a small hostile file could ask for terabytes. The sheet
XML is therefore streamed once beforehand: sizes, grid and texts are bounded, and formulas that were
never computed and error values, which the reader would show as blank, are noted cell by cell.
Macros, external links and pictures are never opened.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final
from xml.etree import ElementTree as ET

from linzhan.kernel.sheets.grid import SheetScan, TextScan

MEGABYTE: Final = 1_000_000
_CHUNK: Final = 1 << 20
_LOCAL_HEADER: Final = 30

_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OTHER_FORMATS: Final = (
    (b"%PDF", "这是 PDF 文件，不是 Excel 工作簿；请使用原来的 Excel 文件，或把内容填到模板里"),
    (b"Rar!", "这是压缩包，不是 Excel 工作簿；请先解压，再上传里面的 .xlsx 文件"),
    (b"7z\xbc\xaf", "这是压缩包，不是 Excel 工作簿；请先解压，再上传里面的 .xlsx 文件"),
    (b"\xff\xd8\xff", "这是图片，不是 Excel 工作簿；请使用 .xlsx 文件"),
    (b"\x89PNG", "这是图片，不是 Excel 工作簿；请使用 .xlsx 文件"),
)
_SAVE_AS: Final = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再导入"
_DAMAGED: Final = (
    "文件不完整或已损坏，无法打开；请重新下载或拷贝一份，用 Excel 或 WPS 打开并另存为 .xlsx 后再导入"
)


class WorkbookRefused(ValueError):
    """The file itself cannot be read; the message is a Chinese sentence that says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How large a workbook may be. Bytes, except ``rows`` (of one tab), ``cells`` (of one tab's grid) and ``parts``."""

    packed: int = 100 * MEGABYTE
    unpacked: int = 600 * MEGABYTE
    sheet: int = 400 * MEGABYTE
    rows: int = 1_048_576
    cells: int = 30_000_000
    texts: int = 600 * MEGABYTE
    parts: int = 10_000
    broken: int = 20_000


DEFAULT_LIMITS: Final = Limits()


@dataclass(slots=True)
class FileFacts:
    """What the streaming look at a file found: per tab, (row, column) from 0 to what is wrong there."""

    broken: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    since_1904: bool = False


def check_file(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raise :class:`WorkbookRefused` when the file is no workbook that can be read safely."""
    inspect_file(path, limits)


def inspect_file(path: str | Path, limits: Limits = DEFAULT_LIMITS) -> FileFacts:
    """:func:`check_file`, and what the reader must know beyond the cells' values."""
    path = Path(path)
    try:
        size = path.stat().st_size
    except OSError:
        raise WorkbookRefused(f"找不到或打不开文件 {path.name}，请核对路径") from None
    with path.open("rb") as file:
        _check_format(file, size, limits)
        try:
            with zipfile.ZipFile(file) as package:
                return _inspect(_Package(file, package, limits))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ET.ParseError):
            raise WorkbookRefused(_DAMAGED) from None


def _check_format(file: BinaryIO, size: int, limits: Limits) -> None:
    if size == 0:
        raise WorkbookRefused("文件是空的（0 字节）；请重新导出或拷贝一份再导入")
    head = file.read(4096)
    for magic, message in _OTHER_FORMATS:
        if head.startswith(magic):
            raise WorkbookRefused(message)
    if head.startswith(_OLE):
        raise WorkbookRefused(_ole_message(head + file.read(MEGABYTE)))
    if not head.startswith(b"PK"):
        raise WorkbookRefused(_text_message(head))
    if size > limits.packed:
        raise WorkbookRefused(
            f"文件有 {size / MEGABYTE:.0f} MB，超过上限 {limits.packed / MEGABYTE:.0f} MB；请按年份或乡镇拆成几个文件分别导入"
        )


def _ole_message(head: bytes) -> str:
    if _ENCRYPTED in head:
        return "文件设了打开密码，无法读取；请用 Excel 或 WPS 打开，取消密码并另存为 .xlsx 后再导入"
    return f"这是旧版 Excel（.xls）或其他旧格式文件；{_SAVE_AS}"


def _text_message(head: bytes) -> str:
    lowered = head.lower()
    if b"<html" in lowered or b"<table" in lowered or b"<?xml" in lowered:
        return f"这是网页格式的表格，只是扩展名像 Excel；{_SAVE_AS}"
    if b"\0" not in head and (b"," in head or b"\t" in head):
        return f"这是 CSV 或文本文件，不是 Excel 工作簿；{_SAVE_AS}"
    return f"这不是 Excel 工作簿（.xlsx）；{_SAVE_AS}"


class _Package:
    """The zip container, read without trusting what it says about itself."""

    def __init__(self, file: BinaryIO, package: zipfile.ZipFile, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.parts: dict[str, zipfile.ZipInfo] = {}
        entries = package.infolist()
        if len(entries) > limits.parts:
            raise WorkbookRefused(_DAMAGED)
        for entry in entries:
            self._admit(entry)
        if sum(entry.file_size for entry in entries) > limits.unpacked:
            raise WorkbookRefused(_too_large(limits.unpacked))

    def _admit(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename.lower()
        if entry.flag_bits & 1:
            raise WorkbookRefused(_ole_message(_ENCRYPTED))
        if name in self.parts or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise WorkbookRefused(_DAMAGED)
        self.parts[name] = entry

    def stream(self, name: str, limit: int) -> Iterator[bytes]:
        """The content of a part, piece by piece; refuses one that is longer than stated or allowed."""
        entry = self.parts[name.lower()]
        if entry.file_size > limit:
            raise WorkbookRefused(_too_large(limit))
        size = checksum = 0
        for piece in self._unpacked(entry):
            size += len(piece)
            if size > entry.file_size:
                raise WorkbookRefused(_DAMAGED)
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if size != entry.file_size or checksum != entry.CRC:
            raise WorkbookRefused(_DAMAGED)

    def _unpacked(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        pieces = self._packed(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            yield from pieces
            return
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        for packed in pieces:
            left = packed
            while left:
                yield inflate.decompress(left, _CHUNK)
                left = inflate.unconsumed_tail
        yield inflate.flush()
        if not inflate.eof:
            raise WorkbookRefused(_DAMAGED)

    def _packed(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        self.file.seek(entry.header_offset)
        head = self.file.read(_LOCAL_HEADER)
        if len(head) < _LOCAL_HEADER or not head.startswith(b"PK\x03\x04"):
            raise WorkbookRefused(_DAMAGED)
        start = (
            self.file.tell() + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        )
        left = entry.compress_size
        while left > 0:
            self.file.seek(start)
            packed = self.file.read(min(left, 1 << 16))
            if not packed:
                raise WorkbookRefused(_DAMAGED)
            start += len(packed)
            left -= len(packed)
            yield packed

    def small(self, name: str) -> ET.Element:
        """A short XML part, parsed; a document type (entity tricks) is refused."""
        content = b"".join(self.stream(name, 8 * MEGABYTE))
        if b"<!DOCTYPE" in content:
            raise WorkbookRefused(_DAMAGED)
        return ET.fromstring(content)  # noqa: S314 -- no document type, bounded size


def _too_large(limit: int) -> str:
    return (
        f"文件解压后超过上限 {limit / MEGABYTE:.0f} MB，可能有大量空白行或格式；"
        "请删除数据下方的空白行，或按年份、乡镇拆成几个文件分别导入"
    )


def _inspect(package: _Package) -> FileFacts:
    if "xl/workbook.xml" not in package.parts:
        raise WorkbookRefused(_other_package(package))
    facts = FileFacts()
    workbook = package.small("xl/workbook.xml")
    for element in workbook.iter():
        if element.tag.endswith("}workbookPr") and element.get("date1904", "") in ("1", "true"):
            facts.since_1904 = True
    texts = _scan_texts(package)
    for tab, part in _tabs(package, workbook):
        broken = _scan_sheet(package, tab, part, texts)
        if broken:
            facts.broken[tab] = broken
    return facts


def _other_package(package: _Package) -> str:
    if "xl/workbook.bin" in package.parts:
        return f"这是二进制工作簿（.xlsb）；{_SAVE_AS}"
    if "word/document.xml" in package.parts:
        return "这是 Word 文档，不是 Excel 工作簿；请把表格复制到 Excel 模板里再导入"
    if "content.xml" in package.parts and "mimetype" in package.parts:
        return f"这是 OpenDocument 表格（.ods）；{_SAVE_AS}"
    if any(name.endswith((".xlsx", ".xls")) for name in package.parts):
        return "这是压缩包，不是 Excel 工作簿；请先解压，再上传里面的 .xlsx 文件"
    return f"这不是 Excel 工作簿（.xlsx）；{_SAVE_AS}"


def _tabs(package: _Package, workbook: ET.Element) -> Iterator[tuple[str, str]]:
    """Name and part of every worksheet."""
    targets: dict[str, str] = {}
    if "xl/_rels/workbook.xml.rels" in package.parts:
        for relation in package.small("xl/_rels/workbook.xml.rels"):
            targets[relation.get("Id", "")] = _part_name(relation.get("Target", ""))
    for element in workbook.iter():
        if element.tag.endswith("}sheet"):
            identity = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
            part = targets.get(identity, "")
            if part.lower() in package.parts and "/worksheets/" in part.lower():
                yield element.get("name", ""), part


def _part_name(target: str) -> str:
    path = PurePosixPath("/xl") / target
    parts: list[str] = []
    for step in path.parts[1:]:
        if step == "..":
            parts = parts[:-1]
        elif step != ".":
            parts.append(step)
    return "/".join(parts)


def _scan_texts(package: _Package) -> TextScan:
    scan = TextScan()
    if "xl/sharedstrings.xml" in package.parts:
        for piece in package.stream("xl/sharedStrings.xml", package.limits.sheet):
            scan.feed(piece)
            if len(scan.lengths) > package.limits.cells:
                raise WorkbookRefused(_too_large(package.limits.unpacked))
    return scan


def _scan_sheet(package: _Package, tab: str, part: str, texts: TextScan) -> dict[tuple[int, int], str]:
    limits = package.limits
    scan = SheetScan()
    for piece in package.stream(part, limits.sheet):
        scan.feed(piece)
        if scan.rows > limits.rows:
            raise WorkbookRefused(
                f"工作表“{tab}”超过 {limits.rows} 行，请删除数据下方的空白行，或拆成几个工作表再导入"
            )
    scan.close()
    exact = scan.widest * scan.lowest > limits.cells or scan.texts * texts.longest > limits.texts
    if exact or scan.suspicious:
        scan.look_closer(package.stream(part, limits.sheet), texts.lengths if exact else None, limits.broken)
    if scan.widest * scan.lowest > limits.cells or scan.expanded > limits.texts:
        raise WorkbookRefused(
            f"工作表“{tab}”的范围太大（约 {scan.lowest} 行 × {scan.widest} 列），"
            "多半是很远的地方有零散内容；请删除表格以外的内容后再导入"
        )
    if len(scan.broken) > limits.broken:
        raise WorkbookRefused(
            f"工作表“{tab}”的公式还没有计算结果；请用 Excel 或 WPS 打开文件，保存一次后再导入"
        )
    return scan.broken
