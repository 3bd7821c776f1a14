"""Rules about those who serve: RW13–RW18 of ``domain.md`` §13, as far as their data are kept.

About a worker only what the worker must do or have done (a filing, a registration, a load that is too high):
no rule compares workers with each other (``domain.md`` §1).
"""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight import parameters as named
from linzhan.oversight.enums import About, Severity, Tier
from linzhan.oversight.warning.declaring import RULES, Asked, Finding, Rule, here, in_sql, sql_rule, together

PROFESSIONAL = "('站长', '一线社工', '项目主管', '督导')"

CARDED = """LEFT JOIN LATERAL (
        SELECT coalesce(max(s.starts_on), max(s.decided_on)) AS card FROM providers_sanction s
        WHERE s.provider_id = {row}.provider_id AND s.kind = '黄牌警告' AND s.stage = '生效'
            AND coalesce(s.starts_on, s.decided_on) BETWEEN (%(day)s::date - interval '12 months')::date AND %(day)s
    ) k ON true"""
"""The yellow card that the review of the year already came to, if it did."""
LEFT_IN_A_YEAR = f"""
    , months AS (
        SELECT (date_trunc('month', %(day)s::date + 1) - make_interval(months => k))::date - 1 AS day
        FROM generate_series(0, 11) AS k
    ), posted AS (
        SELECT p.subject_id, p.provider_id, left(p.region_code, 6) AS county, min(p.region_code) AS region_code,
            min(p.valid_from) AS came, max(coalesce(p.valid_to, 'infinity'::date)) AS went
        FROM workforce_posting p
        WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.provider_id IS NOT NULL AND p.post <> '其他'
            AND (p.valid_from IS NULL OR p.valid_from <= %(day)s)
        GROUP BY 1, 2, 3
    ), counted AS (
        SELECT provider_id, county, count(*) FILTER (
                WHERE went <= %(day)s AND went > %(day)s::date - interval '12 months') AS left_posts,
            (SELECT count(*) FROM months m JOIN posted o ON (o.came IS NULL OR o.came <= m.day) AND o.went > m.day
             WHERE o.provider_id = posted.provider_id AND o.county = posted.county) / 12.0 AS heads,
            jsonb_agg(jsonb_build_array('workers', subject_id)) FILTER (
                WHERE went <= %(day)s AND went > %(day)s::date - interval '12 months') AS rows
        FROM posted GROUP BY provider_id, county
    )
    SELECT c.provider_id AS subject_id, c.provider_id::text || '@' || c.county AS key, c.region_code, NULL::uuid AS station_id,
        c.provider_id, NULL::uuid AS person_id,
        CASE WHEN 100 * c.left_posts / c.heads > r.orange THEN 3 ELSE 2 END AS severity, r.n,
        jsonb_build_object('gone', c.left_posts, 'heads', round(c.heads, 1), 'rate', round(100 * c.left_posts / c.heads, 1),
            'yellow', r.yellow, 'card', k.card) AS facts, c.rows
    FROM (SELECT *, county || '000000' AS region_code FROM counted WHERE heads > 0) c {here("c")}
    {CARDED.format(row="c")}
    WHERE c.heads >= r.least AND 100 * c.left_posts / c.heads > r.yellow
"""
LEFT_IN_A_CYCLE = f"""
    , running AS (
        SELECT p.id, p.region_code, p.provider_id, p.starts_on, r.n, r.cycle, r.least,
            ARRAY(SELECT c.station_id FROM procurement_projectstation c WHERE c.project_id = p.id) AS stations
        FROM procurement_serviceproject p {here("p")}
        WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status IN ('执行', '评估')
            AND %(day)s BETWEEN p.starts_on AND p.ends_on
    ), posted AS (
        SELECT r.id, o.subject_id, min(o.valid_from) AS came, max(coalesce(o.valid_to, 'infinity'::date)) AS went
        FROM running r JOIN workforce_posting o ON o.station_id = ANY (r.stations) AND o.provider_id = r.provider_id
            AND o.post <> '其他' AND (o.valid_from IS NULL OR o.valid_from <= %(day)s)
            AND (o.valid_to IS NULL OR o.valid_to > r.starts_on)
        GROUP BY r.id, o.subject_id
    ), counted AS (
        SELECT p.id, count(*) FILTER (WHERE p.went <= %(day)s) AS gone,
            sum((least(p.went, %(day)s::date + 1) - greatest(coalesce(p.came, r.starts_on), r.starts_on))::numeric)
                / (%(day)s::date - r.starts_on + 1) AS heads,
            jsonb_agg(jsonb_build_array('workers', p.subject_id)) FILTER (WHERE p.went <= %(day)s) AS rows
        FROM posted p JOIN running r USING (id) GROUP BY p.id, r.starts_on
    )
    SELECT p.id AS subject_id, p.id::text || '|cycle' AS key, p.region_code, NULL::uuid AS station_id, p.provider_id,
        NULL::uuid AS person_id, 2 AS severity, p.starts_on AS since, p.n,
        jsonb_build_object('gone', c.gone, 'heads', round(c.heads, 1), 'rate', round(100 * c.gone / c.heads, 1),
            'cycle', p.cycle, 'since', p.starts_on, 'card', k.card) AS facts, c.rows, '项目' AS about
    FROM running p JOIN counted c USING (id)
    {CARDED.format(row="p")}
    WHERE c.heads >= p.least AND 100 * c.gone / c.heads > p.cycle
"""
"""The same of one contract: its own stations since its own beginning (RSK-04)."""


