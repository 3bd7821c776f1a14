"""What stands on a project follows it: the institution that holds the contract sees its money, plan and changes."""

from __future__ import annotations

from typing import Final

from django.db import connection

from linzhan.kernel.registers.declare import Written

BESIDE: Final = (
    "fundmovement",
    "milestone",
    "contracttarget",
    "contractchange",
    "projectclass",
    "departmentitem",
    "teamrelation",
    "projectprogress",
    "purchasefile",
)
"""Tables of this app whose rows carry the institution of their project."""

MOVED: Final = (
    "{0} AS (UPDATE procurement_{0} m SET provider_id = p.provider_id FROM procurement_serviceproject p, known"
    " WHERE m.project_id = p.id AND p.id = ANY(known.ids) AND m.provider_id IS DISTINCT FROM p.provider_id)"
)
FOLLOW: Final = (
    ", ".join(["WITH known AS (SELECT %s::uuid[] AS ids)", *map(MOVED.format, BESIDE)]) + " SELECT 1"
)


def follow_projects(written: Written) -> None:
    """Copy the institution of the written projects to what stands on them, where it differs."""
    known = [identity for identity, _values in written.rows if identity not in written.created]
    if not known:
        return
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, [known])
