"""Checks of how records were written down: bursts, durations, the end of the month, ratings (PC07, PC08, PC13, PC14).

PC07 sorts id, place and two moments of each record by worker and moment of writing; PC08 holds a count for each
worker and length, PC13 for each worker and month with the ids of late ones, PC14 for each worker.
"""

# ruff: noqa: S608 -- the statements are made of own texts only
from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.oversight.plausibility import parameters as named
from linzhan.oversight.plausibility.declaring import sql_check
from linzhan.oversight.warning.declaring import here

sql_check(
    "PC07",
    name=gettext_lazy("集中补录"),
    formula=gettext_lazy("同一社工 {minutes} 分钟内写下 {records} 条以上记录，涉及 {days} 个以上服务日期"),
    innocent=gettext_lazy("没有信号时写在手机上、回来一起上传的，按手机上写下的时间看；成批导入的不看"),
    asks={"records": named.BURST_RECORDS, "minutes": named.BURST_MINUTES, "days": named.BURST_DAYS},
    sql=f"""
    , typed AS (
        SELECT worker_id, record_id, region_code, station_id, provider_id, day, coalesce(made_at, entered_at) AS written
        FROM plausible_service WHERE entered_at IS NOT NULL
    ), counted AS (
        SELECT *, lag(written, (SELECT greatest(min(records)::int - 1, 1) FROM ruled))
            OVER (PARTITION BY worker_id ORDER BY written, record_id) AS before
        FROM typed
    ), hit AS (
        SELECT k.*, r.n, r.records, r.minutes, r.days
        FROM (SELECT * FROM counted WHERE written - before <= (SELECT make_interval(mins => max(minutes)::int) FROM ruled)) k
        {here("k")}
    ), burst AS (
        SELECT h.worker_id, h.record_id, (h.written AT TIME ZONE 'Asia/Shanghai')::date AS on_day, h.region_code,
            h.station_id, h.provider_id, h.n, h.minutes, array_agg(t.record_id) AS ids, array_agg(t.day) AS days
        FROM hit h JOIN typed t ON t.worker_id = h.worker_id AND t.written <= h.written
            AND t.written >= h.written - make_interval(mins => h.minutes::int)
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, h.records, h.days
        HAVING count(*) >= h.records AND count(DISTINCT t.day) >= h.days
    )
    SELECT b.worker_id AS subject_id, b.worker_id::text || '@' || b.on_day AS key, min(b.region_code) AS region_code,
        (array_agg(b.station_id))[1] AS station_id, (array_agg(b.provider_id))[1] AS provider_id,
        b.worker_id AS person_id, 1 AS severity, max(x.day) AS since, min(b.n) AS n,
        jsonb_build_object('day', b.on_day, 'records', count(DISTINCT x.id), 'days', count(DISTINCT x.day),
            'minutes', min(b.minutes)) AS facts,
        jsonb_agg(DISTINCT jsonb_build_array('service-records', x.id)) AS rows
    FROM burst b, unnest(b.ids, b.days) AS x (id, day) GROUP BY b.worker_id, b.on_day
    """,
    told=lambda f: (
        _("%(day)s 集中写下 %(records)s 条记录，涉及 %(days)s 个服务日期，%(minutes)s 分钟内就达到提醒的条数")
        % f
    ),
)

