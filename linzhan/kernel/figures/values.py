"""A computed figure as others see it: plain values, JSON and print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

Number = int | float | Decimal
Dims = Mapping[str, str | int | float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureValue:
    """One number with its place, period and date. ``member`` is the (grouping, code) of ``--by``, ``member_key``
    what tells it from a member of the same code elsewhere."""

    figure: str
    name: str
    unit: str
    region: str
    period: str | None
    as_of: date
    dims: Dims = field(default_factory=dict)
    value: Number | None
    numerator: Number | None = None
    denominator: Number | None = None
    stated: bool = False
    computed_at: datetime
    member: tuple[str, str] | None = None
    member_name: str = ""
    member_key: str = ""

    def as_json(self) -> dict[str, object]:
        """The object of ``figures --json`` (``contract/figures.md``); numbers are not rounded."""
        made: dict[str, object] = {
            "figure": self.figure,
            "name": self.name,
            "region": self.region,
            "period": self.period,
            "as_of": self.as_of.isoformat(),
            "dims": dict(self.dims),
            "value": plain(self.value),
            "unit": self.unit,
            "numerator": plain(self.numerator),
            "denominator": plain(self.denominator),
            "stated": self.stated,
            "computed_at": self.computed_at.isoformat(timespec="seconds"),
        }
        if self.member and self.member[0] != "region":
            made[self.member[0]] = self.member[1]
        return made


def plain(value: Number | None) -> int | float | None:
    """A number JSON can hold: whole numbers as such, others as floats."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == int(value) else float(value)


def printed(value: Number | None, *, places: int = 2) -> str:
    """For print: thousands grouped, ``places`` decimals, half up; whole numbers without; unknown is ``—``."""
    shown = plain(value)
    if shown is None:
        return "—"
    if isinstance(shown, int):
        return f"{shown:,}"
    exact = value if isinstance(value, Decimal) else Decimal(repr(shown))
    return f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"
