"""Rules about residents: RW01–RW10 of ``domain.md`` §13, as far as their data are kept.

Messages name nobody: who it is about stands in their register, under its own levels.
"""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import RESIDENTS, Resident, Risk
from linzhan.casework.api.visits import Due, due_list, registered
from linzhan.oversight import parameters as named
from linzhan.oversight.enums import About, Severity, Tier
from linzhan.oversight.warning.declaring import RULES, Asked, Finding, Rule, here, local, sql_rule

WHOLE = 10_000_000
UNMET = "('无人', '拒访', '外出')"


def overdue_visits(asked: Asked) -> Iterator[Finding]:
    """RW01: the strictest duty towards a resident is past its day; one statement for the whole place."""
    low, high = asked.bounds
    within = registered().filter(region_code__gte=low, region_code__lt=high)
    late = due_list(within, asked.on, until=asked.on - timedelta(days=1), limit=WHOLE).rows
    rest = Resident.objects.filter(pk__in=[each.resident_id for each in late])
    risks = {pk: (risk, provider) for pk, risk, provider in rest.values_list("pk", "risk", "provider_id")}
    for due in late:
        risk, provider = risks[due.resident_id]
        red_days = asked.thresholds.at(due.region_code, "red_days")
        red = risk == Risk.HIGH and red_days is not None and due.late_days(asked.on) >= red_days
        yield Finding(
            key=str(due.resident_id),
            region_code=due.region_code,
            severity=4 if red else 2,
            message=_overdue(due, asked, risk),
            subject_id=due.resident_id,
            station_id=due.station_id,
            provider_id=provider,
            person_id=due.worker_id,
            since=due.due_on,
            clause=due.rule.citation if due.rule else "",
            facts={
                "due_on": due.due_on.isoformat(),
                "late_days": due.late_days(asked.on),
                "last_on": due.last_on.isoformat() if due.last_on else None,
                "rule": due.rule.code if due.rule else "",
            },
            rows=((RESIDENTS.key, str(due.resident_id)),),
            rows_count=1,
        )


def _overdue(due: Due, asked: Asked, risk: str) -> str:
    told = {
        "due": due.due_on.isoformat(),
        "days": due.late_days(asked.on),
        "last": due.last_on.isoformat() if due.last_on else _("没有"),
        "why": due.rule.name if due.rule else due.words,
        "risk": risk or _("未定级"),
    }
    return (
        _("应在 %(due)s 前探访，已逾期 %(days)d 日；上次有效探访：%(last)s；风险等级 %(risk)s；规则：%(why)s")
        % told
    )


RULES.add(
    Rule(
        code="RW01",
        name=gettext_lazy("探访逾期"),
        about=About.RESIDENT,
        severity=Severity.YELLOW,
        formula=gettext_lazy("今天晚于最严一条探访规则的应访日；高风险对象逾期 {red_days} 日起为红色"),
        action=gettext_lazy("24 小时内安排探访，责任社工不在的改派"),
        tier=Tier.STATION,
        asks={"red_days": named.OVERDUE_RED_DAYS},
        needs=("residents", "service-records"),
        ask=overdue_visits,
    )
)

sql_rule(
    "RW02",
    name=gettext_lazy("重大变故未到位"),
    about=About.RESIDENT,
    severity=Severity.RED,
    formula=gettext_lazy("发现重大变故后，{hours} 小时内没有任何联系记录"),
    action=gettext_lazy("立即电话联系，当日上门"),
    tier=Tier.STATION,
    asks={"hours": named.CHANGE_CONTACT_HOURS, "back": named.CHANGE_BACK_DAYS},
    needs=("major-changes",),
    wakes=("major-changes",),
    hours=True,
    sql=f"""
    SELECT m.resident_id AS subject_id, m.id::text AS key, m.region_code, m.station_id, m.provider_id,
        p.worker_id AS person_id, 4 AS severity, {local("m.found_at")} AS since, r.n,
        jsonb_build_object('found', to_char(m.found_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'),
            'hours', r.hours) AS facts,
        jsonb_build_array(jsonb_build_array('major-changes', m.id)) AS rows
    FROM casework_majorchange m JOIN casework_resident p ON p.id = m.resident_id {here("m")}
    WHERE m.region_code >= %(low)s AND m.region_code < %(high)s
        AND m.found_at < least(now(), (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
            - make_interval(secs => (r.hours * 3600)::float8)
        AND m.found_at >= (%(day)s::date - r.back::int)::timestamp AT TIME ZONE 'Asia/Shanghai'
        AND p.status = '在册' AND p.merged_into_id IS NULL
        AND NOT EXISTS (
            SELECT FROM casework_recordresident c JOIN casework_servicerecord s ON s.id = c.record_id
            WHERE c.resident_id = m.resident_id AND c.started_at >= m.found_at AND s.status IN ('已通过', '待审核')
                AND c.started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
                AND s.method IN ('探访', '个案', '咨询') AND s.outcome NOT IN ('无人', '拒访', '外出', '已迁走')
        )
    """,
    told=lambda f: _("%(found)s 发现重大变故，超过 %(hours)s 小时没有联系到的记录") % f,
)

