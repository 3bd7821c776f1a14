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
CRISIS_PLAN_HOURS = _count("crisis_plan_hours", _("预警：自杀自伤信号后制定危机计划的时限"), "小时")
SIGNAL_DAYS = _count("signal_days", _("预警：自杀自伤信号往前查看的时间"), "日")
SEVERE_SCORE = _count("severe_score", _("预警：抑郁筛查(PHQ-9)列为信号的得分"), "分")
ALONE_AGE = _count("alone_age", _("预警：不满几周岁不得独自居住"), "周岁")
UNATTENDED_AGE = _count("unattended_age", _("预警：不满几周岁不得无人看护"), "周岁")
GUARDIAN_MONTHS = _count("guardian_months", _("预警：监护人失联或不履责满几个月"), "个月")
SHORT_DAYS = _count("short_days", _("预警：人员不足持续多久"), "日")
SHORT_ORANGE = _percent("short_orange", _("预警：在岗占合同约定人数的橙色线"))
EDUCATION_PACE = _percent("education_pace", _("预警：剩余学时占剩余时间应修学时的比例"))
EDUCATION_NOTICE = _count("education_notice", _("预警：登记期届满前多久看继续教育"), "日")
EDUCATION_DONE = _percent("education_done", _("预警：登记期届满前应完成的学时比例"))
VETTING_NOTICE = _count("vetting_notice", _("预警：从业查询到期前提醒"), "日")
VISITS_PER_WORKER = _count("visits_per_worker", _("预警：每名社工每月应访次数"), "次")
PAYMENT_LATE_DAYS = _count("payment_late_days", _("预警：拨付晚于应付日期"), "日")
WAGES_LATE_DAYS = _count("wages_late_days", _("预警：薪酬晚于发放月末"), "日")
MILESTONE_DAYS = _count("milestone_days", _("预警：里程碑晚于计划日期列黄色"), "日")
MILESTONE_ORANGE_DAYS = _count("milestone_orange_days", _("预警：里程碑晚于计划日期列橙色"), "日")
SATISFACTION_FLOOR = _percent("satisfaction_floor", _("预警：满意度低于多少"))
SATISFACTION_DROP = _percent("satisfaction_drop", _("预警：满意度比上次下降几个百分点"))
CYCLE_LEAVERS = _percent("cycle_leavers", _("预警：项目周期内离职占平均在岗"))
RECORD_BACK_DAYS = _count("record_back_days", _("预警：探访、面谈和服务往前查看的时间"), "日")
CHANGE_BACK_DAYS = _count("change_back_days", _("预警：重大变故往前查看的时间"), "日")
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

INDIVIDUAL_SESSIONS: Final[Parameter[int]] = parameter_named("workforce.individual_sessions")
GROUP_SESSIONS: Final[Parameter[int]] = parameter_named("workforce.group_sessions")
FILING_DAYS: Final[Parameter[int]] = parameter_named("workforce.filing_days")
SHARE_LIMIT: Final[Parameter[Decimal]] = parameter_named("workforce.share_limit")
REGISTRATION_NOTICE_DAYS: Final[Parameter[int]] = parameter_named("workforce.registration_notice_days")
EXPIRY_NOTICE: Final[Parameter[int]] = parameter_named("casework.expiry_notice")
LATE_ENTRY_DAYS: Final[Parameter[int]] = parameter_named("casework.late_entry_days")
LAG_NOTICE: Final[Parameter[Decimal]] = parameter_named("procurement.lag_notice")
INCIDENT_RED: Final[Parameter[int]] = parameter_named("casework.incident_red")
INCIDENT_REPLY: Final[Parameter[int]] = parameter_named("casework.incident_reply")
CERTIFIED_STAFF: Final[Parameter[int]] = parameter_named("network.certified_staff")
VOLUNTEERS_PER_WORKER: Final[Parameter[int]] = parameter_named("workforce.volunteers_per_worker")
VETTING_DAYS: Final[Parameter[int]] = parameter_named("workforce.vetting_days")
OUTSIDE_OPERATOR_GRADE: Final[Parameter[str]] = parameter_named("providers.outside_operator_grade")
DISCLOSURE_DAY: Final[Parameter[int]] = parameter_named("oversight.disclosure_day")
FUNDING_RATIO: Final[Parameter[RatioRule]] = parameter_named("procurement.funding_ratio")


from linzhan.oversight.plausibility import parameters as plausibility_parameters  # noqa: E402, F401 -- declares its own
