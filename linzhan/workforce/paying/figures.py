"""Figures of pay: who stands on the scale, who is insured, what was paid to persons (PAY-01, PAY-02, PAY-05, PAY-09)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.kernel.figures import Formula, Query, fact, figure

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "pay_placements",
    columns={
        "id": "uuid",
        "person": "string",
        "region_code": "string",
        "station_id": "uuid",
        "valid_from": "date",
        "valid_to": "date",
        "follows": "boolean",
        "insured": "boolean",
    },
    live_sql="""
        SELECT p.id, coalesce(w.identity_number_index, p.worker_id::text) AS person, p.region_code, p.station_id,
            p.starts_on AS valid_from, p.ends_on + 1 AS valid_to,
            s.held IS NOT NULL AND p.monthly BETWEEN coalesce(s.minimum, 0) AND coalesce(s.maximum, p.monthly) AS follows,
            p.social_insurance AND p.housing_fund AS insured
        FROM workforce_payplacement p LEFT JOIN workforce_socialworker w ON w.id = p.worker_id
        LEFT JOIN LATERAL (
            SELECT l.held, l.minimum, l.maximum FROM (
                SELECT *, CASE WHEN region_code = '000000000000' THEN 0 WHEN right(region_code, 10) = '0000000000' THEN 2
                    WHEN right(region_code, 8) = '00000000' THEN 4 WHEN right(region_code, 6) = '000000' THEN 6
                    WHEN right(region_code, 3) = '000' THEN 9 ELSE 12 END AS held
                FROM workforce_payscaleline
            ) l
            WHERE l.post = p.post AND l.grade = p.grade AND l.starts_on <= p.starts_on
                AND (l.minimum IS NOT NULL OR l.maximum IS NOT NULL)
                AND left(p.region_code, l.held) = left(l.region_code, l.held)
            ORDER BY l.held DESC, l.starts_on DESC LIMIT 1
        ) s ON true
    """,
    registers=("pay-placements", "pay-scale"),
)
fact(
    "allowance_lines",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "paid_on": "date",
        "rule": "string",
        "amount": "decimal(16,2)",
    },
    live_sql="""
        SELECT l.id, l.region_code, l.station_id, b.paid_on, b.rule, l.amount
        FROM workforce_allowanceline l JOIN workforce_allowancebatch b ON b.id = l.batch_id
        WHERE b.stage = '已发放'
    """,
    registers=("allowance-batches",),
)


def _full_time(q: Query) -> Table:
    """Those on post full-time on the day, each with where they stand on the scale, if they do."""
    posted = q.fact("postings")
    posted = posted.filter(
        q.holds(posted.valid_from, posted.valid_to),
        posted.post != "其他",
        posted.employment.isin(("全职", "直聘")),
    )
    placed = q.fact("pay_placements")
    placed = placed.filter(q.holds(placed.valid_from, placed.valid_to))
    placed = placed.group_by(placed.person).aggregate(
        follows=placed.follows.any(), insured=placed.insured.any()
    )
    joined = posted.left_join(placed, "person")
    no = q.ibis.literal(False)
    return joined.select(
        *(posted[name] for name in posted.columns),
        follows=q.ibis.coalesce(joined.follows, no),
        insured=q.ibis.coalesce(joined.insured, no),
    )


@figure(
    "workforce.on_scale_rate",
    "按薪级表执行的比例",
    "%",
    definition="截至当日在岗的全职、直聘社工中，有薪酬定级且月薪在当地薪级表该岗该级金额之内的人数÷在岗全职、直聘人数；"
    "薪级表没有金额或没有填月薪的视为没有执行",
    timing="date",
    known_by="pay-placements",
)
def on_scale_rate(q: Query) -> Formula:
    return q.share(_full_time(q), "follows", distinct="person")


@figure(
    "workforce.insured_rate",
    "参保比例",
    "%",
    definition="截至当日在岗的全职、直聘社工中，社会保险和住房公积金都已缴的人数÷在岗全职、直聘人数；没有登记的视为未缴",
    timing="date",
    known_by="pay-placements",
)
def insured_rate(q: Query) -> Formula:
    return q.share(_full_time(q), "insured", distinct="person")


@figure(
    "workforce.allowances_paid",
    "发放津贴补贴和奖励",
    "元",
    definition="发放日期在期间内、已登记发放的津贴、补贴和奖励金额之和，按领取人所在地计；可按名称拆分",
    timing="period",
    dims=("rule",),
    known_by="allowance-batches",
)
def allowances_paid(q: Query) -> Formula:
    rows = q.fact("allowance_lines")
    return q.sum(rows.filter(q.during(rows.paid_on)), "amount")
