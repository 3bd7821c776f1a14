"""How many services are called back, which, and what the answers come to: pure arithmetic (``domain.md`` §14)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

FLAGGED_WEIGHT: Final = 2
_WHOLE: Final = float(2**256)


@dataclass(frozen=True, slots=True)
class Service:
    """One service that could be drawn: its id, the worker who gave it, whether a flag asks about it."""

    id: str
    worker: str
    flagged: bool = False


def sample_size(population: int, z: float, p: float, e: float) -> int:
    """``ceil(N·z²p(1−p) / ((N−1)e² + z²p(1−p)))``; nobody is drawn from nobody."""
    if population <= 0:
        return 0
    spread = z * z * p * (1 - p)
    return min(population, math.ceil(population * spread / ((population - 1) * e * e + spread)))


def allotted(sizes: Mapping[str, int], size: int, each: int) -> dict[str, int]:
    """How many of each stratum: at least ``each`` (or all there are), the rest by size, largest remainder first.

    Where the least of all together is more than ``size``, the least wins.
    """
    least = {name: min(each, has) for name, has in sizes.items()}
    rest = size - sum(least.values())
    room = {name: has - least[name] for name, has in sizes.items()}
    whole = sum(room.values())
    if rest <= 0 or not whole:
        return least
    rest = min(rest, whole)
    shares = {name: rest * has / whole for name, has in room.items()}
    given = {name: math.floor(share) for name, share in shares.items()}
    by_remainder = sorted(sizes, key=lambda name: (given[name] - shares[name], name))
    for name in by_remainder[: rest - sum(given.values())]:
        given[name] += 1
    return {name: least[name] + given[name] for name in sizes}


def drawn(services: Iterable[Service], seed: str, size: int, each: int) -> list[Service]:
    """The services of the sample: in each worker's stratum in the order of ``-ln(u) / weight``.

    ``u`` comes from ``sha256("seed|id")``: whoever has the seed draws the same again.
    """
    strata: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        strata[service.worker].append(service)
    wanted = allotted({name: len(has) for name, has in strata.items()}, size, each)
    found = [
        service
        for name in sorted(strata)
        for service in sorted(strata[name], key=lambda one: _turn(one, seed))[: wanted[name]]
    ]
    return sorted(found, key=lambda one: one.id)


def _turn(service: Service, seed: str) -> tuple[float, str]:
    number = int.from_bytes(sha256(f"{seed}|{service.id}".encode()).digest(), "big")
    weight = FLAGGED_WEIGHT if service.flagged else 1
    return -math.log((number + 1) / _WHOLE) / weight, service.id


def digest_of(services: Sequence[Service]) -> str:
    """The mark of a draw, to hold another one against."""
    return sha256("|".join(one.id for one in services).encode()).hexdigest()


def wilson(found: int, asked: int, z: float) -> tuple[float, float]:
    """The Wilson interval of a share, as fractions; nothing asked says nothing."""
    if not asked:
        return 0.0, 1.0
    share, squared = found / asked, z * z
    middle = share + squared / (2 * asked)
    reach = z * math.sqrt(share * (1 - share) / asked + squared / (4 * asked * asked))
    below = 1 + squared / asked
    return max(0.0, (middle - reach) / below), min(1.0, (middle + reach) / below)
