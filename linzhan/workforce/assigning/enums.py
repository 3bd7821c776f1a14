"""Closed lists of assignments (PUR-26, RSK-02)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssignmentRole(models.TextChoices):
    """What somebody does in a project; 主责 is who runs it."""

    RUNS = "主责", _("主责")
    SOCIAL_WORKER = "社工", _("社工")
    SUPERVISOR = "督导", _("督导")
    ADMINISTRATION = "行政财务", _("行政财务")
    OTHER = "其他", _("其他")


class AssignmentStage(models.TextChoices):
    PLANNED = "拟派", _("拟派")
    ASSIGNED = "在派", _("在派")
    ENDED = "已结束", _("已结束")
    DROPPED = "已作废", _("已作废")
