"""Composite values of the rulebook: what a ratio rule, a visit rule, an allowance consists of.

Every field that some source leaves open is optional; silence and lost digits are ``None``.
"""

# ruff: noqa: RUF009 -- part() and maybe() make dataclass fields, not shared values

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.figures.definitions import FIGURES, catalogue
from linzhan.kernel.registers.declare import codes_of
from linzhan.kernel.sheets.days import SPAN_FORM, span
from linzhan.policy.enums import Binding, Meaning
from linzhan.policy.valuetypes import (
    AMOUNT,
    CODES,
    COUNT,
    DAY,
    PERCENT,
    TEXT,
    YES_NO,
    Codes,
    Text,
    WrongValue,
    maybe,
    part,
)

if TYPE_CHECKING:
    from linzhan.policy.valuetypes import Label

TIERS = Text(choices=("市级指导中心", "县级社工总站", "乡镇街道社工站", "村社区社工室"))


@dataclass(frozen=True, kw_only=True)
class TierName:
    """A tier that the place has, and how the place calls it (NET-01…07)."""

    tier: str = part(_("层级"), TIERS)
    name: str = part(_("本地名称"), TEXT)
    contact_point: bool = part(_("仅为联系点"), YES_NO, default=False)


_ITEMS: dict[str, Label] = {
    "has_site": _("有场地"),
    "has_staff": _("有人员"),
    "has_equipment": _("有设施设备"),
    "has_rules": _("有规章制度"),
    "has_workflow": _("有工作流程"),
    "has_functions": _("有服务功能"),
    "has_activities": _("有活动"),
}
CHECKS = Text(choices=tuple(_ITEMS), called=lambda code: str(_ITEMS[code]))
MEANING = Text(choices=tuple(Meaning.values), called=lambda code: str(Meaning(code).label))
CATEGORIES = "@categories"  # the list is kept by the desk of residents
KEPT = 300  # seconds
LONGEST_SPAN = 31  # days without work at a stretch; more is a slip of the pen


def category_name(code: str) -> str:
    """What a category of residents is called: B01 as its name."""
    known: dict[str, str] | None = cache.get(f"names-of:{CATEGORIES}")
    if known is None:
        known = {code: text for text, code in codes_of(CATEGORIES).items() if text != code}
        if known:  # reference data may still be on its way
            cache.set(f"names-of:{CATEGORIES}", known, KEPT)
    return known.get(code, code)


def figure_name(key: str) -> str:
    """The title of a figure of the catalogue; what is none yet keeps its key."""
    return str(FIGURES[key].name) if key in FIGURES else key


class FigureKey(Text):
    """A figure of the catalogue. What a source names before the catalogue knows it is kept."""

    def options(self) -> list[tuple[str, str]]:
        return [(figure.key, str(figure.name)) for figure in catalogue()]


@dataclass(frozen=True, kw_only=True)
class ChecklistItem:
    """An item of the build standard: which fact of the station, in the place's own wording (STN-02)."""

    code: str = part(_("登记项"), CHECKS)
    wording: str = part(_("本地表述"), TEXT)


@dataclass(frozen=True, kw_only=True)
class Target:
    """A goal that a document sets (TGT-01). ``figure`` is a key of the figures catalogue, or empty."""

    indicator: str = part(_("指标"), TEXT)
    figure: str | None = maybe(_("对应数据指标"), FigureKey(called=figure_name))
    at_least: Decimal | None = maybe(_("不低于"), AMOUNT)
    unit: str | None = maybe(_("单位"), TEXT)
    due: dt.date | None = maybe(_("期限"), DAY)
    phase: str | None = maybe(_("阶段"), TEXT)


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A step of building the network (TGT-07)."""

    name: str = part(_("阶段"), TEXT)
    years: int | None = maybe(_("用时"), COUNT, unit="年")
    until_year: int | None = maybe(_("至第几年"), COUNT)


@dataclass(frozen=True, kw_only=True)
class DemonstrationQuota:
    level: str = part(_("示范级别"), Text(choices=("省级", "市县级")))
    per: str = part(_("按"), Text(choices=("设区市", "县区")))
    number: int = part(_("数量"), COUNT, unit="个")
    at_least: bool = part(_("为最低数"), YES_NO, default=False)


@dataclass(frozen=True, kw_only=True)
class EducationRule:
    """Hours of continuing education that somebody of ``levels`` owes in each ``period`` (CPE-01)."""

    levels: tuple[str, ...] = part(_("适用职业资格"), CODES)
    period: str = part(_("周期"), Text(choices=("登记周期", "自然年", "滚动十二个月")))
    hours: Decimal = part(_("学时"), AMOUNT)
    term_years: int | None = maybe(_("登记周期年数"), COUNT)


@dataclass(frozen=True, kw_only=True)
class AllowanceRule:
    """Money to persons (PAY-15). The period is a field of its own: Liaoning's text does not state it."""

    group: str = part(_("发放对象"), TEXT)
    minimum: Decimal | None = maybe(_("最低"), AMOUNT, unit="元")
    maximum: Decimal | None = maybe(_("最高"), AMOUNT, unit="元")
    period: str = part(_("发放周期"), Text(choices=("一次性", "每月", "每年", "未载明")), default="未载明")


