"""The plate of a station: what hangs at its door may be read by whoever knows its id.

A resident sees no row but their own. Its station is named there by the plate, and by nothing else
of the station's row.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

CREATE = """
CREATE FUNCTION linzhan_station_plates(wanted uuid[])
RETURNS TABLE (id uuid, code varchar, name varchar, address varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT s.id, s.code, s.name, s.address FROM network_station s WHERE s.id = ANY(wanted)
$$;
"""
DROP = "DROP FUNCTION linzhan_station_plates(uuid[])"


class Migration(migrations.Migration):
    dependencies: ClassVar = [("network", "0002_files_norms_and_plans")]
    operations: ClassVar = [migrations.RunSQL(CREATE, DROP)]
