"""From an address to a register and a row: who may, and what does not exist for whom.

Views under ``/r/`` are open to whoever is signed in; the right depends on the register and is demanded
here. A row out of scope is not found, exactly like one that does not exist.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models
from django.http import Http404, HttpRequest

from linzhan.casework.api import RECORDS, RESIDENTS, REVEAL
from linzhan.kernel.registers.confiding import seen
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.office.requests import demand, holds

OF_CASEWORK = frozenset({RESIDENTS.view, RECORDS.view})


def opened(request: HttpRequest, key: str) -> Register:
    """The register ``key`` for reading: 404 where there is none, 403 without the right."""
    if key not in REGISTERS:
        raise Http404
    register = REGISTERS[key]
    demand(request, register.view)
    return register


def opened_for_writing(request: HttpRequest, key: str) -> Register:
    register = opened(request, key)
    demand(request, register.edit)
    return register


def found(register: Register, row_id: UUID, *, lock: bool = False) -> models.QuerySet[Any]:
    """The row as a query of one; 404 unless it is seen from here."""
    rows = seen(register, register.model._default_manager.filter(pk=row_id))
    there = rows.select_for_update().values_list("pk", flat=True) if lock else rows
    if not (list(there) if lock else there.exists()):
        raise Http404
    return rows


def may_edit(request: HttpRequest, register: Register) -> bool:
    return holds(request, register.edit)


def reveal_right(register: Register) -> str:
    """The right to see a masked value of ``register`` in full: of casework its own, else that of editing.

    Nobody's where rows have a narrower audience than their place: the log of who looked is read by the
    area, and would tell it that there is such a row. Their own pages show them to their audience.
    """
    if getattr(register.model, "circle", ""):
        return ""
    return REVEAL if register.view in OF_CASEWORK else register.edit