sql_check(
    "PC08",
    name=gettext_lazy("时长一个样"),
    formula=gettext_lazy(
        "至少 {least} 条个别服务中，同一时长占 {share}% 以上；或手机计时的时长尾数分布不均(卡方检验，p<0.001)"
    ),
    innocent=gettext_lazy("小组、活动和课程有固定时长，不看；手填的时间取整是常事，尾数只看手机计时的"),
    asks={"least": named.DURATIONS_LEAST, "share": named.DURATION_SHARE, "digits": named.DIGIT_LIMIT},
    sql=f"""
    , singled AS (
        SELECT worker_id, minutes, count(*) AS c, count(*) FILTER (WHERE made_at IS NOT NULL
            AND made_at BETWEEN started_at AND ended_at + interval '1 hour') AS measured,
            min(region_code) AS region_code, (array_agg(station_id))[1] AS station_id,
            (array_agg(provider_id))[1] AS provider_id, max(day) AS since
        FROM plausible_service WHERE method NOT IN ('小组', '活动') GROUP BY worker_id, minutes
    ), digits AS (
        SELECT worker_id, sum(power(m - total / 10.0, 2) / (total / 10.0)) AS chi, max(total) AS measured
        FROM (SELECT w.worker_id, w.total, coalesce(d.m, 0) AS m
            FROM (SELECT worker_id, sum(measured) AS total FROM singled GROUP BY 1 HAVING sum(measured) > 0) w
            CROSS JOIN generate_series(0, 9) AS g (digit)
            LEFT JOIN (SELECT worker_id, minutes %% 10 AS digit, sum(measured) AS m FROM singled GROUP BY 1, 2) d
                ON d.worker_id = w.worker_id AND d.digit = g.digit) c
        GROUP BY worker_id
    ), workers AS (
        SELECT s.worker_id, sum(s.c) AS total, max(s.c) AS top, (array_agg(s.minutes ORDER BY s.c DESC))[1] AS minutes,
            min(s.region_code) AS region_code, (array_agg(s.station_id))[1] AS station_id,
            (array_agg(s.provider_id))[1] AS provider_id, max(s.since) AS since
        FROM singled s GROUP BY s.worker_id
    ), hit AS (
        SELECT w.*, d.chi, d.measured, r.n, r.share, r.digits FROM workers w LEFT JOIN digits d USING (worker_id) {here("w")}
        WHERE w.total >= r.least AND (100.0 * w.top / w.total > r.share OR (d.measured >= r.least AND d.chi > r.digits))
    )
    SELECT h.worker_id AS subject_id, h.worker_id::text AS key, h.region_code, h.station_id, h.provider_id,
        h.worker_id AS person_id, 1 AS severity, h.since, h.n,
        jsonb_build_object('records', h.total, 'top', h.top, 'minutes', h.minutes, 'chi', round(h.chi, 1),
            'rate', round(100.0 * h.top / h.total), 'share', h.share, 'measured', h.measured,
            'constant', 100.0 * h.top / h.total > h.share) AS facts, b.rows, h.top::int AS rows_count
    FROM hit h CROSS JOIN LATERAL (SELECT jsonb_agg(jsonb_build_array('service-records', t.record_id)) AS rows FROM (
        SELECT s.record_id FROM plausible_service s WHERE s.worker_id = h.worker_id AND s.minutes = h.minutes
            AND s.method NOT IN ('小组', '活动') ORDER BY s.started_at DESC LIMIT 50) t) b
    """,
    told=lambda f: (
        _("%(records)s 条个别服务中 %(top)s 条时长都是 %(minutes)s 分钟，占 %(rate)s%%(提醒线 %(share)s%%)")
        % f
        if f["constant"]
        else _("手机计时的 %(measured)s 条服务，时长尾数集中在少数几个数字(卡方值 %(chi)s)") % f
    ),
)

