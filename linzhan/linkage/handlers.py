"""What other desks tell this one."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from linzhan.casework.api.residents import NeedFound, takes_needs, write_along
from linzhan.linkage.enums import NeedSource


@takes_needs
def list_needs(found: Sequence[NeedFound]) -> None:
    """Needs that home surveys found enter the list of needs (LST-01); a corrected survey corrects them."""
    rows = [
        {
            "code": each.code,
            "source": NeedSource.VISIT.value,
            "raised_on": each.raised_on,
            "raised_region": each.region_code,
            "station": each.station_id,
            "resident": each.resident_id,
            "kind": each.kind,
            "urgency": each.urgency,
            "content": each.content,
        }
        for each in found
    ]
    write_along("needs", rows, today=timezone.localdate())
