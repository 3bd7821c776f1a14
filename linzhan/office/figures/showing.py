"""How figures look on pages: spelling by unit, change against another period, targets, labels of parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.kernel.figures.definitions import GROUPINGS, Figure
from linzhan.kernel.figures.values import FigureValue
from linzhan.kernel.periods import Grain, Period
from linzhan.office import formats
from linzhan.office.figures.lacking import why_missing
from linzhan.office.parts import Change, FigureLine, KeyFigure

WELCOME = frozenset(
    (
        "network.coverage",
        "network.county_centre_coverage",
        "network.village_coverage",
        "network.standard_met",
        "network.demonstration_stations",
        "workforce.certified_rate",
        "workforce.filed_on_time",
        "workforce.education_met",
        "services.satisfaction",
        "services.visit_rate",
        "residents.consented",
        "groups.valid_share",
        "referrals.received_share",
        "projects.posts_share",
        "projects.target_progress",
        "lists.needs_met",
        "evaluation.passed_rate",
        "evaluation.mean_score",
        "rectifications.cleared_rate",
        "disclosure.on_time",
        "appeals.on_time",
        "appeals.satisfied",
    )
)
"""Figures of which more is better; of the rest a change is neither good nor bad until somebody says so."""
UNWELCOME = frozenset(("workforce.leavers_rate", "services.late_share", "alerts.open", "lists.match_hours"))

DIMENSIONS = {
    "tier": gettext_lazy("层级"),
    "status": gettext_lazy("状态"),
    "kind": gettext_lazy("类型"),
    "level": gettext_lazy("级别"),
    "type": gettext_lazy("类型"),
    "grade": gettext_lazy("等级"),
    "post": gettext_lazy("岗位"),
    "employment": gettext_lazy("用工形式"),
    "certificate": gettext_lazy("证书"),
    "outcome": gettext_lazy("结果"),
    "risk": gettext_lazy("风险等级"),
    "category": gettext_lazy("对象类别"),
    "method": gettext_lazy("方式"),
    "purchaser_level": gettext_lazy("购买层级"),
    "source": gettext_lazy("来源"),
    "head": gettext_lazy("科目"),
    "sponsor_level": gettext_lazy("举办层级"),
    "subject": gettext_lazy("对象"),
    "rule": gettext_lazy("规则"),
    "severity": gettext_lazy("级别"),
    "base": gettext_lazy("基数"),
    "cap": gettext_lazy("上限"),
    "stage": gettext_lazy("阶段"),
    "urgency": gettext_lazy("紧急程度"),
    "task": gettext_lazy("职业任务"),
    "role": gettext_lazy("角色"),
    "occasion": gettext_lazy("备案事由"),
    "field": gettext_lazy("领域"),
    "origin": gettext_lazy("来源"),
    "direction": gettext_lazy("方向"),
    "topic": gettext_lazy("主题"),
    "special": gettext_lazy("专项"),
    "department": gettext_lazy("部门"),
    "award": gettext_lazy("奖项"),
    "form": gettext_lazy("购买形式"),
    "audience": gettext_lazy("调查对象"),
}


def kind_of(unit: str) -> str:
    """The spelling of a figure of that unit (``formats.FORMATS``)."""
    return {"%": "percent", "元": "money_short"}.get(unit, "number")


def unit_of(unit: str) -> str:
    """The unit to print beside the value; spelled with it already for shares and money."""
    return "" if unit in ("%", "元") else unit


def plain(value: object) -> Decimal | None:
    """The value at the precision a page shows."""
    exact = formats.decimal(value)
    return None if exact is None else formats.rounded(exact, 2).normalize() + 0


def page_of(key: str, **asked: str) -> str:
    """Address of a figure's page with its place and period."""
    kept = {name: value for name, value in asked.items() if value}
    return reverse("office:figure", args=[key]) + (f"?{urlencode(kept)}" if kept else "")


def against(period: Period) -> str:
    """What the period before is called."""
    words = {
        Grain.MONTH: _("较上月"),
        Grain.QUARTER: _("较上季"),
        Grain.HALF: _("较上半年度"),
        Grain.YEAR: _("较上年"),
        Grain.WEEK: _("较上周"),
        Grain.DAY: _("较前一日"),
    }
    return words.get(period.grain, _("较上期"))


def change(
    figure: Figure, now: FigureValue | None, then: FigureValue | None, period: Period
) -> Change | None:
    """The difference against the period before; nothing where either is unknown."""
    if now is None or then is None or now.value is None or then.value is None:
        return None
    difference = Decimal(str(now.value)) - Decimal(str(then.value))
    good = None
    if difference and figure.key in WELCOME | UNWELCOME:
        good = (difference > 0) == (figure.key in WELCOME)
    return Change(
        value=plain(_scaled(difference, figure.unit)),
        against=against(period),
        unit=_unit_of_change(difference, figure.unit),
        good=good,
    )


def _scaled(difference: Decimal, unit: str) -> Decimal:
    return difference / formats.TEN_THOUSAND if _is_shortened(difference, unit) else difference


def _is_shortened(difference: Decimal, unit: str) -> bool:
    return unit == "元" and abs(difference) >= formats.TEN_THOUSAND


def _unit_of_change(difference: Decimal, unit: str) -> str:
    if formats.rounded(difference, 2) == 0:
        return ""
    if _is_shortened(difference, unit):
        return _(" 万元")
    return _(" 个百分点") if unit == "%" else f" {unit}"


def line(figure: Figure, value: FigureValue | None, as_of: date, url: str) -> FigureLine:
    """The line of trust."""
    rows = value.denominator if value and value.denominator is not None else None
    if value and rows is None and figure.unit in ("个", "人", "家", "条", "项", "例", "次"):
        rows = value.value
    return FigureLine(
        as_of=as_of,
        rows=int(rows) if rows is not None and rows == int(rows) else None,
        rows_url=f"{url}#rows",
        definition=figure.definition,
        definition_url=f"{url}#definition",
        stated=bool(value and value.stated),
    )


def key_figure(
    figure: Figure,
    now: FigureValue | None,
    then: FigureValue | None,
    *,
    period: Period,
    as_of: date,
    url: str,
    region: str,
    target: tuple[Decimal, str] | None = None,
    current: bool = False,
    waits: bool = False,
) -> KeyFigure:
    """A figure with its change, its target and its line of trust; one that ``waits`` is not missing but to come."""
    is_known = bool(now and now.value is not None)
    return KeyFigure(
        name=figure.name,
        value=plain(now.value) if now else None,
        kind=kind_of(figure.unit),
        unit=unit_of(figure.unit),
        url=url,
        change=change(figure, now, then, period),
        target=target[0] if target else None,
        target_text=target[1] if target else "",
        line=line(figure, now, as_of, url),
        current=current,
        why_missing="" if is_known or (waits and now is None) else why_missing(figure, region),
        waits=waits and now is None,
    )


def part_label(dims: Mapping[str, object]) -> str:
    """The words of a part: its dimension's value, or that none is stated."""
    return "、".join(_("未填报") if value in (None, "") else str(value) for value in dims.values())


def dimension(name: str) -> str:
    return str(DIMENSIONS.get(name, name))


def grouping(name: str) -> str:
    """The Chinese name of a ``by``."""
    return GROUPINGS[name].label if name in GROUPINGS else _("下一级")
