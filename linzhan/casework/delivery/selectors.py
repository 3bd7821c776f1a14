"""What accepted records say was done for contracts, as the figure ``projects.target_progress`` counts it (TGT-12).

Every statement asks within the reader's scope: row-level security reads it from the transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from linzhan.procurement.api import Counted, Metric, counts

METRICS: Final = (
    Metric.VISITS, Metric.CASES, Metric.CASES_CLOSED, Metric.GROUPS, Metric.SESSIONS, Metric.ACTIVITIES,
    Metric.CONSULTATIONS, Metric.REFERRALS, Metric.PERSON_TIMES, Metric.HOURS, Metric.SATISFACTION,
)  # fmt: skip
TERMS: Final = "unnest(%s::uuid[], %s::date[], %s::date[]) AS t(project_id, since, until)"
RECORDS: Final = f"""
SELECT t.project_id,
    count(*) FILTER (WHERE r.method = '探访'),
    count(DISTINCT nullif(r.case_code, '')) FILTER (WHERE r.method = '个案'),
    count(DISTINCT nullif(r.case_code, '')) FILTER (WHERE r.method = '个案' AND r.closes),
    count(DISTINCT nullif(r.case_code, '')) FILTER (WHERE r.method = '小组'),
    count(*) FILTER (WHERE r.method = '小组'),
    count(*) FILTER (WHERE r.method = '活动'),
    count(*) FILTER (WHERE r.method = '咨询'),
    count(*) FILTER (WHERE r.method = '转介'),
    coalesce(sum(coalesce(r.attendances::bigint,
        (SELECT nullif(count(*), 0) FROM casework_recordresident n WHERE n.record_id = r.id),
        CASE WHEN r.method IN ('探访', '个案', '咨询', '转介') THEN 1 END)), 0),
    coalesce(round(sum(extract(epoch FROM r.ended_at - r.started_at)) / 3600, 2), 0),
    round(avg(r.satisfaction) * 20, 2)
FROM {TERMS} JOIN casework_servicerecord r ON r.project_id = t.project_id
WHERE r.status = '已通过'
    AND r.started_at >= (t.since::timestamp AT TIME ZONE 'Asia/Shanghai')
    AND r.started_at < ((t.until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
GROUP BY t.project_id
"""  # noqa: S608 -- constants of this module; values are bound
REGISTERED: Final = f"""
SELECT t.project_id, count(DISTINCT f.subject_id)
FROM {TERMS}
JOIN procurement_projectstation p ON p.project_id = t.project_id
CROSS JOIN LATERAL (
    SELECT s.subject_id, min(s.valid_from) AS opened FROM casework_residentstate s
    WHERE s.region_code = p.region_code AND s.station_id = p.station_id GROUP BY s.subject_id
) f
WHERE f.opened BETWEEN t.since AND t.until
GROUP BY t.project_id
"""  # noqa: S608 -- as above


@counts("service-records", *METRICS)
def of_records(terms: Sequence[Counted]) -> dict[UUID, dict[str, Decimal | None]]:
    """Counts of accepted records that name the project, within its term."""
    return {
        project: {
            metric.value: None if value is None else Decimal(value)
            for metric, value in zip(METRICS, values, strict=True)
        }
        for project, *values in _asked(RECORDS, terms)
    }


@counts("residents", Metric.REGISTRATIONS)
def of_residents(terms: Sequence[Counted]) -> dict[UUID, dict[str, Decimal | None]]:
    """Files opened within the term at the stations that the project covers."""
    return {
        project: {Metric.REGISTRATIONS.value: Decimal(number)}
        for project, number in _asked(REGISTERED, terms)
    }


def _asked(text: str, terms: Sequence[Counted]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        columns = (
            [each.project for each in terms],
            [each.since for each in terms],
            [each.until for each in terms],
        )
        cursor.execute(text, columns)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
