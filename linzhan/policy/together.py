"""Several numbers of one place at once: for desks that hold something against many rules before they commit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from linzhan.policy.catalogue import Parameter
from linzhan.policy.models import ParameterValue
from linzhan.policy.selectors import Ruling, _chain, _decided, _memory, _rows, _ruling


def rulings_together(params: Collection[Parameter[Any]], *, region: str, on: date) -> dict[str, Ruling[Any]]:
    """What holds of each of ``params`` on a day, by code, with one query; what nobody set is left out."""
    rows = _stored(params, _chain(region), on)
    found = {each.code: _decided(each, region, "", rows[each.code]) for each in params}
    return {code: ruling for code, ruling in found.items() if ruling is not None}


def _stored(
    params: Collection[Parameter[Any]], chain: Sequence[str], on: date
) -> dict[str, list[ParameterValue]]:
    """The values in force, by parameter; what :func:`consulting` has read is not read again."""
    if _memory.get() is not None:
        return {param.code: _rows(param, chain, on) for param in params}
    found: dict[str, list[ParameterValue]] = {param.code: [] for param in params}
    for row in _ruling().filter(parameter__in=list(found), region_code__in=chain):
        if row.span.holds_on(on):
            found[row.parameter].append(row)
    return found
