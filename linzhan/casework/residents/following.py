"""What follows when a resident is written: rows about them go where they go, bases end with their category.

Where a service was given stays where it was given (ADR 0013). What is *known* of a person goes along with the
person, or the station that receives somebody would begin with nothing and the one before would keep a file of
somebody it no longer serves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from uuid import UUID

from django.db.models import OuterRef, Subquery

from linzhan.kernel.figures.marking import mark_registers
from linzhan.kernel.registers.declare import REGISTERS, Register, Written
from linzhan.kernel.scope import unscoped

RESIDENTS = "服务对象"
PLACE = ("region_code", "provider_id", "station_id")
Follower = Callable[[Written], None]
_followers: list[Follower] = []


def resident_written(follower: Follower) -> Follower:
    """Register what follows from residents that were written, in the same transaction."""
    _followers.append(follower)
    return follower


def after_residents(written: Written) -> None:
    """The hook of the register of residents."""
    for follower in _followers:
        follower(written)


def placed_by_residents() -> Iterator[tuple[Register, str]]:
    """Registers whose rows stand where a resident stands, with the column that says whose they are."""
    for register in REGISTERS:
        column = register.column(register.place[0])
        if len(register.place) == 1 and column.refers_to == RESIDENTS and not column.several:
            yield register, f"{column.name}_id"


@resident_written
def go_along(written: Written) -> None:
    """Rows about residents who stand elsewhere now stand there too."""
    if written.moved:
        follow_residents(written.moved)
        mark_registers(
            {
                (register.key, values["_row"]["region_code"])
                for register, _column in placed_by_residents()
                for identity, values in written.rows
                if identity in written.moved
            },
            since=written.today,
        )


def follow_residents(ids: Collection[UUID]) -> None:
    """Bring the rows about these residents to where they stand."""
    residents = REGISTERS["residents"].model
    with unscoped("what is known of a person goes along with the person"):
        for register, column in placed_by_residents():
            whose = residents._default_manager.filter(pk=OuterRef(column))
            elsewhere = register.model._default_manager.filter(**{f"{column}__in": list(ids)})
            elsewhere.update(**{name: Subquery(whose.values(name)[:1]) for name in PLACE})
