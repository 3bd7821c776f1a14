"""Documents as people print, keep and edit them: PDF and Word from the same data, many files as one ZIP.

A template is a Typst file of the app that owns the document; what it says about someone comes as data and
is never spliced into its text, so nothing a person wrote can become markup. For Word a face writes the same
data part by part (:class:`Manuscript`). The page, the type and the numbers at its foot are those of Chinese official
documents (``house.typ``, ``house.py``; GB/T 9704-2012).
"""

from __future__ import annotations

from linzhan.kernel.documents.faces import Document
from linzhan.kernel.documents.fonts import legible
from linzhan.kernel.documents.packing import Entry, packed, safe_name
from linzhan.kernel.documents.squares import square
from linzhan.kernel.documents.typesetting import NotSet, pdf
from linzhan.kernel.documents.wording import chinese_day, chinese_number
from linzhan.kernel.documents.wordprocessing import Manuscript, docx

__all__ = [
    "Document",
    "Entry",
    "Manuscript",
    "NotSet",
    "chinese_day",
    "chinese_number",
    "docx",
    "legible",
    "packed",
    "pdf",
    "safe_name",
    "square",
]
