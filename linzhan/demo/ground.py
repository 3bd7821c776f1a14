"""The ground the story is told on: a city, its counties, townships and villages as the tree has them."""

from __future__ import annotations

from dataclasses import dataclass

from linzhan.kernel import places
from linzhan.territory.api import Level, Region, ensure_villages, region


@dataclass(frozen=True, slots=True)
class Township:
    """A township-level division; ``villages`` are its villages and communities, code and name."""

    code: str
    name: str
    villages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class County:
    """A county-level division. ``statistical``: a zone that the civil-affairs list does not know."""

    code: str
    name: str
    townships: tuple[Township, ...]
    statistical: bool = False

    @property
    def six(self) -> str:
        return self.code[:6]


@dataclass(frozen=True, slots=True)
class City:
    code: str
    name: str
    counties: tuple[County, ...]

    @property
    def townships(self) -> list[Township]:
        return [each for county in self.counties for each in county.townships]

    def county(self, six: str) -> County:
        return next(each for each in self.counties if each.six == six)


class NoSuchCity(LookupError):
    """The tree of divisions has no such city."""


def read(code: str) -> City:
    """The present divisions of the city ``code`` (12 digits); loads its villages if need be."""
    city = region(code)
    if city is None:
        raise NoSuchCity(code)
    ensure_villages([code])
    rows = Region.objects.within(code).filter(grouping=False, valid_to__isnull=True).order_by("code")
    below: dict[str, list[Region]] = {}
    for row in rows.only("code", "name", "level", "statistical"):
        below.setdefault(_above(row), []).append(row)
    counties = (_county(row, below) for row in below.get(code, ()) if row.level == Level.COUNTY)
    return City(code, city.name, tuple(counties))


def _above(row: Region) -> str:
    """The unit right above: the books name it, and it is the one with fewer digits."""
    return places.at_level(row.code, row.level - 1)


def _county(row: Region, below: dict[str, list[Region]]) -> County:
    townships = tuple(
        Township(each.code, each.name, tuple((v.code, v.name) for v in below.get(each.code, ())))
        for each in below.get(row.code, ())
    )
    return County(row.code, row.name, townships, row.statistical)
