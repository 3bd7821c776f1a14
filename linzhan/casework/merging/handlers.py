"""What the register of residents does when rows of it were written: look for doubles."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from linzhan.accounts.api import Appointment
from linzhan.casework.merging.finding import FEW, find_for, find_soon
from linzhan.casework.residents.following import resident_written
from linzhan.kernel import places
from linzhan.kernel.registers.declare import Written
from linzhan.kernel.registers.naming import names_rows

names_rows(Appointment, "person_id")  # a resident's own account goes on seeing their own file

TOLD = frozenset({"name", "born_on", "identity_number", "home_region", "household", "sex", "document_type"})


@resident_written
def note_doubles(written: Written) -> None:
    """Compare at once what a person writes; a workbook is compared by a job after it is in."""
    by_county: dict[str, list[tuple[UUID, str]]] = defaultdict(list)
    for identity, values in written.rows:
        if identity in written.created or not TOLD.isdisjoint(values):
            row = values["_row"]
            by_county[row["region_code"][:6]].append((identity, row["name"]))
    for county, rows in by_county.items():
        if len(rows) <= FEW:
            find_for([identity for identity, _name in rows], rows, county)
        else:
            find_soon(places.pad(county))
