"""Rules about institutions and about the quality of records: RW26–RW30 of ``domain.md`` §13."""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight import parameters as named
from linzhan.oversight.enums import About, MoneyStage, Severity, Tier
from linzhan.oversight.plausibility import parameters as checking
from linzhan.oversight.warning.declaring import here, sql_rule

WORKING = """
    , working AS (
        SELECT p.provider_id, left(p.region_code, 6) || '000000' AS region_code, count(*) AS contracts,
            jsonb_agg(jsonb_build_array('projects', p.id)) AS rows
        FROM procurement_serviceproject p
        WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status IN ('签约', '执行', '评估')
            AND %(day)s BETWEEN p.starts_on AND p.ends_on
        GROUP BY 1, 2
    )
"""
"""Institutions with contracts that run on the day, by the county that purchases."""


def _inspection(facts: Any) -> str:
    if facts["what"] == "missing":
        return str(_("%(year)s 年度检查到 %(due)s 仍没有结论，目前承接 %(contracts)s 个项目") % facts)
    if facts["what"] == "failed":
        return str(_("%(year)s 年度检查不合格，目前承接 %(contracts)s 个项目") % facts)
    return str(_("连续两年(%(year)s 年度止)年度检查基本合格，目前承接 %(contracts)s 个项目") % facts)


sql_rule(
    "RW26",
    name=gettext_lazy("年检风险"),
    about=About.PROVIDER,
    severity=Severity.ORANGE,
    formula=gettext_lazy("承接项目的机构：年检期限过后没有上年度结论，或不合格，或连续两年基本合格"),
    action=gettext_lazy("暂停参加新的采购，登记机关督促"),
    tier=Tier.COUNTY,
    asks={"month": named.INSPECTION_MONTH, "dom": named.INSPECTION_DAY},
    needs=("projects",),
    any_of=("inspections", "annual-inspections"),
    sql=f"""
    {WORKING}
    , results AS (
        SELECT provider_id, year, min(conclusion) AS conclusion, jsonb_agg(row) AS rows FROM (
            SELECT provider_id, year::int, conclusion, jsonb_build_array('inspections', id) AS row
            FROM providers_inspection WHERE kind = '年检' AND inspected_on <= %(day)s
            UNION ALL
            SELECT provider_id, year::int, conclusion, jsonb_build_array('annual-inspections', id)
            FROM providers_annualinspection WHERE conclusion <> '' AND concluded_on <= %(day)s
        ) AS each GROUP BY provider_id, year
    ), known AS (
        SELECT DISTINCT w.region_code FROM working w JOIN results x USING (provider_id)
    )
    SELECT w.provider_id AS subject_id, w.provider_id::text || '@' || left(w.region_code, 6) AS key, w.region_code,
        NULL::uuid AS station_id, w.provider_id, NULL::uuid AS person_id, 3 AS severity, d.due AS since, r.n,
        jsonb_build_object('what', CASE WHEN l.conclusion = '不合格' THEN 'failed'
                WHEN l.conclusion = '基本合格' AND b.conclusion = '基本合格' THEN 'barely' ELSE 'missing' END,
            'year', CASE WHEN l.year IS NOT NULL AND (l.conclusion = '不合格' OR b.year IS NOT NULL) THEN l.year
                ELSE extract(year FROM %(day)s::date)::int - 1 END,
            'due', d.due, 'contracts', w.contracts) AS facts,
        coalesce(l.rows, '[]') || w.rows AS rows
    FROM working w {here("w")}
    JOIN known k ON k.region_code = w.region_code
    JOIN providers_provider p ON p.id = w.provider_id
        AND p.kind IN ('社会工作服务机构', '慈善组织', '志愿服务组织', '社区社会组织', '行业组织')
    CROSS JOIN LATERAL (
        SELECT make_date(extract(year FROM %(day)s::date)::int, r.month::int, r.dom::int) AS due
    ) d
    LEFT JOIN LATERAL (SELECT * FROM results x WHERE x.provider_id = w.provider_id ORDER BY year DESC LIMIT 1) l ON true
    LEFT JOIN results b ON b.provider_id = w.provider_id AND b.year = l.year - 1 AND b.conclusion = '基本合格'
    WHERE l.conclusion = '不合格' OR (l.conclusion = '基本合格' AND b.year IS NOT NULL)
        OR (%(day)s > d.due AND p.registered_on < make_date(extract(year FROM %(day)s::date)::int - 1, 7, 1)
            AND coalesce(l.year, 0) < extract(year FROM %(day)s::date)::int - 1)
    """,
    told=_inspection,
)


