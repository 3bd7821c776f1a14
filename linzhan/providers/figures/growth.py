"""Figures of growth and life: bases, pairs, models, pools, students, income, support (INS-19…43)."""

from __future__ import annotations

from linzhan.kernel.figures import Formula, Query, fact, figure

PLACED = {"id": "uuid", "region_code": "string"}
fact(
    "base_stays",
    columns={**PLACED, "entered_on": "date", "left_on": "date", "type": "string"},
    live_sql="SELECT id, region_code, entered_on, left_on, kind AS type FROM providers_incubation",
    registers=("incubations",),
)
fact(
    "twinning_days",
    columns={**PLACED, "helped_on": "date", "person_days": "decimal(8,1)", "type": "string"},
    live_sql="SELECT id, region_code, helped_on, person_days, topic AS type FROM providers_twinningday",
    registers=("twinning-days",),
)
fact(
    "model_institutions",
    columns={
        **PLACED,
        "provider_id": "uuid",
        "named_on": "date",
        "until": "date",
        "type": "string",
        "level": "string",
    },
    live_sql="""
        SELECT id, region_code, provider_id, named_on, until + 1 AS until, field AS type, level
        FROM providers_demonstration
    """,
    registers=("demonstrations",),
)
fact(
    "pooled_operators",
    columns={**PLACED, "provider_id": "uuid", "chosen_on": "date", "until": "date"},
    live_sql="SELECT id, region_code, provider_id, chosen_on, until + 1 AS until FROM providers_pooledoperator",
    registers=("operator-pool",),
)
fact(
    "internships",
    columns={**PLACED, "starts_on": "date", "students": "int64"},
    live_sql="SELECT id, region_code, starts_on, students::bigint AS students FROM providers_internship",
    registers=("internships",),
)
fact(
    "paid_incomes",
    columns={**PLACED, "month": "date", "amount": "decimal(14,2)"},
    live_sql="SELECT id, region_code, month, amount FROM providers_paidincome",
    registers=("paid-incomes",),
)
fact(
    "provider_supports",
    columns={**PLACED, "starts_on": "date", "amount": "decimal(14,2)", "kind": "string"},
    live_sql="SELECT id, region_code, starts_on, amount, kind FROM providers_support",
    registers=("provider-supports",),
)
fact(
    "mass_organisations",
    columns={**PLACED, "provider_id": "uuid", "set_up_on": "date", "ended_on": "date", "kind": "string"},
    live_sql="""
        SELECT id, region_code, provider_id, set_up_on, ended_on, kind FROM providers_massorganisation
    """,
    registers=("mass-organisations",),
)
fact(
    "industry_associations",
    columns={**PLACED, "founded_on": "date", "ended_on": "date", "level": "string"},
    live_sql="SELECT id, region_code, founded_on, ended_on, level FROM providers_association",
    registers=("associations",),
)
fact(
    "campaigns",
    columns={**PLACED, "starts_on": "date", "banned": "int64"},
    live_sql="SELECT id, region_code, starts_on, banned::bigint AS banned FROM providers_campaign",
    registers=("campaigns",),
)


@figure(
    "providers.in_bases",
    "在孵组织数",
    "家",
    definition="截至当日入驻孵化基地、没有出壳的组织数，可按类型拆分",
    timing="date",
    dims=("type",),
    known_by="incubations",
)
def in_bases(q: Query) -> Formula:
    rows = q.fact("base_stays")
    return q.count(rows.filter(q.holds(rows.entered_on, rows.left_on)))


@figure(
    "providers.twinning_days",
    "牵手帮扶工作日",
    "人次工作日",
    definition="帮扶日期在期间内的牵手帮扶，每名受助社工得到的工作日之和，可按内容拆分",
    timing="period",
    dims=("type",),
    known_by="twinning-days",
)
def twinning_days(q: Query) -> Formula:
    rows = q.fact("twinning_days")
    return q.sum(rows.filter(q.during(rows.helped_on)), "person_days")


@figure(
    "providers.demonstrations",
    "示范机构数",
    "家",
    definition="截至当日认定有效的示范机构数，一家只计一次，可按领域、级别拆分",
    timing="date",
    dims=("type", "level"),
    known_by="demonstrations",
)
def demonstrations(q: Query) -> Formula:
    rows = q.fact("model_institutions")
    return q.count(rows.filter(q.holds(rows.named_on, rows.until)), "provider_id")


@figure(
    "providers.in_pool",
    "入库运营机构数",
    "家",
    definition="截至当日在运营机构库内的机构数，一家只计一次",
    timing="date",
    known_by="operator-pool",
)
def in_pool(q: Query) -> Formula:
    rows = q.fact("pooled_operators")
    return q.count(rows.filter(q.holds(rows.chosen_on, rows.until)), "provider_id")


@figure(
    "providers.interns",
    "实习实训人数",
    "人",
    definition="开始日期在期间内的实习实训的学生人数",
    timing="period",
    known_by="internships",
)
def interns(q: Query) -> Formula:
    rows = q.fact("internships")
    return q.sum(rows.filter(q.during(rows.starts_on)), "students")


@figure(
    "providers.paid_income",
    "有偿服务收入",
    "元",
    definition="月份在期间内的有偿服务收入之和",
    timing="period",
    known_by="paid-incomes",
)
def paid_income(q: Query) -> Formula:
    rows = q.fact("paid_incomes")
    return q.sum(rows.filter(q.during(rows.month)), "amount")


@figure(
    "providers.support_amount",
    "扶持优惠金额",
    "元",
    definition="开始日期在期间内的扶持优惠中写明的金额之和，可按方式拆分；没有写金额的不折算",
    timing="period",
    dims=("kind",),
    known_by="provider-supports",
)
def support_amount(q: Query) -> Formula:
    rows = q.fact("provider_supports")
    return q.sum(rows.filter(q.during(rows.starts_on)), "amount")


@figure(
    "providers.with_mass_organisations",
    "建立党群组织的机构数",
    "家",
    definition="截至当日建有党支部、共青团、工会或妇女组织的机构数，一家只计一次，可按组织类型拆分",
    timing="date",
    dims=("kind",),
    known_by="mass-organisations",
)
def with_mass_organisations(q: Query) -> Formula:
    rows = q.fact("mass_organisations")
    return q.count(rows.filter(q.holds(rows.set_up_on, rows.ended_on)), "provider_id")


@figure(
    "providers.associations",
    "行业组织数",
    "个",
    definition="截至当日成立、没有注销的社会工作行业组织数，可按级别拆分",
    timing="date",
    dims=("level",),
    known_by="associations",
)
def associations(q: Query) -> Formula:
    rows = q.fact("industry_associations")
    return q.count(rows.filter(q.holds(rows.founded_on, rows.ended_on)))


@figure(
    "providers.campaign_banned",
    "取缔劝散非法社会组织数",
    "家",
    definition="开始日期在期间内的专项行动取缔、劝散的非法社会组织数",
    timing="period",
    known_by="campaigns",
)
def campaign_banned(q: Query) -> Formula:
    rows = q.fact("campaigns")
    return q.sum(rows.filter(q.during(rows.starts_on)), "banned")
