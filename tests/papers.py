"""Papers opened again by another program: PDFium, which did not make them."""

from __future__ import annotations

import pypdfium2


def pages_of(document: bytes) -> list[str]:
    """The text of each page of a PDF, a line a line."""
    with pypdfium2.PdfDocument(document) as opened:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in opened]
