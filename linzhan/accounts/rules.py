"""Who may appoint whom (NFR-06): a ladder of roles, and what it says about other people's accounts.

Pure: no database. A place is a 12-digit code; whether it lies in somebody's scope is asked of
``covers``, so that the ladder and the scope are tested apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from linzhan.accounts.enums import Role

RUNG: dict[str, int] = {
    Role.SYSTEM_ADMIN: 0,
    Role.PROVINCE_OFFICIAL: 1,
    Role.CITY_OFFICIAL: 2,
    Role.COUNTY_OFFICIAL: 3,
    Role.PURCHASER: 4,
    Role.FINANCE: 4,
    Role.EVALUATOR: 4,
    Role.CHILD_PROTECTION: 4,
    Role.TOWNSHIP_OFFICIAL: 5,
    Role.PROVIDER_MANAGER: 5,
    Role.SUPERVISOR: 6,
    Role.STATION_LEAD: 6,
    Role.STATION_WORKER: 7,
    Role.VOLUNTEER: 8,
    Role.RESIDENT: 8,
}
"""Higher up is a smaller number; roles of one number stand beside each other."""

APPOINTING = frozenset({Role.SYSTEM_ADMIN, Role.PROVINCE_OFFICIAL, Role.CITY_OFFICIAL, Role.COUNTY_OFFICIAL})
"""Roles that appoint at all; the right ``accounts.edit`` is theirs."""

LEVELS_OF_ROLE: dict[str, tuple[int, ...]] = {
    Role.SYSTEM_ADMIN: (0,),
    Role.PROVINCE_OFFICIAL: (1,),
    Role.CITY_OFFICIAL: (2,),
    Role.COUNTY_OFFICIAL: (2, 3),
    Role.PURCHASER: (1, 2, 3, 4),
    Role.FINANCE: (1, 2, 3),
    Role.EVALUATOR: (1, 2, 3),
    Role.TOWNSHIP_OFFICIAL: (4,),
    Role.CHILD_PROTECTION: (2, 3),
}
"""Levels of place that a role of the area can hold; a city without counties is its own county."""


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment as the ladder sees it: a role over a place."""

    role: str
    region_code: str


def may_appoint(own: str, role: str) -> bool:
    """Whether someone in the role ``own`` may appoint people as ``role``: not above oneself."""
    return own in APPOINTING and RUNG[role] >= RUNG[own]


def appointable(own: str) -> list[str]:
    """The roles that ``own`` may appoint to, highest first."""
    return sorted((role for role in Role if may_appoint(own, role)), key=lambda role: RUNG[role])


def may_manage(own: str, covers: Callable[[str], bool], held: Iterable[Held]) -> bool:
    """Whether somebody's account may be touched: all they hold lies within scope and not above ``own``.

    An account is the key to everything its person holds, so one appointment elsewhere or higher up
    is enough to keep a county from resetting a province's password.
    """
    return own in APPOINTING and all(
        may_appoint(own, each.role) and covers(each.region_code) for each in held
    )


def fits_level(role: str, level: int) -> bool:
    """Whether a role of the area can hold a place of ``level`` (0 nation … 5 village)."""
    return role not in LEVELS_OF_ROLE or level in LEVELS_OF_ROLE[role]
