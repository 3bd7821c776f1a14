"""The services that a run looks at, laid out once: one scan of the records, in the order that the checks want.

A row for each worker of a record. Voided and returned records are out: what was taken back is no question
any more. Records of a place are judged by what stands in that place.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import connection

from linzhan.kernel import places
from linzhan.oversight.plausibility.parameters import FLAG_BACK_DAYS
from linzhan.policy.api import ruling_for

GATHERED: Final = """
CREATE TEMPORARY TABLE plausible_service ON COMMIT DROP AS
SELECT n.worker_id, s.id AS record_id, s.region_code, s.station_id, s.provider_id, s.method, s.started_at,
    s.ended_at, s.entered_at, s.made_at, s.case_code, s.outcome, s.satisfaction, s.longitude::float8 AS lon,
    s.latitude::float8 AS lat, (s.started_at AT TIME ZONE 'Asia/Shanghai')::date AS day,
    round(extract(epoch FROM s.ended_at - s.started_at) / 60)::int AS minutes,
    coalesce(d.mode, '') NOT IN ('电话', '视频', '邻居转述') AS in_person
FROM casework_servicerecord s JOIN casework_recordworker n ON n.record_id = s.id
    LEFT JOIN casework_visitdetail d ON d.record_id = s.id
WHERE s.region_code >= %(low)s AND s.region_code < %(high)s AND s.status IN ('待审核', '已通过')
    AND s.started_at >= (%(first)s::date)::timestamp AT TIME ZONE 'Asia/Shanghai'
    AND s.started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
ORDER BY n.worker_id, s.started_at, s.id
"""
AFTER: Final = (
    "CREATE INDEX ON plausible_service (worker_id, started_at)",
    "CREATE INDEX ON plausible_service (record_id)",
    "ANALYZE plausible_service",
)


def back_days(region: str, on: date) -> int:
    """How far back a run looks at ``region``: what the place decided."""
    return ruling_for(FLAG_BACK_DAYS, region=region, on=on).value


def gather(region: str, first: date, on: date) -> int:
    """Lay out the services of ``region`` from ``first`` to ``on``; how many rows there are."""
    low, high = places.bounds(region)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.plausible_service")
        cursor.execute(GATHERED, {"low": low, "high": high, "first": first, "day": on})
        rows: int = cursor.rowcount
        for statement in AFTER:
            cursor.execute(statement)
    return rows
