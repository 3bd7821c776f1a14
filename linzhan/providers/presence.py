"""Where an institution is seen besides the place of its registrar: kept in the transaction of the cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import connection

from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import bulk, moving
from linzhan.kernel.registers.declare import REGISTERS, Written
from linzhan.kernel.scope import current_scope
from linzhan.providers.models import ProviderPresence

Key = tuple[str, ...]


def seen_from(referring: Sequence[tuple[UUID, str, UUID | None]]) -> None:
    """Rows of these divisions and stations refer to these institutions.

    A reference from where the writer has no authority widens nobody's view.
    """
    scope = current_scope()
    _note(
        (provider, code, station)
        for provider, code, station in referring
        if scope.covers_region(code) or str(station) in scope.stations or str(provider) in scope.providers
    )


def keep_in_place(written: Written) -> None:
    """What an institution places goes where it is registered; one of elsewhere is seen by who entered it."""
    moving.follow(REGISTERS["providers"], written.moved, on=written.today)
    _seen_by_writer(written)


def _seen_by_writer(written: Written) -> None:
    scope = current_scope()
    elsewhere = (
        identity
        for identity, values in written.rows
        if identity in written.created and not scope.covers_region(values["_row"]["region_code"])
    )
    _note((identity, code, None) for identity in elsewhere for code in scope.regions)


def admit(keys: Sequence[Key], regions: Sequence[str]) -> Mapping[Key, UUID]:
    """Institutions that exist already but were not seen from here: now they are, and stay as they were.

    The answer to whoever entered one is that of a new one (``contract/workbook.md``: USCC are keys of
    the whole country; the database function gives away nothing but the id).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT uscc, id FROM linzhan_provider_ids(%s)", [[key[0] for key in keys]])
        found: dict[Key, UUID] = {(uscc,): identity for uscc, identity in cursor.fetchall()}
    _note((identity, code, None) for identity in found.values() for code in regions)
    return found


def _note(presences: Iterable[tuple[UUID, str, UUID | None]]) -> None:
    rows = [(uuid7(), provider, code, station) for provider, code, station in dict.fromkeys(presences)]
    if rows:
        bulk.insert_rows(ProviderPresence, ("id", "provider_id", "region_code", "station_id"), rows)
