"""What there is many times in a purchase: bids, panel members, papers, planned posts (PUR-09, 15, 26, 29)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.procurement.models import yuan
from linzhan.procurement.purchase.enums import BidResult, Declared, Paper
from linzhan.procurement.purchase.models.fields import day, number, percent, told, word, yes_no
from linzhan.procurement.purchase.models.file import PurchaseFile


def _of_purchase() -> models.ForeignKey[PurchaseFile, PurchaseFile]:
    return models.ForeignKey(
        PurchaseFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("采购档案")
    )


class Bid(PlacedRow):
    """响应供应商: who answered, with which price and score, and what they declared (PUR-15)."""

    levels = marks(
        L2="id region_code county_code code purchase bidder_id bidder_name qualified price score rank result"
        " interest interest_with recused reason",
    )

    county_code = county_of_region()
    code = models.CharField(_("响应编号"), max_length=64, db_collation="C")
    purchase = _of_purchase()
    bidder_id = models.UUIDField(_("响应机构"), null=True, blank=True)
    bidder_name = word(_("机构名称"))
    qualified = yes_no(_("资格审查通过"))
    price = yuan(_("报价"))
    score = percent(_("评审得分"))
    rank = number(_("名次"))
    result = word(_("结果"), BidResult, 10)
    interest = word(_("利害关系声明"), Declared, 2)
    interest_with = told(_("与何人有何关系"))
    recused = yes_no(_("有关人员已回避"))
    reason = told(_("说明"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("响应供应商")
        constraints: ClassVar = [
            unique_in_county("a_bid_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["purchase"], name="a_purchase_has_one_winner", condition=Q(result=BidResult.WON)
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["purchase", "rank"], name="bids_of_a_purchase")]

    def __str__(self) -> str:
        return self.bidder_name or self.code


class PanelMember(PlacedRow):
    """评审成员: who judged, as what, drawn how, and what they declared (PUR-09)."""

    levels = marks(
        L2="id region_code county_code code purchase role unit drawn interest recused",
        L3="name interest_with",
    )

    county_code = county_of_region()
    code = models.CharField(_("成员编号"), max_length=64, db_collation="C")
    purchase = _of_purchase()
    name = models.CharField(_("姓名"), max_length=200)
    role = word(_("身份"), length=20)
    unit = word(_("单位"))
    drawn = word(_("产生方式"), length=20)
    interest = word(_("利害关系声明"), Declared, 2)
    interest_with = told(_("与何人有何关系"))
    recused = yes_no(_("已回避"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("评审成员")
        constraints: ClassVar = [unique_in_county("a_panel_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["purchase"], name="panel_of_a_purchase")]

    def __str__(self) -> str:
        return self.name


class PurchasePaper(PlacedRow):
    """采购材料: a document of a purchase, where it is kept, and its number (PUR-01)."""

    levels = marks(
        L2="id region_code county_code provider_id code purchase paper title number issued_on kept_at remark"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("材料编号"), max_length=64, db_collation="C")
    purchase = _of_purchase()
    paper = word(_("材料"), Paper, 20)
    title = models.CharField(_("标题"), max_length=200)
    number = word(_("文号"), length=100)
    issued_on = day(_("日期"))
    kept_at = word(_("存放处"))
    remark = told(_("说明"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("采购材料")
        constraints: ClassVar = [unique_in_county("a_purchase_paper_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["purchase", "issued_on"], name="papers_of_a_purchase")]

    def __str__(self) -> str:
        return self.title


class PlannedPost(PlacedRow):
    """人员方案: a worker on a post of the project, with their share of time (PUR-26)."""

    levels = marks(
        L2="id region_code county_code provider_id code purchase post leads professional share with_minors from_on"
        " worker_id"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("方案编号"), max_length=64, db_collation="C")
    purchase = _of_purchase()
    worker_id = models.UUIDField(_("社工"))
    post = models.CharField(_("岗位"), max_length=100)
    leads = yes_no(_("负责项目"))
    professional = yes_no(_("社工专业岗位"))
    share = percent(_("投入比例"))
    with_minors = yes_no(_("接触未成年人"))
    from_on = day(_("到岗日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("人员方案")
        constraints: ClassVar = [
            unique_in_county("a_planned_post_code_is_unique_in_its_county"),
            models.UniqueConstraint(fields=["purchase", "worker_id"], name="a_worker_is_planned_once"),
        ]

    def __str__(self) -> str:
        return self.post
