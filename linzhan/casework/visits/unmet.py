"""Whom nobody met twice in a row: a question to the station, not yet an alarm (``domain.md`` §6.4)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from linzhan.casework.enums import Outcome
from linzhan.casework.models import Resident
from linzhan.casework.visits.due import LOOK_BACK

UNMET = (Outcome.NOBODY, Outcome.REFUSED, Outcome.OUT, Outcome.IN_HOSPITAL)
STATEMENT = """
SELECT s.id FROM ({seen}) AS s CROSS JOIN LATERAL (
    SELECT count(*) AS visits, bool_and(outcome = ANY (%s)) AS unmet FROM (
        SELECT made.outcome FROM casework_recordresident named
        JOIN casework_servicerecord made ON made.id = named.record_id AND made.status IN ('已通过', '待审核')
            AND made.outcome <> ''
        WHERE named.resident_id = s.id AND named.method = '探访' AND named.started_at >= %s
        ORDER BY named.started_at DESC LIMIT 2
    ) AS latest
) AS last WHERE last.visits = 2 AND last.unmet
"""


def unmet_twice(residents: QuerySet[Resident], on: date) -> list[UUID]:
    """Those of ``residents`` at whose last two visits nobody was met."""
    try:
        seen, values = residents.order_by().values_list("id").query.sql_with_params()
    except EmptyResultSet:
        return []
    back = on - timedelta(days=LOOK_BACK)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(seen=seen), [*values, [each.value for each in UNMET], back])
        return [row[0] for row in cursor.fetchall()]
