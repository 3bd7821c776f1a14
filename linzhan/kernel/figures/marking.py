"""Stale marks of what is no register: policy values and the tree of divisions.

Called by the service that makes the change, in its transaction: a change that is rolled back leaves no
mark, and a crash after the commit loses none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from linzhan.kernel.figures import staleness
from linzhan.kernel.figures.models import StaleMark
from linzhan.kernel.jobs.tasks import nudge

EVER = date.min
"""The month of a change that no day bounds."""


def mark_parameters(changes: Iterable[tuple[str, str, date]]) -> None:
    """Values of policy parameters (code, place, first day) changed; those of which no figure knows are passed over."""
    used = staleness.parameters_used()
    _mark((region, staleness.of_parameter(code), day) for code, region, day in changes if code in used)


def mark_divisions(codes: Iterable[str], *, since: date, decreed: bool) -> None:
    """The tree changed at these places: by decree, or because units were loaded that were not there."""
    source = staleness.ANY if decreed else staleness.DIVISIONS
    _mark((code, source, since) for code in codes)


def mark_registers(changes: Iterable[tuple[str, str]], *, since: date) -> None:
    """Rows of registers (key, place) changed otherwise than through their own door."""
    _mark((region, register, since) for register, region in changes)


def _mark(changes: Iterable[tuple[str, str, date]]) -> None:
    wanted = sorted({(region, source, day.replace(day=1)) for region, source, day in changes})
    StaleMark.objects.bulk_create(
        StaleMark(region_code=region, month=month, register=source) for region, source, month in wanted
    )
    if wanted:
        nudge()
