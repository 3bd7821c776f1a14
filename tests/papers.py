"""Papers opened again by another program."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.table import Table

OFFICE = shutil.which("soffice")
with_office = pytest.mark.skipif(OFFICE is None, reason="this machine has no soffice to open it with")
PAGE_NUMBER = re.compile(r"—\s*\d+\s*—\s*$")


def pages_of(document: bytes) -> list[str]:
    """The text of each page of a PDF, a line a line."""
    with pypdfium2.PdfDocument(document) as opened:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in opened]


def read_docx(document: bytes) -> str:
    """The text of a Word file as it stands there, a table row by row."""
    return "\n".join(_lines(document))


def _lines(document: bytes) -> Iterator[str]:
    for each in docx.Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(each, Table):
            yield from ("\t".join(cell.text for cell in row.cells) for row in each.rows)
        else:
            yield each.text


def same_words(printed: bytes, edited: bytes) -> str:
    """The words of a Word file, which are those of the PDF beside it; tables may be read in another order."""
    words = "".join(read_docx(edited).split())
    told = "".join("".join(PAGE_NUMBER.sub("", page) for page in pages_of(printed)).split())
    for head in _heads(edited):  # a page after the first says them again
        told = told.replace(head, "", told.count(head) - words.count(head))
    assert sorted(told) == sorted(words), (told, words)
    return words


def _heads(document: bytes) -> Iterator[str]:
    for table in docx.Document(io.BytesIO(document)).tables:
        for row in table.rows:
            if "tblHeader" in row._tr.xml:
                yield "".join("".join(cell.text for cell in row.cells).split())


def converted(document: bytes, path: Path) -> bytes:
    """What an office program makes of a Word file for printing; for tests that are marked :data:`with_office`."""
    assert OFFICE is not None
    (path / "edited.docx").write_bytes(document)
    command = [OFFICE, f"-env:UserInstallation=file://{path / 'profile'}", "--headless", "--convert-to", "pdf",
               "--outdir", path, path / "edited.docx"]  # fmt: skip
    subprocess.run(command, capture_output=True, check=True, timeout=120)
    return (path / "edited.pdf").read_bytes()
