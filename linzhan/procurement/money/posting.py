"""Writing into the ledger: one entry at a time, and the lock under which room is looked for and taken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from linzhan.kernel import places
from linzhan.procurement.models import LedgerEntry
from linzhan.procurement.money.enums import EntryKind

LOCK: Final = 0x6C656467  # "ledg"


def unit_of(region: str) -> str:
    """Whose books a place's money stands in: its own from the county upwards, else its county's."""
    return places.county_of(region)


def hold_account(region: str) -> None:
    """Wait until nobody else looks for room in the books of this place; held to the end of the transaction.

    Two officials who commit in the same second go one after the other, so that the second sees what the
    first has taken.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, unit_of(region)])


def post(
    kind: EntryKind,
    *,
    region: str,
    on: date,
    year: int,
    source: str,
    fund_level: str,
    amount: Decimal,
    origin: str,
    origin_id: UUID,
    project_id: UUID | None = None,
    head: str = "",
) -> LedgerEntry | None:
    """One entry; nothing of no amount. Its other side follows from its kind."""
    if amount <= 0:
        return None
    return LedgerEntry.objects.create(
        region_code=region,
        project_id=project_id,
        kind=kind.value,
        booked_on=on,
        year=year,
        source=source,
        fund_level=fund_level,
        head=head,
        amount=amount,
        origin=origin,
        origin_id=origin_id,
    )


def reverse(entry: LedgerEntry) -> LedgerEntry:
    """The entry that takes ``entry`` back; the database refuses a second one."""
    copied: dict[str, Any] = {
        name: getattr(entry, name)
        for name in (
            "region_code",
            "project_id",
            "movement_id",
            "origin",
            "origin_id",
            "kind",
            "booked_on",
            "year",
            "source",
            "fund_level",
            "head",
        )
    }
    return LedgerEntry.objects.create(**copied, amount=-entry.amount, reverses_id=entry.pk)
