"""Figures of assignments and vetting: who is on several projects, whose time is given twice (RSK-02, PUR-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.kernel.figures import Formula, Query, fact, figure

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "assignments",
    columns={
        "id": "uuid",
        "person": "string",
        "region_code": "string",
        "station_id": "uuid",
        "project_id": "uuid",
        "role": "string",
        "share": "decimal(8,2)",
        "with_minors": "boolean",
        "valid_from": "date",
        "valid_to": "date",
    },
    live_sql="""
        SELECT a.id, coalesce(w.identity_number_index, a.worker_id::text) AS person, a.region_code, a.station_id,
            a.project_id, a.role, coalesce(a.share, CASE WHEN a.full_time THEN 100 END) AS share, a.with_minors,
            a.starts_on AS valid_from, a.ends_on + 1 AS valid_to
        FROM workforce_assignment a LEFT JOIN workforce_socialworker w ON w.id = a.worker_id
        WHERE a.stage IN ('在派', '已结束')
    """,
    registers=("assignments",),
)
fact(
    "vettings",
    columns={"id": "uuid", "person": "string", "answered_on": "date", "until": "date", "clear": "boolean"},
    live_sql="""
        SELECT v.id, coalesce(w.identity_number_index, v.worker_id::text) AS person, v.answered_on,
            v.valid_until AS until, v.result = '未发现' AS clear
        FROM workforce_vetting v LEFT JOIN workforce_socialworker w ON w.id = v.worker_id
        WHERE v.answered_on IS NOT NULL
    """,
    registers=("vettings",),
)


def _holding(q: Query) -> Table:
    rows = q.fact("assignments")
    return rows.filter(q.holds(rows.valid_from, rows.valid_to))


@figure(
    "workforce.assigned",
    "在派社工数",
    "人",
    definition="截至当日有在派项目的社工人数，同一人只计一次；可按角色拆分",
    timing="date",
    dims=("role",),
    known_by="assignments",
)
def assigned(q: Query) -> Formula:
    return q.count(_holding(q), "person")


@figure(
    "workforce.several_projects",
    "同时在多个项目的社工数",
    "人",
    definition="截至当日同时派任在两个及以上项目的社工人数，同一人只计一次，不论专职兼职、是否主责；"
    "是否允许由当地规定，这里只列出来供核对",
    timing="date",
    known_by="assignments",
)
def several_projects(q: Query) -> Formula:
    rows = _holding(q)
    rows = rows.filter(q.within(rows.region_code))
    numbers = rows.group_by(rows.person).aggregate(number=rows.project_id.nunique())
    joined = rows.join(numbers, "person")
    return q.count(joined.filter(joined.number > 1), "person")


@figure(
    "workforce.over_share",
    "投入比例合计超过 100% 的社工数",
    "人",
    definition="截至当日各在派项目投入比例合计超过 100% 的社工人数；没填比例的专职按 100% 计，其余没填的不计入合计",
    timing="date",
    known_by="assignments",
)
def over_share(q: Query) -> Formula:
    rows = _holding(q)
    rows = rows.filter(q.within(rows.region_code))
    sums = rows.group_by(rows.person).aggregate(total=rows.share.sum())
    joined = rows.join(sums, "person")
    return q.count(joined.filter(joined.total > 100), "person")


@figure(
    "workforce.vetted_rate",
    "从业查询有效率",
    "%",
    definition="截至当日在派且接触未成年人的社工中，最近一次从业查询结果为“未发现”且在有效期内的人数÷在派且接触未成年人的人数",
    timing="date",
    known_by="assignments",
)
def vetted_rate(q: Query) -> Formula:
    rows, answers = _holding(q), q.fact("vettings")
    rows = rows.filter(rows.with_minors)
    told = answers.filter(answers.answered_on <= q.as_of)
    last = told.group_by(told.person).aggregate(last=told.answered_on.max())
    latest = told.join(last, "person")
    latest = latest.filter(latest.answered_on == latest.last)
    latest = latest.group_by(latest.person).aggregate(valid=(latest.clear & (latest.until >= q.as_of)).all())
    joined = rows.left_join(latest, "person")
    met = joined.select(
        *(rows[name] for name in rows.columns), met=q.ibis.coalesce(joined.valid, q.ibis.literal(False))
    )
    return q.share(met, "met", distinct="person")
