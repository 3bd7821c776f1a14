"""Inspections move from the institution's place to the county that made them, as far as history tells.

Whoever entered a row as an official of just one county entered what that county did. Rows that came in
another way (the administrator, a city for its counties) stay with their institution. What history
tells of a row goes along with it, figures of both places are counted again, and the county is noted
to keep the register.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

MOVE = """
CREATE TEMPORARY TABLE made_elsewhere ON COMMIT DROP AS
SELECT DISTINCT ON (i.code, left(d.region_code, 6)) i.id, i.region_code AS old_code, d.region_code AS new_code, i.inspected_on
FROM providers_inspection i
JOIN (
    SELECT e.row_id, min(a.region_code) AS region_code
    FROM kernel_auditentry e
    JOIN accounts_appointment a ON a.user_id::text = e.actor AND a.role = 'county_official'
        AND (a.valid_from IS NULL OR a.valid_from <= e.at::date) AND (a.valid_to IS NULL OR e.at::date < a.valid_to)
    WHERE e.table_name = 'providers_inspection' AND e.action = 'created'
    GROUP BY e.row_id HAVING count(DISTINCT a.region_code) = 1
) d ON d.row_id = i.id::text
WHERE left(d.region_code, 6) <> i.county_code
    AND NOT EXISTS (
        SELECT FROM providers_inspection o WHERE o.code = i.code AND o.county_code = left(d.region_code, 6)
    )
ORDER BY i.code, left(d.region_code, 6), i.id;
UPDATE providers_inspection i SET region_code = m.new_code FROM made_elsewhere m WHERE m.id = i.id;
UPDATE kernel_auditentry e SET region_code = m.new_code FROM made_elsewhere m
WHERE e.table_name = 'providers_inspection' AND e.row_id = m.id::text;
INSERT INTO kernel_stalemark (id, region_code, month, register)
SELECT DISTINCT ON (place, month) gen_random_uuid(), place, month, 'inspections'
FROM made_elsewhere m
CROSS JOIN LATERAL (VALUES (rpad(left(m.old_code, 9), 12, '0')), (rpad(left(m.new_code, 9), 12, '0'))) AS p (place)
CROSS JOIN LATERAL (SELECT date_trunc('month', m.inspected_on)::date) AS d (month);
INSERT INTO kernel_registeruse (id, register, region_code, since)
SELECT gen_random_uuid(), 'inspections', new_code, now() FROM (SELECT DISTINCT new_code FROM made_elsewhere) m
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("providers", "0002_where_institutions_are_seen"),
        ("accounts", "0001_initial"),
        ("kernel", "0002_reveals_and_imports"),
    ]
    operations: ClassVar = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
