"""Who works on which project, with what share of their time, from when until when (PUR-26, RSK-02)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import marks
from linzhan.workforce.assigning.enums import AssignmentRole, AssignmentStage
from linzhan.workforce.models.kept import PERSONAL, PersonRow


class Assignment(PersonRow):
    """项目派任: a worker on a project. ``ends_on`` is the last day. Only 在派 counts.

    The project belongs to the desk of purchases above; here it is an id.
    """

    levels = marks(
        L2=PERSONAL + "project_id role share full_time with_minors starts_on ends_on stage content"
    )

    project_id = models.UUIDField(_("项目"))
    role = models.CharField(_("角色"), max_length=10, choices=AssignmentRole.choices)
    share = models.DecimalField(_("投入比例"), max_digits=5, decimal_places=2, null=True, blank=True)
    full_time = models.BooleanField(_("专职"), null=True, blank=True)
    with_minors = models.BooleanField(_("接触未成年人"), null=True, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    stage = models.CharField(
        _("状态"), max_length=10, choices=AssignmentStage.choices, default=AssignmentStage.PLANNED
    )
    content = models.TextField(_("工作内容"), blank=True, default="")

    class Meta(PersonRow.Meta):
        verbose_name = _("项目派任")
        constraints: ClassVar = [
            *PersonRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="an_assignment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=100),
                name="an_assignment_takes_a_share_of_a_whole",
            ),
        ]
        indexes: ClassVar = [
            *PersonRow.Meta.indexes,
            models.Index(fields=["project_id", "id"], name="%(class)s_project"),
            models.Index(fields=["region_code", "stage", "starts_on"], name="%(class)s_stage"),
        ]
