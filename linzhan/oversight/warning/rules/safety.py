"""Rules about the safety of those served: RW04–RW06 of ``domain.md`` §13 and §20.

What RW04 and RW05 look at is seen by few (ADR 0021), and so are their alerts (ADR 0025). Even so they say no
more than that something waits: not about whom, not what was reported or answered; who may read that finds it
in the rows behind.
"""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight import parameters as named
from linzhan.oversight.enums import About, Severity, Tier
from linzhan.oversight.warning.declaring import here, sql_rule

NOW: Final = "least(now(), (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"
STAMP: Final = "to_char({moment} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')"


def _waiting(facts: Mapping[str, Any]) -> str:
    if facts["what"] == "report":
        return _("有一件安全信号(%(begins)s 收到)超过 %(minutes)s 分钟没有上报的记录") % facts
    return _("有一件强制报告(%(begins)s 上报)超过 %(hours)s 小时没有答复的记录") % facts


sql_rule(
    "RW04",
    name=gettext_lazy("强制报告未办结"),
    about=About.STATION,
    severity=Severity.RED,
    formula=gettext_lazy(
        "安全信号超过时限没有上报记录，或上报后超过时限没有答复；演练和已结束的不算。只有站长、县未成年人保护专员和报告人看得到"
    ),
    action=gettext_lazy("打开强制报告，按流程上报、核问答复"),
    tier=Tier.STATION,
    asks={"minutes": named.INCIDENT_RED, "hours": named.INCIDENT_REPLY},
    needs=("stations",),
    wakes=("incidents", "incident-facts"),
    hours=True,
    sql=f"""
    SELECT i.station_id AS subject_id, i.region_code AS subject_code, i.id::text AS key, i.region_code, i.station_id,
        NULL::uuid AS provider_id, i.reporter_id AS person_id, 4 AS severity,
        (x.begins AT TIME ZONE 'Asia/Shanghai')::date AS since, r.n,
        jsonb_build_object('what', x.what, 'begins', {STAMP.format(moment="x.begins")}, 'minutes', r.minutes,
            'hours', r.hours) AS facts,
        jsonb_build_array(jsonb_build_array('incidents', i.id)) AS rows
    FROM casework_incident i {here("i")}
    CROSS JOIN LATERAL (
        SELECT CASE WHEN i.reported_at IS NULL THEN 'report' ELSE 'reply' END AS what,
            CASE WHEN i.reported_at IS NULL THEN least(i.seen_at, coalesce(i.received_at, i.seen_at)) ELSE i.reported_at END AS begins
    ) x
    WHERE i.region_code >= %(low)s AND i.region_code < %(high)s AND NOT coalesce(i.practice, false)
        AND i.closed_at IS NULL AND i.replied_at IS NULL AND i.seen_at < {NOW}
        AND x.begins + CASE WHEN x.what = 'report' THEN make_interval(mins => r.minutes::int)
            ELSE make_interval(hours => r.hours::int) END < {NOW}
    """,
    told=_waiting,
)