def _standing(facts: Any) -> str:
    if facts["least"]:
        rating = facts["rating"] or _("没有登记")
        return str(
            _("外来机构须达到 %(least)s，评估等级%(rating)s，目前承接 %(contracts)s 个项目")
            % {**facts, "rating": rating}
        )
    if facts["listed"]:
        return str(
            _("%(listed)s，%(from)s 起，目前承接 %(contracts)s 个项目") % {**facts, "from": facts["since"]}
        )
    return str(
        _("评估等级 %(rating)s 有效期至 %(until)s，已过期 %(days)s 日，目前承接 %(contracts)s 个项目") % facts
    )


sql_rule(
    "RW27",
    name=gettext_lazy("信用和等级"),
    about=About.PROVIDER,
    severity=Severity.ORANGE,
    formula=gettext_lazy(
        "承接项目的机构：列入活动异常名录为橙色，列入严重违法失信名单为红色；评估等级过期为橙色；"
        "当地对外来机构的等级有规定的，没有达到为橙色"
    ),
    action=gettext_lazy("核对资格，不得参加新的采购"),
    tier=Tier.COUNTY,
    asks={"grade": named.OUTSIDE_OPERATOR_GRADE},
    needs=("providers", "projects"),
    wakes=("provider-sanctions",),
    sql=f"""
    {WORKING}
    , listed AS (
        SELECT DISTINCT ON (provider_id) provider_id, kind, starts_on, id FROM providers_sanction
        WHERE stage = '生效' AND kind IN ('列入活动异常名录', '列入严重违法失信名单')
            AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s) AND lifted_on IS NULL
        ORDER BY provider_id, kind DESC
    )
    SELECT w.provider_id AS subject_id, w.provider_id::text || '@' || left(w.region_code, 6) AS key, w.region_code,
        NULL::uuid AS station_id, w.provider_id, NULL::uuid AS person_id,
        CASE WHEN l.kind = '列入严重违法失信名单' THEN 4 ELSE 3 END AS severity,
        coalesce(l.starts_on, p.rating_until) AS since, r.n,
        jsonb_build_object('listed', l.kind, 'since', l.starts_on, 'rating', p.rating, 'until', p.rating_until,
            'least', CASE WHEN l.id IS NULL AND (p.rating_until >= %(day)s OR p.rating_until IS NULL) THEN r.grade END,
            'days', %(day)s::date - p.rating_until, 'contracts', w.contracts) AS facts,
        CASE WHEN l.id IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_array('provider-sanctions', l.id)) END || w.rows AS rows
    FROM working w JOIN providers_provider p ON p.id = w.provider_id {here("w")}
    LEFT JOIN listed l ON l.provider_id = w.provider_id
    WHERE l.id IS NOT NULL OR p.rating_until < %(day)s
        OR (p.rating < r.grade AND left(p.region_code, 6) <> left(w.region_code, 6))
    """,
    told=_standing,
)

