"""The money of a place at a glance, from the totals that the database keeps (FND-11…13, FND-16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, DecimalField, Exists, Max, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Left
from django.utils import timezone

from linzhan.kernel import places
from linzhan.procurement.models import BankLine, LedgerEntry, LedgerTotal, ServiceProject
from linzhan.procurement.money.enums import NET, BankStage, EntryKind
from linzhan.procurement.money.ratios import county_range

BANK: Final = "bank"
STAGES = (
    EntryKind.ALLOCATION,
    EntryKind.BUDGET,
    EntryKind.COMMITMENT,
    EntryKind.PAYMENT,
    EntryKind.EXPENDITURE,
)


def day_of_year(year: int) -> date:
    """The day on which a year is looked at: its last one, or today."""
    today = timezone.localdate()
    return today if year == today.year else date(year, 12, 31)


def latest_year(region: str) -> int | None:
    """The last year of which anything was booked at or below ``region``; None where nothing ever was."""
    low, high = places.bounds(region)
    rows = LedgerTotal.objects.filter(region_code__gte=low, region_code__lt=high)
    found: int | None = rows.aggregate(year=Max("year"))["year"]
    return found


def latest_year_of_own() -> int | None:
    """The same for an institution, which sees what is booked on its projects and no totals."""
    found: int | None = LedgerEntry.objects.filter(project__isnull=False).aggregate(year=Max("year"))["year"]
    return found


@dataclass(slots=True)
class Sums:
    """Allocated, budgeted, committed, paid, spent; None where nothing of the kind was ever booked."""

    by_kind: dict[EntryKind, Decimal] = field(default_factory=dict)

    def add(self, kind: str, amount: Decimal) -> None:
        one = EntryKind(kind)
        self.by_kind[one] = self.by_kind.get(one, Decimal(0)) + amount

    def net(self, kind: EntryKind) -> Decimal | None:
        if kind not in self.by_kind:
            return None
        return self.by_kind[kind] - self.by_kind.get(NET[kind], Decimal(0))

    @property
    def remaining(self) -> Decimal | None:
        """What of the budget is neither committed nor paid nor spent; unknown where no budget was booked."""
        budget = self.net(EntryKind.BUDGET)
        if budget is None:
            return None
        further = (EntryKind.COMMITMENT, EntryKind.PAYMENT, EntryKind.EXPENDITURE)
        return budget - max(self.net(kind) or Decimal(0) for kind in further)


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    whole: Sums
    by_source: Mapping[tuple[str, str], Sums]
    by_region: Mapping[str, Sums]
    by_year: Mapping[int, Sums]
    unreconciled: int


def overview(region: str, year: int) -> Overview:
    """The totals of everything below ``region``: by source and level, by the level below, by year."""
    low, high = places.bounds(region)
    length = places.PREFIX_LENGTHS[min(places.level_of(region) + 1, 4)]
    rows = (
        LedgerTotal.objects.filter(region_code__gte=low, region_code__lt=high)
        .order_by()
        .annotate(part=Left("region_code", length))
        .values_list("part", "year", "source", "fund_level", "kind")
        .annotate(sum=Sum("amount"))
    )
    unreconciled = 0
    whole = Sums()
    by_source: dict[tuple[str, str], Sums] = defaultdict(Sums)
    by_region: dict[str, Sums] = defaultdict(Sums)
    by_year: dict[int, Sums] = defaultdict(Sums)
    for part, of_year, source, level, kind, amount in rows.union(_unreconciled(low, high, year), all=True):
        if kind == BANK:
            unreconciled = int(amount)
            continue
        by_year[of_year].add(kind, amount)
        if of_year == year:
            for sums in (whole, by_source[source, level], by_region[places.pad(part)]):
                sums.add(kind, amount)
    return Overview(
        whole=whole, by_source=by_source, by_region=by_region, by_year=by_year, unreconciled=unreconciled
    )


def _unreconciled(low: str, high: str, year: int) -> QuerySet[BankLine, Any]:
    """How many lines of the bank wait, in the shape of a total, so that one statement asks for both."""
    lines = BankLine.objects.filter(
        region_code__gte=low, region_code__lt=high, stage=BankStage.OPEN, happened_on__year=year
    )
    count = Cast(Count("pk"), DecimalField(max_digits=18, decimal_places=2))
    return (
        lines.order_by()
        .annotate(
            part=Value(""), of_year=Value(year), of_source=Value(""), level=Value(""), of_kind=Value(BANK)
        )
        .values_list("part", "of_year", "of_source", "level", "of_kind")
        .annotate(sum=count)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """What was booked in a month of a year, net, by kind."""

    first: date
    sums: Sums


def account_of(region: str, year: int) -> tuple[list[Month], Mapping[tuple[str, str], Sums]]:
    """The yearly account of a place's own books: by month, and by source and head."""
    rows = LedgerEntry.objects.filter(_own_books(region), booked_on__year=year)
    months: dict[int, Sums] = defaultdict(Sums)
    heads: dict[tuple[str, str], Sums] = defaultdict(Sums)
    for month, source, head, kind, amount in rows.values_list(
        "booked_on__month", "source", "head", "kind"
    ).annotate(sum=Sum("amount")):
        months[month].add(kind, amount)
        heads[source, head].add(kind, amount)
    return [Month(first=date(year, n, 1), sums=months[n]) for n in range(1, 13)], heads


def _own_books(region: str) -> Q:
    """A county's books with its townships; of what stands above, its own."""
    low, high = county_range(places.county_of(region))
    return Q(region_code__gte=low, region_code__lt=high)


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """The books of one project: entries in their order, sums by year and source, spending by head."""

    entries: list[LedgerEntry]
    sums: Sums
    by_source: Mapping[tuple[int, str], Sums]
    spent: Mapping[str, Decimal]


def book_of(project_id: UUID) -> Book:
    """One contract's own account (专款专用, 分账核算)."""
    entries = list(LedgerEntry.objects.filter(project=project_id).order_by("booked_on", "posted_at", "pk"))
    sums, by_source = Sums(), defaultdict[tuple[int, str], Sums](Sums)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    for each in entries:
        sums.add(each.kind, each.amount)
        by_source[each.year, each.source].add(each.kind, each.amount)
        if each.kind == EntryKind.EXPENDITURE:
            spent[each.head] += each.amount
        elif each.kind == EntryKind.LESS_EXPENDITURE:
            spent[each.head] -= each.amount
    return Book(entries=entries, sums=sums, by_source=by_source, spent=spent)


def projects_with_books(region: str, year: int, limit: int) -> Iterable[ServiceProject]:
    """Contracts of a place on which something was booked in a year, the newest first."""
    low, high = places.bounds(region)
    booked = LedgerEntry.objects.filter(project=OuterRef("pk"), year=year)
    here = ServiceProject.objects.filter(region_code__gte=low, region_code__lt=high)
    return here.filter(Exists(booked)).order_by("-pk")[:limit]
