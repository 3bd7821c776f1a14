"""Questions about rectification: what holds payments back, and how far a place is cleared (逐一清零)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from linzhan.oversight.models import Rectification, RectificationItem, RectificationMeans
from linzhan.oversight.rectification import rules
from linzhan.oversight.rectification.enums import STANDING, ItemStage, Means, MeansStage
from linzhan.procurement.api import Held, ServiceProject


def suspended(project_id: UUID, on: date) -> Iterable[Held]:
    """Payments on a project that are suspended: the project's own, or all of the purchaser's with the institution."""
    project = ServiceProject.objects.get(pk=project_id)
    rows = RectificationMeans.objects.filter(
        kind=Means.SUSPENSION,
        stage=MeansStage.DONE,
        provider_id=project.provider_id,
        starts_on__lte=on,
        county_code=project.county_code,
    ).select_related("order")
    for each in rows:
        if _concerns(each.order, project):
            told = {"code": each.order.code, "title": each.order.title, "since": each.starts_on}
            words = _("%(since)s 起暂停拨付(整改令 %(code)s“%(title)s”)；整改通过并解除后再付") % told
            yield Held(words=words, clause=each.document_number or each.code)


def _concerns(order: Rectification, project: ServiceProject) -> bool:
    if order.project_id is not None:
        return order.project_id == project.pk
    return not order.purchaser or rules.same_purchaser(order.purchaser, project.purchaser)


@dataclass(frozen=True, slots=True)
class Clearing:
    """Items of one place: how many were ordered, stand, are late, and were cleared in time."""

    place: str
    ordered: int
    standing: int
    late: int
    cleared: int
    in_time: int

    @property
    def rate(self) -> float | None:
        """Cleared within the time out of all that were ordered (``domain.md`` §15)."""
        return 100 * self.in_time / self.ordered if self.ordered else None


def clearings(today: date, *, width: int) -> list[Clearing]:
    """By the first ``width`` digits of the code of where the items stand, in the reader's scope; one statement."""
    standing, cleared = Q(stage__in=STANDING), Q(stage=ItemStage.CLEARED)
    rows = (
        RectificationItem.objects.exclude(stage=ItemStage.DROPPED)
        .order_by()
        .annotate(place=Left("region_code", width))
        .values_list("place")
        .annotate(
            ordered=Count("pk"),
            standing=Count("pk", filter=standing),
            late=Count("pk", filter=standing & Q(due_on__lt=today)),
            cleared=Count("pk", filter=cleared),
            in_time=Count("pk", filter=cleared & Q(cleared_on__lte=F("due_on"))),
        )
    )
    return [Clearing(*row) for row in sorted(rows, key=lambda row: str(row[0]))]


def to_clear() -> QuerySet[RectificationItem]:
    """Items that are not cleared, the most urgent first."""
    return (
        RectificationItem.objects.filter(stage__in=STANDING).select_related("order").order_by("due_on", "pk")
    )
