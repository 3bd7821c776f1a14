"""Verbs of scales that are no register's: voiding a result."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from linzhan.casework.scales.models import ScaleResult, VoidedResult
from linzhan.kernel.scope import current_actor


class VoidRefused(ValueError):
    """A result that cannot be voided; the message is Chinese."""


def void(result_id: UUID, *, reason: str) -> VoidedResult:
    """Say that a result does not count, and why; it stays to be read. Raises :class:`VoidRefused`."""
    text = reason.strip()
    if not text:
        raise VoidRefused("请写明为什么作废")
    row = ScaleResult.objects.filter(pk=result_id).first()
    if row is None:
        raise VoidRefused("找不到这次测评")
    actor = current_actor()
    try:
        with transaction.atomic():
            return VoidedResult.objects.create(
                region_code=row.region_code,
                station_id=row.station_id,
                result=row,
                reason=text[:200],
                by_id=UUID(actor.id) if actor.id else None,
                by_label=actor.label,
            )
    except IntegrityError:
        raise VoidRefused("这次测评已经作废") from None
