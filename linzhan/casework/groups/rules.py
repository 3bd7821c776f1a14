"""What groups are held to: pure, on plain values (``domain.md`` §7.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PLAN = {
    "goals": "小组目标",
    "planned_sessions": "计划节数",
    "planned_size": "计划人数",
    "risk_plan": "风险预案",
}


def blank(value: object) -> bool:
    """Nothing stated, or only spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def lacks(row: Mapping[str, Any], parts: Mapping[str, str]) -> str:
    """A sentence that names the parts of a plan that are still empty, or ``""``."""
    missing = [label for name, label in parts.items() if blank(row.get(name))]
    return f"计划还缺：{'、'.join(missing)}，请先“修改”补齐" if missing else ""


def misfit(size: int, low: int, high: int) -> str:
    """A sentence where a group of ``size`` is out of the usual bounds, both included, or ``""``."""
    if low <= size <= high:
        return ""
    return f"计划人数 {size} 人，不在当地规定的 {low}—{high} 人之内；确需如此，请在说明里写明理由"


def is_valid(present: int, minimum: int) -> bool:
    """Whether so many present make a session that counts (SVC-11; ``domain.md`` §7.3)."""
    return present >= minimum