def _carded(f: Mapping[str, Any]) -> str:
    return _("；%(card)s 已作黄牌警告") % f if f["card"] else _("；尚未作黄牌警告的审查")


def _gone(f: Mapping[str, Any]) -> str:
    told = (
        _("最近十二个月离职 %(gone)s 人，平均在岗 %(heads)s 人，流失率 %(rate)s%%(提醒线 %(yellow)s%%)") % f
    )
    return told + _carded(f)


def _gone_of_project(f: Mapping[str, Any]) -> str:
    told = (
        _("项目自 %(since)s 起离职 %(gone)s 人，平均在岗 %(heads)s 人，占 %(rate)s%%(提醒线 %(cycle)s%%)") % f
    )
    return told + _carded(f)


def leaving(asked: Asked) -> Iterator[Finding]:
    """The year of each institution; a contract of its own only where the year does not say it already."""
    told: set[tuple[UUID | None, str]] = set()
    for each in in_sql(LEFT_IN_A_YEAR, _gone)(asked):
        told.add((each.provider_id, each.region_code[:6]))
        yield each
    for each in in_sql(LEFT_IN_A_CYCLE, _gone_of_project)(asked):
        if (each.provider_id, each.region_code[:6]) not in told:
            yield each


RULES.add(
    Rule(
        code="RW13",
        name=gettext_lazy("流失率"),
        about=About.PROVIDER,
        severity=Severity.YELLOW,
        formula=gettext_lazy(
            "十二个月离职人数÷十二个月末平均在岗人数，超过 {yellow}% 为黄色，超过 {orange}% 为橙色；"
            "一个项目的周期内离职超过平均在岗 {cycle}% 的另外提醒；平均在岗不足 {least} 人的不算"
        ),
        action=gettext_lazy("市民政局按规定作黄牌警告的审查(机构 → 机构处理)"),
        tier=Tier.COUNTY,
        asks={
            "yellow": named.LEAVERS_YELLOW,
            "orange": named.LEAVERS_ORANGE,
            "least": named.LEAVERS_LEAST,
            "cycle": named.CYCLE_LEAVERS,
        },
        needs=("workers",),
        ask=leaving,
    )
)

sql_rule(
    "RW14",
    name=gettext_lazy("备案逾期"),
    about=About.WORKER,
    severity=Severity.YELLOW,
    formula=gettext_lazy("入职后超过备案期限仍未备案，或最近一年内迟备案；当地登记离职备案的，离职同样"),
    action=gettext_lazy("机构补办备案，告知购买方"),
    tier=Tier.PROVIDER,
    asks={"days": named.FILING_DAYS, "back": named.LOOK_BACK_DAYS},
    needs=("workers",),
    sql=f"""
    , uses AS (
        SELECT DISTINCT left(region_code, 6) AS county FROM workforce_filing
        WHERE region_code >= %(low)s AND region_code < %(high)s AND occasion = '离职' AND filed_on IS NOT NULL
    )
    SELECT f.worker_id AS subject_id, f.id::text AS key, f.region_code, f.station_id, f.provider_id,
        f.worker_id AS person_id, 2 AS severity, f.happened_on AS since, r.n,
        jsonb_build_object('occasion', f.occasion, 'happened', f.happened_on,
            'filed', CASE WHEN f.filed_on <= %(day)s THEN f.filed_on END,
            'late', coalesce(CASE WHEN f.filed_on <= %(day)s THEN f.filed_on END, %(day)s::date) - f.happened_on,
            'days', r.days) AS facts,
        jsonb_build_array(jsonb_build_array('workers', f.worker_id)) AS rows,
        f.filed_on IS NOT NULL AND f.filed_on <= %(day)s AS past
    FROM workforce_filing f JOIN workforce_socialworker w ON w.id = f.worker_id AND w.post <> '其他' {here("f")}
    WHERE f.region_code >= %(low)s AND f.region_code < %(high)s
        AND f.happened_on BETWEEN %(day)s::date - r.back::int AND %(day)s::date
        AND coalesce(CASE WHEN f.filed_on <= %(day)s THEN f.filed_on END, %(day)s::date) - f.happened_on > r.days
        AND (f.occasion = '入职' OR left(f.region_code, 6) IN (SELECT county FROM uses))
    """,
    told=lambda f: (
        _("%(occasion)s %(happened)s，%(filed)s 才备案，用了 %(late)s 日(期限 %(days)s 日)") % f
        if f["filed"]
        else _("%(occasion)s %(happened)s，已过 %(late)s 日仍未备案(期限 %(days)s 日)") % f
    ),
)

