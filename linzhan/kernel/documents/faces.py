"""A document with two faces: what it says is made once, one face sets it for paper, the other for who edits it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from linzhan.kernel.documents.house import Kind
from linzhan.kernel.documents.typesetting import pdf
from linzhan.kernel.documents.wordprocessing import Face, docx


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """What a document says (``data``), how Typst sets it (``template``), how Word gets it (``face``).

    ``name`` is that of the file, without an ending; ``data["title"]`` that of the document.
    """

    name: str
    data: Mapping[str, Any]
    template: Path
    face: Face
    kind: Kind = "official"
    made_at: datetime | None = None

    def pdf(self) -> bytes:
        return pdf(self.template, self.data, made_at=self.made_at)

    def docx(self) -> bytes:
        title = str(self.data["title"])
        return docx(self.face, self.data, kind=self.kind, title=title, made_at=self.made_at)
