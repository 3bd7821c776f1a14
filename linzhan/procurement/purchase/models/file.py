"""采购档案: one purchase from the need to the decision about renewal (PUR-01…PUR-17, ``domain.md`` §5).

What there is once for a purchase stands in its file, each part filled before the stage that needs it; how it
changed is told by the history. Bids, panel, papers, posts and amendments have rows of their own.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.procurement.enums import ProjectKind, Source, Tendering
from linzhan.procurement.models import ServiceProject, yuan
from linzhan.procurement.purchase.enums import Buyer, Evaluator, Form, Origin, Renewal, Result, Stage
from linzhan.procurement.purchase.models.fields import day, number, percent, told, word, yes_no


class PurchaseFile(PlacedRow):
    """采购档案. Its place is the purchaser's; the institution sees it along its own line once it holds the contract."""

    levels = marks(
        L2="id region_code county_code provider_id project code name kind form stage origin purchaser buyer"
        " surveyed_on survey_population survey_method survey_findings posts_wanted service_standards"
        " appraisal_indicators budget_total budget_salaries budget_supervision budget_services budget_management"
        " fund_source plan_summary approver approved_on minutes_number minuted_on reported_matters"
        " directory_checked manual_checked method method_reason method_approver method_approved_on expert_amount"
        " agency trading_centre oversight service_content service_people service_hours target_satisfaction"
        " awarded_on awarded_amount contract_code signed_on starts_on ends_on contract_amount tax budget_assured"
        " assured_by staff professional_posts target_registrations target_visits target_cases target_groups"
        " target_activities target_person_times payment_terms deliverables data_terms rights_terms liability_terms"
        " ending_terms work_plan started_on mid_on mid_by mid_score mid_result final_on final_by final_score"
        " final_result finance_findings settled_on settled_amount audit_number renewal renewal_conditions"
        " renewed_from terminated_on",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    project = models.ForeignKey(
        ServiceProject,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("项目"),
    )
    code = models.CharField(_("采购编号"), max_length=64, db_collation="C")
    name = models.CharField(_("采购名称"), max_length=200)
    kind = word(_("项目类型"), ProjectKind, 10)
    form = word(_("购买形式"), Form, 10)
    stage = models.CharField(_("阶段"), max_length=10, choices=Stage.choices, blank=True, default=Stage.IDEA)
    origin = word(_("建档方式"), Origin, 10)
    purchaser = models.CharField(_("购买主体"), max_length=200)
    buyer = word(_("购买主体类别"), Buyer, 20)
    # need
    surveyed_on = day(_("调查日期"))
    survey_population = told(_("服务人群"))
    survey_method = told(_("调查方式"))
    survey_findings = told(_("调查结论"))
    posts_wanted = number(_("岗位数量"))
    service_standards = told(_("服务标准"))
    appraisal_indicators = told(_("考核指标"))
    # approval
    budget_total = yuan(_("预算总额"))
    budget_salaries = yuan(_("预算薪酬"))
    budget_supervision = yuan(_("预算督导培训"))
    budget_services = yuan(_("预算服务活动"))
    budget_management = yuan(_("预算管理"))
    fund_source = word(_("资金来源"), Source, 20)
    plan_summary = told(_("实施方案"))
    approver = word(_("审批机构"))
    approved_on = day(_("立项日期"))
    minutes_number = word(_("会议纪要文号"))
    minuted_on = day(_("会议纪要日期"))
    reported_matters = ArrayField(
        models.CharField(max_length=100), verbose_name=_("已报告事项"), default=list, blank=True
    )
    # way of buying
    directory_checked = yes_no(_("列入指导性目录"))
    manual_checked = yes_no(_("符合内部控制手册"))
    method = word(_("采购方式"), Tendering, 10)
    method_reason = told(_("采购方式理由"))
    method_approver = word(_("采购方式批准机构"))
    method_approved_on = day(_("采购方式批准日期"))
    expert_amount = yuan(_("专家评审金额"))
    agency = word(_("代理机构"))
    trading_centre = word(_("公共资源交易中心"))
    oversight = ArrayField(
        models.CharField(max_length=20), verbose_name=_("监督部门"), default=list, blank=True
    )
    service_content = told(_("服务内容"))
    service_people = number(_("服务人数"))
    service_hours = number(_("服务时长"))
    target_satisfaction = percent(_("目标满意度"))
    # award
    awarded_on = day(_("成交日期"))
    awarded_amount = yuan(_("成交金额"))
    # contract
    contract_code = word(_("合同编号"), length=64)
    signed_on = day(_("签订日期"))
    starts_on = day(_("合同开始"))
    ends_on = day(_("合同结束"))
    contract_amount = yuan(_("合同金额"))
    tax = yuan(_("税费"))
    budget_assured = yes_no(_("预算资金有保障"))
    assured_by = word(_("保障依据"))
    staff = number(_("项目总人数"))
    professional_posts = number(_("社工专业岗位数"))
    target_registrations = number(_("目标建档"))
    target_visits = number(_("目标探访"))
    target_cases = number(_("目标个案"))
    target_groups = number(_("目标小组"))
    target_activities = number(_("目标活动"))
    target_person_times = number(_("目标服务人次"))
    payment_terms = told(_("付款约定"))
    deliverables = told(_("交付成果"))
    data_terms = told(_("保密和个人信息条款"))
    rights_terms = told(_("知识产权条款"))
    liability_terms = told(_("违约责任"))
    ending_terms = told(_("解除和终止条款"))
    # delivery
    work_plan = told(_("项目计划书"))
    started_on = day(_("开始执行日期"))
    mid_on = day(_("中期评估日期"))
    mid_by = word(_("中期评估方"), Evaluator, 10)
    mid_score = percent(_("中期评估得分"))
    mid_result = word(_("中期评估结果"), Result, 10)
    final_on = day(_("末期评估日期"))
    final_by = word(_("末期评估方"), Evaluator, 10)
    final_score = percent(_("末期评估得分"))
    final_result = word(_("末期评估结果"), Result, 10)
    finance_findings = told(_("财务评估意见"))
    # end
    settled_on = day(_("结算日期"))
    settled_amount = yuan(_("结算金额"))
    audit_number = word(_("审计报告文号"))
    renewal = word(_("续签决定"), Renewal, 10)
    renewal_conditions = told(_("续签条件"))
    renewed_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("续自"),
    )
    terminated_on = day(_("终止日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("采购档案")
        constraints: ClassVar = [
            unique_in_county("a_purchase_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["project"],
                name="a_project_has_one_purchase_file",
                condition=Q(project__isnull=False) & ~Q(stage=Stage.DROPPED),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="purchases_of_a_place"),
            models.Index(fields=["county_code", "id"], name="purchases_of_a_county"),
            models.Index(fields=["provider_id", "id"], name="purchases_of_a_provider"),
            models.Index(fields=["stage", "county_code"], name="purchases_by_stage"),
        ]

    def __str__(self) -> str:
        return self.name


class PurchaseStation(PlacedRow):
    """A station that a purchase is for."""

    levels = marks(L2="id region_code provider_id purchase station_id")

    purchase = models.ForeignKey(
        PurchaseFile, on_delete=models.CASCADE, related_name="+", verbose_name=_("采购档案")
    )
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("采购涉及站点")
        indexes: ClassVar = [models.Index(fields=["station_id"], name="purchases_of_a_station")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "station_id"], name="a_purchase_names_a_station_once")
        ]


class PurchaseItem(PlacedRow):
    """An entry of the catalogue that a purchase buys (PUR-12)."""

    levels = marks(L2="id region_code provider_id purchase item")

    purchase = models.ForeignKey(
        PurchaseFile, on_delete=models.CASCADE, related_name="+", verbose_name=_("采购档案")
    )
    item = models.ForeignKey(
        "procurement.CatalogueItem", on_delete=models.PROTECT, related_name="+", verbose_name=_("目录事项")
    )
    provider_id = models.UUIDField(_("承接机构"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("采购事项")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "item"], name="a_purchase_names_an_item_once")
        ]
