"""Questions about the tree: search, counts as of a day, names of the past, what became of a unit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Case, IntegerField, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import RawSQL

from linzhan.kernel import places
from linzhan.territory import loader, rules
from linzhan.territory.enums import ChangeKind, Level
from linzhan.territory.models import Characters, Region, RegionChange, RegionName, RegionQuerySet

_TAKING_OVER = (ChangeKind.MERGE, ChangeKind.MOVE, ChangeKind.REFORM, ChangeKind.SPLIT, ChangeKind.ABOLISH)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many units of each level lie below a unit on a day.

    ``counties`` and ``townships`` are those of the civil-affairs list; the ``statistical`` ones
    (development zones, tourist zones) are counted apart, because a policy decides whether they are
    part of a rate (NET-13, TGT-03). ``villages`` is ``None`` where the code book has none.
    """

    counties: int
    statistical_counties: int
    townships: int
    statistical_townships: int
    villages: int | None

    @property
    def all_townships(self) -> int:
        return self.townships + self.statistical_townships


def region(code: str) -> Region | None:
    """The unit with the full code ``code``, ended or not; ``None`` if the tree has none."""
    return Region.objects.filter(code=code).first()


def regions_on(day: dt.date, *, within: str = places.NATION, level: Level | None = None) -> RegionQuerySet:
    """The units that exist on ``day`` at or below ``within``, those that only fill a level left out."""
    found = Region.objects.on(day).within(within).filter(grouping=False)
    return found if level is None else found.filter(level=level)


def townships_on(day: dt.date, *, within: str, statistical: bool = True) -> RegionQuerySet:
    """The townships of a rate's denominator; ``statistical`` says whether zones count (NET-13)."""
    found = regions_on(day, within=within, level=Level.TOWNSHIP)
    return found if statistical else found.filter(statistical=False)


def villages_on(day: dt.date, *, within: str) -> RegionQuerySet:
    """The villages of a rate's denominator; loads those that were not needed until now."""
    loader.ensure_villages([within])
    return regions_on(day, within=within, level=Level.VILLAGE)


def counts_on(day: dt.date, *, within: str, villages: bool = True) -> Counts:
    """How many units of each level exist below ``within`` on ``day``; ``villages`` loads them if need be."""
    if villages:
        loader.ensure_villages([within])
    found = regions_on(day, within=within)
    number = Counter(found.filter(level__gte=Level.COUNTY).order_by().values_list("level", "statistical"))
    return Counts(
        counties=number[Level.COUNTY, False],
        statistical_counties=number[Level.COUNTY, True],
        townships=number[Level.TOWNSHIP, False],
        statistical_townships=number[Level.TOWNSHIP, True],
        villages=(number[Level.VILLAGE, False] + number[Level.VILLAGE, True]) or None,
    )


def children(code: str, *, on: dt.date | None = None) -> QuerySet[Region]:
    """The units right below ``code`` (the nation for provinces); levels that are only filled are passed over."""
    above = [code if code != places.NATION else ""]
    above += Region.objects.filter(parent_code=above[0], grouping=True).values_list("code", flat=True)
    found = Region.objects.filter(parent_code__in=above, grouping=False)
    return found.filter(valid_to__isnull=True) if on is None else found & Region.objects.on(on)


def search(
    text: str,
    *,
    within: Iterable[str] = (),
    level: Level | None = None,
    on: dt.date | None = None,
    limit: int = 20,
) -> list[Region]:
    """For pickers: present units by code, part of a name, pinyin or initials; the best match first.

    ``within`` (full codes) keeps to these subtrees. ``on`` asks for the units of a day instead.
    """
    asked = rules.plain(text).lower()
    if not asked:
        return []
    found = Region.objects.filter(_matching(asked), grouping=False)
    found = found.filter(valid_to__isnull=True) if on is None else found & Region.objects.on(on)
    if level is not None:
        found = found.filter(level=level)
    subtrees = Q()
    for low, high in map(places.bounds, within):
        subtrees |= Q(code__gte=low, code__lt=high)
    return list(found.filter(subtrees).annotate(rank=_rank(asked)).order_by("rank", "level", "code")[:limit])


