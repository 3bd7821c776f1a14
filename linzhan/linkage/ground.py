"""Where a station or an institution may speak of what it found: on the ground its stations serve."""

from __future__ import annotations

from linzhan.kernel import places
from linzhan.kernel.registers.declare import Where
from linzhan.kernel.scope import current_scope
from linzhan.network.api import Station


def own_ground(code: str) -> Where | None:
    """The writer's station that serves ``code``, the nearest if several do; None: it is not their ground."""
    scope = current_scope()
    at = Station.objects.filter(region_code__in=places.lineage(code)).order_by("-region_code", "pk")
    found = next((each for each in at if str(each.pk) in scope.stations), None)
    if found is None:
        found = next((each for each in at if str(each.provider_id) in scope.providers), None)
    if found is None:
        return None
    return Where(found.pk, code, found.provider_id, found.pk)
