"""What the formula of the place gives a project (FND-15, FND-19, FND-20, PUR-22, EVL-18)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from linzhan.kernel.registers.declare import Values, Where
from linzhan.policy.api import Ruling, SubsidyRule, procurement, rulings_of
from linzhan.procurement.money.rules import Formula, subsidy


def formulas(region: str, on: date) -> list[Ruling[SubsidyRule]]:
    """The subsidies that the place and those above it give."""
    return rulings_of(procurement.SUBSIDIES, region=region, on=on)


def formula_of(region: str, name: str, on: date) -> Ruling[SubsidyRule] | None:
    return next((each for each in formulas(region, on) if each.variant == name), None)


def reckon(values: Values) -> Mapping[str, Any]:
    """``Register.derive``: the amount by the formula; nobody types it, and where there is none it stays open."""
    project, year, given = values.get("project"), values.get("year"), values.get("input_amount")
    if not isinstance(project, Where) or not isinstance(year, int):
        return {}
    ruling = formula_of(project.region_code, str(values.get("rule")), date(year, 12, 31))
    if ruling is None:
        return {}
    rule = ruling.value
    formula = Formula(percent=rule.percent, cap=rule.cap, amount=rule.amount)
    found = subsidy(formula, given if isinstance(given, Decimal) else None)
    return {} if found is None else {"formula_amount": found}
