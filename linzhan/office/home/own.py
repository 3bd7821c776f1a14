"""The work bench of volunteers and residents: their own row and hours, nothing else (``domain.md`` §19.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from linzhan.accounts.api import Role
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.reading import Referred, records
from linzhan.kernel.sheets.columns import Kind
from linzhan.network.api import plates
from linzhan.office.parts import Fact
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.naming import heading

REGISTER_OF_ROLE = {Role.VOLUNTEER: "volunteers", Role.RESIDENT: "residents"}
SHOWN = {
    "volunteers": ("code", "name", "station", "home_region", "skills", "service_kinds", "registered_on"),
    "residents": ("code", "name", "station", "home_region", "registered_on", "consented_on", "status"),
}


@dataclass(frozen=True, slots=True)
class Own:
    """One's own register row as facts, and for volunteers the hours given."""

    facts: list[Fact]
    hours: list[Fact]


def own_file(role: str, person_id: UUID | None) -> Own | None:
    """The row that the appointment names as one's own, unmasked: it is the reader's."""
    key = REGISTER_OF_ROLE.get(Role(role), "")
    if key not in REGISTERS or person_id is None:
        return None
    register = REGISTERS[key]
    rows = register.model._default_manager.filter(pk=person_id)
    columns = [each for each in register.sheet.columns if each.name in SHOWN[key]]
    for row in records(register, rows, columns, whole=True):
        return Own(
            _facts(register, row, columns_of(register, key)), _hours(person_id) if key == "volunteers" else []
        )
    return None


def columns_of(register: Register, key: str) -> Sequence[str]:
    return [name for name in SHOWN[key] if name in register.sheet.column_by_name]


def _facts(register: Register, row: dict[str, object], names: Sequence[str]) -> list[Fact]:
    facts = []
    for name in names:
        column, value = register.column(name), row[name]
        if isinstance(value, Referred):
            facts += [Fact(heading(column), value.title), *_door(value)]
            continue
        if column.kind is Kind.REGION and value:
            value = paths_of([str(value)])[str(value)]
        facts.append(Fact(column.header, value, "date" if column.kind is Kind.DATE else "text"))
    return facts


def _door(referred: Referred) -> list[Fact]:
    """Where the station is found, as its plate says; nothing where it says nothing."""
    if referred.register != "stations":
        return []
    plate = plates([referred.id]).get(referred.id)
    return [Fact(_("站点地址"), plate.address)] if plate is not None and plate.address else []


def _hours(person_id: UUID) -> list[Fact]:
    if "volunteer-hours" not in REGISTERS:
        return []
    given = REGISTERS["volunteer-hours"].model._default_manager.filter(volunteer_id=person_id)
    told = given.aggregate(hours=Sum("hours"), times=Count("pk"))
    return [
        Fact(_("服务时长"), told["hours"], "number", note=_("小时")),
        Fact(_("服务次数"), told["times"], "number", note=_("次")),
    ]
