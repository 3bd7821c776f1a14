"""From what a form says to an appointment: the place follows from what is pointed at, never from the reader.

A role of the area holds the division chosen; a role of an institution or a station stands where its
row stands; one's own file is the row itself. Rows are looked up within the scope of whoever appoints,
so that nobody appoints into a place they do not see.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.accounts.api import (
    LINE_OF_ROLE,
    Appointment,
    Line,
    Role,
    User,
    appoint,
    create_account,
    fits_level,
    one_time_password,
    require_ladder,
)
from linzhan.kernel import places
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.office.accounts.own_row import OF_STATIONS, require_own_row

PERSON_FIELD = {Role.VOLUNTEER: "volunteer", Role.RESIDENT: "resident"}
REGISTER_OF_FIELD = {
    "provider": "providers",
    "stations": "stations",
    "volunteer": "volunteers",
    "resident": "residents",
}


def place_of(told: dict[str, Any], *, user_id: UUID | None = None) -> dict[str, Any]:
    """The place of the appointment that the form describes, as arguments of ``appoint``.

    ``user_id`` is the account that is appointed again: a worker's row may be theirs already.
    """
    role = told["role"]
    line = LINE_OF_ROLE[role]
    if line is Line.EVERYTHING:
        return {"region_code": places.NATION}
    if line in (Line.AREA, Line.ROUND):
        return {"region_code": _area(role, told["region"])}
    field = {Line.PROVIDER: "provider", Line.STATION: "stations"}.get(line) or PERSON_FIELD[Role(role)]
    row = _row(field, told.get(field))
    named = {"provider": {"provider_id": row["id"]}, "stations": {"station_id": row["id"]}}
    place = {"region_code": row["region_code"], **named.get(field, {"person_id": row["id"]})}
    if role in OF_STATIONS and told.get("worker"):
        place["person_id"] = require_own_row(row["id"], told["worker"], user_id=user_id)
    return place


def _area(role: str, code: str) -> str:
    if not code:
        raise ValidationError({"region": _("请选择辖区")})
    if not fits_level(role, places.level_of(code)):
        told = {"role": Role(role).label}
        raise ValidationError({"region": _("“%(role)s”的辖区应选对应层级的行政区划") % told})
    return code


def _row(field: str, row_id: UUID | None) -> dict[str, Any]:
    if row_id is None:
        raise ValidationError({field: _("这个角色必须选择这一项")})
    rows = REGISTERS[REGISTER_OF_FIELD[field]].model._default_manager.filter(pk=row_id)
    found = rows.values("id", "region_code").first()
    if found is None:
        raise ValidationError({field: _("您的范围内没有这一项，请重新选择")})
    return dict(found)


@transaction.atomic
def open_account(told: dict[str, Any], *, own_role: str) -> tuple[User, str]:
    """A new account with its first appointment; the one-time password is shown once."""
    require_ladder(own_role=own_role, role=told["role"])
    place = place_of(told)
    password = one_time_password()
    user = create_account(
        username=told["username"],
        display_name=told["display_name"],
        password=password,
        phone=told["phone"],
        region_code=place["region_code"],
    )
    _appointed(user, told, place)
    return user, password


def appoint_again(user: User, told: dict[str, Any], *, own_role: str) -> Appointment:
    """A further appointment of a person."""
    require_ladder(own_role=own_role, role=told["role"])
    return _appointed(user, told, place_of(told, user_id=user.pk))


def _appointed(user: User, told: dict[str, Any], place: dict[str, Any]) -> Appointment:
    return appoint(
        user=user,
        role=told["role"],
        title=told["title"],
        valid_from=told["valid_from"] or timezone.localdate(),
        **place,
    )
