"""Figures of standing: valid ratings, the yearly inspection, what is done to institutions (INS-07…16, INS-31)."""

from __future__ import annotations

from linzhan.kernel.figures import Formula, Query, fact, figure
from linzhan.providers.enums import ACTIVE, HELD, AnnualStage, Conclusion, InspectionKind
from linzhan.providers.models.rows import quoted

fact(
    "provider_ratings",
    columns={
        "id": "uuid",
        "provider_id": "uuid",
        "region_code": "string",
        "valid_from": "date",
        "valid_to": "date",
        "type": "string",
        "grade": "string",
    },
    live_sql=f"""
        SELECT id, subject_id AS provider_id, region_code, valid_from,
            least(valid_to, rating_until + 1) AS valid_to, kind AS type, rating AS grade
        FROM providers_providerstate
        WHERE rating <> '' AND status IN ({quoted(ACTIVE)})
            AND (rating_until IS NULL OR valid_from IS NULL OR rating_until >= valid_from)
    """,  # noqa: S608 -- values of our own closed list
    registers=("providers",),
)
fact(
    "annual_inspections",
    columns={
        "id": "uuid",
        "provider_id": "uuid",
        "region_code": "string",
        "due_on": "date",
        "stage": "string",
    },
    live_sql="""
        SELECT id, provider_id, region_code, make_date(year + 1, 12, 31) AS due_on, stage
        FROM providers_annualinspection
    """,
    registers=("annual-inspections",),
)
fact(
    "provider_sanctions",
    columns={
        "id": "uuid",
        "provider_id": "uuid",
        "region_code": "string",
        "decided_on": "date",
        "starts_on": "date",
        "ends_on": "date",
        "kind": "string",
    },
    live_sql=f"""
        SELECT id, provider_id, region_code, decided_on, starts_on, least(ends_on, lifted_on) AS ends_on, kind
        FROM providers_sanction WHERE stage IN ({quoted(HELD)})
    """,  # noqa: S608 -- values of our own closed list
    registers=("provider-sanctions",),
)


@figure(
    "providers.rated",
    "等级有效的机构数",
    "家",
    definition="截至当日状态为“正常”或“整改”、评估等级没有到期的机构数；到期的不计，可按等级拆分",
    timing="date",
    dims=("grade", "type"),
    known_by="providers",
)
def rated(q: Query) -> Formula:
    rows = q.fact("provider_ratings")
    return q.count(rows.filter(q.holds(rows.valid_from, rows.valid_to)), "provider_id")


@figure(
    "providers.annual_pass_rate",
    "年检合格率",
    "%",
    definition="检查日期在期间内的年检中，结论为“合格”的占比",
    timing="period",
    known_by="inspections",
)
def annual_pass_rate(q: Query) -> Formula:
    rows = q.fact("inspections")
    yearly = rows.filter(q.during(rows.inspected_on), rows.kind == InspectionKind.ANNUAL.value)
    return q.share(yearly.mutate(met=yearly.conclusion == Conclusion.PASSED.value), "met")


@figure(
    "providers.annual_missed",
    "未参加年检机构数",
    "家",
    definition="应在期间所在年度接受年检、经认定未参加的机构数",
    timing="period",
    known_by="annual-inspections",
)
def annual_missed(q: Query) -> Formula:
    rows = q.fact("annual_inspections")
    missed = rows.filter(q.during(rows.due_on), rows.stage == AnnualStage.MISSED.value)
    return q.count(missed, "provider_id")


@figure(
    "providers.sanctions",
    "对机构的处理",
    "件",
    definition="决定日期在期间内、没有被撤销的机构处理件数，可按种类拆分；没有作出决定的不计",
    timing="period",
    dims=("kind",),
    known_by="provider-sanctions",
)
def sanctions(q: Query) -> Formula:
    rows = q.fact("provider_sanctions")
    return q.count(rows.filter(q.during(rows.decided_on)))


@figure(
    "providers.sanctioned",
    "受处理机构数",
    "家",
    definition="截至当日处理、名单或禁入仍在有效期内的机构数，一家只计一次，可按种类拆分",
    timing="date",
    dims=("kind",),
    known_by="provider-sanctions",
)
def sanctioned(q: Query) -> Formula:
    rows = q.fact("provider_sanctions")
    return q.count(rows.filter(q.holds(rows.starts_on, rows.ends_on)), "provider_id")
