"""The schemes that ship as data (EVL-02, CFG-13; ``domain.md`` §12.4)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from linzhan.quality.schemes import catalogue
from linzhan.quality.schemes.definition import WrongValue, faults, read, written

SCHEMES = catalogue.shipped()


def test_sppe_has_23_indicators_in_four_dimensions() -> None:
    scheme = SCHEMES["sppe-23@1"].scheme
    assert [(each.code, each.full, len(each.indicators)) for each in scheme.dimensions] == [
        ("S", Decimal("22.0"), 6), ("P", 26, 6), ("L", 20, 5), ("E", 32, 6),
    ]  # fmt: skip
    full = {each.code: each.full for each in scheme.indicators}
    wanted = {
        "S1": 4, "S2": 2, "S3": 5, "S4": 4, "S5": 4, "S6": 3, "P1": 5, "P2": 3, "P3": 6, "P4": 4, "P5": 5, "P6": 3,
        "L1": 5, "L2": 4, "L3": 3, "L4": 4, "L5": 4, "E1": 7, "E2": 6, "E3": 6, "E4": 5, "E5": 4, "E6": 4,
    }  # fmt: skip
    assert full == wanted
    assert list(faults(scheme)) == []


def test_the_county_scheme_can_be_used() -> None:
    scheme = SCHEMES["county-100@1"].scheme
    assert list(faults(scheme)) == []
    assert {side.name: side.weight for side in scheme.sides} == {
        "第三方": Decimal("0.7"), "购买方": Decimal("0.2"), "监督方": Decimal("0.1"),
    }  # fmt: skip


def test_of_guangzhou_only_what_is_public_is_stated() -> None:
    """700 + 200 + 100 and 115 for party building; the rest is open, and so it cannot be used yet."""
    scheme = SCHEMES["guangzhou-1000@1"].scheme
    assert (scheme.full, [each.stated for each in scheme.dimensions]) == (1000, [700, 200, 100])
    stated = {code: line.full for code, line in scheme.lines.items() if line.full is not None}
    assert stated == {"Z1": 115, "G1": 200, "J1": 100}
    assert len([fault for fault in faults(scheme) if "没有填写满分" in fault]) == 8


@pytest.mark.parametrize("key", sorted(SCHEMES))
def test_a_scheme_comes_back_from_json_as_it_went(key: str) -> None:
    scheme = SCHEMES[key].scheme
    assert read(written(scheme)) == scheme


@pytest.mark.parametrize("key", sorted(SCHEMES))
def test_no_line_of_a_scheme_is_about_the_use_of_the_app_or_a_single_person(key: str) -> None:
    """Subjects are stations, never persons; no log-in, check-in or photo is counted (``domain.md`` §1)."""
    scheme = SCHEMES[key].scheme
    assert scheme.subject in ("站点", "机构", "项目", "县")
    words = " ".join(line.name + " ".join(line.items) for line in scheme.lines.values())
    assert not [word for word in ("登录", "打卡", "在线时长", "照片", "积分", "排名") if word in words]


def test_what_is_wrong_is_said_in_words() -> None:
    raw = written(SCHEMES["county-100@1"].scheme)
    raw["dimensions"][0]["indicators"][0]["lines"][0].update(figure="no.such", full="6")
    found = "；".join(faults(read(raw)))
    assert "指标目录里没有“no.such”" in found
    assert "各项满分合计 101 分，与总分 100 分不等" in found
    with pytest.raises(WrongValue, match="计分方式"):
        read({**raw, "dimensions": [{"code": "A", "name": "甲", "indicators": [
            {"code": "A1", "name": "乙", "lines": [{"name": "丙", "rule": "随意", "source": "平台"}]}]}]})  # fmt: skip
