"""The figures of projects and money (``contract/figures.md``, projects.*, funds.*; PUR, FND-02…10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from linzhan.kernel import places
from linzhan.kernel.figures import Formula, Query, fact, figure, grouping, ruling
from linzhan.policy.api import procurement, rulings_by_prefix, rulings_of
from linzhan.procurement.enums import MovementKind, ProjectStatus

if TYPE_CHECKING:
    from ibis.expr.types import Table

RUNNING = (ProjectStatus.RUNNING.value, ProjectStatus.EVALUATING.value)

fact(
    "projects",
    columns={
        "id": "uuid",
        "project_id": "uuid",
        "region_code": "string",
        "provider_id": "uuid",
        "code": "string",
        "name": "string",
        "kind": "string",
        "method": "string",
        "purchaser_level": "string",
        "contract_amount": "decimal(16,2)",
        "starts_on": "date",
        "ends_on": "date",
        "target_registrations": "int64",
        "target_visits": "int64",
        "target_cases": "int64",
        "target_groups": "int64",
        "target_activities": "int64",
        "target_person_times": "int64",
        "target_satisfaction": "decimal(5,2)",
    },
    live_sql="""
        SELECT id, id AS project_id, region_code::text AS region_code, provider_id, code::text AS code, name, kind, method,
            CASE WHEN region_code LIKE '__0000000000' THEN '省' WHEN region_code LIKE '____00000000' THEN '市'
                WHEN region_code LIKE '______000000' THEN '县' ELSE '乡' END AS purchaser_level,
            contract_amount, starts_on, ends_on, target_registrations::bigint AS target_registrations,
            target_visits::bigint AS target_visits, target_cases::bigint AS target_cases,
            target_groups::bigint AS target_groups, target_activities::bigint AS target_activities,
            target_person_times::bigint AS target_person_times, target_satisfaction
        FROM procurement_serviceproject
    """,
)
fact(
    "project_states",
    columns={
        "id": "uuid",
        "project_id": "uuid",
        "region_code": "string",
        "valid_from": "date",
        "valid_to": "date",
        "status": "string",
        "staff": "int64",
        "professional_posts": "int64",
        "kind": "string",
        "starts_on": "date",
        "ends_on": "date",
    },
    live_sql="""
        SELECT s.subject_id AS id, s.subject_id AS project_id, s.region_code::text AS region_code, s.valid_from, s.valid_to, s.status,
            s.staff::bigint AS staff, s.professional_posts::bigint AS professional_posts, p.kind, p.starts_on, p.ends_on
        FROM procurement_projectstate s JOIN procurement_serviceproject p ON p.id = s.subject_id
    """,
    registers=("projects",),
)
fact(
    "project_stations",
    columns={"project_id": "uuid", "station_id": "uuid", "region_code": "string"},
    live_sql="""
        SELECT project_id, station_id, region_code::text AS region_code FROM procurement_projectstation
    """,
    registers=("projects",),
)
fact(
    "funds",
    columns={
        "id": "uuid",
        "region_code": "string",
        "project_id": "uuid",
        "moved_on": "date",
        "kind": "string",
        "source": "string",
        "level": "string",
        "head": "string",
        "amount": "decimal(16,2)",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, project_id, moved_on, kind, source, fund_level AS level, head,
            amount
        FROM procurement_fundmovement
        UNION ALL
        SELECT r.id, m.region_code::text, m.project_id, r.returned_on, m.kind, m.source, m.fund_level, m.head, -r.amount
        FROM procurement_fundreturn r JOIN procurement_fundmovement m ON m.id = r.movement_id
        WHERE r.stage = '已核准'
    """,
    registers=("funds", "fund-returns"),
)
fact(
    "fund_bases",
    columns={
        "id": "uuid",
        "region_code": "string",
        "year": "int64",
        "name": "string",
        "amount": "decimal(16,2)",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, year::bigint AS year, name, amount FROM procurement_fundbase
    """,
    registers=("fund-bases",),
)


@grouping("project", "项目", column="project_id")
def by_project(q: Query) -> Table:
    rows = q.fact("projects")
    return rows.select(
        key=rows.project_id,
        code=rows.code,
        name=rows.name,
        region_code=rows.region_code,
        present=q.ibis.literal(value=True),
    )


@ruling(
    "procurement.funding_ratio",
    base="string",
    fund="string",
    cap="float64",
    base_year="string",
    own="boolean",
)
def funding_ratios(on: date) -> Iterator[Mapping[str, str | float | bool | None]]:
    """All ratio rules in force at every place that decides for itself; bases are never merged (FND-02)."""
    stated = {
        line.prefix for line in rulings_by_prefix(procurement.FUNDING_RATIO, within=places.NATION, on=on)
    }
    for prefix in sorted(stated, key=lambda each: (len(each), each)):
        for decided in rulings_of(procurement.FUNDING_RATIO, region=places.pad(prefix), on=on):
            rule = decided.value
            cap = None if rule.percent is None else float(Decimal(rule.percent))
            yield {
                "prefix": prefix,
                "base": rule.base,
                "fund": rule.fund or rule.base,
                "cap": cap,
                "base_year": rule.base_year,
                "own": True,
            }


def _running(q: Query) -> Table:
    rows = q.fact("project_states")
    return rows.filter(
        q.holds(rows.valid_from, rows.valid_to),
        rows.starts_on <= q.as_of,
        rows.ends_on >= q.as_of,
        rows.status.isin(RUNNING),
    )


def _contracts(q: Query) -> Table:
    rows = q.fact("projects")
    return rows.filter(q.during(rows.starts_on))


def _moved(q: Query, kind: MovementKind) -> Table:
    rows = q.fact("funds")
    return rows.filter(q.during(rows.moved_on), rows.kind == kind.value)


@figure(
    "projects.running",
    "执行中项目数",
    "个",
    definition="合同期含当日且状态为“执行”或“评估”的项目数",
    timing="date",
    dims=("kind",),
    known_by="projects",
)
def running(q: Query) -> Formula:
    return q.count(_running(q), "project_id")


@figure(
    "projects.contract_amount",
    "合同金额",
    "元",
    definition="本期开始的合同的金额之和，可按类型、采购方式、购买主体级别拆分",
    timing="period",
    dims=("kind", "method", "purchaser_level"),
    known_by="projects",
)
def contract_amount(q: Query) -> Formula:
    return q.sum(_contracts(q), "contract_amount")


@figure(
    "projects.providers",
    "承接项目的机构数",
    "家",
    definition="合同金额所计的那些合同的承接机构，去重",
    timing="period",
    dims=("kind", "method", "purchaser_level"),
    known_by="projects",
)
def project_providers(q: Query) -> Formula:
    return q.count(_contracts(q), "provider_id")


@figure(
    "projects.posts_share",
    "社工专业岗位占比",
    "%",
    definition="执行中项目的社工专业岗位数之和÷项目总人数之和",
    timing="date",
    known_by="projects",
)
def posts_share(q: Query) -> Formula:
    rows = _running(q)
    rows = rows.filter(rows.staff.notnull(), rows.professional_posts.notnull())
    return q.ratio(q.sum(rows, "professional_posts"), q.sum(rows, "staff"), times=100)


@figure(
    "funds.budgeted",
    "预算",
    "元",
    definition="本期登记的预算金额之和，可按来源、级次、科目拆分",
    timing="period",
    dims=("source", "level", "head"),
    known_by="funds",
)
def budgeted(q: Query) -> Formula:
    return q.sum(_moved(q, MovementKind.BUDGET), "amount")


@figure(
    "funds.paid",
    "拨付",
    "元",
    definition="本期拨付金额之和，可按来源、级次、科目拆分",
    timing="period",
    dims=("source", "level", "head"),
    known_by="funds",
)
def paid(q: Query) -> Formula:
    return q.sum(_moved(q, MovementKind.PAYMENT), "amount")


@figure(
    "funds.spent",
    "支出",
    "元",
    definition="本期支出金额之和，可按来源、级次、科目拆分",
    timing="period",
    dims=("source", "level", "head"),
    known_by="funds",
)
def spent(q: Query) -> Formula:
    return q.sum(_moved(q, MovementKind.EXPENDITURE), "amount")


@figure(
    "funds.ratio_use",
    "资金比例执行",
    "%",
    definition="当年以规则所指资金列支的支出÷规则的基数年度的基数金额；当地每条规则一行，没有规则就没有这一行，各基数不合并",
    timing="period",
    always=("base", "cap"),
    known_by=("funds", "fund-bases"),
)
def ratio_use(q: Query) -> Formula:
    """The year is that of the period's end; a base of 上年 is last year's (FND-03…10)."""
    year = q.end.year().cast("int64")
    rules = q.here("procurement.funding_ratio")
    bases, spent_rows = q.fact("fund_bases"), q.fact("funds")
    wanted = rules.mutate(wanted=q.ibis.ifelse(rules.base_year == "上年", year - 1, year))
    found = wanted.join(bases, [wanted.base == bases["name"], wanted.wanted == bases.year])
    below = found.select("id", "region_code", "base", "cap", "amount")
    spent_rows = spent_rows.filter(
        spent_rows.kind == MovementKind.EXPENDITURE.value, spent_rows.moved_on.year().cast("int64") == year
    )
    used = rules.join(spent_rows, rules.fund == spent_rows.source)
    above = used.select("id", "region_code", "base", "cap", "amount")
    return q.ratio(q.sum(above, "amount"), q.sum(below, "amount", empty="null"), times=100)
