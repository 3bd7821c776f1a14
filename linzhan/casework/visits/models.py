"""The details of a visit, and the order to contact people at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.casework.enums import Risk
from linzhan.casework.visits.enums import Check, LifeEvent, SafetySignal, VisitMode
from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.network.api import HeldBelowRow

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def _check(label: StrPromise) -> models.CharField[str, str]:
    return models.CharField(label, max_length=4, choices=Check.choices, blank=True, default="")


class VisitDetail(PlacedRow):
    """探访详情: what was seen at a visit, beside its record: six checks, events, signals, the next day (SVC-05)."""

    levels = marks(
        L2="id region_code station_id provider_id record mode next_on",
        L3="met health mood home living care income",
        L4="events signals needs",
    )

    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    record = models.OneToOneField(
        "casework.ServiceRecord", on_delete=models.CASCADE, related_name="+", verbose_name=_("服务记录")
    )
    mode = models.CharField(_("探访方式"), max_length=10, choices=VisitMode.choices, blank=True, default="")
    met = models.CharField(_("见到谁"), max_length=200, blank=True, default="")
    health = _check(_("身体"))
    mood = _check(_("精神情绪"))
    home = _check(_("居住安全"))
    living = _check(_("生活"))
    care = _check(_("照料与陪伴"))
    income = _check(_("收入与政策"))
    events = ArrayField(
        models.CharField(max_length=10, choices=LifeEvent.choices), verbose_name=_("近期变故"), default=list
    )
    signals = ArrayField(
        models.CharField(max_length=4, choices=SafetySignal.choices), verbose_name=_("安全信号"), default=list
    )
    needs = models.TextField(_("发现的需求"), blank=True, default="")
    next_on = models.DateField(_("下次日期"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("探访详情")
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="visit_details_of_a_place")]

    def __str__(self) -> str:
        return str(self.record_id)


class ContactOrder(HeldBelowRow):
    """联系指令: an official's act: contact everybody of these risks within the hours, until a day (VF13, HOT-03)."""

    levels = marks(L1="id region_code county_code code title risks starts_at hours until_on basis")

    county_code = county_of_region()
    code = models.CharField(_("指令编号"), max_length=64, db_collation="C")
    title = models.CharField(_("事由"), max_length=200)
    risks = ArrayField(
        models.CharField(max_length=10, choices=Risk.choices), verbose_name=_("联系哪些对象"), default=list
    )
    starts_at = models.DateTimeField(_("发出时间"))
    hours = models.PositiveSmallIntegerField(_("时限"))
    until_on = models.DateField(_("截止日期"))
    basis = models.CharField(_("依据"), max_length=200, blank=True, default="")

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("联系指令")
        constraints: ClassVar = [unique_in_county("a_contact_order_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["until_on"], name="contact_orders_by_end")]

    def __str__(self) -> str:
        return self.title