sql_rule(
    "RW03",
    name=gettext_lazy("连续未见本人"),
    about=About.RESIDENT,
    severity=Severity.ORANGE,
    formula=gettext_lazy("最近 {visits} 次探访的结果都是无人、拒访或外出"),
    action=gettext_lazy("与村(社区)一起上门"),
    tier=Tier.STATION,
    asks={"visits": named.UNMET_VISITS, "back": named.RECORD_BACK_DAYS},
    needs=("residents", "service-records"),
    sql=f"""
    SELECT p.id AS subject_id, p.id::text AS key, p.region_code, p.station_id, p.provider_id,
        p.worker_id AS person_id, 3 AS severity, v.since, r.n,
        jsonb_build_object('visits', v.met, 'outcomes', v.outcomes, 'since', v.since) AS facts, v.rows
    FROM casework_resident p {here("p")}
    JOIN LATERAL (
        SELECT count(*) AS met, bool_and(outcome IN {UNMET}) AS unmet, min({local("x.started_at")}) AS since,
            string_agg(outcome, '、' ORDER BY x.started_at, x.id) AS outcomes,
            jsonb_agg(jsonb_build_array('service-records', x.id)) AS rows
        FROM (
            SELECT s.id, s.outcome, n.started_at
            FROM casework_recordresident n JOIN casework_servicerecord s ON s.id = n.record_id
                AND s.status IN ('已通过', '待审核') AND s.outcome <> ''
            WHERE n.resident_id = p.id AND n.method = '探访'
                AND n.started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
                AND n.started_at >= (%(day)s::date - r.back::int)::timestamp AT TIME ZONE 'Asia/Shanghai'
            ORDER BY n.started_at DESC, s.id DESC LIMIT r.visits::int
        ) x
    ) v ON v.met >= r.visits AND v.unmet
    WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status = '在册' AND p.merged_into_id IS NULL
    """,
    told=lambda f: _("最近 %(visits)s 次探访都没有见到(%(outcomes)s)，始于 %(since)s") % f,
)

sql_rule(
    "RW07",
    name=gettext_lazy("个案停滞"),
    about=About.RESIDENT,
    severity=Severity.YELLOW,
    formula=gettext_lazy("介入中的个案超过 {days} 日没有面谈；危机个案超过 {crisis} 日"),
    action=gettext_lazy("督导与主责社工一起看这个个案"),
    tier=Tier.STATION,
    asks={"days": named.CASE_IDLE_DAYS, "crisis": named.CRISIS_IDLE_DAYS, "back": named.RECORD_BACK_DAYS},
    needs=("case-files",),
    sql=f"""
    , sessions AS MATERIALIZED (
        SELECT s.county_code, s.case_code, max(s.started_at) AS last_at
        FROM casework_servicerecord s
        WHERE s.region_code >= %(low)s AND s.region_code < %(high)s AND s.method = '个案' AND s.case_code <> ''
            AND s.status IN ('已通过', '待审核')
            AND s.started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
            AND s.started_at >= (%(day)s::date - (SELECT max(back)::int FROM ruled))::timestamp AT TIME ZONE 'Asia/Shanghai'
        GROUP BY s.county_code, s.case_code
    )
    SELECT c.resident_id AS subject_id, c.id::text AS key, c.region_code, c.station_id, c.provider_id,
        c.worker_id AS person_id, 2 AS severity, x.last_on AS since, r.n,
        jsonb_build_object('code', c.code, 'last', x.last_on, 'idle', %(day)s::date - x.last_on, 'limit', x.most) AS facts,
        jsonb_build_array(jsonb_build_array('case-files', c.id)) AS rows
    FROM casework_casefile c {here("c")}
    LEFT JOIN sessions s ON s.county_code = c.county_code AND s.case_code = c.code
    CROSS JOIN LATERAL (
        SELECT coalesce({local("s.last_at")}, c.plan_approved_on, c.opened_on) AS last_on,
            CASE WHEN c.crisis >= 3 THEN r.crisis ELSE r.days END AS most
    ) x
    WHERE c.region_code >= %(low)s AND c.region_code < %(high)s AND c.stage = '介入' AND %(day)s::date - x.last_on > x.most
    """,
    told=lambda f: (
        _("个案 %(code)s 最近一次面谈在 %(last)s，已 %(idle)s 日没有面谈(不超过 %(limit)s 日)") % f
    ),
)

