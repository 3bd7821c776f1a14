"""How a line is scored and what was found, in sentences: the same at the desk and on a tablet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from linzhan.quality.schemes.definition import Line

HUNDREDTH: Final = Decimal("0.01")


def amount(value: Decimal | None) -> str:
    """A number without zeros at its end, thousands grouped; unknown is a dash."""
    if value is None:
        return "—"
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rule_words(line: Line) -> str:
    """How a line is scored, in a sentence."""
    target = amount(line.target) if line.target is not None else _("当地规定的数")
    words = {
        "线性": _("从 %(floor)s 到 %(target)s 按比例得分"),
        "满意度": _("从 %(floor)s 到 %(target)s 分按比例得分，样本不少于 %(least)s 份或全部"),
        "达标封顶": _("达到 %(target)s 得满分，不足按比例"),
        "逆向": _("%(best)s 得满分，到 %(ceiling)s 得 0 分"),
        "分档": _("分档：%(bands)s"),
        "清单": _("逐项核对：%(items)s"),
        "专家评分": _("评委打分，每方至少 %(raters)d 人"),
    }
    return words[line.rule] % {
        "floor": amount(line.floor or Decimal(0)),
        "target": target,
        "best": amount(line.best or Decimal(0)),
        "ceiling": amount(line.ceiling),
        "least": line.least or 1,
        "bands": "、".join(line.bands),
        "items": "、".join(line.items),
        "raters": line.raters,
    }


def evidence_words(details: Mapping[str, Any], value: Decimal | None) -> str:
    """What was found, of when, and what it is measured against."""
    return f"{figure_words(details)}：{found_words(value)}{basis_words(details)}"


def figure_words(details: Mapping[str, Any]) -> str:
    """What was counted, and by what it was divided."""
    name = str(details.get("name", ""))
    per = details.get("per")
    return f"{name} ÷ {per.get('name', '')}" if per else name


def found_words(value: Decimal | None) -> str:
    if value is None:
        return _("平台没有这项数据")
    return amount(value.quantize(HUNDREDTH, rounding=ROUND_HALF_UP))


def basis_words(details: Mapping[str, Any]) -> str:
    """Of which months, until which day."""
    words = _("（按 %d 个月平均）") % details["months"] if details.get("months") else ""
    return words + (_("，截至 %s") % details["as_of"] if details.get("as_of") else "")
