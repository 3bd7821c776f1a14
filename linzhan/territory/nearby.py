"""What a text that is no division may mean: near names, changed units, the same sound."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from django.db.models import Q
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.territory import rules
from linzhan.territory.enums import ChangeKind, Level
from linzhan.territory.models import Region, RegionChange

_SHOWN = 3
_EXPLAINED = 200  # texts of one call; the rest of a hopeless file gets the plain sentence

Suggestion = tuple[tuple[Region, ...], str]


def suggestions(texts: dict[str, str]) -> dict[str, Suggestion]:
    """For each text (with its plain form): units that may be meant, and a sentence about it."""
    asked = list(texts.items())[:_EXPLAINED]
    return {text: _about_code(form) if form.isdigit() else _about_name(form) for text, form in asked}


def _about_code(form: str) -> Suggestion:
    if len(form) > places.LENGTH:
        return (), _("区划代码最多 12 位")
    code = places.pad(form)
    changed = RegionChange.objects.filter(from_codes__contains=[code]).order_by("-on").first()
    if changed:
        return _successors(changed), _history(changed)
    above = Region.objects.filter(code__in=places.ancestors(code)).order_by("-level").first()
    if above is None:
        return (), ""
    return (), _("“%(unit)s”（%(code)s）下没有这个代码") % {"unit": above.full_path, "code": above.code}


def _about_name(form: str) -> Suggestion:
    above, rest = _leading_unit(form)
    changed = _changed_unit(rest)
    if changed:
        return _successors(changed), _history(changed)
    if above is not None:
        near = _close(rest, above)
        return near, "" if near else _("“%(unit)s”下没有“%(rest)s”") % {"unit": above.full_path, "rest": rest}
    return _alike(form), ""


def _leading_unit(form: str) -> tuple[Region | None, str]:
    """The unit that the beginning of ``form`` names beyond doubt, and what follows it."""
    starts = {form[:end]: form[end:] for end in range(2, len(form))}
    units = Region.objects.filter(name__in=starts, grouping=False, level__lt=Level.TOWNSHIP)
    by_name = {name: [unit for unit in units if unit.name == name] for name in {unit.name for unit in units}}
    sure = [found[0] for found in by_name.values() if len(found) == 1]
    if not sure:
        return None, form
    above = max(sure, key=lambda unit: len(unit.name))
    return _deeper(above, starts[above.name])


def _deeper(above: Region, rest: str) -> tuple[Region, str]:
    """Follow ``rest`` down the tree as far as it names units below ``above``."""
    for unit in Region.objects.within(above.code).filter(
        level__gt=above.level, level__lt=Level.VILLAGE, grouping=False
    ):
        if rest.startswith(unit.name) and len(rest) > len(unit.name):
            return _deeper(unit, rest.removeprefix(unit.name))
    return above, rest


def _close(rest: str, above: Region) -> tuple[Region, ...]:
    below = list(Region.objects.within(above.code).filter(level__gt=above.level, grouping=False))
    same_sound = [unit for unit in below if unit.pinyin == rules.pinyin(rest)[0]]
    by_stem = {unit.short_name: unit for unit in below}
    stems = get_close_matches(_stem(rest), by_stem, n=_SHOWN, cutoff=0.5)
    return tuple(same_sound or [by_stem[stem] for stem in stems])[:_SHOWN]


def _alike(form: str) -> tuple[Region, ...]:
    """Units of the same sound (拖院街道 for 坨院街道) or the same stem (祁阳县 for 祁阳市)."""
    sound = rules.pinyin(form)[0]
    alike = Q(pinyin=sound) | Q(short_name=_stem(form)) if sound else Q(short_name=_stem(form))
    found = Region.objects.filter(alike, grouping=False, level__lt=Level.VILLAGE).order_by("level", "code")
    return tuple(found[:_SHOWN])


def _stem(name: str) -> str:
    """``name`` without the word for its kind, whichever it is."""
    stems = (
        rules.short_name(name, level) for level in (Level.TOWNSHIP, Level.COUNTY, Level.CITY, Level.PROVINCE)
    )
    return min(stems, key=len)


def _changed_unit(name: str) -> RegionChange | None:
    ends = [name[start:] for start in range(len(name) - 1)]
    query = RegionChange.objects.filter(from_names__overlap=ends).exclude(kind=ChangeKind.ADJUST)
    told = (
        change for change in query if change.from_names != change.to_names
    )  # a new code alone explains nothing
    return max(told, key=lambda change: (max(map(len, change.from_names)), change.on), default=None)


def _successors(change: RegionChange) -> tuple[Region, ...]:
    """The present units a change led to, through the later changes of their codes."""
    return tuple(
        Region.objects.filter(code__in=set(_present_codes(change.to_codes)), valid_to__isnull=True)[:_SHOWN]
    )


def _present_codes(codes: list[str], steps: int = 10) -> Iterator[str]:
    yield from codes
    later = (
        RegionChange.objects.filter(from_codes__overlap=codes).exclude(kind=ChangeKind.ADJUST)
        if codes
        else ()
    )
    for change in later:
        ahead = [code for code in change.to_codes if code not in codes]
        if ahead and steps:
            yield from _present_codes(ahead, steps - 1)


def _history(change: RegionChange) -> str:
    day = change.on.isoformat() if change.exact else str(change.on.year)
    before, after = "、".join(change.from_names), "、".join(change.to_names)
    if not after:
        return _("“%(before)s”已于 %(day)s %(kind)s") % {
            "before": before,
            "day": day,
            "kind": change.get_kind_display(),
        }
    return _("“%(before)s”已于 %(day)s %(kind)s，现为“%(after)s”") % {
        "before": before,
        "day": day,
        "kind": change.get_kind_display(),
        "after": after,
    }
