"""The figures of what is decided about money, besides what moves (FND-11…16, FND-19, FND-22, FND-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.kernel.figures import Formula, Query, fact, figure

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "fund_decisions",
    columns={
        "id": "uuid",
        "region_code": "string",
        "project_id": "uuid",
        "day": "date",
        "kind": "string",
        "source": "string",
        "level": "string",
        "amount": "decimal(16,2)",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, NULL::uuid AS project_id, allotted_on AS day, '下达' AS kind, source,
            fund_level AS level, amount
        FROM procurement_allocation WHERE stage = '已下达'
        UNION ALL
        SELECT id, region_code::text, project_id, make_date(year, 12, 31), '承诺', source, fund_level, amount
        FROM procurement_fundingline WHERE stage = '已承诺'
        UNION ALL
        SELECT id, region_code::text, project_id, decided_on, '奖补', '财政预算', '', amount
        FROM procurement_subsidy WHERE stage = '已批准' AND decided_on IS NOT NULL AND amount IS NOT NULL
        UNION ALL
        SELECT id, region_code::text, project_id, recovered_on, '追回', '', '', amount
        FROM procurement_clawback WHERE stage = '已追回' AND recovered_on IS NOT NULL
        UNION ALL
        SELECT id, region_code::text, project_id, handed_on, '费随事转', '部门资金', '', arrived
        FROM procurement_delegatedwork WHERE arrived IS NOT NULL
        UNION ALL
        SELECT id, region_code::text, NULL::uuid, make_date(year, 12, 31), '专项基金', source, '', amount
        FROM procurement_specialfund WHERE amount IS NOT NULL
    """,
    registers=(
        "allocations",
        "funding-lines",
        "subsidies",
        "clawbacks",
        "delegated-work",
        "special-funds",
    ),
)
fact(
    "matching_funds",
    columns={
        "id": "uuid",
        "region_code": "string",
        "project_id": "uuid",
        "day": "date",
        "level": "string",
        "promised": "decimal(16,2)",
        "arrived": "decimal(16,2)",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, project_id, make_date(year, 12, 31) AS day, fund_level AS level,
            promised, coalesce(arrived, 0) AS arrived
        FROM procurement_matchingfund
    """,
    registers=("matching-funds",),
)
fact(
    "bank_lines",
    columns={
        "id": "uuid",
        "region_code": "string",
        "project_id": "uuid",
        "day": "date",
        "stage": "string",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, project_id, happened_on AS day, stage FROM procurement_bankline
    """,
    registers=("bank-lines",),
)


def _decided(q: Query, kind: str) -> Table:
    rows = q.fact("fund_decisions")
    return rows.filter(q.during(rows.day), rows.kind == kind)


@figure(
    "funds.allocated",
    "资金下达",
    "元",
    definition="本期下达且复核过的资金之和，收回的不计；可按来源、级次拆分",
    timing="period",
    dims=("source", "level"),
    known_by="allocations",
)
def allocated(q: Query) -> Formula:
    return q.sum(_decided(q, "下达"), "amount")


@figure(
    "funds.committed",
    "已承诺资金",
    "元",
    definition="年度在本期内的已承诺资金安排之和，按该年 12 月 31 日计入；释放的不计",
    timing="period",
    dims=("source", "level"),
    known_by="funding-lines",
)
def committed(q: Query) -> Formula:
    return q.sum(_decided(q, "承诺"), "amount")


@figure(
    "funds.subsidies",
    "奖补金额",
    "元",
    definition="本期批准的奖补金额之和",
    timing="period",
    known_by="subsidies",
)
def subsidies(q: Query) -> Formula:
    return q.sum(_decided(q, "奖补"), "amount")


@figure(
    "funds.recovered",
    "追回资金",
    "元",
    definition="本期追回到账的购买资金之和",
    timing="period",
    known_by="clawbacks",
)
def recovered(q: Query) -> Formula:
    return q.sum(_decided(q, "追回"), "amount")


@figure(
    "funds.delegated",
    "费随事转资金",
    "元",
    definition="本期委托事项已拨的经费之和；没有写明已拨数的不计",
    timing="period",
    known_by="delegated-work",
)
def delegated(q: Query) -> Formula:
    return q.sum(_decided(q, "费随事转"), "amount")


@figure(
    "funds.special",
    "专项基金规模",
    "元",
    definition="年度在本期内的专项基金规模之和，按该年 12 月 31 日计入",
    timing="period",
    dims=("source",),
    known_by="special-funds",
)
def special(q: Query) -> Formula:
    return q.sum(_decided(q, "专项基金"), "amount")


@figure(
    "funds.matched_share",
    "配套到位率",
    "%",
    definition="年度在本期内的配套资金已到位之和÷应配套之和",
    timing="period",
    dims=("level",),
    known_by="matching-funds",
)
def matched_share(q: Query) -> Formula:
    rows = q.fact("matching_funds")
    rows = rows.filter(q.during(rows.day))
    return q.ratio(q.sum(rows, "arrived"), q.sum(rows, "promised"), times=100)


@figure(
    "funds.unreconciled",
    "未对账银行流水",
    "笔",
    definition="本期的银行流水中还没有对账的笔数",
    timing="period",
    known_by="bank-lines",
)
def unreconciled(q: Query) -> Formula:
    rows = q.fact("bank_lines")
    return q.count(rows.filter(q.during(rows.day), rows.stage == "未对账"), "id")