sql_rule(
    "RW15",
    name=gettext_lazy("一人多项目"),
    about=About.WORKER,
    severity=Severity.ORANGE,
    formula=gettext_lazy("全职社工同一时段在两家以上机构的项目中提供服务，或在派项目投入比例之和超过上限"),
    action=gettext_lazy("核对合同和派任"),
    tier=Tier.COUNTY,
    asks={"limit": named.SHARE_LIMIT, "back": named.LOOK_BACK_DAYS},
    needs=("workers", "projects"),
    names=("projects",),
    sql=f"""
    , worked AS (
        SELECT n.worker_id, s.project_id, p.provider_id, date_trunc('month', s.started_at AT TIME ZONE 'Asia/Shanghai') AS month,
            count(*) AS records
        FROM casework_servicerecord s JOIN casework_recordworker n ON n.record_id = s.id
            JOIN procurement_serviceproject p ON p.id = s.project_id
        WHERE s.region_code >= %(low)s AND s.region_code < %(high)s AND s.status = '已通过'
            AND s.started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
            AND s.started_at >= (%(day)s::date - (SELECT max(back)::int FROM ruled))::timestamp AT TIME ZONE 'Asia/Shanghai'
        GROUP BY 1, 2, 3, 4
    ), months AS (
        SELECT worker_id, month FROM worked GROUP BY 1, 2 HAVING count(DISTINCT provider_id) > 1
    ), served AS (
        SELECT m.worker_id, min(m.month)::date AS since, count(DISTINCT w.project_id) AS projects,
            count(DISTINCT w.provider_id) AS providers, sum(w.records) AS records,
            jsonb_agg(DISTINCT jsonb_build_array('projects', w.project_id)) AS rows
        FROM months m JOIN worked w USING (worker_id, month) GROUP BY m.worker_id
    ), assigned AS (
        SELECT a.worker_id, sum(a.share) AS share, count(*) AS projects, max(a.starts_on) AS since,
            jsonb_agg(jsonb_build_array('assignments', a.id)) AS rows
        FROM workforce_assignment a
        WHERE a.region_code >= %(low)s AND a.region_code < %(high)s AND a.stage = '在派' AND a.starts_on <= %(day)s
            AND (a.ends_on IS NULL OR a.ends_on >= %(day)s)
        GROUP BY a.worker_id HAVING count(*) > 1
    )
    SELECT w.id AS subject_id, w.id::text AS key, w.region_code, w.station_id, w.provider_id, w.id AS person_id,
        3 AS severity, coalesce(v.since, a.since) AS since, r.n,
        jsonb_build_object('providers', v.providers, 'projects', coalesce(v.projects, a.projects), 'records', v.records,
            'share', a.share, 'limit', r.limit, 'since', coalesce(v.since, a.since)) AS facts,
        coalesce(v.rows, '[]') || coalesce(a.rows, '[]') AS rows
    FROM workforce_socialworker w
    LEFT JOIN served v ON v.worker_id = w.id AND w.employment = '全职'
    LEFT JOIN assigned a ON a.worker_id = w.id {here("w")}
    WHERE w.region_code >= %(low)s AND w.region_code < %(high)s AND (v.worker_id IS NOT NULL OR a.share > r.limit)
    """,
    told=lambda f: (
        _(
            "全职，%(since)s 起同月在 %(providers)s 家机构的 %(projects)s 个项目中提供服务，共 %(records)s 条记录"
        )
        % f
        if f["providers"]
        else _("在派 %(projects)s 个项目，投入比例之和 %(share)s%%，上限 %(limit)s%%") % f
    ),
)