sql_rule(
    "RW28",
    name=gettext_lazy("公开逾期"),
    about=About.PROVIDER,
    severity=Severity.YELLOW,
    formula=gettext_lazy(
        "承接社工站运营的机构，从合同第一个月起，每月的三务到下月公开日仍没有公开(当地规定宽限的加宽限日)；本机构的公开或所承接站点各自的公开都算"
    ),
    action=gettext_lazy("提醒机构公开"),
    tier=Tier.PROVIDER,
    asks={"dom": named.DISCLOSURE_DAY, "grace": named.DISCLOSURE_GRACE},
    needs=("projects",),
    money=MoneyStage.SUPERVISING,
    sql=f"""
    , months AS (
        SELECT (date_trunc('month', %(day)s::date) - make_interval(months => k))::date AS month FROM generate_series(1, 12) AS k
    ), owed AS (
        SELECT p.provider_id, p.region_code, m.month, p.id AS project_id
        FROM procurement_serviceproject p JOIN months m
            ON p.starts_on < (m.month + interval '1 month')::date AND p.ends_on >= m.month
        WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.kind = '社工站运营'
            AND p.status IN ('执行', '评估', '结项')
    ), lacking AS (
        SELECT o.provider_id, left(o.region_code, 6) || '000000' AS region_code, o.month, o.project_id
        FROM owed o {here("o")}
        WHERE %(day)s > ((o.month + interval '1 month')::date + r.dom::int - 1 + r.grace::int)
            AND NOT EXISTS (
                SELECT FROM oversight_disclosure d WHERE d.provider_id = o.provider_id AND d.station_id IS NULL
                    AND d.month = o.month AND d.published_on <= %(day)s
            )
            AND (
                NOT EXISTS (SELECT FROM procurement_projectstation c WHERE c.project_id = o.project_id)
                OR EXISTS (
                    SELECT FROM procurement_projectstation c WHERE c.project_id = o.project_id AND NOT EXISTS (
                        SELECT FROM oversight_disclosure d WHERE d.station_id = c.station_id AND d.month = o.month
                            AND d.published_on <= %(day)s)
                )
            )
    ), told AS (
        SELECT provider_id, region_code, count(DISTINCT month) AS months, min(month) AS since,
            string_agg(DISTINCT to_char(month, 'YYYY-MM'), '、' ORDER BY to_char(month, 'YYYY-MM')) AS names,
            jsonb_agg(DISTINCT jsonb_build_array('projects', project_id)) AS rows
        FROM lacking GROUP BY 1, 2
    )
    SELECT t.provider_id AS subject_id, t.provider_id::text || '@' || left(t.region_code, 6) AS key, t.region_code,
        NULL::uuid AS station_id, t.provider_id, NULL::uuid AS person_id, 2 AS severity, t.since, r.n,
        jsonb_build_object('months', t.months, 'names', t.names, 'dom', r.dom, 'grace', r.grace) AS facts, t.rows
    FROM told t {here("t")}
    """,
    told=lambda f: (
        _("%(months)s 个月没有按期公开三务(次月 %(dom)s 日，宽限 %(grace)s 日)：%(names)s") % f
        if f["grace"]
        else _("%(months)s 个月没有按期公开三务(次月 %(dom)s 日当日为限)：%(names)s") % f
    ),
)


def _overdue(facts: Any) -> str:
    said = []
    if facts["items"]:
        said.append(_("%(items)s 项过了期限没有销号(最早 %(since)s)") % facts)
    if facts["no_plan"]:
        said.append(_("到 %(plan_due)s 仍没有报整改计划") % facts)
    if facts["repeats"]:
        said.append(_("%(repeats)s 项是回头看发现的反弹") % facts)
    return str(_("整改令 %(code)s“%(title)s”：") % facts) + "；".join(said)