@dataclass(frozen=True, kw_only=True)
class PayScale:
    """Posts by grades (PAY-01); the amounts of Haining's table are not public."""

    posts: int = part(_("岗位数"), COUNT)
    grades: int = part(_("等级数"), COUNT)
    principle: str | None = maybe(_("原则"), TEXT)


@dataclass(frozen=True, kw_only=True)
class PostGrades:
    """Professional-technical post grades that a certificate leads to."""

    certificate: str = part(_("职业资格"), TEXT)
    highest: int = part(_("最高岗位等级"), COUNT)
    lowest: int = part(_("最低岗位等级"), COUNT)


@dataclass(frozen=True, kw_only=True)
class RatioRule:
    """How much of which money may, must or can buy services (FND-02). Bases are never merged.

    ``base`` is the amount that is divided by (a row of 资金基数), ``fund`` the source of money whose
    spending is counted (资金来源); ``None`` where the text does not say. ``percent`` is ``None``
    where localities decide.
    """

    percent: Decimal | None = maybe(_("比例"), PERCENT, unit="%")
    base: str = part(_("基数"), TEXT)
    fund: str | None = maybe(_("列支资金"), TEXT)
    base_year: str = part(_("基数年度"), Text(choices=("当年", "上年")), default="当年")
    meaning: str = part(_("性质"), MEANING)
    wording: str | None = maybe(_("程度用语"), TEXT)

    @property
    def binding(self) -> Binding:
        return Meaning(self.meaning).binding

    @property
    def limits(self) -> bool:
        """Whether spending above ``percent`` is a finding."""
        return Meaning(self.meaning).limits


@dataclass(frozen=True, kw_only=True)
class SubsidyRule:
    """Reward or subsidy to stations and projects (FND-15…20). ``None``: the text gives no number."""

    payer: str = part(_("出资方"), TEXT)
    percent: Decimal | None = maybe(_("补助比例"), PERCENT, unit="%")
    of: str | None = maybe(_("计算基础"), TEXT)
    cap: Decimal | None = maybe(_("最高"), AMOUNT, unit="元")
    amount: Decimal | None = maybe(_("定额"), AMOUNT, unit="元")
    per: str | None = maybe(_("按"), TEXT)
    condition: str | None = maybe(_("条件"), TEXT)


@dataclass(frozen=True, kw_only=True)
class CostShare:
    """Usual part of a cost head in a project's budget (``domain.md`` §5.4): warns, never blocks."""

    head: str = part(_("支出科目"), TEXT)
    at_least: Decimal | None = maybe(_("不低于"), PERCENT, unit="%")
    at_most: Decimal | None = maybe(_("不高于"), PERCENT, unit="%")


@dataclass(frozen=True, kw_only=True)
class BarRule:
    """How long and from what somebody is barred (RSK-09, FIL-05)."""

    years: int = part(_("禁入年数"), COUNT, unit="年")
    scope: str = part(_("禁入范围"), Text(choices=("本购买方的项目", "社会工作相关岗位")))
    because: str = part(_("情形"), TEXT)


@dataclass(frozen=True, kw_only=True)
class OneProjectRule:
    """Which projects of one registered worker are counted against each other (RSK-02): the source says "运行"."""

    counts: str = part(_("计入的项目"), Text(choices=("主责的项目", "参与的项目")))
    at_most: int = part(_("不超过"), COUNT, unit="个")


@dataclass(frozen=True, kw_only=True)
class VisitRule:
    """How often whom to visit (SVC-08, ``domain.md`` §6.4). One rule per code; the strictest duty counts.

    Somebody falls under it by one of ``risks`` or ``categories`` (with ``all_categories``, by holding
    all of them). ``per`` is a calendar period in which ``times`` visits are due, or ``days``: no gap
    longer than ``every_days``.
    """

    name: str = part(_("规则"), TEXT)
    enabled: bool = part(_("启用"), YES_NO)
    risks: tuple[str, ...] = part(_("风险等级"), CODES, default=())
    categories: tuple[str, ...] = part(_("对象类别"), Codes(called=category_name), default=())
    all_categories: bool = part(_("须同时具备各类别"), YES_NO, default=False)
    times: int | None = maybe(_("次数"), COUNT)
    per: str = part(_("周期"), Text(choices=("按天", "每月", "每季", "每半年", "按方案", "事件后")))
    every_days: int | None = maybe(_("间隔不超过"), COUNT, unit="天")
    after_days: tuple[str, ...] = part(_("事件后第几日"), CODES, default=())
    first_contact_hours: int | None = maybe(_("首次联系时限"), COUNT, unit="小时")
    modes: tuple[str, ...] = part(_("方式"), CODES, default=())
    workers: int = part(_("同行人数"), COUNT, default=1)
    condition: str | None = maybe(_("条件"), TEXT)


