"""Asking a figure in a test, on the live database and on DuckDB over the same rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from linzhan.kernel.figures import running
from linzhan.kernel.figures.engines import LiveEngine, duckdb_of_live
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.values import FigureValue, plain
from linzhan.kernel.periods import parse_period


def asked(
    key: str, region: str, period: str = "2021", *, as_of: date | None = None, **more: Any
) -> list[FigureValue]:
    """The live answer; fails where DuckDB over the same rows answers otherwise."""
    request = FigureRequest(
        figure=key, region=region, period=None if as_of else parse_period(period), as_of=as_of, **more
    )
    live = LiveEngine()
    found = running.compute([request], live)
    other = running.compute([request], duckdb_of_live(live))
    assert [_told(value) for value in found] == [_told(value) for value in other]
    return found


def value(key: str, region: str, period: str = "2021", **more: Any) -> int | float | None:
    [found] = asked(key, region, period, **more)
    return plain(found.value)


def parts(key: str, region: str, dim: str, period: str = "2021", **more: Any) -> dict[Any, Any]:
    """The value of each part that is not empty."""
    found = asked(key, region, period, split=(dim,), **more)
    return {each.dims[dim]: plain(each.value) for each in found if each.value}


def fraction(key: str, region: str, period: str = "2021", **more: Any) -> tuple[Any, Any]:
    [found] = asked(key, region, period, **more)
    return plain(found.numerator), plain(found.denominator)


def _told(found: FigureValue) -> tuple[Any, ...]:
    number = plain(found.value)
    rounded = round(number, 9) if isinstance(number, float) else number
    return rounded, plain(found.numerator), tuple(found.dims.items())
