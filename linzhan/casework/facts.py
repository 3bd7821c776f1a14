"""Facts of residents and services: narrow tables that figures are defined over."""

from __future__ import annotations

from linzhan.kernel.figures import fact

LOCAL = "AT TIME ZONE 'Asia/Shanghai'"

fact(
    "resident_states",
    columns={
        "id": "uuid",
        "resident_id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "valid_from": "date",
        "valid_to": "date",
        "status": "string",
        "risk": "string",
        "consented_on": "date",
    },
    live_sql="""
        SELECT s.id, s.subject_id AS resident_id, s.region_code::text AS region_code, s.station_id, s.valid_from,
            s.valid_to, s.status, s.risk, r.consented_on
        FROM casework_residentstate s JOIN casework_resident r ON r.id = s.subject_id
    """,
    registers=("residents",),
)
fact(
    "resident_categories",
    columns={"state_id": "uuid", "region_code": "string", "category": "string"},
    live_sql="""
        SELECT id AS state_id, region_code::text AS region_code, unnest(categories)::text AS category
        FROM casework_residentstate
    """,
    registers=("residents",),
)
fact(
    "service_records",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "project_id": "uuid",
        "day": "date",
        "method": "string",
        "outcome": "string",
        "case_code": "string",
        "person_times": "int64",
        "hours": "decimal(18,6)",
        "entry_delay_hours": "decimal(18,6)",
        "satisfaction": "int64",
        "item": "string",
    },
    live_sql=f"""
        SELECT id, region_code::text AS region_code, station_id, project_id, (started_at {LOCAL})::date AS day,
            method, outcome, case_code::text AS case_code, item,
            coalesce(attendances::bigint,
                (SELECT nullif(count(*), 0) FROM casework_recordresident n WHERE n.record_id = r.id),
                CASE WHEN method IN ('探访', '个案', '咨询', '转介') THEN 1 END) AS person_times,
            round((extract(epoch FROM ended_at - started_at) / 3600)::numeric, 6) AS hours,
            round((extract(epoch FROM entered_at - ended_at) / 3600)::numeric, 6) AS entry_delay_hours,
            satisfaction::bigint AS satisfaction
        FROM casework_servicerecord r WHERE status = '已通过'
    """,
    registers=("service-records",),
)
fact(
    "record_residents",
    columns={
        "id": "uuid",
        "record_id": "uuid",
        "resident_id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "project_id": "uuid",
        "day": "date",
        "method": "string",
        "outcome": "string",
        "household": "string",
    },
    live_sql=f"""
        SELECT n.id, n.record_id, n.resident_id, n.region_code::text AS region_code, n.station_id, r.project_id,
            (n.started_at {LOCAL})::date AS day, n.method, r.outcome,
            coalesce(nullif(p.county_code || '/' || p.household, p.county_code || '/'), p.id::text) AS household
        FROM casework_recordresident n
        JOIN casework_servicerecord r ON r.id = n.record_id AND r.status = '已通过'
        JOIN casework_resident p ON p.id = n.resident_id
    """,
    registers=("service-records", "residents"),
)
fact(
    "cases",
    columns={
        "id": "string",
        "case_key": "string",
        "region_code": "string",
        "station_id": "uuid",
        "project_id": "uuid",
        "opened_on": "date",
        "closed_on": "date",
    },
    live_sql=f"""
        SELECT min(id::text) AS id, county_code || '/' || case_code AS case_key, region_code::text AS region_code, station_id,
            min(project_id::text)::uuid AS project_id, min((started_at {LOCAL})::date) AS opened_on,
            min((ended_at {LOCAL})::date) FILTER (WHERE closes) AS closed_on
        FROM casework_servicerecord
        WHERE status = '已通过' AND method = '个案' AND case_code <> ''
        GROUP BY county_code, case_code, region_code, station_id
    """,
    registers=("service-records",),
)
