"""Thresholds of early warning: what the rules of ``domain.md`` §13 measure against, decided by places (RSK-11).

The national proposals stand in ``thresholds.toml`` with their source.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from linzhan.policy.api import (
    COUNT,
    PERCENT,
    Group,
    Meaning,
    Parameter,
    parameter,
    parameter_named,
    read_defaults,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from linzhan.policy.api import RatioRule

read_defaults(Path(__file__).with_name("thresholds.toml"))


def _count(code: str, label: StrOrPromise, unit: str) -> Parameter[int]:
    return parameter(
        code=f"oversight.{code}",
        label=label,
        group=Group.OVERSIGHT,
        kind=COUNT,
        unit=unit,
        meaning=Meaning.GUIDE,
        requirements="RSK-01 RSK-11",
    )


def _percent(code: str, label: StrOrPromise) -> Parameter[Decimal]:
    return parameter(
        code=f"oversight.{code}",
        label=label,
        group=Group.OVERSIGHT,
        kind=PERCENT,
        unit="%",
        meaning=Meaning.GUIDE,
        requirements="RSK-01 RSK-11",
    )


OVERDUE_RED_DAYS = _count("overdue_red_days", _("预警：高风险对象探访逾期几日列红色"), "日")
UNMET_VISITS = _count("unmet_visits", _("预警：连续几次探访未见到"), "次")
CHANGE_CONTACT_HOURS = _count("change_contact_hours", _("预警：重大变故后须联系的时限"), "小时")
CASE_IDLE_DAYS = _count("case_idle_days", _("预警：介入中的个案多久没有面谈"), "日")
CRISIS_IDLE_DAYS = _count("crisis_idle_days", _("预警：危机个案多久没有面谈"), "日")
CASE_OVERRUN_DAYS = _count("case_overrun_days", _("预警：个案超过预计结案日期"), "日")
CRISIS_DAYS = _count("crisis_days", _("预警：频繁危机所看的时间"), "日")
CRISIS_TIMES = _count("crisis_times", _("预警：频繁危机的次数"), "次")
VERIFIED_DAYS = _count("verified_days", _("预警：类别多久没有核实"), "日")
LEAVERS_YELLOW = _percent("leavers_yellow", _("预警：流失率黄色线"))
LEAVERS_ORANGE = _percent("leavers_orange", _("预警：流失率橙色线"))
LEAVERS_LEAST = _count("leavers_least", _("预警：流失率至少须有的平均在岗人数"), "人")
LOOK_BACK_DAYS = _count("look_back_days", _("预警：已发生的情形往前查看的时间"), "日")
CASES_PER_WORKER = _count("cases_per_worker", _("预警：每名社工在办个案数"), "个")
SUPERVISION_GAP_DAYS = _count("supervision_gap_days", _("预警：多久没有督导"), "日")
LAG_ORANGE = _percent("lag_orange", _("预警：进度系数橙色线"))
RUSH_TAIL = _percent("rush_tail", _("预警：突击完成所看的合同期末段"))
RUSH_SHARE = _percent("rush_share", _("预警：末段完成占全部的比例"))
BUDGET_GAP = _percent("budget_gap", _("预警：支出进度与时间进度之差"))
SALARIES_LEAST = _percent("salaries_least", _("预警：薪酬占支出下限"))
MANAGEMENT_MOST = _percent("management_most", _("预警：管理占支出上限"))
STRUCTURE_FROM = _percent("structure_from", _("预警：合同期过多少后才看支出结构"))
RENEWAL_DAYS = _count("renewal_days", _("预警：合同到期前须决定续签"), "日")
INSPECTION_MONTH = _count("inspection_month", _("预警：年检结论期限(月)"), "月")
INSPECTION_DAY = _count("inspection_dom", _("预警：年检结论期限(日)"), "日")
DISCLOSURE_GRACE = _count("disclosure_grace", _("预警：三务公开日后的宽限"), "日")
LATE_ENTRY_SHARE = _percent("late_entry_share", _("预警：补录占比上限"))
QUALITY_DAYS = _count("quality_days", _("预警：数据质量所看的时间"), "日")
QUALITY_RECORDS = _count("quality_records", _("预警：数据质量至少须有的记录"), "条")
QUIET_RUNS = _count("quiet_runs", _("预警：连续几次不成立后自动关闭"), "次")
SNOOZE_DAYS = _count("snooze_days", _("预警：一次暂缓最长时间"), "日")
ALERT_HOURS: Parameter[int] = parameter(
    code="oversight.alert_hours",
    label=_("预警：知悉时限，超过即上报上一级"),
    group=Group.OVERSIGHT,
    kind=COUNT,
    unit="小时",
    variants=_("级别"),
    meaning=Meaning.GUIDE,
    requirements="RSK-01",
)

FILING_DAYS: Final[Parameter[int]] = parameter_named("workforce.filing_days")
SHARE_LIMIT: Final[Parameter[Decimal]] = parameter_named("workforce.share_limit")
REGISTRATION_NOTICE_DAYS: Final[Parameter[int]] = parameter_named("workforce.registration_notice_days")
EXPIRY_NOTICE: Final[Parameter[int]] = parameter_named("casework.expiry_notice")
LATE_ENTRY_DAYS: Final[Parameter[int]] = parameter_named("casework.late_entry_days")
LAG_NOTICE: Final[Parameter[Decimal]] = parameter_named("procurement.lag_notice")
DISCLOSURE_DAY: Final[Parameter[int]] = parameter_named("oversight.disclosure_day")
FUNDING_RATIO: Final[Parameter[RatioRule]] = parameter_named("procurement.funding_ratio")


from linzhan.oversight.plausibility import parameters as plausibility_parameters  # noqa: E402, F401 -- declares its own
