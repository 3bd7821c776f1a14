"""From an appointment to what it may see and do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from linzhan.accounts.enums import LINE_OF_ROLE, Line
from linzhan.accounts.models import Appointment, User
from linzhan.kernel.access import circles_of
from linzhan.kernel.registry import Registry
from linzhan.kernel.scope import Actor, Scope


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a line goes that an appointment alone does not tell: ``places(username, region)`` are the codes
    of the subtrees that this account reaches now within the place of its appointment. Asked before there is
    a scope, at every request on that line.
    """

    line: Line
    places: Callable[[str, str], Sequence[str]]


REACHES: Registry[Reach] = Registry("reaches", key="line")


def scope_of(appointment: Appointment) -> Scope:
    """The rows that ``appointment`` reaches, along the line of authority of its role."""
    line = LINE_OF_ROLE[appointment.role]
    own = Scope(
        people=tuple(str(each) for each in (appointment.user_id, appointment.person_id) if each),
        circles=circles_of(appointment.role),
    )
    if line is Line.EVERYTHING:
        return replace(own, everything=True)
    if line is Line.AREA:
        return replace(own, regions=(appointment.region_code,))
    if line is Line.ROUND:
        reached = REACHES[line].places(appointment.user.username, appointment.region_code)
        return replace(own, regions=tuple(reached))
    if line is Line.PROVIDER:
        return replace(own, providers=_texts([appointment.provider_id]))
    if line is Line.STATION:
        return replace(own, stations=_texts([appointment.station_id, *appointment.stations]))
    return own


def _texts(ids: Sequence[UUID | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(each) for each in ids if each))


def actor_of(user: User, origin: str, held: Appointment | None = None) -> Actor:
    """Who acts, as the history keeps it; with a delegated appointment also for whom."""
    label = f"{user.display_name}({user.username})"
    if held is None or held.behalf_of is None:
        return Actor(id=str(user.pk), label=label, origin=origin)
    return Actor(id=str(user.pk), label=f"{label}·{held.title}", origin=origin, behalf=str(held.behalf_of))


def chosen(appointments: Sequence[Appointment], wanted: str | None) -> Appointment | None:
    """The appointment a person works in now: the one they switched to, else their first."""
    by_id = {str(each.pk): each for each in appointments}
    return by_id.get(wanted or "") or (appointments[0] if appointments else None)
