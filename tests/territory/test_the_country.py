"""The real code books, as set-up loads them (NET-01)."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from linzhan.territory import api, loader
from linzhan.territory.models import Region, RegionChange

TODAY = dt.date(2026, 1, 1)
HECHENG = "431202000000"


@pytest.mark.slow
def test_the_whole_country_is_loaded_in_seconds(db: None) -> None:
    started = time.perf_counter()
    loaded = loader.load()
    assert time.perf_counter() - started < 60
    assert loaded.created > 44_000
    assert RegionChange.objects.count() > 5_000
    counts = api.counts_on(TODAY, within=HECHENG)
    assert (counts.townships, counts.statistical_townships, counts.villages) == (10, 1, 128)
    orphans = Region.objects.exclude(parent_code="").exclude(parent_code__in=Region.objects.values("code"))
    assert not orphans.exists()
    assert Region.objects.get(code=HECHENG).longitude is not None
    provinces = set(api.children("000000000000").values_list("name", flat=True))
    assert len(provinces) == 34
    _known_places_resolve()


def _known_places_resolve() -> None:
    texts = {
        "4312024": "431202400000",
        "湾潭社区": "431202007002",
        "怀化市/鹤城区/黄岩旅游度假区/白马村": "431202400201",
        "石家庄市长安区": "130102000000",
        "431202102": "431202101000",  # 黄金坳镇 in the civil-affairs list
        "湖北省仙桃市": "429004000000",
    }
    found = api.Resolver().resolve_many([*texts, "鹤城区蓬莱仙岛街道", "431202999", "怀化市/火星县"])
    assert {text: getattr(unit, "code", None) for text, unit in found.items()} == texts | {
        "鹤城区蓬莱仙岛街道": None,
        "431202999": None,
        "怀化市/火星县": None,
    }
