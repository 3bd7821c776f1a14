"""Rules about what was promised by a day: payments and wages (RW24 of ``domain.md`` §13), milestones (PUR-21, SYS-01, RSK-03)."""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight import parameters as named
from linzhan.oversight.enums import About, MoneyStage, Severity, Tier
from linzhan.oversight.warning.declaring import RULES, Rule, here, in_sql, sql_rule, together

UNPAID: Final = f"""
    SELECT p.project_id AS subject_id, p.id::text AS key, p.region_code, NULL::uuid AS station_id, p.provider_id,
        NULL::uuid AS person_id, 3 AS severity, p.due_on AS since, r.n,
        jsonb_build_object('instalment', p.instalment, 'amount', p.amount::text, 'due', p.due_on,
            'late', %(day)s::date - p.due_on, 'days', r.days, 'stage', p.stage) AS facts,
        jsonb_build_array(jsonb_build_array('payments', p.id)) AS rows
    FROM procurement_payment p {here("p")}
    WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.stage NOT IN ('已退回', '作废')
        AND (p.stage <> '已支付' OR p.paid_on > %(day)s) AND %(day)s::date - p.due_on > r.days
"""
UNPAID_WAGES: Final = f"""
    , running AS (
        SELECT p.id, p.region_code, p.provider_id, p.starts_on, r.n, r.wages,
            (date_trunc('month', %(day)s::date - r.wages::int))::date AS month
        FROM procurement_serviceproject p {here("p")}
        WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status IN ('执行', '评估')
            AND %(day)s BETWEEN p.starts_on AND p.ends_on
    ), paid AS (
        SELECT m.project_id, max(m.moved_on) AS last_on, count(DISTINCT date_trunc('month', m.moved_on)) AS months
        FROM procurement_fundmovement m
        WHERE m.region_code >= %(low)s AND m.region_code < %(high)s AND m.kind = '支出' AND m.head = '薪酬'
            AND m.moved_on <= %(day)s AND m.project_id IS NOT NULL
        GROUP BY m.project_id
    )
    SELECT p.id AS subject_id, p.id::text || '|wages' AS key, p.region_code, NULL::uuid AS station_id, p.provider_id,
        NULL::uuid AS person_id, 3 AS severity, w.last_on AS since, p.n,
        jsonb_build_object('last', w.last_on, 'month', to_char(p.month - interval '1 month', 'YYYY-MM'), 'wages', p.wages) AS facts,
        jsonb_build_array(jsonb_build_array('projects', p.id)) AS rows
    FROM running p JOIN paid w ON w.project_id = p.id
    WHERE w.months >= 3 AND p.starts_on < p.month AND w.last_on < (p.month - interval '1 month')::date
        AND w.months >= 0.8 * (1 + 12 * (extract(year FROM w.last_on) - extract(year FROM p.starts_on))
            + extract(month FROM w.last_on) - extract(month FROM p.starts_on))
"""
"""Of contracts whose wages were booked month by month; who books them by the quarter is asked nothing."""
WIDTH: Final = """CASE WHEN region_code = '000000000000' THEN 0 WHEN right(region_code, 10) = '0000000000' THEN 2
    WHEN right(region_code, 8) = '00000000' THEN 4 WHEN right(region_code, 6) = '000000' THEN 6
    WHEN right(region_code, 3) = '000' THEN 9 ELSE 12 END"""
BELOW_GRADE: Final = f"""
    , placed AS (
        SELECT a.id, a.provider_id, left(a.region_code, 6) || '000000' AS region_code, a.starts_on
        FROM workforce_payplacement a
        JOIN LATERAL (
            SELECT s.minimum FROM (SELECT *, {WIDTH} AS width FROM workforce_payscaleline) s
            WHERE s.post = a.post AND s.grade = a.grade AND s.starts_on <= %(day)s AND s.minimum IS NOT NULL
                AND left(a.region_code, s.width) = left(s.region_code, s.width)
            ORDER BY s.width DESC, s.starts_on DESC LIMIT 1
        ) scale ON a.monthly < scale.minimum
        WHERE a.region_code >= %(low)s AND a.region_code < %(high)s AND a.starts_on <= %(day)s
            AND (a.ends_on IS NULL OR a.ends_on >= %(day)s) AND a.provider_id IS NOT NULL
    ), below AS (
        SELECT provider_id, region_code, count(*) AS number, min(starts_on) AS since,
            jsonb_agg(jsonb_build_array('pay-placements', id) ORDER BY id) AS rows
        FROM placed GROUP BY provider_id, region_code
    )
    SELECT b.provider_id AS subject_id, b.provider_id::text || '@' || left(b.region_code, 6) || '|grade' AS key,
        b.region_code, NULL::uuid AS station_id, b.provider_id, NULL::uuid AS person_id, 3 AS severity, b.since, r.n,
        jsonb_build_object('number', b.number) AS facts, b.rows, '机构' AS about
    FROM below b {here("b")}
"""


