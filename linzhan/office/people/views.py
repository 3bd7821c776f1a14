"""Documents about a worker."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.kernel.access import needs
from linzhan.office.sending import face_asked, sent_as
from linzhan.workforce.api import EDIT_WORKERS, pledge_of


@needs(EDIT_WORKERS)
@require_safe
@never_cache
def pledge(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """``/workers/<id>/pledge/``: the pledge of public service, to be printed and signed (FIL-01)."""
    try:
        return sent_as(pledge_of(worker_id), face_asked(request) or "pdf")
    except LookupError:
        raise Http404 from None
