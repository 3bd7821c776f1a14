"""What other desks tell this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, Sum
from django.db.models.functions import Left
from django.utils import timezone

from linzhan.casework.api.residents import NeedFound, takes_needs, write_along
from linzhan.kernel.scope import unscoped
from linzhan.linkage.enums import NeedSource, ResourceKind
from linzhan.linkage.models import Need, Resource
from linzhan.procurement.api import LINKED, Given, contributes


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


@contributes("链接资源折价", LINKED, "按“资源”登记，有效期自当年起的折价金额")
def linked(low: str, high: str, year: int) -> Iterable[Given]:
    """What was linked in kind (FND-25); money is left out here, since what came in is booked as such."""
    money = Q(kind=ResourceKind.MONEY)
    rows = (
        Resource.objects.filter(region_code__gte=low, region_code__lt=high, valid_from__year=year)
        .order_by()
        .annotate(county=Left("region_code", 6))
        .values_list("county")
        .annotate(
            in_kind=Sum("value", filter=~money),
            silent=Count("pk", filter=~money & Q(value__isnull=True)),
            in_money=Sum("value", filter=money),
        )
    )
    return [Given(*row) for row in rows]
