"""From what people write to a division: codes of either system, paths of names, usual short forms.

A text is read from its end: the unit is one whose name ends the text, and what stands before must be
names of units above it, in order; levels may be left out (``鹤城区坨院街道``, ``怀化市/坨院街道``).
A full name beats a short form, and a larger unit beats a village. More than one answer is
:class:`Ambiguous`, never a guess (``contract/workbook.md``).

A village is found although its county's villages are not in the tree: it is looked up in the code
book and its county's villages are loaded, in the transaction at hand (ADR 0010).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.territory import books, loader, nearby, rules
from linzhan.territory.enums import Codebook, Level
from linzhan.territory.models import Region, RegionName

_SHOWN = 5  # candidates named in a message
_FULL_NAME, _OTHER_NAME, _SHORT_FORM, _SHORT_TOWNSHIP = range(4)  # 湖南 is the province, not 湖南镇


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """More than one unit answers to the text."""

    text: str
    candidates: tuple[Region, ...]

    @property
    def message(self) -> str:
        """What to tell the person who wrote the text."""
        shown = "、".join(f"{each.full_path}（{each.code}）" for each in self.candidates[:_SHOWN])
        more = _("等 %(count)d 处") % {"count": len(self.candidates)} if len(self.candidates) > _SHOWN else ""
        return _("行政区划“%(text)s”不止一处：%(shown)s%(more)s。请写全上级名称或填写区划代码") % {
            "text": self.text,
            "shown": shown,
            "more": more,
        }


@dataclass(frozen=True, slots=True)
class NotFound:
    """No unit answers to the text. ``hint`` says what is known about it, ``near`` what may be meant."""

    text: str
    near: tuple[Region, ...] = ()
    hint: str = ""

    @property
    def message(self) -> str:
        """What to tell the person who wrote the text."""
        parts = [_("未找到行政区划“%(text)s”") % {"text": self.text}]
        if self.hint:
            parts.append(self.hint)
        if self.near:
            shown = "、".join(f"{each.full_path}（{each.code}）" for each in self.near)
            parts.append(_("是否指：%(shown)s") % {"shown": shown})
        elif not self.hint:
            parts.append(_("请核对名称，或填写区划代码"))
        return "；".join(parts)


Resolution = Region | Ambiguous | NotFound


def resolve(text: str, *, within: Iterable[str] | None = None, on: dt.date | None = None) -> Resolution:
    """The division that ``text`` means; for many texts use one :class:`Resolver`.

    ``within`` (full codes) decides between several units that answer. ``on`` demands a unit that
    exists on that day; without it a unit that has ended is found too, a present one first.
    """
    return Resolver(within=within, on=on).resolve(text)


class Resolver:
    """Resolves thousands of texts with a handful of queries, and each text once.

    ``codebook`` says whose meaning a code has where the two systems give it to different units.
    """

    def __init__(
        self,
        *,
        within: Iterable[str] | None = None,
        on: dt.date | None = None,
        codebook: Codebook = Codebook.STATISTICS,
    ) -> None:
        self._within = tuple(within or ())
        self._on = on
        self._codebook = codebook
        self._known: dict[str, Resolution] = {}
        self._tree = _Tree(on)

    def resolve(self, text: str) -> Resolution:
        """The division that ``text`` means."""
        return self.resolve_many([text])[text]

    def resolve_many(self, texts: Iterable[str]) -> dict[str, Resolution]:
        """Each text with its division or with the reason why there is none."""
        asked = list(dict.fromkeys(texts))
        pending = [text for text in asked if text not in self._known]
        if pending:
            self._resolve(pending)
        return {text: self._known[text] for text in asked}

    def _resolve(self, texts: list[str]) -> None:
        plain = {text: rules.plain(text) for text in texts}
        codes = {text: places.pad(form) for text, form in plain.items() if _is_digits(form)}
        names = {text: form for text, form in plain.items() if text not in codes}
        found = self._by_code(codes) | self._by_name(names)
        for text in texts:
            self._known[text] = self._choose(text, found.get(text, []))
        nowhere = [text for text in texts if isinstance(self._known[text], NotFound)]
        for text, (near, hint) in nearby.suggestions({text: plain[text] for text in nowhere}).items():
            self._known[text] = NotFound(text, near, hint)

    def _by_code(self, codes: dict[str, str]) -> dict[str, list[tuple[int, Region]]]:
        wanted = set(codes.values())
        regions = self._regions_of(wanted)
        missing = [code for code in wanted - regions.keys() if places.level_of(code) == Level.VILLAGE]
        if missing and loader.ensure_villages(missing):
            regions |= self._regions_of(set(missing))
        return {text: [(_FULL_NAME, regions[code])] for text, code in codes.items() if code in regions}

    def _regions_of(self, codes: set[str]) -> dict[str, Region]:
        """Units by the code as written: in the code book asked for first, then in the other."""
        rows = list(Region.objects.filter(Q(code__in=codes) | Q(civil_code__in=codes)))
        ours = {row.code: row for row in rows}
        theirs = {row.civil_code: row for row in rows if row.civil_code}
        both = ours | theirs if self._codebook is Codebook.CIVIL_AFFAIRS else theirs | ours
        return {code: row for code, row in both.items() if code in codes}

    def _by_name(self, names: dict[str, str]) -> dict[str, list[tuple[int, Region]]]:
        if not names:
            return {}
        self._tree.read(names.values())
        found = {text: self._tree.units(form) for text, form in names.items()}
        lacking = {text: names[text] for text, units in found.items() if not units}
        if lacking:
            books_villages = _villages_in_book(lacking.values(), self._tree)
            for text, form in lacking.items():
                found[text] = self._tree.villages(form, books_villages)
        return found

    def _choose(self, text: str, candidates: list[tuple[int, Region]]) -> Resolution:
        valid = [(rank, unit) for rank, unit in candidates if self._on is None or unit.exists_on(self._on)]
        best = min((rank for rank, _unit in valid), default=0)
        left = list({unit.code: unit for rank, unit in valid if rank == best}.values())
        for keep in (self._is_near, _is_open):
            if len(left) > 1:
                left = [unit for unit in left if keep(unit)] or left
        if len(left) == 1:
            return _in_tree(left[0])
        return Ambiguous(text, tuple(sorted(left, key=lambda unit: unit.code))) if left else NotFound(text)

    def _is_near(self, unit: Region) -> bool:
        return any(places.covers(code, unit.code) for code in self._within)


class _Tree:
    """The units whose names end one of the texts, with those above them."""

    def __init__(self, on: dt.date | None) -> None:
        self._on = on
        self._regions: dict[str, Region] = {}
        self._by_form: dict[str, dict[str, int]] = defaultdict(dict)  # form → code → rank
        self._former: dict[str, list[str]] = defaultdict(list)
        self._read: set[str] = set()

    def read(self, texts: Iterable[str]) -> None:
        """Fetch the units whose full, former or short name ends one of ``texts``."""
        ends = {end for text in texts for end in _ends(text)} - self._read
        self._read |= ends
        forms = list(ends | {rules.usual(end) for end in ends})
        rows = Region.objects.filter(_named(forms, "name", "short_name", "civil_name"), grouping=False)
        former = RegionName.objects.filter(_named(forms, "name"))
        for row in rows:
            self._by_form[row.name][row.code] = _FULL_NAME
            self._by_form[row.civil_name].setdefault(row.code, _OTHER_NAME)
            short = _SHORT_TOWNSHIP if row.level == Level.TOWNSHIP else _SHORT_FORM
            self._by_form[row.short_name].setdefault(row.code, short)
        for name in former:
            ranks = self._by_form[name.name]
            ranks[name.region_id] = min(_OTHER_NAME, ranks.get(name.region_id, _OTHER_NAME))
        renamed = {name.region_id for name in former}
        self.add_with_ancestors([*rows, *Region.objects.filter(code__in=renamed)])

    def add_with_ancestors(self, regions: Iterable[Region]) -> None:
        """Keep ``regions`` and fetch what stands above them: a query per level, one for former names."""
        arriving = {region.code: region for region in regions}
        added = set(arriving)
        while arriving:
            self._regions |= arriving
            above = {region.parent_code for region in arriving.values() if region.parent_code}
            arriving = Region.objects.in_bulk(above - self._regions.keys())
            added |= set(arriving)
        for code, name in RegionName.objects.filter(region_id__in=added).values_list("region_id", "name"):
            self._former[code].append(name)

    def has(self, code: str) -> bool:
        return code in self._regions

    def units(self, text: str) -> list[tuple[int, Region]]:
        """Province to township: every unit that ``text`` can mean, with the rank of the form used."""
        return [(rank, unit) for rank, unit in self._matches(text) if unit.level < Level.VILLAGE]

    def villages(self, text: str, in_book: dict[str, list[Region]]) -> list[tuple[int, Region]]:
        """The same for villages, those of counties that are only in the code book included."""
        found = [(rank, unit) for rank, unit in self._matches(text) if unit.level == Level.VILLAGE]
        for end in _ends(text):
            found += [
                (_FULL_NAME if unit.name == end else _SHORT_FORM, unit)
                for unit in in_book.get(rules.usual(end), [])
                if self._rest_fits(text[: -len(end)], unit.parent_code)
            ]
        return found

    def _matches(self, text: str) -> Iterator[tuple[int, Region]]:
        for end in _ends(text):
            rest = text[: -len(end)]
            for form, worst in ((end, _FULL_NAME), (rules.usual(end), _SHORT_FORM)):
                for code, rank in self._by_form.get(form, {}).items():
                    unit = self._regions[code]
                    if self._rest_fits(rest, unit.parent_code):
                        yield max(rank, worst), unit

    def _rest_fits(self, rest: str, code: str) -> bool:
        """Whether ``rest`` is names of units at or above ``code``, nearest last, any of them left out."""
        if not rest:
            return True
        unit = self._regions.get(code)
        if unit is None:
            return False
        forms = {unit.name, unit.short_name, unit.civil_name, *self._former.get(code, ())} - {""}
        return any(
            self._rest_fits(rest[: -len(form)], unit.parent_code) for form in forms if rest.endswith(form)
        ) or self._rest_fits(rest, unit.parent_code)


def _named(forms: list[str], *columns: str) -> RawSQL:
    """Whether one of ``columns`` is among ``forms``: one bound array, where ``IN`` would bind 100,000 texts."""
    test = " OR ".join(f"({column} <> '' AND {column} = ANY(%s))" for column in columns)
    return RawSQL(test, [forms] * len(columns), output_field=BooleanField())  # noqa: S611 -- our own column names


def _villages_in_book(texts: Iterable[str], tree: _Tree) -> dict[str, list[Region]]:
    """Villages of counties that are not loaded, by short form, as unsaved rows; their parents go into ``tree``."""
    wanted = {
        name
        for end in _possible_villages(list(texts), tree)
        for name in rules.village_names(rules.usual(end))
    }
    entries = books.villages_named(wanted)
    loaded = loader.counties_with_villages({places.county_of(entry.code) for entry in entries})
    entries = [entry for entry in entries if places.county_of(entry.code) not in loaded]
    tree.add_with_ancestors(Region.objects.filter(code__in={entry.parent_code for entry in entries}))
    found: dict[str, list[Region]] = defaultdict(list)
    for unit in loader.unsaved_villages([entry for entry in entries if tree.has(entry.parent_code)]):
        found[rules.usual(unit.name)].append(unit)
    return found


def _possible_villages(texts: list[str], tree: _Tree) -> set[str]:
    """The ends of ``texts`` that may name a village that is not in the tree.

    Nothing stands before such an end, or the name of a unit whose villages are not all loaded.
    """
    tree.read(text[:length] for text in texts for length in range(2, len(text)))
    above = {
        (text, end): {unit.code for _rank, unit in tree.units(text[: -len(end)])}
        for text in texts
        for end in _ends(text)
    }
    loaded = loader.counties_with_villages(
        {places.county_of(code) for codes in above.values() for code in codes}
    )
    return {end for (text, end), codes in above.items() if end == text or codes - _below(loaded, codes)}


def _below(counties: set[str], codes: set[str]) -> set[str]:
    """Those of ``codes`` that are one of ``counties`` or lie below it."""
    return {
        code for code in codes if places.level_of(code) >= Level.COUNTY and places.county_of(code) in counties
    }


def _in_tree(unit: Region) -> Region:
    """``unit`` itself, or its row after loading its county's villages."""
    if not unit._state.adding:
        return unit
    loader.ensure_villages([unit.code])
    return Region.objects.get(code=unit.code)


def _is_open(unit: Region) -> bool:
    return unit.valid_to is None


def _is_digits(text: str) -> bool:
    return 2 <= len(text) <= places.LENGTH and text.isascii() and text.isdigit()


def _ends(text: str) -> Iterator[str]:
    """The ends of ``text`` of two characters or more, longest first."""
    return (text[start:] for start in range(len(text) - 1))
