"""Documents for Word (.docx), to be passed on and edited: the same words as the PDF, set by the house's parts."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from linzhan.kernel.documents.characters import legal
from linzhan.kernel.documents.house import CHARACTERS, WIDTH, Kind, blank

if TYPE_CHECKING:
    from docx.document import Document as Opened
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

LABEL: Final = 30  # mm of the names beside values
MISSING: Final = "—"


class Manuscript:
    """A document while it is written: the parts of the house, in their order."""

    def __init__(self, kind: Kind) -> None:
        import docx  # noqa: PLC0415 -- only for who takes a document to edit it

        self._document: Opened = docx.Document(io.BytesIO(blank(kind)))

    def title(self, words: str) -> None:
        self._said(words, "Title")

    def number(self, words: str) -> None:
        """The document's number, below its title."""
        self._said(words, "发文字号")

    def addressee(self, words: str) -> None:
        self._said(words, "主送机关")

    def heading(self, words: str) -> None:
        self._said(words, "Heading 1")

    def par(self, words: str) -> None:
        """A paragraph of the text, one for each of its lines."""
        self._said(words, "Normal")

    def note(self, words: str) -> None:
        """Small type: on what it rests, when it was made."""
        self._said(words, "附注")

    def signed(self, *lines: str) -> None:
        """Who issues it, and the day, with room for the seal above."""
        self.room()
        for words in lines:
            self._said(words, "落款").paragraph_format.keep_with_next = words is not lines[-1]

    def signatures(self, labels: Sequence[str]) -> None:
        """Names with room to sign on beside each other, as much as the line leaves."""
        self.room()
        over = max((CHARACTERS - sum(len(label) + 2 for label in labels)) // len(labels), 3)
        made = self._said("", "主送机关")
        for label in labels:
            made.add_run(f"{legal(label)}：")
            made.add_run("\u3000" * over).underline = True
            made.add_run("\u3000")

    def room(self) -> None:
        """An empty line, for a seal or a hand."""
        self._said("", "Normal")

    def pair(self, left: str, right: str) -> None:
        """Two pieces of one line, the second from the middle on."""
        from docx.shared import Mm  # noqa: PLC0415

        made = self._said(f"{left}\t{right}", "主送机关")
        made.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH / 2))

    def facts(self, rows: Sequence[Sequence[Any]]) -> None:
        """Names and values side by side; a value that is missing says so."""
        if rows:
            table = self._table(len(rows), (LABEL, WIDTH - LABEL))
            for row, values in zip(table.rows, rows, strict=True):
                _fill(row.cells, values, ("表头", "表格内容"))

    def sheet(
        self, heads: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float] = ()
    ) -> None:
        """A table whose head is repeated on every page; ``widths`` are those of its columns in proportion."""
        table = self._table(len(rows) + 1, widths or [1] * len(heads))
        head, *others = table.rows
        _fill(head.cells, heads, ["表头"] * len(heads))
        _mark(head._tr.get_or_add_trPr(), "w:tblHeader")
        for row, values in zip(others, rows, strict=True):
            _fill(row.cells, values, ["表格内容"] * len(heads))

    def _said(self, words: str, look: str) -> Paragraph:
        """A paragraph for each line: a break within one would draw the line before it apart. The last of them."""
        *before, last = legal(words).split("\n")
        for line in before:
            self._document.add_paragraph(line, style=look)
        return self._document.add_paragraph(last, style=look)

    def _table(self, rows: int, widths: Sequence[float]) -> Table:
        """An empty grid as wide as the text, whose rows are not torn at the foot of a page."""
        from docx.shared import Mm  # noqa: PLC0415

        made: Table = self._document.add_table(rows, len(widths), style="Table Grid")
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Mm(WIDTH * width / sum(widths))
        for row in made.rows:
            _mark(row._tr.get_or_add_trPr(), "w:cantSplit")
            for cell, column in zip(row.cells, made.columns, strict=True):
                cell.width = column.width
        return made

    def kept(self, title: str, made_at: datetime | None) -> bytes:
        """The file; ``title`` and the moment stand in its properties, nobody's name does."""
        about = self._document.core_properties
        about.title, about.author, about.last_modified_by, about.comments = legal(title), "", "", ""
        about.created = about.modified = (made_at or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
        about.language, about.revision = "zh-CN", 1
        into = io.BytesIO()
        self._document.save(into)
        return into.getvalue()


Face = Callable[[Manuscript, Mapping[str, Any]], None]
"""Writes what the data say into a manuscript, part by part."""


def docx(
    face: Face, data: Mapping[str, Any], *, kind: Kind, title: str, made_at: datetime | None = None
) -> bytes:
    """The document that ``face`` makes of ``data``, for Word and what reads its files.

    What somebody wrote is text and nothing else; characters that such a file cannot hold are left out.
    """
    paper = Manuscript(kind)
    face(paper, data)
    return paper.kept(title, made_at)


def _fill(cells: Sequence[_Cell], values: Sequence[Any], looks: Sequence[str]) -> None:
    for cell, value, look in zip(cells, values, looks, strict=True):
        told = "、".join(map(str, value)) if isinstance(value, (list, tuple)) else value
        paragraph = cell.paragraphs[0]
        paragraph.style = look
        paragraph.add_run(legal(MISSING if told in (None, "") else str(told)))


def _mark(properties: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    properties.append(OxmlElement(name))