sql_rule(
    "RW05",
    name=gettext_lazy("自杀自伤信号"),
    about=About.STATION,
    severity=Severity.RED,
    formula=gettext_lazy(
        "测评出现自杀自伤信号或得分达到重度，而没有危机计划；一出现就提醒，超过制定时限的另外写明。"
        "只有本站和督导看得到，预警里不写是谁、答了什么"
    ),
    action=gettext_lazy("当面核实安全，联系督导，制定危机计划，按危机上报"),
    tier=Tier.STATION,
    asks={"hours": named.CRISIS_PLAN_HOURS, "days": named.SIGNAL_DAYS, "score": named.SEVERE_SCORE},
    needs=("stations",),
    wakes=("scale-results", "incident-facts", "case-files"),
    hours=True,
    sql=f"""
    SELECT s.station_id AS subject_id, s.id::text AS key, s.region_code, s.station_id, NULL::uuid AS provider_id,
        NULL::uuid AS person_id, 4 AS severity, s.taken_on AS since, r.n,
        jsonb_build_object('taken', s.taken_on, 'hours', r.hours, 'late',
            s.recorded_at + make_interval(hours => r.hours::int) < {NOW}) AS facts,
        jsonb_build_array(jsonb_build_array('scale-results', s.id)) AS rows
    FROM casework_scaleresult s {here("s")}
    WHERE s.region_code >= %(low)s AND s.region_code < %(high)s
        AND s.taken_on <= %(day)s AND s.taken_on > %(day)s::date - r.days::int
        AND s.scale IN ('PHQ-9', 'C-SSRS')
        AND CASE s.scale
            WHEN 'PHQ-9' THEN s.score >= r.score OR (s.answers::jsonb ->> '9')::numeric >= 1
            ELSE (s.answers::jsonb ->> '3')::numeric >= 1 OR (s.answers::jsonb ->> '4')::numeric >= 1
                OR (s.answers::jsonb ->> '5')::numeric >= 1 OR (s.answers::jsonb ->> '6')::numeric >= 1 END
        AND NOT EXISTS (SELECT FROM casework_voidedresult v WHERE v.result_id = s.id)
        AND NOT EXISTS (
            SELECT FROM casework_incident i JOIN casework_incidentfact f ON f.incident_id = i.id
            WHERE i.resident_id = s.resident_id AND f.kind IN ('保护计划', '结束') AND NOT coalesce(i.practice, false)
                AND (f.at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN s.taken_on AND %(day)s
        )
        AND NOT EXISTS (
            SELECT FROM casework_casefile c WHERE c.resident_id = s.resident_id AND c.crisis IS NOT NULL
                AND c.plan_approved_on BETWEEN s.taken_on AND %(day)s
        )
    """,
    told=lambda f: (
        _("%(taken)s 的一次测评出现须立即处理的信号，已超过 %(hours)s 小时没有危机计划") % f
        if f["late"]
        else _("%(taken)s 的一次测评出现须立即处理的信号，%(hours)s 小时内制定危机计划") % f
    ),
)

sql_rule(
    "RW06",
    name=gettext_lazy("未成年人监护缺失"),
    about=About.RESIDENT,
    severity=Severity.RED,
    formula=gettext_lazy(
        "在册未成年人：不满 {alone} 周岁独居；不满 {unattended} 周岁而监护人无能力或缺位、没有委托照护人；"
        "监护人失联或不履责满 {months} 个月"
    ),
    action=gettext_lazy("当日核实，报告乡镇(街道)和县级未成年人保护工作机构，落实委托照护或临时监护"),
    tier=Tier.STATION,
    asks={"alone": named.ALONE_AGE, "unattended": named.UNATTENDED_AGE, "months": named.GUARDIAN_MONTHS},
    needs=("residents",),
    any_of=("resident-details", "major-changes"),
    wakes=("resident-details", "major-changes"),
    sql=f"""
    , lost AS (
        SELECT m.resident_id, max(m.happened_at AT TIME ZONE 'Asia/Shanghai')::date AS since
        FROM casework_majorchange m
        WHERE m.region_code >= %(low)s AND m.region_code < %(high)s AND m.kind = '监护人失联或不履责'
            AND m.found_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
        GROUP BY m.resident_id
    )
    SELECT p.id AS subject_id, p.id::text AS key, p.region_code, p.station_id, p.provider_id,
        p.worker_id AS person_id, 4 AS severity, NULL::date AS since, r.n, '{{}}'::jsonb AS facts,
        CASE WHEN d.id IS NULL THEN jsonb_build_array(jsonb_build_array('residents', p.id))
            ELSE jsonb_build_array(jsonb_build_array('residents', p.id), jsonb_build_array('resident-details', d.id)) END AS rows
    FROM casework_resident p {here("p")}
    LEFT JOIN casework_residentdetail d ON d.resident_id = p.id
    LEFT JOIN lost ON lost.resident_id = p.id
    WHERE p.region_code >= %(low)s AND p.region_code < %(high)s AND p.status = '在册' AND p.merged_into_id IS NULL
        AND p.born_on > (%(day)s::date - interval '18 years')::date AND p.registered_on <= %(day)s
        AND (
            (d.living = '独居' AND p.born_on > (%(day)s::date - make_interval(years => r.alone::int))::date)
            OR (d.guardianship = '无能力或缺位' AND d.carer = ''
                AND p.born_on > (%(day)s::date - make_interval(years => r.unattended::int))::date)
            OR (lost.since <= (%(day)s::date - make_interval(months => r.months::int))::date
                AND (d.parents_contacted_on IS NULL OR d.parents_contacted_on < lost.since)
                AND coalesce(d.guardianship, '') <> '有能力')
            OR (d.parents_contacted_on <= (%(day)s::date - make_interval(months => r.months::int))::date
                AND d.living <> '与父母' AND d.guardianship <> '有能力')
        )
    """,
    told=lambda _facts: _("未成年人的监护情况须当日核实并按规定报告；依据见服务对象的档案"),
)
