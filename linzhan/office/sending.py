"""Files that a browser keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from linzhan.kernel.documents import Document
from linzhan.office import parts

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
CSV: Final = "text/csv; charset=utf-8"
ZIP: Final = "application/zip"
Face = Literal["pdf", "docx"]
FACES: Final = ("pdf", "docx")


def sent(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file that the browser keeps under ``name``."""
    return HttpResponse(content, content_type=kind, headers=_kept_as(name))


def streamed(pieces: Iterable[bytes], kind: str, name: str) -> HttpResponseBase:
    """The same of a file that is sent while it is made."""
    return StreamingHttpResponse(pieces, content_type=kind, headers=_kept_as(name))


def _kept_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name.replace('/', '-'))}"}


def face_asked(request: HttpRequest) -> Face | None:
    """As what the address asks for a document (``?format=pdf`` or ``docx``); None where it asks for the page."""
    found = request.GET.get("format")
    return cast("Face", found) if found in FACES else None


def sent_as(document: Document, face: Face) -> HttpResponse:
    """A document to print, or to edit in Word."""
    if face == "docx":
        return sent(document.docx(), DOCX, f"{document.name}.docx")
    return sent(document.pdf(), PDF, f"{document.name}.pdf")


def ways_to_take(url: str, label: str = "") -> list[parts.Action]:
    """Both faces of the document at ``url`` side by side; ``label`` is what it is called, where there are more."""
    asked = f"{url}{'&' if '?' in url else '?'}format="
    return [
        parts.Action(label=f"{label or _('下载')} {word}", url=f"{asked}{face}", icon="export")
        for face, word in zip(FACES, ("PDF", "Word"), strict=True)
    ]
