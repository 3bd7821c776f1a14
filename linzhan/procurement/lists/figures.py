"""Figures of topics, delegated items and contests (PUR-19, PUR-20, PUR-23, HOT-04, HOT-05)."""

from __future__ import annotations

from linzhan.kernel.figures import Formula, Query, fact, figure

fact(
    "project_classes",
    columns={
        "id": "uuid",
        "region_code": "string",
        "project_id": "uuid",
        "starts_on": "date",
        "topic": "string",
        "special": "string",
    },
    live_sql="""
        SELECT c.id, c.region_code::text AS region_code, c.project_id, p.starts_on, c.topic, c.special
        FROM procurement_projectclass c JOIN procurement_serviceproject p ON p.id = c.project_id
    """,
    registers=("project-classes", "projects"),
)
fact(
    "department_items",
    columns={
        "id": "uuid",
        "region_code": "string",
        "department": "string",
        "valid_from": "date",
        "valid_to": "date",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, department, starts_on AS valid_from, ends_on AS valid_to
        FROM procurement_departmentitem
    """,
    registers=("department-items",),
)
fact(
    "contest_entries",
    columns={
        "id": "uuid",
        "region_code": "string",
        "opened_on": "date",
        "kind": "string",
        "award": "string",
        "granted": "decimal(16,2)",
    },
    live_sql="""
        SELECT e.id, e.region_code::text AS region_code, c.opened_on, c.kind, e.award, e.granted
        FROM procurement_contestentry e JOIN procurement_contest c ON c.id = e.contest_id
    """,
    registers=("contest-entries", "contests"),
)


@figure(
    "projects.classed",
    "按主题的项目数",
    "个",
    definition="合同在本期开始、登记了项目分类的项目数，可按主题、特殊性质（应急处置、灾害救援、灾后重建、疫后关爱康复）拆分",
    timing="period",
    dims=("topic", "special"),
    known_by="project-classes",
)
def classed(q: Query) -> Formula:
    rows = q.fact("project_classes")
    return q.count(rows.filter(q.during(rows.starts_on)), "project_id")


@figure(
    "procurement.department_items",
    "部门下沉事项数",
    "项",
    definition="截至当日已下沉、未收回的部门事项数（收回日期当日起不计），可按部门拆分",
    timing="date",
    dims=("department",),
    known_by="department-items",
)
def delegated(q: Query) -> Formula:
    rows = q.fact("department_items")
    return q.count(rows.filter(q.holds(rows.valid_from, rows.valid_to)), "id")


@figure(
    "contests.entries",
    "公益创投和大赛申报数",
    "个",
    definition="征集日期在本期内的批次收到的申报数，可按形式、结果拆分",
    timing="period",
    dims=("kind", "award"),
    known_by=("contest-entries", "contests"),
)
def entries(q: Query) -> Formula:
    rows = q.fact("contest_entries")
    return q.count(rows.filter(q.during(rows.opened_on)), "id")


@figure(
    "contests.granted",
    "公益创投和大赛资助金额",
    "元",
    definition="征集日期在本期内的批次给予资助的金额之和",
    timing="period",
    dims=("kind",),
    known_by=("contest-entries", "contests"),
)
def granted(q: Query) -> Formula:
    rows = q.fact("contest_entries")
    return q.sum(rows.filter(q.during(rows.opened_on)), "granted")
