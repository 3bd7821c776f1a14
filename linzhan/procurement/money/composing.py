"""What a county's money is made of, by the formula of its place (FND-12; Hunan: 五个一).

Money that was booked comes out of the ledger, one stage of it (paid, unless asked otherwise). Two parts of
the formula are no bookings: what was linked in kind, and taxes that were not taken. Who keeps those says
so here; what nobody registered is unknown, not nought. Sources that the formula does not name stand beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Count, Q, Sum
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.registry import Registry
from linzhan.policy.api import NoRuling, procurement, ruling_for
from linzhan.procurement.enums import FundLevel, Source
from linzhan.procurement.models import LedgerTotal
from linzhan.procurement.money.enums import NET, EntryKind
from linzhan.providers.api import Support

RELIEF, LOTTERY, BUDGET, LINKED, TAX = (
    "社会救助专项经费列支", "福彩公益金补助", "各级财政预算", "社会资源链接", "税收优惠减免",
)  # fmt: skip
FORMULA: Final = (RELIEF, LOTTERY, BUDGET, LINKED, TAX)
"""The five parts; the order where a place has none of its own."""
BOOKED: Final[Mapping[str, tuple[Source, ...]]] = {
    RELIEF: (Source.RELIEF_FUND, Source.RELIEF_WORK, Source.HARDSHIP),
    LOTTERY: (Source.LOTTERY,),
    BUDGET: (Source.BUDGET,),
    LINKED: (Source.SOCIAL,),
}
"""Which sources of the ledger are which part. Each source is in one of them at most."""
TAX_RELIEF: Final = "税收优惠"
BESIDE: Final = "beside"
LEVELS: Final = {level: number for number, level in enumerate(FundLevel.values)}


@dataclass(frozen=True, slots=True)
class Given:
    """What of a year is kept elsewhere for the county with these six digits; ``silent`` rows state no amount."""

    county: str
    amount: Decimal | None
    silent: int = 0
    left_out: Decimal | None = None


Ask = Callable[[str, str, int], Iterable[Given]]
"""Asked with the bounds of a place and a year, within the reader's scope; one statement."""


@dataclass(frozen=True, slots=True)
class Contribution:
    name: str
    part: str
    words: str
    ask: Ask


CONTRIBUTIONS: Registry[Contribution] = Registry("what adds to the money of a place besides the ledger")


def contributes(name: str, part: str, words: str) -> Callable[[Ask], Ask]:
    """Register the decorated function as who knows of ``name``, a line of ``part``; ``words`` say how it counts."""
    if part not in FORMULA:
        raise ValueError(f"there is no part {part}")

    def add(ask: Ask) -> Ask:
        CONTRIBUTIONS.add(Contribution(name, part, words, ask))
        return ask

    return add


@dataclass(slots=True)
class Piece:
    """A line of a part: a source with its level, or what somebody else keeps. None: nobody registered any."""

    name: str
    level: str = ""
    amount: Decimal | None = None
    silent: int = 0
    left_out: Decimal | None = None
    words: str = ""

    def add(self, amount: Decimal | None) -> None:
        if amount is not None:
            self.amount = (self.amount or Decimal(0)) + amount


@dataclass(slots=True)
class Part:
    name: str
    pieces: dict[tuple[str, str], Piece] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal | None:
        """What is known of it; None where none of its lines is."""
        known = [each.amount for each in self.pieces.values() if each.amount is not None]
        return sum(known, Decimal(0)) if known else None

    def piece(self, name: str, level: str = "") -> Piece:
        return self.pieces.setdefault((name, level), Piece(name, level))

    def in_order(self) -> list[Piece]:
        return sorted(self.pieces.values(), key=lambda each: (each.name, LEVELS.get(each.level, -1)))


@dataclass(frozen=True, slots=True)
class Composition:
    """The parts of the formula in their order, and what stands beside it."""

    parts: Mapping[str, Part]
    beside: Part

    @property
    def amount(self) -> Decimal | None:
        known = [part.amount for part in self.parts.values() if part.amount is not None]
        return sum(known, Decimal(0)) if known else None

    def share(self, part: Part) -> Decimal | None:
        """What ``part`` is of the whole formula, in percent; None where either is unknown or nought."""
        whole, own = self.amount, part.amount
        return None if not whole or own is None else own * 100 / whole


