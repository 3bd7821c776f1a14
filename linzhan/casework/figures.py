"""The figures of residents and services (``contract/figures.md``, residents.*, services.*; SVC-01…13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.casework import costs, facts, progress
from linzhan.casework.duties import duty_months
from linzhan.casework.enums import Method, ResidentStatus
from linzhan.kernel.figures import Formula, Query, figure

if TYPE_CHECKING:
    from ibis.expr.types import Table

RECORDS, RESIDENTS = "service-records", "residents"


def _registered(q: Query) -> Table:
    rows = q.fact("resident_states")
    return rows.filter(
        q.holds(rows.valid_from, rows.valid_to), rows.status == ResidentStatus.REGISTERED.value
    )


def _records(q: Query, method: Method | None = None) -> Table:
    rows = q.fact("service_records")
    rows = rows.filter(q.during(rows.day))
    return rows if method is None else rows.filter(rows.method == method.value)


@figure(
    "residents.registered",
    "在册服务对象",
    "人",
    definition="截至当日状态为“在册”的服务对象人数(“暂停”不计)；可按类别、风险等级拆分，一人多类各计一次",
    timing="date",
    dims=("category", "risk"),
    known_by=RESIDENTS,
)
def registered(q: Query) -> Formula:
    rows = _registered(q)
    categories = q.fact("resident_categories").rename(id="state_id")
    return q.count(rows, "resident_id", several=[q.several("category", categories, on="id")])


@figure(
    "residents.consented",
    "知情同意率",
    "%",
    definition="在册服务对象中，同意日期不晚于当日的所占比例",
    timing="date",
    known_by=RESIDENTS,
)
def consented(q: Query) -> Formula:
    rows = _registered(q)
    return q.share(
        rows.mutate(met=(rows.consented_on <= q.as_of).fill_null(False)), "met", distinct="resident_id"
    )


@figure(
    "services.records",
    "服务记录数",
    "条",
    definition="本期开始的、已通过的服务记录条数",
    timing="period",
    known_by=RECORDS,
)
def records(q: Query) -> Formula:
    return q.count(_records(q))


@figure(
    "services.persons",
    "服务人数",
    "人",
    definition="本期已通过记录中写明的服务对象，同一人在所问范围内只计一次",
    timing="period",
    known_by=RECORDS,
)
def persons(q: Query) -> Formula:
    rows = q.fact("record_residents")
    return q.count(rows.filter(q.during(rows.day)), "resident_id")


@figure(
    "services.person_times",
    "服务人次",
    "人次",
    definition="每条记录按填写的服务人次；未填的按写明的对象人数；再没有的，个别化服务计 1,其余不计",
    timing="period",
    known_by=RECORDS,
)
def person_times(q: Query) -> Formula:
    return q.sum(_records(q), "person_times", empty="null")


@figure(
    "services.visits",
    "探访次数",
    "次",
    definition="本期服务方式为“探访”的记录数，可按探访结果拆分",
    timing="period",
    dims=("outcome",),
    known_by=RECORDS,
)
def visits(q: Query) -> Formula:
    return q.count(_records(q, Method.VISIT))


@figure(
    "services.households",
    "探访户次",
    "户次",
    definition="本期探访按“户×日”去重；未填户编号的对象按本人计一户",
    timing="period",
    known_by=RECORDS,
)
def households(q: Query) -> Formula:
    rows = q.fact("record_residents")
    return q.count(rows.filter(q.during(rows.day), rows.method == Method.VISIT.value), ("household", "day"))


@figure(
    "services.cases_opened",
    "新开个案",
    "例",
    definition="个案编号首次出现在本期的个案数",
    timing="period",
    known_by=RECORDS,
)
def cases_opened(q: Query) -> Formula:
    rows = q.fact("cases")
    return q.count(rows.filter(q.during(rows.opened_on)), "case_key")


@figure(
    "services.cases_ongoing",
    "在办个案",
    "例",
    definition="期末已开且尚未结案的个案数",
    timing="date",
    known_by=RECORDS,
)
def cases_ongoing(q: Query) -> Formula:
    rows = q.fact("cases")
    still_open = rows.closed_on.isnull() | (rows.closed_on > q.as_of)
    return q.count(rows.filter(rows.opened_on <= q.as_of, still_open), "case_key")


@figure(
    "services.cases_closed",
    "结案个案",
    "例",
    definition="本期有一次服务写明“结案”的个案数",
    timing="period",
    known_by=RECORDS,
)
def cases_closed(q: Query) -> Formula:
    rows = q.fact("cases")
    return q.count(rows.filter(q.during(rows.closed_on)), "case_key")


@figure(
    "services.groups",
    "小组数",
    "个",
    definition="本期至少有一节活动的小组数(按个案小组编号)",
    timing="period",
    known_by=RECORDS,
)
def groups(q: Query) -> Formula:
    rows = _records(q, Method.GROUP)
    rows = rows.mutate(group_key=rows.region_code.left(6) + "/" + rows.case_code.nullif(""))
    return q.count(rows, "group_key")


@figure(
    "services.group_sessions",
    "小组节次",
    "节",
    definition="本期开展的小组活动节数",
    timing="period",
    known_by=RECORDS,
)
def group_sessions(q: Query) -> Formula:
    return q.count(_records(q, Method.GROUP))


@figure(
    "services.activities",
    "社区活动场次",
    "场",
    definition="本期服务方式为“活动”的记录数",
    timing="period",
    known_by=RECORDS,
)
def activities(q: Query) -> Formula:
    return q.count(_records(q, Method.ACTIVITY))


@figure(
    "services.activity_person_times",
    "社区活动人次",
    "人次",
    definition="本期社区活动的服务人次之和",
    timing="period",
    known_by=RECORDS,
)
def activity_person_times(q: Query) -> Formula:
    return q.sum(_records(q, Method.ACTIVITY), "person_times")


@figure(
    "services.consultations",
    "咨询",
    "次",
    definition="本期服务方式为“咨询”的记录数",
    timing="period",
    known_by=RECORDS,
)
def consultations(q: Query) -> Formula:
    return q.count(_records(q, Method.CONSULTATION))


@figure(
    "services.referrals",
    "转介",
    "次",
    definition="本期服务方式为“转介”的记录数",
    timing="period",
    known_by=RECORDS,
)
def referrals(q: Query) -> Formula:
    return q.count(_records(q, Method.REFERRAL))


@figure(
    "services.hours",
    "服务时长",
    "小时",
    definition="本期已通过记录的结束时间减开始时间之和",
    timing="period",
    known_by=RECORDS,
)
def hours(q: Query) -> Formula:
    return q.sum(_records(q), "hours")


@figure(
    "services.late_share",
    "补录占比",
    "%",
    definition="有录入时间的记录中，录入晚于结束时间超过当地时限(默认 3 天，即 72 小时)的所占比例",
    timing="period",
    known_by=RECORDS,
)
def late_share(q: Query) -> Formula:
    rows = q.ruled(_records(q), "casework.late_entry_days")
    rows = rows.filter(rows.entry_delay_hours.notnull())
    return q.share(rows.mutate(met=rows.entry_delay_hours > rows.limit_days * 24), "met")


@figure(
    "services.satisfaction",
    "满意度",
    "分",
    definition="有评分记录的平均分×20;样本数即分母",
    timing="period",
    known_by=RECORDS,
)
def satisfaction(q: Query) -> Formula:
    return q.mean(_records(q), "satisfaction", times=20)


@figure(
    "services.visit_rate",
    "月探访率",
    "%",
    definition="当月在册满 15 天且负有每月(或更严)探访责任的对象中，应做的探访都已做到的所占比例；"
    "只有见到本人或家属的探访算数；更长时段为各月的平均",
    timing="period",
    dims=("risk", "category"),
    known_by=(RESIDENTS, RECORDS),
)
def visit_rate(q: Query) -> Formula:
    categories = q.fact("resident_categories")
    rows = duty_months(q)
    return q.monthly_share(
        rows, "met", distinct="resident_id", several=[q.several("category", categories, on="state_id")]
    )


DEFINED_ELSEWHERE = (costs, facts, progress)
"""Modules whose import publishes facts and figures."""
