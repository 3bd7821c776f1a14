"""Draws, conflicts of interest and spreads, on plain values (``domain.md`` §12.2)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from linzhan.providers.api import digest, sample_size
from linzhan.quality.schemes.definition import Line, Scheme

YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Drawn:
    key: str
    mark: str


def draw(
    seed: str, population: Mapping[str, str], *, percent: Decimal | None, number: int | None, each: int | None
) -> list[Drawn]:
    """Those drawn by a public seed: anybody who has seed and population gets the same ones (EVL-07).

    ``population`` is key to county. First ``each`` of every county, then the others up to the size, always
    in ascending order of ``sha256("seed|key")``. With neither share nor number everybody is taken.
    """
    order = sorted(population, key=lambda key: (digest(seed, key), key))
    size = len(order) if percent is None and number is None else sample_size(len(order), percent, number)
    chosen: dict[str, None] = {}
    if each:
        taken: dict[str, int] = {}
        for key in order:
            county = population[key]
            if taken.get(county, 0) < each:
                taken[county] = taken.get(county, 0) + 1
                chosen[key] = None
    for key in order:
        if len(chosen) >= size:
            break
        chosen.setdefault(key)
    return [Drawn(key, digest(seed, key)) for key in order if key in chosen]


def draw_files(seed: str, subject: str, line: str, files: Iterable[str], number: int) -> list[Drawn]:
    """The files of a subject to be read for a line: ``number`` of them, or all where there are fewer."""
    order = sorted(set(files), key=lambda key: (digest(seed, subject, line, key), key))
    return [Drawn(key, digest(seed, subject, line, key)) for key in order[:number]]


def served_recently(until: date | None, on: date, years: int) -> bool:
    """Whether somebody who served until a day (None: still does) must still keep away on ``on``."""
    return until is None or until > on - timedelta(days=years * YEAR)


def avoids(named: Collection[str], code: str, name: str) -> bool:
    """Whether a declaration names this subject, by its code or its name."""
    return bool({code, name} & {each.strip() for each in named if each.strip()})


def mark_of(content: Any) -> str:
    """A digest of plain values that does not depend on the order of keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()


def lines_of_side(scheme: Scheme, left_out: Collection[str], side: str) -> dict[str, Line]:
    """The lines that a side scores; what the platform counts is nobody's to score."""
    return {
        code: line
        for code, line in scheme.lines.items()
        if code not in left_out and not line.by_platform and side in scheme.sides_of(line)
    }
