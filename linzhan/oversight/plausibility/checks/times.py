"""Checks of when and where: overlapping services, impossible travel, volume (PC01, PC02, PC09).

Each worker's services are walked in the order in which they lie: PC01 holds the latest end so far, PC02 the place
before, PC09 a sum for each worker and day.
"""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight.plausibility import parameters as named
from linzhan.oversight.plausibility.declaring import sql_check
from linzhan.oversight.warning.declaring import here

sql_check(
    "PC01",
    name=gettext_lazy("服务时间重叠"),
    formula=gettext_lazy("同一社工当面服务的两条记录，时间重叠超过 {slack} 分钟"),
    innocent=gettext_lazy("同一户几口人一起探访、同一小组或活动分开记、路上接的电话：这些都不提"),
    asks={"slack": named.OVERLAP_MINUTES},
    sql=f"""
    , ranked AS (
        SELECT *, max(ended_at) OVER (PARTITION BY worker_id ORDER BY started_at, record_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until
        FROM plausible_service WHERE in_person
    ), hit AS (
        SELECT k.*, r.slack, r.n
        FROM (SELECT * FROM ranked WHERE until > started_at + (SELECT make_interval(mins => min(slack)::int) FROM ruled)) k
        {here("k")} WHERE k.until > k.started_at + make_interval(mins => r.slack::int)
    ), pairs AS (
        SELECT h.worker_id, h.day, h.region_code, h.station_id, h.provider_id, h.n, h.slack, h.record_id AS second_id,
            a.record_id AS first_id, extract(epoch FROM least(a.ended_at, h.ended_at) - h.started_at) / 60 AS minutes
        FROM hit h JOIN plausible_service a ON a.worker_id = h.worker_id AND a.in_person
            AND (a.started_at, a.record_id) < (h.started_at, h.record_id)
            AND a.started_at > h.started_at - interval '1 day'
            AND least(a.ended_at, h.ended_at) > h.started_at + make_interval(mins => h.slack::int)
        WHERE NOT (a.case_code <> '' AND a.case_code = h.case_code) AND NOT EXISTS (
            SELECT FROM casework_recordresident x JOIN casework_resident p ON p.id = x.resident_id
                JOIN casework_resident q ON q.household = p.household AND q.county_code = p.county_code AND q.id <> p.id
                JOIN casework_recordresident y ON y.resident_id = q.id AND y.record_id = h.record_id
            WHERE x.record_id = a.record_id AND p.household <> '')
    )
    SELECT p.worker_id AS subject_id, p.worker_id::text || '@' || p.day AS key, min(p.region_code) AS region_code,
        (array_agg(p.station_id))[1] AS station_id, (array_agg(p.provider_id))[1] AS provider_id,
        p.worker_id AS person_id, 1 AS severity, p.day AS since, min(p.n) AS n,
        jsonb_build_object('day', p.day, 'minutes', round(max(p.minutes)), 'records', count(DISTINCT x.id),
            'slack', min(p.slack)) AS facts,
        jsonb_agg(DISTINCT jsonb_build_array('service-records', x.id)) AS rows
    FROM pairs p, unnest(ARRAY[p.first_id, p.second_id]) AS x (id) GROUP BY p.worker_id, p.day
    """,
    told=lambda f: (
        _(
            "%(day)s 有 %(records)s 条当面服务的时间互相重叠，最长重叠 %(minutes)s 分钟(%(slack)s 分钟以内不提)"
        )
        % f
    ),
)

