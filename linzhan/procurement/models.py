"""Service projects with their contract and targets, and the money that moves (PUR, FND, TGT)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, one_state_at_a_time, unique_in_county
from linzhan.kernel.scope import Scope
from linzhan.kernel.wall import LINE
from linzhan.procurement.enums import (
    FundLevel,
    Head,
    MovementKind,
    ProjectKind,
    ProjectStatus,
    Source,
    Tendering,
)


def yuan(label: object) -> models.DecimalField:  # type: ignore[type-arg]  # generic only in the stubs
    """An amount in yuan, two decimals; not stated is NULL, never 0."""
    return models.DecimalField(label, max_digits=16, decimal_places=2, null=True, blank=True)  # type: ignore[arg-type]


class ServiceProject(PlacedRow):
    """项目: a purchased service project with its contract and what it promises (PUR-01, TGT).

    Its place is the purchaser's; the provider sees it along its own line, and the stations it covers read it.
    """

    levels = marks(
        L2="id region_code county_code provider_id code name kind purchaser method contract_amount starts_on ends_on"
        " staff professional_posts budget_salaries budget_supervision budget_services budget_management status"
        " target_registrations target_visits target_cases target_groups target_activities target_person_times"
        " target_satisfaction",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"))
    code = models.CharField(_("项目编号"), max_length=64, db_collation="C")
    name = models.CharField(_("项目名称"), max_length=200)
    kind = models.CharField(_("项目类型"), max_length=10, choices=ProjectKind.choices)
    purchaser = models.CharField(_("购买主体"), max_length=200)
    method = models.CharField(_("采购方式"), max_length=10, choices=Tendering.choices)
    contract_amount = models.DecimalField(_("合同金额"), max_digits=16, decimal_places=2)
    starts_on = models.DateField(_("合同开始"))
    ends_on = models.DateField(_("合同结束"))
    staff = models.PositiveIntegerField(_("项目总人数"), null=True, blank=True)
    professional_posts = models.PositiveIntegerField(_("社工专业岗位数"), null=True, blank=True)
    budget_salaries = yuan(_("预算薪酬"))
    budget_supervision = yuan(_("预算督导培训"))
    budget_services = yuan(_("预算服务活动"))
    budget_management = yuan(_("预算管理"))
    status = models.CharField(_("状态"), max_length=10, choices=ProjectStatus.choices)
    target_registrations = models.PositiveIntegerField(_("目标建档"), null=True, blank=True)
    target_visits = models.PositiveIntegerField(_("目标探访"), null=True, blank=True)
    target_cases = models.PositiveIntegerField(_("目标个案"), null=True, blank=True)
    target_groups = models.PositiveIntegerField(_("目标小组"), null=True, blank=True)
    target_activities = models.PositiveIntegerField(_("目标活动"), null=True, blank=True)
    target_person_times = models.PositiveIntegerField(_("目标服务人次"), null=True, blank=True)
    target_satisfaction = models.DecimalField(
        _("目标满意度"), max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta(PlacedRow.Meta):
        verbose_name = _("项目")
        constraints: ClassVar = [
            unique_in_county("a_project_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_contract_ends_after_it_starts"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="projects_of_a_place"),
            models.Index(fields=["provider_id", "id"], name="projects_of_a_provider"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        links = models.QuerySet[ProjectStation](ProjectStation)
        return Q(pk__in=links.filter(station_id__in=value.stations).values("project_id"))

    @classmethod
    def policy_besides(cls) -> str:
        own = LINE.format(column="s.station_id", line="stations")
        return (
            "EXISTS (SELECT FROM procurement_projectstation s"
            f" WHERE s.project_id = procurement_serviceproject.id AND {own})"
        )


class ProjectState(PlacedRow):
    """What held of a project when: its status and its posts."""

    levels = marks(
        L2="id subject region_code provider_id valid_from valid_to status staff professional_posts"
    )

    subject = models.ForeignKey(
        ServiceProject, on_delete=models.CASCADE, related_name="+", verbose_name=_("项目")
    )
    valid_from = models.DateField(_("起"), null=True)
    valid_to = models.DateField(_("止"), null=True)
    provider_id = models.UUIDField(_("承接机构"))
    status = models.CharField(_("状态"), max_length=10)
    staff = models.PositiveIntegerField(_("项目总人数"), null=True)
    professional_posts = models.PositiveIntegerField(_("社工专业岗位数"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("项目历史")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "valid_from"], name="project_states_of_a_place")
        ]
        constraints: ClassVar = [one_state_at_a_time("a_project_has_one_state_at_a_time")]


class ProjectStation(PlacedRow):
    """A station that a project covers."""

    levels = marks(L2="id region_code provider_id project station_id")

    project = models.ForeignKey(
        ServiceProject, on_delete=models.CASCADE, related_name="+", verbose_name=_("项目")
    )
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("项目覆盖站点")
        indexes: ClassVar = [models.Index(fields=["station_id"], name="projects_of_a_station")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project", "station_id"], name="a_project_covers_a_station_once")
        ]


class FundMovement(PlacedRow):
    """资金流水: money budgeted, paid or spent. A mistake is reversed, not edited away (FND-24).

    What is booked on a project is seen by the institution that holds its contract.
    """

    levels = marks(
        L2="id region_code county_code provider_id project code moved_on kind source fund_level head amount"
        " summary voucher",
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
    code = models.CharField(_("流水号"), max_length=64, db_collation="C")
    moved_on = models.DateField(_("日期"))
    kind = models.CharField(_("类型"), max_length=10, choices=MovementKind.choices)
    source = models.CharField(_("资金来源"), max_length=20, choices=Source.choices)
    fund_level = models.CharField(
        _("资金级次"), max_length=4, choices=FundLevel.choices, blank=True, default=""
    )
    head = models.CharField(_("支出科目"), max_length=10, choices=Head.choices, blank=True, default="")
    amount = models.DecimalField(_("金额"), max_digits=16, decimal_places=2)
    summary = models.TextField(_("摘要"), blank=True, default="")
    voucher = models.CharField(_("凭证号"), max_length=64, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("资金流水")
        constraints: ClassVar = [unique_in_county("a_movement_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "moved_on"], name="movements_of_a_place"),
            models.Index(fields=["-moved_on", "-id"], name="movements_by_day"),
            models.Index(fields=["county_code", "-moved_on", "-id"], name="movements_of_a_county"),
        ]

    def __str__(self) -> str:
        return self.code


class FundBase(PlacedRow):
    """资金基数: the yearly amount that a ratio rule is measured against. Bases are never merged (FND-02)."""

    levels = marks(L2="id region_code year name amount")

    year = models.PositiveSmallIntegerField(_("年度"))
    name = models.CharField(_("基数名称"), max_length=100)
    amount = models.DecimalField(_("金额"), max_digits=16, decimal_places=2)

    class Meta(PlacedRow.Meta):
        verbose_name = _("资金基数")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "year", "name"], name="a_base_is_stated_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"


from linzhan.procurement.lists.models import (  # noqa: E402 -- they refer to the tables above
    CatalogueItem,
    Contest,
    ContestEntry,
    DepartmentItem,
    ProjectClass,
    TeamRelation,
)
from linzhan.procurement.money.models import (  # noqa: E402 -- they refer to the tables above
    Allocation,
    BankLine,
    BudgetInclusion,
    Clawback,
    DelegatedWork,
    FinanceAdvice,
    FinanceGuide,
    FundingLine,
    FundReturn,
    LedgerEntry,
    LedgerTotal,
    MatchingFund,
    MoneyMonth,
    OperatorCheck,
    Payment,
    Settlement,
    SpecialFund,
    Subsidy,
)
from linzhan.procurement.progress.models import ContractTarget, Milestone, ProjectProgress  # noqa: E402 -- they refer to the tables above
from linzhan.procurement.purchase.models import (  # noqa: E402 -- they refer to the tables above
    Bid,
    ContractChange,
    PanelMember,
    PlannedPost,
    PurchaseFile,
    PurchaseItem,
    PurchasePaper,
    PurchaseStation,
)

__all__ = [
    "Allocation",
    "BankLine",
    "Bid",
    "BudgetInclusion",
    "CatalogueItem",
    "Clawback",
    "Contest",
    "ContestEntry",
    "ContractChange",
    "ContractTarget",
    "DelegatedWork",
    "DepartmentItem",
    "FinanceAdvice",
    "FinanceGuide",
    "FundBase",
    "FundMovement",
    "FundReturn",
    "FundingLine",
    "LedgerEntry",
    "LedgerTotal",
    "MatchingFund",
    "Milestone",
    "MoneyMonth",
    "OperatorCheck",
    "PanelMember",
    "Payment",
    "PlannedPost",
    "ProjectClass",
    "ProjectProgress",
    "ProjectState",
    "ProjectStation",
    "PurchaseFile",
    "PurchaseItem",
    "PurchasePaper",
    "PurchaseStation",
    "ServiceProject",
    "Settlement",
    "SpecialFund",
    "Subsidy",
    "TeamRelation",
    "yuan",
]