@dataclass(frozen=True, kw_only=True)
class CatalogueShape:
    """How a place's service catalogue is built (SVC-02); counts are ``None`` where digits are lost."""

    pattern: str = part(_("结构"), TEXT)
    fields: int | None = maybe(_("领域数"), COUNT)
    items: int | None = maybe(_("事项数"), COUNT)
    sub_items: int | None = maybe(_("细项数"), COUNT)
    names: tuple[str, ...] = part(_("领域名称"), CODES, default=())


@dataclass(frozen=True, kw_only=True)
class RhythmStep:
    """Something reported, controlled or published at a fixed rhythm (RPT-01…03)."""

    what: str = part(_("事项"), TEXT)
    every: str = part(_("频率"), Text(choices=("每周", "每月", "每季", "每年", "定期")))
    who: str | None = maybe(_("由谁"), TEXT)
    due: str | None = maybe(_("时点"), TEXT)


@dataclass(frozen=True, kw_only=True)
class SchemeOutline:
    """How a place evaluates (EVL-02…11)."""

    name: str = part(_("方案"), TEXT)
    dimensions: tuple[str, ...] = part(_("维度"), CODES, default=())
    indicators: int | None = maybe(_("指标数"), COUNT)
    evaluators: tuple[str, ...] = part(_("评价主体"), CODES)
    subjects: str | None = maybe(_("对象"), TEXT)
    compulsory: bool = part(_("必须实施"), YES_NO, default=False)
    timing: str | None = maybe(_("时点"), TEXT)


@dataclass(frozen=True, kw_only=True)
class GradeStep:
    """A grade of the scale and the lowest score that earns it."""

    grade: str = part(_("等级"), TEXT)
    from_score: Decimal = part(_("最低分"), AMOUNT)
    passed: bool = part(_("合格及以上"), YES_NO)


@dataclass(frozen=True, kw_only=True)
class ContestRule:
    """A recurring contest between stations (EVL-14…17): of results, never of use of the app."""

    aspects: tuple[str, ...] = part(_("比赛内容"), CODES)
    every: str = part(_("频率"), Text(choices=("每季", "每年")))
    awarded_ranks: int = part(_("奖励名次"), COUNT)
    award: str = part(_("奖励"), TEXT)
    feeds: str | None = maybe(_("结果运用"), TEXT)


@dataclass(frozen=True, kw_only=True)
class ContestWeight:
    """How much one aspect of the contest counts (``domain.md`` §12.5)."""

    aspect: str = part(_("比赛内容"), TEXT)
    percent: Decimal = part(_("权重"), PERCENT, unit="%")


@dataclass(frozen=True, kw_only=True)
class PeerBand:
    """Townships of about the same size: compared with each other beside the whole (``domain.md`` §12.5)."""

    name: str = part(_("组别"), TEXT)
    from_population: int = part(_("常住人口不少于"), COUNT, unit="人")


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A time limit by kind or severity."""

    case: str = part(_("情形"), TEXT)
    number: int = part(_("时限"), COUNT)
    unit: str = part(_("单位"), Text(choices=("小时", "日", "工作日")))


class Spans(Codes):
    """Days or spans of days, each as ``2027-10-01`` or ``2027-10-01至2027-10-07``."""

    form: ClassVar[str] = SPAN_FORM

    def read(self, raw: object) -> tuple[str, ...]:
        found = super().read(raw)
        for text in found:
            if (days := span(text)) is None:
                raise WrongValue(_("“%(text)s”不是日期；%(form)s") % {"text": text, "form": SPAN_FORM})
            if (days[1] - days[0]).days >= LONGEST_SPAN:
                told = {"text": text, "days": LONGEST_SPAN}
                raise WrongValue(_("“%(text)s”超过 %(days)d 日，请核对起止日期") % told)
        return found


@dataclass(frozen=True, kw_only=True)
class CalendarDays:
    """Days off and weekends that are worked instead, as a year's notice or a region's own law has them."""

    off: tuple[str, ...] = part(_("放假日期"), Spans(), default=())
    worked: tuple[str, ...] = part(_("调休上班日期"), Spans(), default=())


@dataclass(frozen=True, kw_only=True)
class SampleRule:
    """How many to inspect (INS-08): a share, a number, or stated with its unit lost."""

    percent: Decimal | None = maybe(_("比例"), PERCENT, unit="%")
    number: int | None = maybe(_("数量"), COUNT)
    every: str = part(_("频率"), Text(choices=("每年",)), default="每年")
