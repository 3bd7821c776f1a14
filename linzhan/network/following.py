"""What hangs on a station follows it: its file and adoptions stand where the station stands."""

from __future__ import annotations

from django.db import connection

from linzhan.kernel.registers.declare import Written
from linzhan.network.models import NormAdoption, StationProfile

FOLLOWERS = (StationProfile, NormAdoption)


def follow_stations(written: Written) -> None:
    """Copy place and institution of the written stations to what is kept for them, where they differ."""
    known = [identity for identity, _values in written.rows if identity not in written.created]
    if not known:
        return
    with connection.cursor() as cursor:
        for model in FOLLOWERS:
            cursor.execute(
                f"UPDATE {model._meta.db_table} f SET region_code = s.region_code, provider_id = s.provider_id"  # noqa: S608 -- own names
                " FROM network_station s WHERE f.station_id = s.id AND s.id = ANY(%s)"
                " AND (f.region_code, f.provider_id) IS DISTINCT FROM (s.region_code, s.provider_id)",
                [known],
            )
