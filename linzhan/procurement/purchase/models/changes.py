"""合同变更: what was agreed to change in a signed contract (PUR-21; nobody approves their own)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.procurement.models import ServiceProject, yuan
from linzhan.procurement.purchase.enums import ChangeStage
from linzhan.procurement.purchase.models.fields import day, number, percent, told, word


class ContractChange(PlacedRow):
    """合同变更. ``new_…`` is stated where it changes; ``old_amount`` and ``old_ends_on`` are noted on approval."""

    levels = marks(
        L2="id region_code county_code provider_id code project stage changes reason effective_on agreed_on"
        " document_number new_amount new_ends_on new_staff new_professional_posts new_registrations new_visits"
        " new_cases new_groups new_activities new_person_times new_satisfaction other_terms old_amount"
        " old_ends_on",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("变更编号"), max_length=64, db_collation="C")
    project = models.ForeignKey(
        ServiceProject, on_delete=models.PROTECT, related_name="+", verbose_name=_("项目")
    )
    stage = models.CharField(
        _("阶段"), max_length=10, choices=ChangeStage.choices, blank=True, default=ChangeStage.DRAFT
    )
    changes = ArrayField(
        models.CharField(max_length=10), verbose_name=_("变更内容"), default=list, blank=True
    )
    reason = told(_("变更原因"))
    effective_on = models.DateField(_("生效日期"))
    agreed_on = day(_("双方约定日期"))
    document_number = word(_("补充协议编号"), length=100)
    new_amount = yuan(_("变更后合同金额"))
    new_ends_on = day(_("变更后合同结束"))
    new_staff = number(_("变更后项目总人数"))
    new_professional_posts = number(_("变更后社工专业岗位数"))
    new_registrations = number(_("变更后目标建档"))
    new_visits = number(_("变更后目标探访"))
    new_cases = number(_("变更后目标个案"))
    new_groups = number(_("变更后目标小组"))
    new_activities = number(_("变更后目标活动"))
    new_person_times = number(_("变更后目标服务人次"))
    new_satisfaction = percent(_("变更后目标满意度"))
    other_terms = told(_("其他条款"))
    old_amount = yuan(_("原合同金额"))
    old_ends_on = day(_("原合同结束"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("合同变更")
        constraints: ClassVar = [unique_in_county("a_change_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["project", "effective_on"], name="changes_of_a_project"),
            models.Index(fields=["county_code", "id"], name="changes_of_a_county"),
        ]

    def __str__(self) -> str:
        return self.code
