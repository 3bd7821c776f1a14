"""What an order made of an alert cites: the document and clause, and the thresholds that were broken (RSK-07).

An alert keeps every threshold that its rule looked at; most of them were not what it was raised for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.utils.translation import gettext as _

from linzhan.oversight.models import Alert
from linzhan.oversight.warning.declaring import RULES
from linzhan.policy.api import Authority, parameter_named

NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
MOST: Final = 2
RULE_OF: Final = "预警："  # thresholds of rules begin their names with it


def grounds(alert: Alert) -> str:
    """The rule by its name, then at most two thresholds: those whose numbers the alert's sentence tells come
    first, then those that a document of the place or the law decides.

    A threshold that neither decides is said to be the platform's. Chinese, one to three short clauses.
    """
    rule = RULES[alert.rule]
    named = _("预警规则 %(code)s“%(name)s”") % {"code": rule.code, "name": rule.name}
    told = {Decimal(each) for each in NUMBER.findall(alert.message)}
    records: list[Mapping[str, Any]] = list(alert.rulings.values())
    broken = [each for each in records if _number(each["value"]) in told]
    decided = [each for each in records if _stated(each) and each not in broken]
    cited = [_worded(each) for each in (broken + decided)[:MOST]]
    if not records and alert.clause:
        cited = [alert.clause]
    return "；".join(dict.fromkeys([named, *cited]))


def _number(value: object) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _stated(record: Mapping[str, Any]) -> bool:
    """Whether a document decides it: one of the place, or the law for all."""
    if record["value_id"]:
        return True
    default = parameter_named(record["parameter"]).defaults.get(record["variant"])
    return default is not None and default.authority == Authority.LAW


def _worded(record: Mapping[str, Any]) -> str:
    parameter = parameter_named(record["parameter"])
    value = parameter.kind.show(parameter.kind.read(record["value"]))
    citation = record["citation"] if _stated(record) else _("平台默认值，当地没有规定")
    return f"{str(parameter.label).removeprefix(RULE_OF)} {value}{parameter.unit}（{citation}）"
