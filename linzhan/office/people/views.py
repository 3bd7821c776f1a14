"""Documents about a worker."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.kernel.access import needs
from linzhan.workforce.api import EDIT_WORKERS, pledge_of


@needs(EDIT_WORKERS)
@require_safe
@never_cache
def pledge(request: HttpRequest, worker_id: UUID) -> HttpResponse:
    """``/workers/<id>/pledge/``: the pledge of public service, to be printed and signed (FIL-01)."""
    del request
    try:
        name, document = pledge_of(worker_id)
    except LookupError:
        raise Http404 from None
    header = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(document, content_type="application/pdf", headers={"Content-Disposition": header})
