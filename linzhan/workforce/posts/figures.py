"""Figures of posts and origin (PPL-09, PPL-12…15)."""

from __future__ import annotations

from linzhan.kernel.figures import Formula, Query, fact, figure

fact(
    "work_posts",
    columns={
        "id": "uuid",
        "region_code": "string",
        "valid_from": "date",
        "valid_to": "date",
        "field": "string",
        "number": "int64",
    },
    live_sql="""
        SELECT id, region_code, opened_on AS valid_from, closed_on AS valid_to, field, number::bigint AS number
        FROM workforce_workpost
    """,
    registers=("work-posts",),
)
fact(
    "post_units",
    columns={
        "id": "uuid",
        "region_code": "string",
        "kind": "string",
        "grade": "string",
        "needed": "int64",
        "workers": "int64",
        "has_section": "boolean",
    },
    live_sql="""
        SELECT id, region_code, kind, grade, needed::bigint AS needed, workers::bigint AS workers, has_section
        FROM workforce_postunit
    """,
    registers=("post-units",),
)
fact(
    "person_origins",
    columns={
        "id": "uuid",
        "person": "string",
        "region_code": "string",
        "station_id": "uuid",
        "valid_from": "date",
        "valid_to": "date",
        "origin": "string",
    },
    live_sql="""
        SELECT o.id, coalesce(w.identity_number_index, o.worker_id::text) AS person, o.region_code, o.station_id,
            o.starts_on AS valid_from, o.ends_on + 1 AS valid_to, o.origin
        FROM workforce_personorigin o LEFT JOIN workforce_socialworker w ON w.id = o.worker_id
    """,
    registers=("person-origins",),
)


@figure(
    "workforce.posts",
    "社会工作专业岗位数",
    "个",
    definition="截至当日已设立、未撤销的社会工作专业岗位数之和（撤销日期当日起不计），可按领域拆分",
    timing="date",
    dims=("field",),
    known_by="work-posts",
)
def posts(q: Query) -> Formula:
    rows = q.fact("work_posts")
    return q.sum(rows.filter(q.holds(rows.valid_from, rows.valid_to)), "number")


@figure(
    "workforce.homes_staffed",
    "养老机构配备社工达标率",
    "%",
    definition="登记的养老机构中，现有社工不少于应配社工的家数÷有应配数的家数；应配数按当地每名社工对应的床位数得出，"
    "没有填现有社工的视为不达标；按现在的登记计，不追溯",
    timing="date",
    known_by="post-units",
)
def homes_staffed(q: Query) -> Formula:
    rows = q.fact("post_units")
    rows = rows.filter(rows.kind == "养老机构", rows.needed.notnull())
    return q.share(rows.mutate(met=q.ibis.coalesce(rows.workers, 0) >= rows.needed), "met")


@figure(
    "workforce.hospital_sections",
    "医务社工部门设置率",
    "%",
    definition="登记的二级及以上医疗机构中，设有医务社会工作部门的家数÷二级及以上家数；没有填的视为未设；按现在的登记计，不追溯",
    timing="date",
    known_by="post-units",
)
def hospital_sections(q: Query) -> Formula:
    rows = q.fact("post_units")
    rows = rows.filter(rows.kind == "医疗机构", rows.grade.isin(("二级", "三级")))
    no = q.ibis.literal(False)
    return q.share(rows.mutate(met=q.ibis.coalesce(rows.has_section, no)), "met")


@figure(
    "workforce.origins",
    "登记来源的社工数",
    "人",
    definition="截至当日登记了来源的社工人数，同一人只计一次，可按来源拆分（本土新招培养对象等）",
    timing="date",
    dims=("origin",),
    known_by="person-origins",
)
def origins(q: Query) -> Formula:
    rows = q.fact("person_origins")
    return q.count(rows.filter(q.holds(rows.valid_from, rows.valid_to)), "person")