REGISTERED = f"""
    , terms AS (
        SELECT worker_id, max(until) AS until FROM workforce_certificateterm
        WHERE region_code >= %(low)s AND region_code < %(high)s GROUP BY worker_id
    )
    SELECT w.id AS subject_id, w.id::text AS key, w.region_code, w.station_id, w.provider_id, w.id AS person_id,
        2 AS severity, t.until AS since, r.n,
        jsonb_build_object('until', t.until, 'left', t.until - %(day)s::date, 'notice', r.notice) AS facts,
        jsonb_build_array(jsonb_build_array('workers', w.id)) AS rows
    FROM terms t JOIN workforce_socialworker w ON w.id = t.worker_id {here("w")}
    WHERE w.hired_on <= %(day)s AND (w.left_on IS NULL OR w.left_on > %(day)s) AND w.post <> '其他'
        AND t.until - %(day)s::date <= r.notice
"""
VETTED = f"""
    , kept AS (
        SELECT DISTINCT left(region_code, 6) AS county FROM workforce_vetting
        WHERE region_code >= %(low)s AND region_code < %(high)s
    ), with_minors AS (
        SELECT worker_id FROM workforce_assignment
        WHERE region_code >= %(low)s AND region_code < %(high)s AND stage = '在派' AND with_minors
            AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s)
        UNION
        SELECT worker_id FROM casework_resident
        WHERE region_code >= %(low)s AND region_code < %(high)s AND status = '在册' AND merged_into_id IS NULL
            AND worker_id IS NOT NULL AND born_on > (%(day)s::date - interval '18 years')::date AND registered_on <= %(day)s
    )
    SELECT w.id AS subject_id, w.id::text || '|vetting' AS key, w.region_code, w.station_id, w.provider_id,
        w.id AS person_id, CASE WHEN v.until >= %(day)s THEN 2 ELSE 4 END AS severity, v.until AS since, r.n,
        jsonb_build_object('until', v.until, 'left', v.until - %(day)s::date) AS facts,
        jsonb_build_array(jsonb_build_array('workers', w.id)) AS rows
    FROM with_minors m JOIN workforce_socialworker w ON w.id = m.worker_id
        JOIN kept k ON k.county = left(w.region_code, 6) {here("w")}
    LEFT JOIN LATERAL (
        SELECT CASE WHEN x.result = '未发现' THEN coalesce(x.valid_until, x.answered_on + r.vetting::int) END AS until
        FROM workforce_vetting x
        WHERE x.worker_id = w.id AND x.answered_on <= %(day)s AND x.result IN ('未发现', '不得从事')
        ORDER BY x.answered_on DESC, x.id DESC LIMIT 1
    ) v ON true
    WHERE w.hired_on <= %(day)s AND (w.left_on IS NULL OR w.left_on > %(day)s)
        AND (v.until IS NULL OR v.until - %(day)s::date <= r.ahead)
"""
"""A stop says only that no answer allows it: what an inquiry found is told to nobody here."""


def _vetting(f: Mapping[str, Any]) -> str:
    if f["until"] is None or f["left"] < 0:
        return _("服务对象中有未成年人，没有在有效期内的从业查询，不得再安排")
    return _("服务对象中有未成年人，从业查询 %(until)s 到期，还有 %(left)s 日") % f


RULES.add(
    Rule(
        code="RW17",
        name=gettext_lazy("登记和从业查询到期"),
        about=About.WORKER,
        severity=Severity.YELLOW,
        formula=gettext_lazy(
            "在岗社工的职业资格登记在办理期内到期，或已经过期；负责或派任接触未成年人的，从业查询 {ahead} 日内到期为黄色，"
            "没有有效的查询为红色(派任同时被拦)；没有用从业查询台账的县不看查询"
        ),
        action=gettext_lazy("办理再次登记；重新查询，查询有效以前不安排接触未成年人"),
        tier=Tier.PROVIDER,
        asks={
            "notice": named.REGISTRATION_NOTICE_DAYS,
            "ahead": named.VETTING_NOTICE,
            "vetting": named.VETTING_DAYS,
        },
        needs=("workers",),
        wakes=("vettings",),
        ask=together(
            in_sql(
                REGISTERED,
                lambda f: (
                    _("职业资格登记 %(until)s 已到期，仍在岗") % f
                    if f["left"] < 0
                    else _("职业资格登记 %(until)s 到期，还有 %(left)s 日(办理期 %(notice)s 日)") % f
                ),
            ),
            in_sql(VETTED, _vetting),
        ),
    )
)
