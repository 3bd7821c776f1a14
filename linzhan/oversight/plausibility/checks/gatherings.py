"""Checks of who was served: people who were not there to be served, and attendance (PC10, PC11).

PC10 holds the people who died or moved away; PC11 the activities and their lists, of which those of one station
that have a person in common are compared, and the people whom more than one station served, whose services it looks up.
"""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight.plausibility import parameters as named
from linzhan.oversight.plausibility.declaring import sql_check
from linzhan.oversight.warning.declaring import here

sql_check(
    "PC10",
    name=gettext_lazy("服务了不在的人"),
    formula=gettext_lazy("对象已死亡或迁出之后，还有当面见到本人的探访、个案、小组、活动记录"),
    innocent=gettext_lazy(
        "慰问家属、上门才得知去世或迁走、给迁走的人打电话、当天的记录、建档时就已登记而不知日期的：这些都不提"
    ),
    partly=gettext_lazy("住院、羁押没有起止日期，服务事项也没有年龄要求，平台没有这些资料，不查"),
    asks={},
    sql=f"""
    , gone AS (
        SELECT t.subject_id AS resident_id, t.valid_from AS from_day, coalesce(t.valid_to, 'infinity'::date) AS to_day,
            t.status AS why
        FROM casework_residentstate t
        WHERE t.region_code >= %(low)s AND t.region_code < %(high)s AND t.status IN ('死亡', '迁出')
            AND EXISTS (SELECT FROM casework_residentstate e WHERE e.subject_id = t.subject_id AND e.valid_to = t.valid_from)
        UNION ALL
        SELECT x.resident_id, min(s.day), 'infinity'::date, '死亡'
        FROM plausible_service s JOIN casework_recordresident x ON x.record_id = s.record_id
        WHERE s.outcome = '已去世' GROUP BY x.resident_id
    ), hit AS (
        SELECT DISTINCT ON (s.record_id, g.resident_id) s.*, g.resident_id, g.from_day, g.why
        FROM gone g JOIN casework_recordresident x ON x.resident_id = g.resident_id
            JOIN plausible_service s ON s.record_id = x.record_id AND s.day > g.from_day AND s.day < g.to_day
        WHERE s.in_person AND s.method IN ('探访', '个案', '小组', '活动') AND s.outcome IN ('', '见到本人')
        ORDER BY s.record_id, g.resident_id, g.from_day, s.worker_id
    )
    SELECT h.worker_id AS subject_id, h.record_id::text || '@' || h.resident_id AS key, h.region_code, h.station_id,
        h.provider_id, h.worker_id AS person_id, 1 AS severity, h.day AS since, r.n,
        jsonb_build_object('day', h.day, 'from', h.from_day, 'why', h.why, 'method', h.method) AS facts,
        jsonb_build_array(jsonb_build_array('service-records', h.record_id), jsonb_build_array('residents', h.resident_id)) AS rows
    FROM hit h {here("h")}
    """,
    told=lambda f: _("%(day)s 的%(method)s记录写明见到本人，而对象自 %(from)s 起已登记为%(why)s") % f,
)

