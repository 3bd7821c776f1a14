"""Who may read a case's content: its worker, the head of its station, and its supervisor while the agreement lasts.

Rows of a case are seen by its place like all others; what was said in confidence (level L4) is narrower
(``domain.md`` §19.2). A supervisor's agreement is their dated appointment to stations: when it ends, so does
the scope, and nothing of this page can be asked for.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from linzhan.accounts.api import Appointment, Role
from linzhan.casework.api.cases import CASE_FILES, EDIT_CASES, CaseFile
from linzhan.kernel.registers.reading import records
from linzhan.office.requests import holds


def seen_case(case_id: UUID) -> CaseFile:
    """The case as a row; 404 unless it is seen from here."""
    found = CaseFile.objects.filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


def readable_case(request: HttpRequest, case_id: UUID) -> CaseFile:
    """The case for reading its content; 403 for who sees no more than that there is one."""
    found = seen_case(case_id)
    if not may_read(request, found):
        raise PermissionDenied
    return found


def may_read(request: HttpRequest, case: CaseFile) -> bool:
    held: Appointment | None = getattr(request, "appointment", None)
    if held is None:
        return False
    own = held.person_id is not None and held.person_id == case.worker_id
    return own or held.role in (Role.STATION_LEAD, Role.SUPERVISOR)


def may_write(request: HttpRequest, case: CaseFile) -> bool:
    """Whoever leads it, and the head of the station; a supervisor reads and decides, and writes nothing."""
    return holds(request, EDIT_CASES) and may_read(request, case)


def whole_row(case: CaseFile) -> dict[str, Any]:
    """The case's columns unmasked, for whoever may read it."""
    return next(iter(records(CASE_FILES, CaseFile.objects.filter(pk=case.pk), whole=True)))
