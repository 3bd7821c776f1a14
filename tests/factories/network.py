"""Stations and what hangs on them, made through their registers."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.batch import Outcome
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.writing import save_one
from linzhan.network.api import (
    GRIDS,
    NORM_ADOPTIONS,
    NORMS,
    PILOTS,
    STATION_PROFILES,
    STATIONS,
    SUPPORT_TIES,
    TARGETS,
    TIER_DUTIES,
    Station,
)
from tests.factories.places import HECHENG, HUNAN, LITOUYUAN, TUOYUAN
from tests.factories.rows import went_in

_numbers = count(1)

SIX = ("has_site", "has_staff", "has_equipment", "has_rules", "has_workflow", "has_functions")
STANDARD = dict.fromkeys(SIX, "是")
"""All six items of the national checklist."""

USUAL: dict[str, dict[str, Any]] = {
    "stations": {"name": "坨院街道社工站", "tier": "乡镇街道社工站", "region": TUOYUAN, "status": "运营"},
    "pilots": {
        "name": "社工站试点",
        "sponsor_level": "省级",
        "region": HECHENG,
        "starts_on": "2021-01-01",
    },
    "grids": {"name": "第一网格", "region": LITOUYUAN},
    "norms": {"name": "社工站建设规范", "region": HUNAN},
    "support-ties": {
        "name": "三年合作协议",
        "region": HECHENG,
        "kind": "合作协议",
        "starts_on": "2021-03-01",
    },
    "targets": {
        "name": "乡镇(街道)覆盖率",
        "region": HECHENG,
        "figure": "network.coverage",
        "wanted": "70",
        "unit": "%",
        "document": "鹤城区社工站建设方案",
    },
    "tier-duties": {"region": HUNAN, "tier": "省级项目办", "starts_on": "2021-01-01"},
    "station-profiles": {},
    "norm-adoptions": {"adopted_on": "2021-02-01"},
}


def row_of(register: Register, **values: Any) -> dict[str, Any]:
    """A usual row of ``register`` with a key of its own."""
    own = {"code": f"W{next(_numbers):05d}"} if "code" in register.sheet.column_by_name else {}
    return own | USUAL[register.key] | values


def save_row(register: Register, *, today: date | None = None, **values: Any) -> Outcome:
    return save_one(register, row_of(register, **values), today=today)


def made(register: Register, *, today: date | None = None, **values: Any) -> UUID:
    """The id of a row that went in."""
    return went_in(save_row(register, today=today, **values))


def station(region: str = TUOYUAN, *, today: date | None = None, **values: Any) -> Station:
    return Station.objects.get(pk=made(STATIONS, today=today, region=region, **values))


def profile(of: Station, **values: Any) -> UUID:
    return made(STATION_PROFILES, station=of.code, **values)


def pilot(**values: Any) -> UUID:
    return made(PILOTS, **values)


def grid(**values: Any) -> UUID:
    return made(GRIDS, **values)


def norm(**values: Any) -> UUID:
    return made(NORMS, **values)


def adoption(of: Station, code: str, **values: Any) -> UUID:
    return made(NORM_ADOPTIONS, station=of.code, norm=code, **values)


def support_tie(**values: Any) -> UUID:
    return made(SUPPORT_TIES, **values)


def target(**values: Any) -> UUID:
    return made(TARGETS, **values)


def tier_duty(**values: Any) -> UUID:
    return made(TIER_DUTIES, **values)
