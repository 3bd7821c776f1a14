"""Closed lists of the territory."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """Levels of the tree; the numbers are those of ``linzhan.kernel.places.level_of``."""

    PROVINCE = 1, _("省")
    CITY = 2, _("市(州)")
    COUNTY = 3, _("县(市、区)")
    TOWNSHIP = 4, _("乡镇(街道)")
    VILLAGE = 5, _("村(社区)")


class ChangeKind(models.TextChoices):
    """What happened to a division (NET-14)."""

    CREATE = "create", _("设立")
    RENAME = "rename", _("更名")
    MERGE = "merge", _("合并")
    SPLIT = "split", _("分设")
    MOVE = "move", _("划转")  # another code, because another parent or another coding
    REFORM = "reform", _("改设")  # 撤县设市, 撤县设区 …
    ABOLISH = "abolish", _("撤销")
    ADJUST = "adjust", _("调整")  # borders, seat, a code given to another unit


class Codebook(models.TextChoices):
    """Whose meaning a code has when the two systems give it to different townships (ADR 0010)."""

    STATISTICS = "statistics", _("统计用区划代码")
    CIVIL_AFFAIRS = "civil_affairs", _("民政区划代码")
