"""Community building: organisations that grow and matters that are negotiated (SVC-19; ``domain.md`` §7.5)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.casework.community.enums import OrganisationKind, OrganisationStage
from linzhan.casework.placed import StationRow
from linzhan.kernel.models import PlacedRow, marks, unique_in_county


class CommunityOrganisation(StationRow):
    """社区社会组织: found among residents, incubated, filed with the township, registered by itself."""

    levels = marks(
        L2="id region_code county_code station_id provider_id code name kind stage members found_on incubated_on"
        " filed_on registered_on support",
        L3="leader phone",
    )

    code = models.CharField(_("组织编号"), max_length=64, db_collation="C")
    name = models.CharField(_("组织名称"), max_length=200)
    kind = models.CharField(_("组织类型"), max_length=10, choices=OrganisationKind.choices)
    stage = models.CharField(
        _("阶段"),
        max_length=10,
        choices=OrganisationStage.choices,
        blank=True,
        default=OrganisationStage.FOUND,
    )
    members = models.PositiveIntegerField(_("成员人数"), null=True, blank=True)
    leader = models.CharField(_("负责人"), max_length=200, blank=True, default="")
    phone = models.CharField(_("联系电话"), max_length=64, blank=True, default="")
    found_on = models.DateField(_("挖掘日期"))
    incubated_on = models.DateField(_("孵化日期"), null=True, blank=True)
    filed_on = models.DateField(_("备案日期"), null=True, blank=True)
    registered_on = models.DateField(_("登记日期"), null=True, blank=True)
    support = models.TextField(_("培育支持"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("社区社会组织")
        constraints: ClassVar = [unique_in_county("an_organisation_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "found_on"], name="organisations_of_a_place")
        ]

    def __str__(self) -> str:
        return self.name


class Negotiation(StationRow):
    """议事协商: what residents and others talked over, what came of it, and what is to be done."""

    levels = marks(
        L2="id region_code county_code station_id provider_id record code topic held_on place parties headcount"
        " agreed result follow_up due_on done_on"
    )

    code = models.CharField(_("协商编号"), max_length=64, db_collation="C")
    topic = models.CharField(_("议题"), max_length=200)
    held_on = models.DateField(_("协商日期"))
    record = models.ForeignKey(
        "casework.ServiceRecord",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("服务记录"),
    )
    place = models.CharField(_("地点"), max_length=200, blank=True, default="")
    parties = models.CharField(_("参与各方"), max_length=200)
    headcount = models.PositiveIntegerField(_("参与人数"), null=True, blank=True)
    agreed = models.BooleanField(_("是否达成共识"), null=True, blank=True)
    result = models.TextField(_("协商结果"), blank=True, default="")
    follow_up = models.TextField(_("后续事项"), blank=True, default="")
    due_on = models.DateField(_("跟进期限"), null=True, blank=True)
    done_on = models.DateField(_("落实日期"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("议事协商")
        constraints: ClassVar = [unique_in_county("a_negotiation_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "held_on"], name="negotiations_of_a_place")]

    def __str__(self) -> str:
        return self.topic
