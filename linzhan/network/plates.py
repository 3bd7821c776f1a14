"""What a station shows to the street: asked by its id, in scope or not (a resident's own row names it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Plate:
    """The plate at a station's door; the address is empty where it is not stated."""

    id: UUID
    code: str
    name: str
    address: str


def plates(ids: Sequence[UUID]) -> dict[UUID, Plate]:
    """The plates of stations by id: one query, through the door of the wall made for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, code, name, address FROM linzhan_station_plates(%s)", [list(ids)])
        return {row[0]: Plate(*row) for row in cursor.fetchall()}


def sign(ids: Sequence[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Key and name of stations, for people whose own rows refer to them."""
    return {plate.id: (plate.code, plate.name) for plate in plates(ids).values()}
