"""Money booked on a project follows it: the institution that holds the contract sees what moves for it."""

from __future__ import annotations

from django.db import connection

from linzhan.kernel.registers.declare import Written


def follow_projects(written: Written) -> None:
    """Copy the institution of the written projects to the money booked on them, where it differs."""
    known = [identity for identity, _values in written.rows if identity not in written.created]
    if not known:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procurement_fundmovement m SET provider_id = p.provider_id FROM procurement_serviceproject p"
            " WHERE m.project_id = p.id AND p.id = ANY(%s) AND m.provider_id IS DISTINCT FROM p.provider_id",
            [known],
        )
