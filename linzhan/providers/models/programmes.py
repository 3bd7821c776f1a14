"""How a place grows its institutions: bases, pairs, models, pools, associations, campaigns (INS-23…29, 32…39, 42)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import ends_after_it_starts, marks, unique_in_county
from linzhan.providers.models.rows import (
    CodedRow,
    institution,
    list_of,
    maybe_count,
    maybe_day,
    word,
    words,
    yuan,
)


class IncubationBase(CodedRow):
    """孵化基地: a base of a city or county, and what it offers (INS-23)."""

    levels = marks(
        L1="id region_code county_code code name operator offers area places groups fields opened_on closed_on"
    )

    name = models.CharField(_("基地名称"), max_length=200)
    operator = word(_("运营单位"))
    offers = list_of(_("提供"))
    area = models.DecimalField(_("面积"), max_digits=10, decimal_places=2, null=True, blank=True)
    places = maybe_count(_("可入驻家数"))
    groups = list_of(_("优先服务人群"))
    fields = list_of(_("优先领域"))
    opened_on = models.DateField(_("启用日期"))
    closed_on = maybe_day(_("停用日期"))

    class Meta(CodedRow.Meta):
        verbose_name = _("孵化基地")
        constraints: ClassVar = [
            unique_in_county("an_incubation_base_code_is_unique_in_its_county"),
            ends_after_it_starts("a_base_closes_after_it_opens", starts="opened_on", ends="closed_on"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="incubation_bases_of_a_place")]


class Incubation(CodedRow):
    """入驻孵化: an organisation in a base, its priorities, and how it came out (INS-23…25)."""

    levels = marks(
        L1="id region_code county_code code base name provider_id kind groups fields entered_on left_on outcome"
    )

    base = models.ForeignKey(
        IncubationBase, on_delete=models.PROTECT, related_name="+", verbose_name=_("孵化基地")
    )
    name = models.CharField(_("入驻组织"), max_length=200)
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    kind = models.CharField(_("组织类型"), max_length=20)
    groups = list_of(_("服务人群"))
    fields = list_of(_("服务领域"))
    entered_on = models.DateField(_("入驻日期"))
    left_on = maybe_day(_("出壳日期"))
    outcome = word(_("结果"), 20)

    class Meta(CodedRow.Meta):
        verbose_name = _("入驻孵化")
        constraints: ClassVar = [
            unique_in_county("an_incubation_code_is_unique_in_its_county"),
            ends_after_it_starts("an_incubation_ends_after_it_starts", starts="entered_on", ends="left_on"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="stays_in_bases_of_a_place")]


class Twinning(CodedRow):
    """牵手计划: a mature institution and a young one, their term, topics and money (INS-26…29)."""

    levels = marks(
        L1="id region_code county_code provider code name helper helper_place topics level budget workers starts_on"
        " ends_on agreement outcome",
    )

    name = models.CharField(_("名称"), max_length=200)
    provider = institution()
    helper = models.CharField(_("援助方"), max_length=200)
    helper_place = word(_("援助方所在地"))
    topics = list_of(_("帮扶内容"))
    level = word(_("经费级别"), 10)
    budget = yuan(_("经费"))
    workers = maybe_count(_("受助社工人数"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    agreement = word(_("协议文号"))
    outcome = words(_("成效"))

    class Meta(CodedRow.Meta):
        verbose_name = _("牵手计划")
        constraints: ClassVar = [
            unique_in_county("a_twinning_code_is_unique_in_its_county"),
            ends_after_it_starts("a_twinning_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="twinnings_of_a_place")]


class TwinningDay(CodedRow):
    """牵手帮扶: help that was given on a day, in days for each worker who was helped (INS-27)."""

    levels = marks(
        L1="id region_code county_code provider_id code twinning helped_on topic workers days person_days mode",
        L2="helper content",
    )

    twinning = models.ForeignKey(
        Twinning, on_delete=models.PROTECT, related_name="+", verbose_name=_("牵手计划")
    )
    provider_id = models.UUIDField(_("承接机构"))
    helped_on = models.DateField(_("帮扶日期"))
    topic = models.CharField(_("帮扶内容"), max_length=20)
    mode = word(_("方式"), 20)
    helper = word(_("督导或专家"))
    workers = models.PositiveIntegerField(_("受助社工人数"))
    days = models.DecimalField(_("工作日"), max_digits=5, decimal_places=1)
    person_days = models.GeneratedField(
        expression=F("workers") * F("days"),
        output_field=models.DecimalField(max_digits=8, decimal_places=1),
        db_persist=True,
        verbose_name=_("人次工作日"),
    )
    content = words(_("内容"))

    class Meta(CodedRow.Meta):
        verbose_name = _("牵手帮扶")
        constraints: ClassVar = [unique_in_county("a_twinning_day_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="twinning_days_of_a_place")]


class Demonstration(CodedRow):
    """示范机构: a model institution in a field (INS-32)."""

    levels = marks(L1="id region_code county_code provider code field level named_on until document")

    provider = institution()
    field = models.CharField(_("领域"), max_length=20)
    level = models.CharField(_("示范级别"), max_length=10)
    named_on = models.DateField(_("认定日期"))
    until = maybe_day(_("有效期至"))
    document = word(_("依据文件"))

    class Meta(CodedRow.Meta):
        verbose_name = _("示范机构")
        constraints: ClassVar = [
            unique_in_county("a_demonstration_code_is_unique_in_its_county"),
            ends_after_it_starts("a_demonstration_ends_after_it_starts", starts="named_on", ends="until"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="model_institutions_of_a_place")]


class PooledOperator(CodedRow):
    """运营机构库: an institution that was publicly chosen as fit to run stations (INS-33)."""

    levels = marks(L1="id region_code county_code provider code pool batch chosen_by way chosen_on until")

    provider = institution()
    pool = models.CharField(_("机构库"), max_length=200)
    batch = word(_("批次"), 40)
    chosen_by = word(_("遴选单位"))
    way = word(_("遴选方式"), 20)
    chosen_on = models.DateField(_("入库日期"))
    until = maybe_day(_("有效期至"))

    class Meta(CodedRow.Meta):
        verbose_name = _("运营机构库")
        constraints: ClassVar = [
            unique_in_county("a_pooled_operator_code_is_unique_in_its_county"),
            ends_after_it_starts(
                "a_place_in_the_pool_ends_after_it_starts", starts="chosen_on", ends="until"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="pooled_operators_of_a_place")]


class Association(CodedRow):
    """行业组织: an association, what is delegated to it, and the norms it made (INS-36, INS-42)."""

    levels = marks(
        L1="id region_code county_code code name provider_id level members delegated norms founded_on ended_on"
    )

    name = models.CharField(_("名称"), max_length=200)
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    level = models.CharField(_("级别"), max_length=10)
    members = maybe_count(_("会员单位数"))
    delegated = list_of(_("受托事项"))
    norms = list_of(_("行业规范"))
    founded_on = models.DateField(_("成立日期"))
    ended_on = maybe_day(_("注销日期"))

    class Meta(CodedRow.Meta):
        verbose_name = _("行业组织")
        constraints: ClassVar = [
            unique_in_county("an_association_code_is_unique_in_its_county"),
            ends_after_it_starts("an_association_ends_after_it_starts", starts="founded_on", ends="ended_on"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="associations_of_a_place")]


class Campaign(CodedRow):
    """专项行动: a campaign against illegal social organisations, and each department's duty (INS-39)."""

    levels = marks(
        L1="id region_code county_code code name departments starts_on ends_on found banned guided",
        L2="duties",
    )

    name = models.CharField(_("行动名称"), max_length=200)
    departments = list_of(_("参加部门"))
    duties = words(_("部门职责"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = maybe_day(_("结束日期"))
    found = maybe_count(_("排查线索"))
    banned = maybe_count(_("取缔劝散"))
    guided = maybe_count(_("引导登记"))

    class Meta(CodedRow.Meta):
        verbose_name = _("专项行动")
        constraints: ClassVar = [
            unique_in_county("a_campaign_code_is_unique_in_its_county"),
            ends_after_it_starts("a_campaign_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="campaigns_of_a_place")]
