"""Figures of purchases: what was signed and how, amendments (PUR-09, PUR-21, PUR-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.kernel.figures import Formula, Query, fact, figure
from linzhan.procurement.enums import Tendering

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "purchases",
    columns={
        "id": "uuid",
        "region_code": "string",
        "signed_on": "date",
        "method": "string",
        "form": "string",
        "kind": "string",
        "budget_total": "decimal(16,2)",
        "contract_amount": "decimal(16,2)",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, signed_on, method, form, kind, budget_total, contract_amount
        FROM procurement_purchasefile WHERE stage <> '撤销'
    """,
    registers=("purchase-files",),
)
fact(
    "contract_changes",
    columns={"id": "uuid", "region_code": "string", "project_id": "uuid", "effective_on": "date"},
    live_sql="""
        SELECT id, region_code::text AS region_code, project_id, effective_on
        FROM procurement_contractchange WHERE stage = '已批准'
    """,
    registers=("contract-changes",),
)


def _signed(q: Query) -> Table:
    rows = q.fact("purchases")
    return rows.filter(q.during(rows.signed_on))


@figure(
    "purchases.signed",
    "签约的采购数",
    "个",
    definition="签订日期在本期内、未撤销的采购档案数，可按采购方式、购买形式、项目类型拆分；补建的档案没有签订日期，不计",
    timing="period",
    dims=("method", "form", "kind"),
    known_by="purchase-files",
)
def signed(q: Query) -> Formula:
    return q.count(_signed(q), "id")


@figure(
    "purchases.open_tender_share",
    "公开招标占比",
    "%",
    definition="本期签约的采购中采购方式为“公开招标”的个数÷本期签约、写明采购方式的采购数",
    timing="period",
    known_by="purchase-files",
)
def open_tender_share(q: Query) -> Formula:
    rows = _signed(q)
    rows = rows.filter(rows.method != "")
    return q.ratio(
        q.count(rows.filter(rows.method == Tendering.OPEN.value), "id"), q.count(rows, "id"), times=100
    )


@figure(
    "purchases.contract_of_budget",
    "合同金额占预算",
    "%",
    definition="本期签约的采购的合同金额之和÷其预算总额之和，只计两者都写明的",
    timing="period",
    known_by="purchase-files",
)
def contract_of_budget(q: Query) -> Formula:
    rows = _signed(q)
    rows = rows.filter(rows.budget_total.notnull(), rows.contract_amount.notnull())
    return q.ratio(q.sum(rows, "contract_amount"), q.sum(rows, "budget_total"), times=100)


@figure(
    "projects.changes",
    "合同变更数",
    "次",
    definition="生效日期在本期内、已批准的合同变更数",
    timing="period",
    known_by="contract-changes",
)
def changes(q: Query) -> Formula:
    rows = q.fact("contract_changes")
    return q.count(rows.filter(q.during(rows.effective_on)), "id")
