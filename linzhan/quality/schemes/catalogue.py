"""The schemes there are: those that ship as data, and those that places published (EVL-01, EVL-02, CFG-13)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from linzhan.kernel.scope import ScopeMissing
from linzhan.quality.schemes.definition import Scheme, read
from linzhan.quality.schemes.enums import SchemeStage
from linzhan.quality.schemes.models import EvaluationScheme

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Shipped:
    """A scheme that comes with the platform; ``code`` with its version is what a round refers to."""

    code: str
    version: str
    scheme: Scheme

    @property
    def key(self) -> str:
        return f"{self.code}@{self.version}"


@cache
def shipped() -> Mapping[str, Shipped]:
    """By key; a changed file is a new version."""
    found = {}
    for path in sorted(DATA.glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        made = Shipped(str(raw.pop("code")), str(raw.pop("version")), read(raw))
        found[made.key] = made
    return found


def scheme_of(key: str) -> Scheme | None:
    """The scheme a round refers to, as it stands now: shipped, or published here or above."""
    if key in shipped():
        return shipped()[key].scheme
    own = EvaluationScheme.objects.filter(code=key, stage=SchemeStage.PUBLISHED)
    row = own.order_by("-region_code").first()  # the nearest: a county's code comes after its city's
    return read(row.definition) if row is not None else None


def keys() -> dict[str, str]:
    """What a round may name: keys, and names where these are unmistakable, to the key.

    Whoever asks without a scope (a register's own description) hears of the shipped ones.
    """
    named = {key: each.scheme.name for key, each in shipped().items() if each.scheme.usable}
    with suppress(ScopeMissing):
        own = EvaluationScheme.objects.filter(stage=SchemeStage.PUBLISHED)
        for code, name, version in own.values_list("code", "name", "version"):
            named[code] = f"{name}（第 {version} 版）"
    return {name: key for key, name in named.items()} | {key: key for key in named}