sql_rule(
    "RW29",
    name=gettext_lazy("整改逾期"),
    about=About.PROVIDER,
    severity=Severity.ORANGE,
    formula=gettext_lazy("整改令有过了期限没有销号的整改项，或过了期限没有报整改计划，或回头看发现问题反弹"),
    action=gettext_lazy("按发函、约谈、通报、暂停拨付、解约的次序督促"),
    tier=Tier.COUNTY,
    asks={},
    needs=("rectifications",),
    wakes=("rectification-items",),
    sql=f"""
    , late AS (
        SELECT i.order_id, count(*) FILTER (WHERE i.due_on < %(day)s) AS items, min(i.due_on) AS since,
            count(*) FILTER (WHERE i.repeats_id IS NOT NULL) AS repeats, jsonb_agg(jsonb_build_array('rectification-items', i.id)) AS rows
        FROM oversight_rectificationitem i
        WHERE i.region_code >= %(low)s AND i.region_code < %(high)s AND i.stage IN ('待整改', '已报证据')
            AND i.opened_on <= %(day)s AND (i.due_on < %(day)s OR i.repeats_id IS NOT NULL)
        GROUP BY 1
    )
    SELECT o.provider_id AS subject_id, o.id::text AS key, o.region_code, o.station_id, o.provider_id,
        NULL::uuid AS person_id, 3 AS severity, least(l.since, o.plan_due) AS since, r.n,
        jsonb_build_object('code', o.code, 'title', o.title, 'items', coalesce(l.items, 0),
            'repeats', coalesce(l.repeats, 0), 'since', l.since, 'plan_due', o.plan_due,
            'no_plan', o.stage = '已下达' AND o.plan_due < %(day)s) AS facts,
        jsonb_build_array(jsonb_build_array('rectifications', o.id)) || coalesce(l.rows, '[]') AS rows
    FROM oversight_rectification o LEFT JOIN late l ON l.order_id = o.id {here("o")}
    WHERE o.region_code >= %(low)s AND o.region_code < %(high)s AND o.stage NOT IN ('已通过', '已撤销')
        AND (l.order_id IS NOT NULL OR (o.stage = '已下达' AND o.plan_due < %(day)s))
    """,
    told=_overdue,
)


def _trusted(f: Mapping[str, Any]) -> str:
    """What of it is true."""
    told = []
    if f["is_late"]:
        told.append(
            _(
                "最近 %(days)s 日 %(records)s 条记录中，%(late)s 条超过 %(limit)s 日才录入，占 %(rate)s%%(提醒线 %(share)s%%)"
            )
            % f
        )
    if f["is_doubted"]:
        told.append(_("最近 %(days)s 日 %(all)s 条记录中有 %(confirmed)s 个疑点经核实属实") % f)
    if f["is_contradicted"]:
        told.append(_("电话回访 %(calls)s 条，%(wrong)s 条与记录不符，区间下限 %(lowest)s%%") % f)
    if f["is_displeased"]:
        told.append(_("%(closed_on)s 结束的调查满意度 %(mean)s 分，上一次 %(before)s 分") % f)
    return "；".join(told)