sql_rule(
    "RW08",
    name=gettext_lazy("个案超期"),
    about=About.RESIDENT,
    severity=Severity.BLUE,
    formula=gettext_lazy("超过预计结案日期 {days} 日仍未结案"),
    action=gettext_lazy("重新商定计划，或办理结案"),
    tier=Tier.STATION,
    asks={"days": named.CASE_OVERRUN_DAYS},
    needs=("case-files",),
    sql=f"""
    SELECT c.resident_id AS subject_id, c.id::text AS key, c.region_code, c.station_id, c.provider_id,
        c.worker_id AS person_id, 1 AS severity, c.expected_end AS since, r.n,
        jsonb_build_object('code', c.code, 'end', c.expected_end, 'over', %(day)s::date - c.expected_end,
            'days', r.days) AS facts,
        jsonb_build_array(jsonb_build_array('case-files', c.id)) AS rows
    FROM casework_casefile c {here("c")}
    WHERE c.region_code >= %(low)s AND c.region_code < %(high)s AND c.stage IN ('介入', '暂停', '评估')
        AND %(day)s::date - c.expected_end > r.days
    """,
    told=lambda f: _("个案 %(code)s 预计 %(end)s 结案，已超过 %(over)s 日(提醒线 %(days)s 日)") % f,
)

sql_rule(
    "RW09",
    name=gettext_lazy("频繁危机"),
    about=About.RESIDENT,
    severity=Severity.ORANGE,
    formula=gettext_lazy("{days} 日内 {times} 次以上重大变故"),
    action=gettext_lazy("召开个案会议"),
    tier=Tier.STATION,
    asks={"days": named.CRISIS_DAYS, "times": named.CRISIS_TIMES},
    needs=("major-changes",),
    wakes=("major-changes",),
    sql=f"""
    SELECT p.id AS subject_id, p.id::text AS key, p.region_code, p.station_id, p.provider_id,
        p.worker_id AS person_id, 3 AS severity, m.since, r.n,
        jsonb_build_object('times', m.times, 'since', m.since, 'days', r.days) AS facts, m.rows
    FROM casework_resident p {here("p")}
    JOIN LATERAL (
        SELECT count(*) AS times, min({local("x.found_at")}) AS since,
            jsonb_agg(jsonb_build_array('major-changes', x.id) ORDER BY x.found_at) AS rows
        FROM casework_majorchange x
        WHERE x.resident_id = p.id AND {local("x.found_at")} BETWEEN %(day)s::date - r.days::int + 1 AND %(day)s::date
    ) m ON m.times >= r.times
    WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status = '在册' AND p.merged_into_id IS NULL
        AND p.id IN (SELECT resident_id FROM casework_majorchange
            WHERE region_code >= %(low)s AND region_code < %(high)s
                AND found_at >= (%(day)s::date - (SELECT max(days)::int FROM ruled))::timestamp AT TIME ZONE 'Asia/Shanghai')
    """,
    told=lambda f: _("%(days)s 日内有 %(times)s 次重大变故，第一次在 %(since)s") % f,
)

sql_rule(
    "RW10",
    name=gettext_lazy("身份待复核"),
    about=About.RESIDENT,
    severity=Severity.BLUE,
    formula=gettext_lazy("类别认定在提醒期内到期，或超过 {verified} 日没有核实"),
    action=gettext_lazy("告知乡镇(街道)复核"),
    tier=Tier.STATION,
    asks={"notice": named.EXPIRY_NOTICE, "verified": named.VERIFIED_DAYS},
    needs=("resident-categories",),
    sql=f"""
    SELECT b.resident_id AS subject_id, b.id::text AS key, b.region_code, b.station_id, b.provider_id,
        p.worker_id AS person_id, 1 AS severity, coalesce(b.expires_on, x.seen_on) AS since, r.n,
        jsonb_build_object('code', b.code, 'expires', b.expires_on, 'left', b.expires_on - %(day)s::date,
            'seen', x.seen_on, 'days', %(day)s::date - x.seen_on) AS facts,
        jsonb_build_array(jsonb_build_array('resident-categories', b.id)) AS rows
    FROM casework_categorybasis b JOIN casework_resident p ON p.id = b.resident_id AND p.status = '在册'
        AND p.merged_into_id IS NULL {here("b")}
    CROSS JOIN LATERAL (SELECT coalesce(b.verified_on, b.starts_on) AS seen_on) x
    WHERE b.region_code >= %(low)s AND b.region_code < %(high)s AND b.starts_on <= %(day)s
        AND (b.ended_on IS NULL OR b.ended_on > %(day)s)
        AND (b.expires_on - %(day)s::date <= r.notice OR %(day)s::date - x.seen_on > r.verified)
    """,
    told=lambda f: (
        _("类别认定 %(code)s 有效期至 %(expires)s") % f
        if f["expires"]
        else _("类别认定 %(code)s 上次核实在 %(seen)s，已 %(days)s 日") % f
    ),
)