def _unpaid(facts: Mapping[str, Any]) -> str:
    return _(
        "第 %(instalment)s 期 %(amount)s 元应于 %(due)s 支付，已晚 %(late)s 日(提醒线 %(days)s 日)，目前为“%(stage)s”"
    ) % {**facts, "amount": f"{Decimal(str(facts['amount'])):,.2f}"}


RULES.add(
    Rule(
        code="RW24",
        name=gettext_lazy("拨付和薪酬逾期"),
        about=About.PROJECT,
        severity=Severity.ORANGE,
        formula=gettext_lazy(
            "拨付超过应付日期 {days} 日没有支付；逐月列支薪酬的项目，上月薪酬到月末后 {wages} 日仍没有列支；"
            "定级月薪低于本地薪级表的最低额(只说人数)"
        ),
        action=gettext_lazy("告知购买方；机构说明薪酬发放情况"),
        tier=Tier.COUNTY,
        asks={"days": named.PAYMENT_LATE_DAYS, "wages": named.WAGES_LATE_DAYS},
        needs=("projects",),
        any_of=("payments", "funds", "pay-placements"),
        money=MoneyStage.RAISING,
        ask=together(
            in_sql(UNPAID, _unpaid),
            in_sql(
                UNPAID_WAGES,
                lambda f: (
                    _(
                        "薪酬一直逐月列支，最近一次在 %(last)s；%(month)s 的薪酬到月末后 %(wages)s 日仍没有列支"
                    )
                    % f
                ),
            ),
            in_sql(BELOW_GRADE, lambda f: _("%(number)s 名社工的定级月薪低于本地薪级表的最低额") % f),
        ),
    )
)

sql_rule(
    "RW31",
    name=gettext_lazy("偏离项目计划书"),
    about=About.PROJECT,
    severity=Severity.YELLOW,
    formula=gettext_lazy("计划书的里程碑过了计划完成日期仍没有完成；晚 {orange} 日以上的为橙色"),
    action=gettext_lazy("承接机构写明偏差原因和补救措施，购买方核对"),
    tier=Tier.PROVIDER,
    asks={"days": named.MILESTONE_DAYS, "orange": named.MILESTONE_ORANGE_DAYS},
    needs=("milestones",),
    wakes=("milestones",),
    names=("milestones",),
    money=MoneyStage.SUPERVISING,
    sql=f"""
    , late AS (
        SELECT m.project_id, count(*) AS number, min(m.due_on) AS since, count(*) FILTER (WHERE m.remedy <> '') AS remedied,
            jsonb_agg(jsonb_build_array('milestones', m.id) ORDER BY m.due_on, m.id) AS rows
        FROM procurement_milestone m {here("m")}
        WHERE m.region_code >= %(low)s AND m.region_code < %(high)s AND (m.done_on IS NULL OR m.done_on > %(day)s)
            AND %(day)s::date - m.due_on > r.days
        GROUP BY m.project_id
    )
    SELECT p.id AS subject_id, p.id::text AS key, p.region_code, NULL::uuid AS station_id, p.provider_id,
        NULL::uuid AS person_id, CASE WHEN %(day)s::date - l.since > r.orange THEN 3 ELSE 2 END AS severity, l.since, r.n,
        jsonb_build_object('number', l.number, 'since', l.since, 'late', %(day)s::date - l.since, 'remedied', l.remedied) AS facts,
        l.rows
    FROM procurement_serviceproject p JOIN late l ON l.project_id = p.id {here("p")}
    WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status IN ('签约', '执行', '评估')
        AND p.starts_on <= %(day)s
    """,
    told=lambda f: (
        _(
            "%(number)s 个里程碑过了计划日期没有完成，最早的应在 %(since)s，已晚 %(late)s 日；写明补救措施的 %(remedied)s 个"
        )
        % f
    ),
)