sql_check(
    "PC11",
    name=gettext_lazy("签到异常"),
    formula=gettext_lazy(
        "{span} 日内 {times} 场以上活动签到名单 {alike}% 以上相同；同一人同一时间在两个站点；活动到场人数与签到相差 {gap}% 以上"
    ),
    innocent=gettext_lazy("固定成员的小组和课程不比名单；没有签到名单的活动不比人数；电话探访不算在场"),
    asks={
        "least": named.ATTENDEES_LEAST,
        "alike": named.ATTENDEES_ALIKE,
        "span": named.ATTENDEES_DAYS,
        "times": named.ATTENDEES_TIMES,
        "gap": named.HEADCOUNT_GAP,
        "slack": named.OVERLAP_MINUTES,
    },
    needs=("service-records", "attendances"),
    sql=f"""
    , held AS MATERIALIZED (
        SELECT DISTINCT ON (record_id) record_id, worker_id, region_code, station_id, provider_id, day, case_code
        FROM plausible_service s WHERE method = '活动'
            AND NOT EXISTS (SELECT FROM casework_programmesession l WHERE l.record_id = s.record_id)
        ORDER BY record_id, worker_id
    ), seen AS MATERIALIZED (
        SELECT s.station_id, s.record_id, s.day, s.case_code, coalesce(t.resident_id::text, t.name) AS who
        FROM held s JOIN casework_attendance t ON t.record_id = s.record_id AND t.present
    ), sized AS (
        SELECT record_id, count(*) AS c FROM seen GROUP BY 1 HAVING count(*) >= (SELECT min(least) FROM ruled)
    ), alike AS (
        SELECT p.first_id, p.second_id FROM (
            SELECT x.record_id AS first_id, y.record_id AS second_id, count(*) AS shared
            FROM seen x JOIN seen y ON y.station_id = x.station_id AND y.who = x.who
                AND (y.day, y.record_id) > (x.day, x.record_id) AND y.day <= x.day + (SELECT max(span)::int FROM ruled)
            WHERE NOT (x.case_code <> '' AND x.case_code = y.case_code)
            GROUP BY 1, 2) p JOIN sized a ON a.record_id = p.first_id JOIN sized b ON b.record_id = p.second_id
        WHERE 100.0 * p.shared / (a.c + b.c - p.shared) >= (SELECT min(alike) FROM ruled)
    ), clones AS (
        SELECT a.first_id, count(*) + 1 AS times, array_agg(a.second_id) || a.first_id AS ids
        FROM alike a WHERE NOT EXISTS (SELECT FROM alike e WHERE e.second_id = a.first_id) GROUP BY a.first_id
    ), roaming AS MATERIALIZED (
        SELECT resident_id FROM (
            SELECT DISTINCT resident_id, station_id FROM casework_recordresident
            WHERE region_code >= %(low)s AND region_code < %(high)s
                AND started_at >= (SELECT min(started_at) FROM plausible_service)) d
        GROUP BY resident_id HAVING count(*) > 1
    ), met AS (
        SELECT s.*, lag(s.record_id) OVER w AS first_id, lag(s.ended_at) OVER w AS until, lag(s.station_id) OVER w AS elsewhere
        FROM roaming g CROSS JOIN LATERAL (
            SELECT x.resident_id, s.record_id, s.worker_id, s.region_code, s.station_id, s.provider_id, s.day, s.started_at,
                s.ended_at
            FROM casework_recordresident x JOIN plausible_service s ON s.record_id = x.record_id
            WHERE x.resident_id = g.resident_id AND s.in_person AND s.method IN ('探访', '个案', '小组', '活动')
                AND s.outcome IN ('', '见到本人') OFFSET 0) s
        WINDOW w AS (PARTITION BY s.resident_id ORDER BY s.started_at, s.record_id)
    )
    SELECT h.worker_id AS subject_id, 'alike' || c.first_id AS key, h.region_code, h.station_id, h.provider_id,
        h.worker_id AS person_id, 1 AS severity, h.day AS since, r.n,
        jsonb_build_object('kind', 'alike', 'times', c.times, 'span', r.span, 'alike', r.alike, 'day', h.day) AS facts,
        (SELECT jsonb_agg(jsonb_build_array('service-records', i)) FROM unnest(c.ids) i) AS rows
    FROM clones c JOIN held h ON h.record_id = c.first_id {here("h")} WHERE c.times >= r.times
    UNION ALL
    SELECT m.worker_id, 'twice' || m.record_id || '@' || left(m.resident_id::text, 13), m.region_code, m.station_id, m.provider_id,
        m.worker_id, 1, m.day, r.n, jsonb_build_object('kind', 'twice', 'day', m.day),
        jsonb_build_array(jsonb_build_array('service-records', m.first_id),
            jsonb_build_array('service-records', m.record_id), jsonb_build_array('residents', m.resident_id))
    FROM (SELECT * FROM met WHERE until > started_at AND elsewhere <> station_id AND first_id <> record_id) m {here("m")}
    WHERE m.until > m.started_at + make_interval(mins => r.slack::int)
    UNION ALL
    SELECT h.worker_id, 'count' || h.record_id, h.region_code, h.station_id, h.provider_id, h.worker_id, 1, h.day, r.n,
        jsonb_build_object('kind', 'count', 'day', h.day, 'present', d.present, 'signed', c.signed, 'gap', r.gap),
        jsonb_build_array(jsonb_build_array('service-records', h.record_id))
    FROM held h JOIN casework_activitydetail d ON d.record_id = h.record_id AND d.present > 0
        JOIN (SELECT record_id, count(*) AS signed FROM seen GROUP BY 1) c ON c.record_id = h.record_id {here("h")}
    WHERE 100.0 * abs(d.present - c.signed) / d.present > r.gap
    """,
    told=lambda f: (
        _("%(day)s 起 %(span)s 日内 %(times)s 场活动的签到名单 %(alike)s%% 以上相同") % f
        if f["kind"] == "alike"
        else _("%(day)s 同一人在两个站点的服务时间重叠") % f
        if f["kind"] == "twice"
        else _("%(day)s 的活动写明到场 %(present)s 人，签到 %(signed)s 人，相差超过 %(gap)s%%") % f
    ),
)