sql_rule(
    "RW30",
    name=gettext_lazy("数据可信度低"),
    about=About.STATION,
    severity=Severity.ORANGE,
    formula=gettext_lazy(
        "最近 {days} 日的记录中，超过 {limit} 日才录入的占 {share}% 以上，"
        "或属实的疑点每百条 {flags} 个以上，或电话回访不符率 {mismatch}% 以上"
        "且区间下限高于 {floor}%，或最近一次满意度调查低于 {pleased} 分且比上一次低 {drop} 分以上；记录不足 {least} 条的不算"
    ),
    action=gettext_lazy("抽查并到站了解"),
    tier=Tier.COUNTY,
    asks={
        "days": named.QUALITY_DAYS,
        "least": named.QUALITY_RECORDS,
        "share": named.LATE_ENTRY_SHARE,
        "limit": named.LATE_ENTRY_DAYS,
        "flags": checking.FLAGS_SHARE,
        "mismatch": checking.MISMATCH_SHARE,
        "floor": checking.MISMATCH_FLOOR,
        "z": checking.CALLBACK_Z,
        "pleased": named.SATISFACTION_FLOOR,
        "drop": named.SATISFACTION_DROP,
    },
    needs=("service-records",),
    money=MoneyStage.SUPERVISING,
    sql=f"""
    , counted AS (
        SELECT s.station_id, s.region_code, s.provider_id, r.*, count(*) AS records, count(s.entered_at) AS entered,
            count(*) FILTER (WHERE s.entered_at - s.ended_at > make_interval(days => r."limit"::int)) AS late
        FROM casework_servicerecord s {here("s")}
        WHERE s.region_code >= %(low)s AND s.region_code < %(high)s AND s.status = '已通过'
            AND s.started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
            AND s.started_at >= (%(day)s::date - r.days::int + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
        GROUP BY s.station_id, s.region_code, s.provider_id, r.prefix, r.n, r.days, r.least, r.share, r."limit", r.flags,
            r.mismatch, r.floor, r.z, r.pleased, r.drop
    ), doubted AS (
        SELECT f.station_id, f.since FROM oversight_plausibilityflag f WHERE f.stage = '属实' AND f.region_code >= %(low)s
            AND f.region_code < %(high)s
    ), asked AS (
        SELECT station_id, called_on, mismatch FROM oversight_callback WHERE stage = '已接通' AND region_code >= %(low)s
            AND region_code < %(high)s AND called_on <= %(day)s
    ), surveyed AS (
        SELECT station_id, closed_on, mean, lag(mean) OVER past AS before, lead(closed_on) OVER past AS next_on
        FROM quality_surveyresult
        WHERE about = '站点' AND audience = '服务对象' AND mean IS NOT NULL AND region_code >= %(low)s
            AND region_code < %(high)s AND closed_on <= %(day)s
        WINDOW past AS (PARTITION BY station_id ORDER BY closed_on, id)
    ), judged AS (
        SELECT c.*, v.mean, v.before, v.closed_on, d.confirmed, a.calls, a.wrong, CASE WHEN a.calls > 0 THEN 100 * (
            a.wrong::numeric / a.calls + c.z ^ 2 / (2 * a.calls) - c.z * sqrt(
                (a.wrong::numeric / a.calls) * (1 - a.wrong::numeric / a.calls) / a.calls + c.z ^ 2 / (4.0 * a.calls ^ 2)
            )) / (1 + c.z ^ 2 / a.calls) END AS lowest
        FROM counted c
        CROSS JOIN LATERAL (SELECT count(*) AS confirmed FROM doubted f WHERE f.station_id = c.station_id
            AND f.since BETWEEN %(day)s::date - c.days::int + 1 AND %(day)s) d
        CROSS JOIN LATERAL (SELECT count(*) AS calls, count(*) FILTER (WHERE k.mismatch) AS wrong FROM asked k
            WHERE k.station_id = c.station_id AND k.called_on > %(day)s::date - c.days::int) a
        LEFT JOIN surveyed v ON v.station_id = c.station_id AND v.next_on IS NULL
    ), found AS (
        SELECT *, entered >= least AND 100.0 * late / nullif(entered, 0) > share AS is_late,
            records >= least AND 100.0 * confirmed / records >= flags AS is_doubted,
            calls > 0 AND 100.0 * wrong / nullif(calls, 0) >= mismatch AND lowest > floor AS is_contradicted,
            coalesce(mean < pleased AND before - mean >= "drop", false) AS is_displeased
        FROM judged
    )
    SELECT DISTINCT ON (c.station_id) c.station_id AS subject_id, c.station_id::text AS key, c.region_code, c.station_id,
        c.provider_id, NULL::uuid AS person_id, 3 AS severity, %(day)s::date - c.days::int + 1 AS since, c.n,
        jsonb_build_object('days', c.days, 'records', c.entered, 'late', c.late, 'limit', c."limit", 'share', c.share,
            'rate', round(100.0 * c.late / nullif(c.entered, 0), 1), 'is_late', c.is_late, 'confirmed', c.confirmed,
            'all', c.records, 'is_doubted', c.is_doubted, 'calls', c.calls, 'wrong', c.wrong,
            'lowest', round(c.lowest::numeric, 1), 'is_contradicted', c.is_contradicted, 'mean', c.mean,
            'before', c.before, 'closed_on', c.closed_on, 'is_displeased', c.is_displeased) AS facts,
        jsonb_build_array(jsonb_build_array('stations', c.station_id)) AS rows
    FROM found c WHERE c.is_late OR c.is_doubted OR c.is_contradicted OR c.is_displeased
    ORDER BY c.station_id, c.records DESC
    """,
    told=_trusted,
)
