"""The ladder: who may appoint whom (NFR-06)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.accounts.enums import LINE_OF_ROLE, Line, Role
from linzhan.accounts.rights import EDIT_ACCOUNTS
from linzhan.accounts.rules import (
    APPOINTING,
    LEVELS_OF_ROLE,
    RUNG,
    Held,
    appointable,
    fits_level,
    may_appoint,
    may_manage,
)
from linzhan.kernel import places
from linzhan.kernel.access import RIGHTS

ROLES = st.sampled_from(list(Role))
COUNTY = "431202000000"


def test_every_role_has_a_rung() -> None:
    assert set(RUNG) == set(Role)


def test_every_role_of_an_area_has_levels() -> None:
    assert set(LEVELS_OF_ROLE) == {
        role for role in Role if LINE_OF_ROLE[role] in (Line.AREA, Line.EVERYTHING, Line.ROUND)
    }


def test_those_who_appoint_are_those_who_hold_the_right() -> None:
    assert RIGHTS[EDIT_ACCOUNTS].roles == APPOINTING


@given(own=ROLES, role=ROLES)
def test_nobody_appoints_above_oneself(own: Role, role: Role) -> None:
    assert not (may_appoint(own, role) and RUNG[role] < RUNG[own])


@given(first=ROLES, second=ROLES)
def test_whom_one_may_appoint_may_appoint_no_more_than_oneself(first: Role, second: Role) -> None:
    if may_appoint(first, second):
        assert set(appointable(second)) <= set(appointable(first))


@pytest.mark.parametrize(
    "role", [Role.STATION_LEAD, Role.PROVIDER_MANAGER, Role.TOWNSHIP_OFFICIAL, Role.VOLUNTEER]
)
def test_who_delivers_the_service_appoints_nobody(role: Role) -> None:
    assert appointable(role) == []


def test_a_county_appoints_its_own_and_below() -> None:
    may = appointable(Role.COUNTY_OFFICIAL)
    assert Role.CITY_OFFICIAL not in may
    assert {Role.COUNTY_OFFICIAL, Role.PURCHASER, Role.STATION_LEAD, Role.RESIDENT} <= set(may)


def test_the_highest_role_is_offered_first() -> None:
    rungs = [RUNG[role] for role in appointable(Role.SYSTEM_ADMIN)]
    assert all(above <= below for above, below in pairwise(rungs))


def _in_county(code: str) -> bool:
    return places.covers(COUNTY, code)


def test_an_account_within_scope_may_be_managed() -> None:
    assert may_manage(Role.COUNTY_OFFICIAL, _in_county, [Held(Role.STATION_WORKER, "431202005000")])


def test_one_appointment_elsewhere_protects_the_account() -> None:
    held = [Held(Role.STATION_WORKER, "431202005000"), Held(Role.STATION_WORKER, "431221100000")]
    assert not may_manage(Role.COUNTY_OFFICIAL, _in_county, held)


def test_one_appointment_higher_up_protects_the_account() -> None:
    held = [Held(Role.COUNTY_OFFICIAL, COUNTY), Held(Role.CITY_OFFICIAL, COUNTY)]
    assert not may_manage(Role.COUNTY_OFFICIAL, _in_county, held)


def test_an_account_without_appointments_may_be_managed_by_whoever_sees_it() -> None:
    assert may_manage(Role.COUNTY_OFFICIAL, _in_county, [])
    assert not may_manage(Role.STATION_LEAD, _in_county, [])


@pytest.mark.parametrize(
    ("role", "level", "fits"),
    [
        (Role.SYSTEM_ADMIN, 0, True),
        (Role.PROVINCE_OFFICIAL, 1, True),
        (Role.PROVINCE_OFFICIAL, 3, False),
        (Role.COUNTY_OFFICIAL, 2, True),  # 东莞 has no counties
        (Role.TOWNSHIP_OFFICIAL, 3, False),
        (Role.PURCHASER, 4, True),
        (Role.STATION_LEAD, 5, True),  # stands where the station stands
    ],
)
def test_a_role_stands_at_its_own_level(role: Role, level: int, fits: bool) -> None:
    assert fits_level(role, level) is fits