sql_check(
    "PC02",
    name=gettext_lazy("路程来不及"),
    formula=gettext_lazy(
        "同一社工先后两条都填了位置的记录，相距超过 {least} 公里，按间隔算时速超过 {speed} 公里"
    ),
    innocent=gettext_lazy("隔得远但留了路上的时间、电话探访、没有填位置：这些都不提。位置从不强求"),
    asks={"speed": named.TRAVEL_SPEED, "least": named.TRAVEL_LEAST},
    sql=f"""
    , placed AS (
        SELECT *, lag(record_id) OVER w AS first_id, lag(ended_at) OVER w AS left_at, lag(lon) OVER w AS from_lon,
            lag(lat) OVER w AS from_lat
        FROM plausible_service WHERE in_person AND lon IS NOT NULL AND lat IS NOT NULL
        WINDOW w AS (PARTITION BY worker_id ORDER BY started_at, record_id)
    ), went AS (
        SELECT p.*, greatest(extract(epoch FROM started_at - left_at) / 3600, 1 / 60.0)::float8 AS hours,
            2 * 6371 * asin(least(1, sqrt(power(sin(radians(lat - from_lat) / 2), 2)
                + cos(radians(from_lat)) * cos(radians(lat)) * power(sin(radians(lon - from_lon) / 2), 2)))) AS km
        FROM placed p WHERE first_id IS NOT NULL
    )
    SELECT w.worker_id AS subject_id, w.first_id::text || '@' || w.record_id AS key, w.region_code, w.station_id,
        w.provider_id, w.worker_id AS person_id, 1 AS severity, w.day AS since, r.n,
        jsonb_build_object('day', w.day, 'km', round(w.km::numeric, 1), 'gap',
            greatest(round(extract(epoch FROM w.started_at - w.left_at) / 60), 0), 'speed', r.speed) AS facts,
        jsonb_build_array(jsonb_build_array('service-records', w.first_id),
            jsonb_build_array('service-records', w.record_id)) AS rows
    FROM (SELECT * FROM went WHERE km > (SELECT min(least) FROM ruled) AND km / hours > (SELECT min(speed) FROM ruled)) w
    {here("w")} WHERE w.km > r.least AND w.km / w.hours > r.speed
    """,
    told=lambda f: (
        _("%(day)s 先后两次服务相距 %(km)s 公里，中间只有 %(gap)s 分钟(按时速 %(speed)s 公里计来不及)") % f
    ),
)

sql_check(
    "PC09",
    name=gettext_lazy("工作量不合常理"),
    formula=gettext_lazy(
        "一人一天当面探访超过 {visits} 次或服务超过 {hours} 小时，或一周服务超过 {week} 小时"
    ),
    innocent=gettext_lazy("高温天气逐户打电话：电话探访不计入次数"),
    asks={"visits": named.DAY_VISITS, "hours": named.DAY_HOURS, "week": named.WEEK_HOURS},
    sql=f"""
    , days AS (
        SELECT worker_id, day AS since, 'day' AS span, count(*) FILTER (WHERE method = '探访' AND in_person) AS visits,
            sum(minutes) / 60.0 AS hours, min(region_code) AS region_code,
            (array_agg(station_id))[1] AS station_id, (array_agg(provider_id))[1] AS provider_id
        FROM plausible_service GROUP BY worker_id, day
    ), weeks AS (
        SELECT worker_id, date_trunc('week', since)::date AS since, 'week' AS span, sum(visits) AS visits,
            sum(hours) AS hours, min(region_code) AS region_code, (array_agg(station_id))[1] AS station_id,
            (array_agg(provider_id))[1] AS provider_id
        FROM days GROUP BY worker_id, date_trunc('week', since)
    ), hit AS (
        SELECT a.*, r.n, r.visits AS most_visits, r.hours AS most_hours, r.week
        FROM (SELECT * FROM days WHERE visits > (SELECT min(visits) FROM ruled) OR hours > (SELECT min(hours) FROM ruled)
            UNION ALL SELECT * FROM weeks WHERE hours > (SELECT min(week) FROM ruled)) a {here("a")}
        WHERE CASE a.span WHEN 'day' THEN a.visits > r.visits OR a.hours > r.hours ELSE a.hours > r.week END
    )
    SELECT h.worker_id AS subject_id, h.worker_id::text || '@' || h.span || h.since AS key, h.region_code, h.station_id,
        h.provider_id, h.worker_id AS person_id, 1 AS severity, h.since, h.n,
        jsonb_build_object('day', h.since, 'span', h.span, 'visits', h.visits, 'hours', round(h.hours, 1),
            'most_visits', h.most_visits, 'most_hours', h.most_hours, 'week', h.week) AS facts, b.rows, b.n AS rows_count
    FROM hit h CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array('service-records', s.record_id) ORDER BY s.started_at) AS rows, count(*)::int AS n
        FROM plausible_service s WHERE s.worker_id = h.worker_id
            AND s.day BETWEEN h.since AND h.since + CASE h.span WHEN 'day' THEN 0 ELSE 6 END
    ) b
    """,
    told=lambda f: (
        _(
            "%(day)s 当面探访 %(visits)s 次、服务 %(hours)s 小时(一天不超过 %(most_visits)s 次、%(most_hours)s 小时)"
        )
        % f
        if f["span"] == "day"
        else _("%(day)s 起的一周服务 %(hours)s 小时(一周不超过 %(week)s 小时)") % f
    ),
)