def _matching(asked: str) -> Q:
    if asked.isascii() and asked.isdigit():
        return _range("code", asked) | _range("civil_code", asked)
    if asked.isascii():
        return _range("pinyin", asked) | _range("initials", asked)
    named = Region.objects.alias(characters=Characters("name"))
    named = named.filter(
        characters__contains=Value(list(asked), ArrayField(TextField())), name__contains=asked
    )
    return Q(pk__in=named.values("pk"))


def _range(field: str, start: str) -> Q:
    """Prefix as a range: what an index in C collation answers."""
    return Q(**{f"{field}__gte": start, f"{field}__lt": start[:-1] + chr(ord(start[-1]) + 1)})


def _rank(asked: str) -> Case:
    exact = Q(name=asked) | Q(short_name=asked) | Q(initials=asked) | Q(pinyin=asked)
    return Case(
        When(exact, then=Value(0)),
        When(name__startswith=asked, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def name_on(code: str, day: dt.date) -> str:
    """The name the unit bore on ``day``; its present one where nothing else is recorded."""
    return _names_on([code], day).get(code, "")


def path_on(code: str, day: dt.date) -> str:
    """The full path of a unit as it was written on ``day``."""
    above = Region.objects.in_bulk(places.lineage(code))
    codes = [each for each in places.lineage(code) if each in above and not above[each].grouping]
    names = _names_on(codes, day)
    return "/".join(names[each] for each in codes)


def _names_on(codes: list[str], day: dt.date) -> dict[str, str]:
    names = dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    former = RegionName.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day), region_id__in=codes, valid_to__gt=day
    )
    return names | dict(former.values_list("region_id", "name"))


def changes(*, within: str = places.NATION, since: dt.date | None = None) -> QuerySet[RegionChange]:
    """The recorded and published changes that touch ``within``, oldest first."""
    found = RegionChange.objects.all() if since is None else RegionChange.objects.filter(on__gte=since)
    if within == places.NATION:
        return found
    low, high = places.bounds(within)
    touched = "EXISTS (SELECT FROM unnest(from_codes || to_codes) AS c WHERE c >= %s AND c < %s)"
    return found.filter(RawSQL(touched, [low, high], output_field=BooleanField()))  # noqa: S611 -- bound values


def successors(code: str, on: dt.date) -> tuple[str, ...]:
    """What ``code`` had become by ``on``: itself while it exists, else the units that took it over.

    One code after a merger or a new code, several after a split, none after an abolition.
    """
    return tuple(sorted(_follow(code, on, set())))


def _follow(code: str, on: dt.date, seen: set[str]) -> set[str]:
    unit = region(code)
    if unit is not None and unit.exists_on(on):
        return {code}
    seen = seen | {code}
    found: set[str] = set()
    for change in RegionChange.objects.filter(from_codes__contains=[code], kind__in=_TAKING_OVER, on__lte=on):
        for ahead in _ahead(change, code):
            found |= _follow(ahead, on, seen) if ahead not in seen else set()
    return found


def _ahead(change: RegionChange, code: str) -> Iterator[str]:
    """Where ``code`` went: its own counterpart in a move, every new unit otherwise."""
    if change.kind == ChangeKind.MOVE and len(change.from_codes) == len(change.to_codes):
        yield from (
            after for before, after in zip(change.from_codes, change.to_codes, strict=True) if before == code
        )
    else:
        yield from change.to_codes


def extent(code: str, on: dt.date) -> tuple[str, ...]:
    """The codes whose rows belong to ``code`` on ``on``: its own and those wholly taken over by it.

    Rows keep the code under which they were written, so a present unit's history is the union of
    these subtrees (NET-14).
    """
    found, asked = {code}, {code}
    while asked:
        before = RegionChange.objects.filter(
            to_codes__overlap=list(asked),
            kind__in=(ChangeKind.MERGE, ChangeKind.MOVE, ChangeKind.REFORM),
            on__lte=on,
        )
        asked = {
            earlier
            for change in before
            for earlier in change.from_codes
            if set(_ahead(change, earlier)) & found
            and len(set(change.to_codes)) in (1, len(change.from_codes))
        } - found
        found |= asked
    return tuple(places.outermost(found))
