"""Names of divisions for pages: asked for by the dozen, changed a few times a year, so kept for a while."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.cache import cache
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.territory.api import Region

KEPT = 300  # seconds
PREFIX = "region-path:"


def paths_of(codes: Iterable[str]) -> dict[str, str]:
    """Full path of each code, levels separated by /; one query for those that are not kept."""
    wanted = {code for code in codes if code}
    keys = {PREFIX + code: code for code in wanted}
    found = {keys[key]: path for key, path in cache.get_many(keys).items()}
    missing = wanted - found.keys()
    if missing:
        rows = dict(Region.objects.filter(code__in=missing).values_list("code", "full_path"))
        fresh = {code: rows.get(code) or (_("全国") if code == places.NATION else code) for code in missing}
        cache.set_many({PREFIX + code: path for code, path in fresh.items()}, KEPT)
        found |= fresh
    return found


def short(path: str, levels: int = 2) -> str:
    """The last levels of a path, as a table shows a place: 鹤城区坨院街道."""
    return "".join(path.split("/")[-levels:])


def name_of(code: str) -> str:
    """The own name of one division; empty for an empty code."""
    return paths_of([code])[code].rpartition("/")[2] if code else ""
