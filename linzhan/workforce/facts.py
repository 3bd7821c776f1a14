"""What the workforce publishes for figures: narrow tables of people, filings, training and supervision.

Persons are told apart by the blind index of their identity number (``person``). What somebody holds
or owes counts where they stood on the day, so certificates carry the stretches of their holder's places.
"""

from __future__ import annotations

from linzhan.kernel.figures import fact

WORKERS, TRAININGS, SUPERVISIONS = ("workers",), ("trainings",), ("supervisions",)

fact(
    "postings",
    columns={
        "id": "uuid",
        "worker_id": "uuid",
        "person": "string",
        "region_code": "string",
        "station_id": "uuid",
        "valid_from": "date",
        "valid_to": "date",
        "post": "string",
        "employment": "string",
    },
    live_sql="""
        SELECT id, subject_id AS worker_id, identity_number_index AS person, region_code, station_id,
            valid_from, valid_to, post, employment
        FROM workforce_posting
    """,
    registers=WORKERS,
)
fact(
    "certificates",
    columns={
        "id": "uuid",
        "worker_id": "uuid",
        "person": "string",
        "region_code": "string",
        "station_id": "uuid",
        "level": "string",
        "rank": "int64",
        "held_from": "date",
        "valid_from": "date",
        "valid_to": "date",
    },
    live_sql="""
        SELECT c.id, c.worker_id, c.identity_number_index AS person, p.region_code, p.station_id, c.grade AS level,
            CASE c.grade WHEN '高级社会工作师' THEN 3 WHEN '社会工作师' THEN 2 ELSE 1 END::bigint AS rank,
            coalesce(c.passed_on, c.stated_from) AS held_from, p.valid_from, p.valid_to
        FROM workforce_certificate c JOIN (
            SELECT subject_id, region_code, station_id,
                CASE WHEN row_number() OVER stretches > 1 THEN valid_from END AS valid_from,
                lead(valid_from) OVER stretches AS valid_to
            FROM workforce_posting
            WINDOW stretches AS (PARTITION BY subject_id ORDER BY valid_from NULLS FIRST)
        ) p ON p.subject_id = c.worker_id
    """,
    registers=WORKERS,
)
fact(
    "certificate_terms",
    columns={"id": "uuid", "person": "string", "level": "string", "until": "date"},
    live_sql="SELECT id, identity_number_index AS person, grade AS level, until FROM workforce_certificateterm",
    registers=WORKERS,
)
fact(
    "filings",
    columns={
        "id": "uuid",
        "person": "string",
        "region_code": "string",
        "station_id": "uuid",
        "occasion": "string",
        "happened_on": "date",
        "filed_on": "date",
        "post": "string",
    },
    live_sql="""
        SELECT f.id, f.identity_number_index AS person, coalesce(p.region_code, f.region_code) AS region_code,
            coalesce(p.station_id, f.station_id) AS station_id, f.occasion, f.happened_on, f.filed_on,
            coalesce(p.post, '') AS post
        FROM workforce_filing f LEFT JOIN workforce_posting p ON p.subject_id = f.worker_id
            AND CASE f.occasion WHEN '入职' THEN p.valid_from ELSE p.valid_to END = f.happened_on
    """,
    registers=WORKERS,
)
fact(
    "trainings",
    columns={
        "id": "uuid",
        "region_code": "string",
        "starts_on": "date",
        "type": "string",
        "sponsor_level": "string",
        "hours": "decimal(8,2)",
        "people": "int64",
    },
    live_sql="""
        SELECT t.id, t.region_code, t.starts_on, t.kind AS type, t.sponsor_level, t.hours, coalesce(
            t.participants::bigint,
            (SELECT nullif(count(*), 0) FROM workforce_trainingcredit c WHERE c.training_id = t.id)
        ) AS people
        FROM workforce_training t
    """,
)
fact(
    "training_attendees",
    columns={
        "id": "uuid",
        "region_code": "string",
        "starts_on": "date",
        "type": "string",
        "sponsor_level": "string",
        "person": "string",
    },
    live_sql="""
        SELECT c.id, t.region_code, t.starts_on, t.kind AS type, t.sponsor_level,
            coalesce(w.identity_number_index, c.worker_id::text) AS person
        FROM workforce_trainingcredit c JOIN workforce_training t ON t.id = c.training_id
            LEFT JOIN workforce_socialworker w ON w.id = c.worker_id
    """,
    registers=TRAININGS,
)
fact(
    "training_credits",
    columns={"id": "uuid", "person": "string", "day": "date", "hours": "decimal(8,2)"},
    live_sql="""
        SELECT c.id, w.identity_number_index AS person, c.starts_on AS day, c.hours
        FROM workforce_trainingcredit c JOIN workforce_socialworker w ON w.id = c.worker_id
        UNION ALL
        SELECT c.id, w.identity_number_index AS person, c.gained_on AS day, c.hours
        FROM workforce_educationcredit c JOIN workforce_socialworker w ON w.id = c.worker_id
        WHERE c.stage = '已认定'
    """,
    registers=(*TRAININGS, "education-credits"),
)
fact(
    "supervised_stations",
    columns={
        "id": "uuid",
        "session_id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "held_on": "date",
        "hours": "decimal(8,2)",
        "supervisor": "string",
    },
    live_sql="""
        SELECT id, session_id, region_code, station_id, held_on, hours,
            coalesce(nullif(supervisor_identity_index, ''), '名:' || supervisor) AS supervisor
        FROM workforce_supervisedstation
    """,
    registers=SUPERVISIONS,
)
fact(
    "supervised_workers",
    columns={
        "id": "uuid",
        "session_id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "held_on": "date",
        "person": "string",
    },
    live_sql="""
        SELECT s.id, s.session_id, s.region_code, s.station_id, s.held_on,
            coalesce(w.identity_number_index, s.worker_id::text) AS person
        FROM workforce_supervisedworker s LEFT JOIN workforce_socialworker w ON w.id = s.worker_id
    """,
    registers=SUPERVISIONS,
)
