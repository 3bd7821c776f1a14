"""How far an evaluator sees: where the subjects of their rounds stand, while the round runs, and no further (EVL-11)."""

from __future__ import annotations

from django.db import connection

from linzhan.accounts.api import Line, Reach
from linzhan.kernel import places


def places_of(username: str, region: str) -> list[str]:
    """The subtrees an account evaluates, or asks people in, now; below ``region``, none within another.

    A station stands in its township; an institution or a project in the place that keeps it, so of a
    county's institution the county is seen.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT linzhan_evaluated_places(%s, %s, %s)", [username, *places.bounds(region)])
        found = sorted(row[0] for row in cursor.fetchall())
    kept: list[str] = []
    for code in found:  # a subtree begins with its own code, so what lies within follows it
        if not kept or not places.covers(kept[-1], code):
            kept.append(code)
    return kept


REACH = Reach(Line.ROUND, places=places_of)
