"""Files that a browser keeps."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.http import HttpResponse

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file that the browser keeps under ``name``."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=kind, headers=headers)
