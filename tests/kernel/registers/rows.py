"""Rows of simple registers, as mappings of column names."""

from __future__ import annotations

from typing import Any

from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save
from tests.factories.places import HECHENG, TUOYUAN


def resource(code: str = "R1", **values: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": "轮椅",
        "owner": "慈善会",
        "kind": "物资",
        "region": HECHENG,
        "quantity": "3",
        "unit": "辆",
        "valid_from": "2021-01-01",
        **values,
    }


def station(code: str = "Z1", **values: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": f"{code}社工站",
        "tier": "乡镇街道社工站",
        "region": TUOYUAN,
        "status": "运营",
        **values,
    }


def volunteer(code: str = "V1", **values: Any) -> dict[str, Any]:
    return {"code": code, "name": "欧阳小娜", "home_region": TUOYUAN, "registered_on": "2021-01-01", **values}


def hours(code: str = "H1", **values: Any) -> dict[str, Any]:
    return {
        "code": code,
        "volunteer": "V1",
        "activity": "理发",
        "content": "上门理发",
        "served_on": "2021-06-05",
        "hours": "2",
        "recorded_by": "坨院街道社工站",
        **values,
    }


def saved(key: str, *rows: dict[str, Any], **more: Any) -> Outcome:
    return save([Incoming.of(REGISTERS[key], rows)], **more)[0]


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, rejected."""
    assert outcome.rows == outcome.created + outcome.updated + outcome.unchanged + outcome.rejected
    return outcome.created, outcome.updated, outcome.unchanged, outcome.rejected


def faults(outcome: Outcome, row: int = 1) -> set[str]:
    """The headers of the columns that are wrong in a row."""
    return {fault.column for fault in outcome.faults.get(row, ())}
