"""Groups and their members (SVC-11; ``domain.md`` §7.3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.casework.groups.enums import GroupKind, GroupStage, Phase
from linzhan.casework.placed import StationRow
from linzhan.kernel.models import PlacedRow, marks, one_state_at_a_time, unique_in_county


class GroupFile(StationRow):
    """小组档案: the plan of a group and how far it has come. Its sessions are service records with its code."""

    levels = marks(
        L2="id region_code county_code station_id provider_id project_id code name kind stage phase worker_id"
        " drafted_on starts_on ends_on theory criteria goals planned_sessions planned_size place budget"
        " risk_plan evaluation"
    )

    code = models.CharField(_("小组编号"), max_length=64, db_collation="C")
    name = models.CharField(_("小组名称"), max_length=200)
    kind = models.CharField(_("小组类型"), max_length=10, choices=GroupKind.choices)
    stage = models.CharField(
        _("阶段"), max_length=10, choices=GroupStage.choices, blank=True, default=GroupStage.DRAFT
    )
    phase = models.CharField(_("发展期"), max_length=10, choices=Phase.choices, blank=True, default="")
    project_id = models.UUIDField(_("项目"), null=True, blank=True)
    worker_id = models.UUIDField(_("带领社工"), null=True, blank=True)
    drafted_on = models.DateField(_("立项日期"))
    starts_on = models.DateField(_("计划开始"), null=True, blank=True)
    ends_on = models.DateField(_("计划结束"), null=True, blank=True)
    theory = models.CharField(_("理论依据"), max_length=200, blank=True, default="")
    criteria = models.CharField(_("招募条件"), max_length=200, blank=True, default="")
    goals = models.TextField(_("小组目标"), blank=True, default="")
    planned_sessions = models.PositiveSmallIntegerField(_("计划节数"), null=True, blank=True)
    planned_size = models.PositiveSmallIntegerField(_("计划人数"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=200, blank=True, default="")
    budget = models.DecimalField(_("预算"), max_digits=14, decimal_places=2, null=True, blank=True)
    risk_plan = models.TextField(_("风险预案"), blank=True, default="")
    evaluation = models.TextField(_("评估结论"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("小组档案")
        constraints: ClassVar = [unique_in_county("a_group_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "drafted_on"], name="groups_of_a_place"),
            models.Index(fields=["station_id", "-drafted_on"], name="groups_of_a_station"),
        ]

    def __str__(self) -> str:
        return self.name


class GroupFileState(PlacedRow):
    """In which stage a group was when."""

    levels = marks(L2="id subject region_code station_id provider_id valid_from valid_to stage")

    subject = models.ForeignKey(
        GroupFile, on_delete=models.CASCADE, related_name="+", verbose_name=_("小组档案")
    )
    valid_from = models.DateField(_("起"), null=True)
    valid_to = models.DateField(_("止"), null=True)
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)
    stage = models.CharField(_("阶段"), max_length=10, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("小组档案历史")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "valid_from"], name="group_states_of_a_place")
        ]
        constraints: ClassVar = [one_state_at_a_time("a_group_has_one_state_at_a_time")]


class GroupMember(StationRow):
    """小组成员: a resident of the register or somebody known by name only; pre and post measure beside."""

    levels = marks(
        L2="id region_code county_code station_id provider_id group code joined_on left_on measure",
        L3="resident name pre post",
    )

    code = models.CharField(_("成员编号"), max_length=64, db_collation="C")
    group = models.ForeignKey(
        GroupFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("小组档案")
    )
    resident = models.ForeignKey(
        "casework.Resident",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("服务对象"),
    )
    name = models.CharField(_("姓名"), max_length=200, blank=True, default="")
    joined_on = models.DateField(_("加入日期"))
    left_on = models.DateField(_("离开日期"), null=True, blank=True)
    measure = models.CharField(_("测量工具"), max_length=200, blank=True, default="")
    pre = models.DecimalField(_("前测得分"), max_digits=8, decimal_places=2, null=True, blank=True)
    post = models.DecimalField(_("后测得分"), max_digits=8, decimal_places=2, null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("小组成员")
        constraints: ClassVar = [
            unique_in_county("a_member_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["group", "resident"],
                name="a_resident_is_in_a_group_once_at_a_time",
                condition=Q(left_on__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["group", "joined_on"], name="members_of_a_group")]

    def __str__(self) -> str:
        return self.code
