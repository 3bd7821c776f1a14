"""Documents as people print and keep them: PDF from a template and data, many files as one ZIP.

A template is a Typst file of the app that owns the document; what it says about someone comes as data and
is never spliced into its text, so nothing a person wrote can become markup. The page, the type and the
numbers at its foot are those of Chinese official documents (``house.typ``; GB/T 9704-2012).
"""

from __future__ import annotations

from linzhan.kernel.documents.fonts import legible
from linzhan.kernel.documents.packing import Entry, packed, safe_name
from linzhan.kernel.documents.squares import square
from linzhan.kernel.documents.typesetting import NotSet, pdf

__all__ = ["Entry", "NotSet", "legible", "packed", "pdf", "safe_name", "square"]
