"""The one statement of who is owed a visit: its common tables end in ``owed``, a row for each resident.

``{...}`` are filled by ``due``: the residents that the reader sees, what other parts keep, own numbers.
"""

from __future__ import annotations

START_OF = "(date_trunc('month', {day}) - make_interval(months => (extract(month FROM {day})::int - 1) %% {months}))::date"
STATEMENT = """
WITH seen AS MATERIALIZED ({seen}),
heads AS (SELECT * FROM jsonb_to_recordset(%s::jsonb) AS h (prefix text, by_plan text[])),
asked AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS a (
        n int, prefix text, risk text, categories text[], every_days int, months int, times int, first_days int,
        modes text[], now_start date, now_end date, before_start date, before_end date, after_end date)
),
events (resident_id, day) AS ({events}),
dated (resident_id, day, words) AS ({dated}),
orders AS (
    SELECT * FROM jsonb_to_recordset(%s::jsonb) AS o (
        prefix text, risks text[], title text, starts_at timestamptz, due_on date)
),
today AS (SELECT %s::date AS day, %s::date AS back, %s::text[] AS outcomes),
placed AS (
    SELECT s.*, h.prefix, s.categories::text[] && h.by_plan AS by_plan
    FROM seen s CROSS JOIN LATERAL (
        SELECT * FROM heads WHERE starts_with(s.region_code::text, heads.prefix) ORDER BY length(heads.prefix) DESC LIMIT 1
    ) AS h
),
ruled AS (
    SELECT p.*, a.n, a.risk AS asked_risk, a.categories AS asked_categories, a.every_days, a.months, a.times,
        a.first_days, a.modes, a.now_start, a.now_end, a.before_start, a.before_end, a.after_end
    FROM placed p JOIN asked a ON a.prefix = p.prefix
        AND (a.risk = p.risk AND a.risk <> '' OR a.risk = '' AND p.categories::text[] @> a.categories)
    WHERE NOT p.by_plan
),
counted AS (
    SELECT r.*, held.since, e.happened, v.last_on, v.now_made, v.before_made
    FROM ruled r CROSS JOIN today t
    CROSS JOIN LATERAL (
        SELECT greatest(r.registered_on, t.back, coalesce(
            max(st.valid_to) FILTER (WHERE st.valid_to <= t.day AND (
                st.status <> '在册' OR st.station_id <> r.station_id
                OR CASE WHEN r.asked_risk <> '' THEN st.risk <> r.asked_risk
                    ELSE NOT st.categories::text[] @> r.asked_categories END)),
            min(st.valid_from))) AS since
        FROM casework_residentstate st WHERE st.subject_id = r.id AND (st.valid_from IS NULL OR st.valid_from <= t.day)
    ) AS held
    LEFT JOIN LATERAL (
        SELECT max(events.day) AS happened FROM events WHERE events.resident_id = r.id AND events.day >= t.day - {fresh}
    ) AS e ON true
    CROSS JOIN LATERAL (
        SELECT max(day) AS last_on, count(*) FILTER (WHERE day >= r.now_start) AS now_made,
            count(*) FILTER (WHERE day BETWEEN r.before_start AND r.before_end) AS before_made
        FROM (
            SELECT (named.started_at AT TIME ZONE 'Asia/Shanghai')::date AS day
            FROM casework_recordresident named
            JOIN casework_servicerecord made ON made.id = named.record_id AND made.status IN ('已通过', '待审核')
                AND made.outcome = ANY (t.outcomes)
            LEFT JOIN casework_visitdetail detail ON detail.record_id = made.id
            WHERE named.resident_id = r.id AND named.method = '探访' AND named.started_at >= t.back
                AND named.started_at < (t.day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
                AND (coalesce(detail.mode, '') = '' OR detail.mode = ANY (r.modes))
        ) AS visits
    ) AS v
),
regular AS (
    SELECT c.*, greatest(c.since, c.happened) AS began,
        CASE
            WHEN c.every_days IS NOT NULL THEN greatest(c.last_on, c.since) + c.every_days
            WHEN c.times > 1 AND c.now_made >= c.times THEN c.after_end
            WHEN c.times > 1 AND (c.before_made >= c.times OR c.since >= c.now_start) THEN c.now_end
            WHEN c.times > 1 THEN c.before_end
            WHEN c.last_on >= c.since THEN ({last_starts} + make_interval(months => 2 * c.months))::date - 1
            ELSE ({since_starts} + make_interval(months => c.months))::date - 1
        END AS regular_on
    FROM counted c
),
every AS (
    SELECT id, region_code, station_id, worker_id, n, last_on, '' AS words,
        CASE WHEN first THEN least(regular_on, began + first_days) ELSE regular_on END AS due_on,
        first AND began + first_days <= regular_on AS first_contact
    FROM (
        SELECT r.*, r.first_days IS NOT NULL AND (r.last_on IS NULL OR r.last_on < r.began)
            AND r.began >= t.day - {fresh} AS first
        FROM regular r CROSS JOIN today t
    ) AS f
    UNION ALL
    SELECT p.id, p.region_code, p.station_id, p.worker_id, {plan}, last.day, '', last.next_on, false
    FROM placed p CROSS JOIN today t CROSS JOIN LATERAL (
        SELECT (named.started_at AT TIME ZONE 'Asia/Shanghai')::date AS day, detail.next_on
        FROM casework_recordresident named
        JOIN casework_servicerecord made ON made.id = named.record_id AND made.status IN ('已通过', '待审核')
        LEFT JOIN casework_visitdetail detail ON detail.record_id = made.id
        WHERE named.resident_id = p.id AND named.method = '探访' AND named.started_at >= t.back
        ORDER BY named.started_at DESC LIMIT 1
    ) AS last WHERE last.next_on IS NOT NULL
    UNION ALL
    SELECT p.id, p.region_code, p.station_id, p.worker_id, {order}, NULL::date, o.title, o.due_on, true
    FROM placed p CROSS JOIN today t
    JOIN orders o ON p.risk = ANY (o.risks) AND starts_with(p.region_code::text, o.prefix)
    WHERE NOT EXISTS (
        SELECT FROM casework_recordresident named
        JOIN casework_servicerecord made ON made.id = named.record_id AND made.status IN ('已通过', '待审核')
            AND made.outcome = ANY (t.outcomes)
        WHERE named.resident_id = p.id AND named.method = '探访' AND named.started_at >= o.starts_at
    )
    UNION ALL
    SELECT p.id, p.region_code, p.station_id, p.worker_id, {dated_mark}, NULL::date, d.words, d.day, false
    FROM placed p JOIN dated d ON d.resident_id = p.id
),
owed AS (SELECT DISTINCT ON (id) * FROM every ORDER BY id, due_on, n DESC)
"""
