"""What a place rules about its contest: aspects and weights, flags, how far it publishes, bands (EVL-14…17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils import timezone

from linzhan.policy.api import NoRuling, Parameter, ruling_for
from linzhan.policy.api import quality as rulebook
from linzhan.quality.contests.rules import scheme_faults
from linzhan.quality.schemes.definition import Scheme

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ContestRules:
    """The numbers a season goes by; kept with it when it is ranked."""

    weights: dict[str, Decimal]
    flags: int
    award: str
    publication: str
    bands: Sequence[tuple[int, str]]

    def written(self) -> dict[str, Any]:
        return {
            "weights": {name: str(share) for name, share in self.weights.items()},
            "flags": self.flags,
            "award": self.award,
            "publication": self.publication,
            "bands": [[limit, name] for limit, name in self.bands],
        }


def contest_rules(region: str, on: date | None = None) -> ContestRules:
    """What rules ``region``; what no place and no default says is empty."""
    day = on or timezone.localdate()
    contest = _ruled(rulebook.CONTEST, region, day)
    return ContestRules(
        weights={each.aspect: each.percent for each in _ruled(rulebook.CONTEST_WEIGHTS, region, day) or ()},
        flags=contest.awarded_ranks if contest else 0,
        award=contest.award if contest else "",
        publication=_ruled(rulebook.CONTEST_PUBLICATION, region, day) or "",
        bands=[(each.from_population, each.name) for each in _ruled(rulebook.PEER_BANDS, region, day) or ()],
    )


def contest_faults(scheme: Scheme, region: str) -> list[str]:
    """Why ``scheme`` cannot be the scheme of a contest here, in Chinese."""
    return scheme_faults(scheme, contest_rules(region).weights)


def _ruled(parameter: Parameter[T], region: str, on: date) -> T | None:
    try:
        return ruling_for(parameter, region=region, on=on).value
    except NoRuling:
        return None
