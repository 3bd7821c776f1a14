"""Where something belongs that somebody did with an institution: to whoever did it (ADR 0012).

An institution works in many counties. What a county does with it (inspects it, evaluates it, notes its
disclosure) is that county's own business, so the row stands in the county of its writer. Whoever
writes for several counties, a city or the administrator, says which one by the other rows of the
same file; where these say nothing, the row stands where the institution is registered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from linzhan.kernel import places
from linzhan.kernel.registers.declare import Where
from linzhan.kernel.scope import current_scope

COUNTY = 3


def is_institution(where: Where) -> bool:
    """Whether a row is placed by an institution itself, which says whose it is but not where."""
    return where.provider_id is not None and where.id == where.provider_id


def counties_of(wheres: Iterable[Where]) -> set[str]:
    """The counties of rows that stand in one by what they say themselves."""
    stated = {where.region_code for where in wheres if not is_institution(where)}
    return {places.county_of(code) for code in stated if places.level_of(code) >= COUNTY}


def at_the_doers(institution: Where, spoken_of: set[str]) -> Where:
    """``institution`` moved to where whoever acts on it now does so; ``spoken_of``: the file's counties."""
    scope = current_scope()
    own = scope.regions[0] if len(scope.regions) == 1 else ""
    if own and places.level_of(own) >= COUNTY:
        return replace(institution, region_code=own)
    if len(spoken_of) == 1 and scope.covers_region(next(iter(spoken_of))):
        return replace(institution, region_code=next(iter(spoken_of)))
    if own and not scope.covers_region(institution.region_code):
        return replace(institution, region_code=own)
    return institution
