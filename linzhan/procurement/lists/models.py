"""Lists around purchases: the catalogue, kinds of project, other departments, contests, relations (PUR-14…30)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, ends_after_it_starts, marks, unique_in_county
from linzhan.network.api import PublishedRow
from linzhan.procurement.models import ServiceProject, yuan
from linzhan.procurement.purchase.models.fields import day, number, percent, told, word, yes_no


def _of_project(*, optional: bool = True) -> models.ForeignKey[ServiceProject | None, ServiceProject | None]:
    return models.ForeignKey(
        ServiceProject,
        on_delete=models.PROTECT,
        null=optional,
        blank=optional,
        related_name="+",
        verbose_name=_("项目"),
    )


class CatalogueItem(PublishedRow):
    """采购目录: what may be bought, by which list (PUR-12, PUR-14, PUR-30)."""

    levels = marks(
        L1="id region_code county_code code name category listed_in purchasable from_associations starts_on"
        " ends_on basis"
    )

    county_code = county_of_region()
    code = models.CharField(_("目录编号"), max_length=64, db_collation="C")
    name = models.CharField(_("事项名称"), max_length=200)
    category = word(_("大类"), length=100)
    listed_in = word(_("所在目录"), length=20)
    purchasable = yes_no(_("可以购买"))
    from_associations = yes_no(_("可向行业组织购买"))
    starts_on = models.DateField(_("启用日期"))
    ends_on = day(_("停用日期"))
    basis = word(_("依据"))

    class Meta(PublishedRow.Meta):
        verbose_name = _("采购目录")
        constraints: ClassVar = [
            unique_in_county("a_catalogue_code_is_unique_in_its_county"),
            ends_after_it_starts("a_catalogue_item_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="catalogue_of_a_place")]

    def __str__(self) -> str:
        return self.name


class ProjectClass(PlacedRow):
    """项目分类: topic, fields, special nature and who coordinates (PUR-18, PUR-19, SVC-21, HOT-04, HOT-05)."""

    levels = marks(L2="id region_code provider_id project topic fields special event coordinator_id remark")

    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    project = _of_project(optional=False)
    topic = word(_("主题"), length=100)
    fields = ArrayField(models.CharField(max_length=50), verbose_name=_("服务领域"), default=list, blank=True)
    special = word(_("特殊性质"), length=20)
    event = word(_("所为何事"))
    coordinator_id = models.UUIDField(_("统筹站点"), null=True, blank=True)
    remark = told(_("说明"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("项目分类")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["project"], name="a_project_is_classed_once")
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="classes_of_a_place")]


class DepartmentItem(PlacedRow):
    """部门下沉事项: what other departments have delegated into the purchase (PUR-20)."""

    levels = marks(
        L2="id region_code county_code provider_id code name department category project amount starts_on ends_on"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("事项编号"), max_length=64, db_collation="C")
    name = models.CharField(_("事项名称"), max_length=200)
    department = models.CharField(_("部门"), max_length=100)
    category = word(_("事项类别"), length=50)
    project = _of_project()
    amount = yuan(_("随事经费"))
    starts_on = models.DateField(_("下沉日期"))
    ends_on = day(_("收回日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("部门下沉事项")
        constraints: ClassVar = [
            unique_in_county("a_delegated_item_code_is_unique_in_its_county"),
            ends_after_it_starts("a_delegated_item_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="delegated_items_of_a_place")]

    def __str__(self) -> str:
        return self.name


class Contest(PublishedRow):
    """公益创投和项目大赛: a round of venture philanthropy or a contest of projects (PUR-23)."""

    levels = marks(
        L1="id region_code county_code code name kind organiser opened_on closed_on fund wanted remark"
    )

    county_code = county_of_region()
    code = models.CharField(_("批次编号"), max_length=64, db_collation="C")
    name = models.CharField(_("批次名称"), max_length=200)
    kind = word(_("形式"), length=10)
    organiser = word(_("主办单位"))
    opened_on = models.DateField(_("征集日期"))
    closed_on = day(_("截止日期"))
    fund = yuan(_("资助总额"))
    wanted = number(_("计划资助数"))
    remark = told(_("说明"))

    class Meta(PublishedRow.Meta):
        verbose_name = _("公益创投和项目大赛")
        constraints: ClassVar = [
            unique_in_county("a_contest_code_is_unique_in_its_county"),
            ends_after_it_starts("a_contest_ends_after_it_opens", starts="opened_on", ends="closed_on"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "opened_on"], name="contests_of_a_place")]

    def __str__(self) -> str:
        return self.name


class ContestEntry(PlacedRow):
    """参赛项目: what was entered, by whom, with which result (PUR-23)."""

    levels = marks(
        L2="id region_code county_code provider_id code contest title entrant asked score award granted project"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("申报机构"), null=True, blank=True)
    code = models.CharField(_("申报编号"), max_length=64, db_collation="C")
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="+", verbose_name=_("批次"))
    title = models.CharField(_("申报项目"), max_length=200)
    entrant = word(_("申报单位"))
    asked = yuan(_("申请金额"))
    score = percent(_("评审得分"))
    award = word(_("结果"), length=20)
    granted = yuan(_("资助金额"))
    project = _of_project()

    class Meta(PlacedRow.Meta):
        verbose_name = _("参赛项目")
        constraints: ClassVar = [unique_in_county("an_entry_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["contest", "id"], name="entries_of_a_contest")]

    def __str__(self) -> str:
        return self.title


class TeamRelation(PlacedRow):
    """项目团队关系: who is bound to whom in a project: purchaser, undertaker, existing assistants (PUR-28)."""

    levels = marks(
        L2="id region_code county_code provider_id code project group people party relation basis starts_on"
        " ends_on"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("关系编号"), max_length=64, db_collation="C")
    project = _of_project(optional=False)
    group = word(_("人员"), length=50)
    people = number(_("人数"))
    party = word(_("用人一方"), length=20)
    relation = word(_("法律关系"), length=20)
    basis = word(_("依据"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = day(_("结束日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("项目团队关系")
        constraints: ClassVar = [
            unique_in_county("a_relation_code_is_unique_in_its_county"),
            ends_after_it_starts("a_relation_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["project"], name="relations_of_a_project")]

    def __str__(self) -> str:
        return self.group or self.code
