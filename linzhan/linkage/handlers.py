"""What other desks tell this one."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from linzhan.casework.api.residents import NeedFound, takes_needs, write_along
from linzhan.kernel.scope import unscoped
from linzhan.linkage.enums import NeedSource
from linzhan.linkage.models import Need


@takes_needs
def list_needs(found: Sequence[NeedFound]) -> None:
    """Needs that home surveys found enter the list of needs (LST-01); a corrected survey corrects them.

    One that stands at another station is that station's: whoever asked for it there goes on answering for it.
    """
    elsewhere = _elsewhere(found)
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
        if each.code not in elsewhere
    ]
    write_along("needs", rows, today=timezone.localdate())


def _elsewhere(found: Sequence[NeedFound]) -> set[str]:
    """The codes of those that another station of their county keeps."""
    stations = {(each.region_code[:6], each.code): each.station_id for each in found}
    with unscoped("a need stays with the station that raised it when the person moves"):
        rows = Need.objects.filter(
            county_code__in={county for county, _code in stations},
            code__in={code for _county, code in stations},
        )
        kept = list(rows.values_list("county_code", "code", "station_id"))
    return {code for county, code, station in kept if stations.get((county, code), station) != station}
