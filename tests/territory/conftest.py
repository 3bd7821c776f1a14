"""A small country with every oddity of the real code books, so that a test loads it in milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from linzhan.territory import books, loader

SPINE = {
    "provinces.csv": ["11,北京市", "42,湖北省", "43,湖南省", "44,广东省", "62,甘肃省"],
    "cities.csv": [
        "1101,市辖区,11",
        "4290,省直辖县级行政区划,42",
        "4301,长沙市,43",
        "4312,怀化市,43",
        "4419,东莞市,44",
        "6202,嘉峪关市,62",
    ],
    "areas.csv": [
        "110105,朝阳区,1101,11",
        "429004,仙桃市,4290,42",
        "430121,长沙县,4301,43",
        "431202,鹤城区,4312,43",
        "431221,中方县,4312,43",
        "431229,靖州苗族侗族自治县,4312,43",
        "431271,怀化市洪江管理区,4312,43",
        "441900,东莞市,4419,44",
        "620201,嘉峪关市,6202,62",
    ],
    "streets.csv": [
        "110105001,建外街道,110105,11,1101",
        "429004100,城关镇,429004,42,4290",
        "430121001,星沙街道,430121,43,4301",
        "430121002,湖南镇,430121,43,4301",
        "431202005,坨院街道,431202,43,4312",
        "431202007,城南街道,431202,43,4312",
        "431202101,黄金坳镇,431202,43,4312",
        "431202201,盈口乡,431202,43,4312",
        "431202400,黄岩旅游度假区,431202,43,4312",
        "431221100,中方镇,431221,43,4312",
        "431221101,城关镇,431221,43,4312",
        "441900102,石龙镇,441900,44,4419",
        "620201001,雄关街道,620201,62,6202",
    ],
    "villages.csv": [
        "430121001001,凉塘社区居委会,430121001,43,4301,430121",
        "431202005200,犁头园村,431202005,43,4312,431202",
        "431202007002,湾潭社区,431202007,43,4312,431202",
        "431202007208,水垅村,431202007,43,4312,431202",
        "431202101202,仇家村,431202101,43,4312,431202",
        "431221100200,水垅村委会,431221100,43,4312,431221",
        "431221101001,东街社区居民委员会,431221101,43,4312,431221",
        "441900102001,东街社区居民委员会,441900102,44,4419,441900",
    ],
}
CIVIL = {
    "divisions_v1.json": {
        "provinces": {
            "北京市": {
                "code": "110000000000",
                "cities": {"": {"code": None, "counties": {"朝阳区": "110105000000"}}},
            },
            "湖南省": {
                "code": "430000000000",
                "cities": {
                    "怀化市": {
                        "code": "431200000000",
                        "counties": {"鹤城区": "431202000000", "中方县": "431221000000"},
                    }
                },
            },
            "台湾省": {"code": "710000000000", "cities": {}},
        }
    },
    "townships_v1.json": {
        "431202000000": {
            "county": "鹤城区",
            "townships": {
                "坨院街道": "431202009000",
                "城南街道": "431202005000",
                "黄金坳镇": "431202101000",
                "盈口街道": "431202010000",
            },
        }
    },
    "historical_changes_v1.json": {
        "events": [
            {
                "year": 1997,
                "type": "撤销",
                "old": {"code": "433021000000", "name": "黔阳县"},
                "new": {"code": "431221000000", "name": "中方县"},
                "source": "年度变更情况",
                "doc_no": None,
            }
        ]
    },
}


def _quoted(line: str) -> str:
    code, name, *rest = line.split(",")
    return ",".join([code, f'"{name}"', *rest])


@pytest.fixture
def small_books(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """The code books of the small country; what the JSON files hold can be changed by the test."""
    for name, lines in SPINE.items():
        text = "\n".join(["code,name,above", *map(_quoted, lines)]) + "\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    civil: dict[str, Any] = dict(CIVIL)
    settings.LINZHAN_DIVISION_DATA = str(tmp_path)
    monkeypatch.setattr(books, "_package_json", civil.__getitem__)
    monkeypatch.setattr(loader, "_missing_centres", dict)
    books.forget()
    yield civil
    books.forget()


@pytest.fixture
def tree(small_books: dict[str, Any], db: None) -> loader.Loaded:
    """The small country, loaded to the townships."""
    return loader.load()