sql_check(
    "PC13",
    name=gettext_lazy("月末突击补录"),
    formula=gettext_lazy(
        "当月录入的记录中，月末 {tail} 日内录入且迟于服务 {late} 日以上的占 {share}% 以上；不足 {least} 条不看"
    ),
    innocent=gettext_lazy("月末照常当天录入的不算；成批导入的不看"),
    asks={
        "tail": named.MONTH_TAIL_DAYS,
        "late": named.MONTH_TAIL_LATE,
        "share": named.MONTH_TAIL_SHARE,
        "least": named.MONTH_TAIL_LEAST,
    },
    sql=f"""
    , entered AS (
        SELECT worker_id, record_id, region_code, station_id, provider_id, day, entered_at - ended_at AS took,
            (entered_at AT TIME ZONE 'Asia/Shanghai')::date AS on_day,
            (date_trunc('month', entered_at AT TIME ZONE 'Asia/Shanghai') + interval '1 month')::date AS next_month
        FROM plausible_service WHERE entered_at IS NOT NULL
    ), months AS (
        SELECT worker_id, next_month, count(*) AS total, min(region_code) AS region_code,
            (array_agg(station_id))[1] AS station_id, (array_agg(provider_id))[1] AS provider_id, max(day) AS since
        FROM entered GROUP BY 1, 2 HAVING count(*) >= (SELECT min(least) FROM ruled)
    ), tails AS (
        SELECT worker_id, next_month, array_agg(record_id) AS ids, array_agg(next_month - on_day) AS left_days,
            array_agg(extract(epoch FROM took) / 86400) AS took_days
        FROM entered WHERE on_day >= next_month - (SELECT max(tail)::int FROM ruled)
            AND took > (SELECT make_interval(days => min(late)::int) FROM ruled)
        GROUP BY 1, 2
    ), hit AS (
        SELECT m.*, r.n, r.tail, r.late, r.share, b.late_ones, b.rows
        FROM months m JOIN tails t USING (worker_id, next_month) {here("m")} CROSS JOIN LATERAL (
            SELECT count(*) AS late_ones, jsonb_agg(jsonb_build_array('service-records', e.id)) AS rows
            FROM unnest(t.ids, t.left_days, t.took_days) AS e (id, left_day, took)
            WHERE e.left_day <= r.tail AND e.took > r.late) b
        WHERE m.total >= r.least AND 100.0 * b.late_ones / m.total > r.share
    )
    SELECT h.worker_id AS subject_id, h.worker_id::text || '@' || (h.next_month - 1) AS key, h.region_code, h.station_id,
        h.provider_id, h.worker_id AS person_id, 1 AS severity, h.since, h.n,
        jsonb_build_object('month', to_char(h.next_month - 1, 'YYYY-MM'), 'total', h.total, 'late_ones', h.late_ones,
            'rate', round(100.0 * h.late_ones / h.total), 'tail', h.tail, 'late', h.late, 'share', h.share) AS facts,
        h.rows, h.late_ones::int AS rows_count
    FROM hit h
    """,
    told=lambda f: (
        _(
            "%(month)s 录入 %(total)s 条，其中 %(late_ones)s 条在月末 %(tail)s 日内录入且迟于服务 %(late)s 日以上，"
            "占 %(rate)s%%(提醒线 %(share)s%%)"
        )
        % f
    ),
)

sql_check(
    "PC14",
    name=gettext_lazy("满意度过于完美"),
    formula=gettext_lazy("同一社工 {least} 份以上的满意度评分完全相同"),
    innocent=gettext_lazy("有一份不同就不提；份数少的不看"),
    partly=gettext_lazy(
        "平台不记是哪部电话评的、何时评的，所以不查“一部电话评几个人”“用员工电话评”“一分钟内连评”"
    ),
    asks={"least": named.RATINGS_LEAST},
    sql=f"""
    , rated AS (
        SELECT worker_id, count(*) AS replies, min(satisfaction) AS score, min(region_code) AS region_code,
            (array_agg(station_id))[1] AS station_id, (array_agg(provider_id))[1] AS provider_id, max(day) AS since
        FROM plausible_service WHERE satisfaction IS NOT NULL
        GROUP BY worker_id HAVING min(satisfaction) = max(satisfaction) AND count(*) >= (SELECT min(least) FROM ruled)
    )
    SELECT t.worker_id AS subject_id, t.worker_id::text AS key, t.region_code, t.station_id, t.provider_id,
        t.worker_id AS person_id, 1 AS severity, t.since, r.n,
        jsonb_build_object('replies', t.replies, 'score', t.score, 'least', r.least) AS facts, b.rows,
        t.replies::int AS rows_count
    FROM rated t {here("t")} CROSS JOIN LATERAL (SELECT jsonb_agg(jsonb_build_array('service-records', u.record_id)) AS rows
        FROM (SELECT s.record_id FROM plausible_service s WHERE s.worker_id = t.worker_id AND s.satisfaction IS NOT NULL
            ORDER BY s.started_at DESC LIMIT 50) u) b
    WHERE t.replies >= r.least
    """,
    told=lambda f: _("%(replies)s 份满意度评分全部是 %(score)s 分(%(least)s 份以上才看)") % f,
)
