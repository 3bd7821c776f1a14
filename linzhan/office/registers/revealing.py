"""Looking at one masked value in full: with a reason, on record, and not by the hundred (NFR-05)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from linzhan.kernel.audit import RevealEntry, note_reveal
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.reading import records
from linzhan.kernel.scope import current_actor
from linzhan.kernel.sheets.columns import Column

PER_HOUR = 30
SHORTEST, LONGEST = 2, 200  # characters of a reason


class TooMany(Exception):
    """The reader has looked at as many values as an hour allows."""


def revealed(register: Register, rows: models.QuerySet[Any], column: Column, *, reason: str) -> str:
    """The clear value of ``column`` of the one row; writes down who looked, when and why."""
    actor = current_actor()
    _demand_measure(UUID(actor.id))
    row = next(iter(records(register, rows, [column], whole=True)))
    _record(register, rows, column, reason)
    return str(row[column.name] or "")


def _demand_measure(actor: UUID) -> None:
    """Count under a lock of the person's own, so that thirty requests at once do not all pass."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"reveal:{actor}"])
    since = timezone.now() - timedelta(hours=1)
    if RevealEntry.objects.filter(actor=actor, at__gt=since).count() >= PER_HOUR:
        raise TooMany


def _record(register: Register, rows: models.QuerySet[Any], column: Column, reason: str) -> None:
    present = {field.attname for field in register.model._meta.concrete_fields}
    names = ["id", *(n for n in ("region_code", "provider_id", "station_id") if n in present)]
    note_reveal(register.model, rows.values(*names).get(), field=column.name, reason=reason)