@dataclass(frozen=True, slots=True)
class Composed:
    """A place as a whole and by unit (county, or the own books of a city or province), by the place's formula."""

    whole: Composition
    by_unit: Mapping[str, Composition]
    citation: str
    strange: Sequence[str]
    """Parts that the place names and the platform cannot tell apart in its books."""


def composed(region: str, year: int, on: date, kind: EntryKind = EntryKind.PAYMENT) -> Composed:
    """What the money of ``region`` in ``year`` is made of; two statements and one for each who contributes."""
    low, high = places.bounds(region)
    names, citation = formula_of(region, on)
    known = [name for name in names if name in FORMULA]
    blank = _Blank(known)
    whole, by_unit = blank(), defaultdict[str, Composition](blank)
    for county, source, level, amount in _booked(low, high, year, kind):
        part = next((name for name in known if source in BOOKED.get(name, ())), BESIDE)
        for one in (whole, by_unit[places.pad(county)]):
            place = one.beside if part == BESIDE else one.parts[part]
            place.piece(source, level).add(amount)
    for each in CONTRIBUTIONS:
        if each.part in known:
            for given in each.ask(low, high, year):
                for one in (whole, by_unit[places.pad(given.county)]):
                    _take(one.parts[each.part].piece(each.name), given)
    return Composed(whole, dict(by_unit), citation, [name for name in names if name not in FORMULA])


def formula_of(region: str, on: date) -> tuple[Sequence[str], str]:
    """The parts that the place names with its clause; the five and no clause where it names none."""
    try:
        ruling = ruling_for(procurement.FUNDING_CHANNELS, region=region, on=on)
    except NoRuling:
        return FORMULA, ""
    return tuple(ruling.value), ruling.citation


@dataclass(frozen=True, slots=True)
class _Blank:
    names: Sequence[str]

    def __call__(self) -> Composition:
        """Nothing known yet; who contributes has a line in their part in any case, with how it counts."""
        parts = {name: Part(name) for name in self.names}
        for each in CONTRIBUTIONS:
            if each.part in parts:
                parts[each.part].piece(each.name).words = each.words
        return Composition(parts, Part(BESIDE))


def _take(piece: Piece, given: Given) -> None:
    piece.add(given.amount)
    piece.silent += given.silent
    if given.left_out is not None:
        piece.left_out = (piece.left_out or Decimal(0)) + given.left_out


def _booked(low: str, high: str, year: int, kind: EntryKind) -> Iterable[tuple[str, str, str, Decimal]]:
    """One stage of money, net, by county part, source and level; from the totals that the database keeps."""
    less = NET.get(kind)
    rows = (
        LedgerTotal.objects.filter(
            region_code__gte=low, region_code__lt=high, year=year, kind__in=[kind, *([less] if less else [])]
        )
        .order_by()
        .annotate(county=Left("region_code", 6))
        .values_list("county", "source", "fund_level", "kind")
        .annotate(sum=Sum("amount"))
    )
    for county, source, level, of_kind, amount in rows:
        yield county, source, level, -amount if of_kind == less else amount


@contributes("税收优惠", TAX, "按“扶持优惠”登记，开始日期在当年的减免额")
def tax_relief(low: str, high: str, year: int) -> Iterable[Given]:
    """Taxes that institutions were spared (INS-37, INS-38)."""
    rows = (
        Support.objects.filter(
            region_code__gte=low, region_code__lt=high, kind=TAX_RELIEF, starts_on__year=year
        )
        .order_by()
        .annotate(county=Left("region_code", 6))
        .values_list("county")
        .annotate(sum=Sum("amount"), silent=Count("pk", filter=Q(amount__isnull=True)))
    )
    return [Given(county, amount, silent) for county, amount, silent in rows]


def in_words(piece: Piece) -> str:
    """What to tell of a line besides its amount."""
    told = [piece.words]
    if piece.silent:
        told.append(_("%d 项没有填金额，未计入") % piece.silent)
    if piece.left_out is not None:
        told.append(
            _("其中资金类 %s 元未计入：到账的应在“资金”里按“社会资金”记账") % f"{piece.left_out:,.2f}"
        )
    return "；".join(filter(None, told))
