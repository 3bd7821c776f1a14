"""The contest's arithmetic on plain values: aspects, places, bands, four-quarter totals (``domain.md`` §12.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _

from linzhan.quality.schemes.definition import Dimension, Line, Scheme, numbered
from linzhan.quality.schemes.enums import Source

PLANS: Final = "赛蓝图"
ABILITY: Final = "赛能力"
PROGRESS: Final = "赛进度"
OUTCOME: Final = "赛成果"
ASPECTS: Final = (PLANS, ABILITY, PROGRESS, OUTCOME)
JUDGED: Final = (PLANS,)
"""What judges score; everything else comes from records and surveys, never from the use of the platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """What somebody has in one aspect: points of those available; nothing available is not 0."""

    points: Decimal = Decimal(0)
    available: Decimal = Decimal(0)

    @property
    def share(self) -> Fraction:
        return Fraction(self.points) / Fraction(self.available) if self.available else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """One that is ranked. ``total`` is the result of the round."""

    key: str
    total: Decimal
    aspects: Mapping[str, Aspect]
    band: str = ""

    @property
    def order(self) -> tuple[Decimal, Fraction, Fraction]:
        """Best first when sorted downwards: the total, then 赛成果, then 赛能力."""
        nothing = Aspect()
        return (
            self.total,
            self.aspects.get(OUTCOME, nothing).share,
            self.aspects.get(ABILITY, nothing).share,
        )


def in_order(aspects: Iterable[str]) -> list[str]:
    """Aspects as the contest names them: what is kept as JSON comes back in another order."""
    return sorted(aspects, key=lambda each: (ASPECTS.index(each) if each in ASPECTS else len(ASPECTS), each))


def aspects_of(scheme: Scheme, lines: Mapping[str, Mapping[str, Any]]) -> dict[str, Aspect]:
    """Points by aspect from the lines of a told result; what does not apply is not available."""
    found = {}
    for dimension in scheme.dimensions:
        scored = [
            (Decimal(str(lines[code]["points"])), line.full or Decimal(0))
            for code, line in _lines_of(dimension)
            if lines.get(code, {}).get("points") is not None
        ]
        found[dimension.name] = Aspect(
            points=sum((points for points, _full in scored), Decimal(0)),
            available=sum((full for _points, full in scored), Decimal(0)),
        )
    return found


def _lines_of(dimension: Dimension) -> Iterator[tuple[str, Line]]:
    for indicator in dimension.indicators:
        yield from numbered(indicator)


def ranked(entrants: Sequence[Entrant]) -> dict[str, int]:
    """Dense rank by key: those that are alike in everything share a place, and none is left out after it."""
    places = {
        order: place for place, order in enumerate(sorted({e.order for e in entrants}, reverse=True), 1)
    }
    return {each.key: places[each.order] for each in entrants}


def within_bands(entrants: Sequence[Entrant]) -> dict[str, tuple[int, int]]:
    """Place within one's own band, and how many are in it."""
    found: dict[str, tuple[int, int]] = {}
    for band in {each.band for each in entrants}:
        peers = [each for each in entrants if each.band == band]
        found |= {key: (place, len(peers)) for key, place in ranked(peers).items()}
    return found


def band_of(population: int | None, bands: Iterable[tuple[int, str]]) -> str:
    """The band with the highest limit that the population reaches; nothing where it is not known."""
    if population is None:
        return ""
    reached = [(limit, name) for limit, name in bands if limit <= population]
    return max(reached)[1] if reached else ""


def scheme_faults(scheme: Scheme, weights: Mapping[str, Decimal]) -> list[str]:
    """Why a scheme is not one for the contest: its aspects, their weights, and what comes from whom."""
    found = []
    names = [each.name for each in scheme.dimensions]
    if set(names) != set(weights):
        return [_("方案的维度须是：%s") % "、".join(weights)]
    whole = sum(weights.values())
    for each in scheme.dimensions:
        wanted = scheme.full * weights[each.name] / whole if whole else Decimal(0)
        if each.full is not None and each.full != wanted:
            told = {"name": each.name, "wanted": f"{wanted.normalize():f}", "full": f"{each.full:f}"}
            found.append(_("“%(name)s”应占 %(wanted)s 分，方案里是 %(full)s 分") % told)
    found += [
        _("%(line)s：“%(aspect)s”只用平台记录和问卷，不由评委打分")
        % {"line": f"{code} {line.name}", "aspect": each.name}
        for each in scheme.dimensions
        if each.name not in JUDGED
        for code, line in _lines_of(each)
        if line.source not in (Source.PLATFORM, Source.SURVEY)
    ]
    return found


def mean_of(totals: Iterable[Decimal]) -> Decimal | None:
    """The mean of what several of one township have, two decimals."""
    known = list(totals)
    return (sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.01")) if known else None
