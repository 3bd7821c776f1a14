"""What happens in the rulebook."""

from __future__ import annotations

from dataclasses import dataclass

from linzhan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ParameterStated(Event):
    """A place has a new value of a parameter; ``valid_from`` is an ISO date."""

    value_id: str
    parameter: str
    region_code: str
    valid_from: str


@dataclass(frozen=True, kw_only=True)
class ParameterEnded(Event):
    """A value ends (withdrawn, or its document repealed) on ``valid_to``, an ISO date."""

    value_id: str
    parameter: str
    region_code: str
    valid_to: str
