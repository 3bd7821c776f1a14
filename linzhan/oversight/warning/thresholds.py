"""The thresholds of a rule as they hold in every part of a subtree: lines for a join by prefix, with their clauses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.policy.api import NoRuling, Parameter, ruling_for, rulings_by_prefix


@dataclass(frozen=True, slots=True)
class Thresholds:
    """``lines`` is JSON: a line for each place that decides, with ``prefix``, ``n`` and the values by name.

    A place without a value of something has a null there: nothing is found in it. ``unset`` names such.
    """

    names: tuple[str, ...]
    lines: str
    clauses: Sequence[str]
    records: Sequence[Mapping[str, Any]]
    unset: tuple[str, ...]

    def values(self, name: str) -> list[Decimal]:
        """What the places decide about one of them; where nothing is decided there is none."""
        return [Decimal(line[name]) for line in _read(self.lines) if line[name] is not None]

    def at(self, region: str, name: str) -> Decimal | None:
        """What holds of one of them in a place: of the nearest one that decides."""
        near = max(
            (line for line in _read(self.lines) if region.startswith(line["prefix"])),
            key=lambda line: len(line["prefix"]),
            default=None,
        )
        return None if near is None or near[name] is None else Decimal(near[name])


def worded(text: str, asks: Mapping[str, Parameter[Any]], region: str, on: date) -> str:
    """``text`` with each name of ``asks`` in braces as the number that holds in ``region`` on a day."""
    return text.format_map({name: _shown(asks[name], region, on) for name in asks if f"{{{name}}}" in text})


def _shown(parameter: Parameter[Any], region: str, on: date) -> str:
    try:
        return parameter.kind.show(ruling_for(parameter, region=region, on=on).value)
    except NoRuling:
        return _("（没有规定）")


@lru_cache(maxsize=64)
def _read(lines: str) -> list[dict[str, Any]]:
    return json.loads(lines)  # type: ignore[no-any-return]  # they were written here


def thresholds(
    asks: Mapping[str, Parameter[Any]],
    region: str,
    on: date,
    *,
    instead: Mapping[str, Decimal] | None = None,
) -> Thresholds:
    """The values of ``asks`` in the subtree of ``region`` on a day; ``instead`` tries others (by name)."""
    tried = instead or {}
    heads: dict[str, str] = {places.prefix(region): region}
    for parameter in asks.values():
        for line in rulings_by_prefix(parameter, within=region, on=on):
            heads.setdefault(line.prefix, places.pad(line.prefix))
    lines, clauses, records, unset = [], [], [], []
    for number, (prefix, place) in enumerate(sorted(heads.items())):
        values, clause, record = _of_place(asks, place, on, tried)
        lines.append({"prefix": prefix, "n": number, **values})
        clauses.append(clause)
        records.append(record)
        unset += [place] if None in values.values() else []
    return Thresholds(
        tuple(asks), json.dumps(lines, default=str), clauses, records, tuple(dict.fromkeys(unset))
    )


def _of_place(
    asks: Mapping[str, Parameter[Any]], place: str, on: date, tried: Mapping[str, Decimal]
) -> tuple[dict[str, Any], str, dict[str, Any]]:
    values: dict[str, Any] = {}
    record: dict[str, Any] = {}
    citations: list[str] = []
    for name, parameter in asks.items():
        try:
            ruling = ruling_for(parameter, region=place, on=on)
        except NoRuling:
            values[name] = None
            continue
        values[name] = tried.get(name, ruling.value)
        record[name] = ruling.record()
        citations.append(
            f"{parameter.label} {parameter.kind.show(ruling.value)}{parameter.unit}：{ruling.citation}"
        )
    return values, "；".join(_once(citations)), record


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
