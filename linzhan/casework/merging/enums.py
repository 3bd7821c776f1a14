from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why two files may be of one person (``domain.md`` §6.2)."""

    SAME_NUMBER = "证件号码相同", _("证件号码相同")
    SAME_NAME = "姓名相同", _("姓名相同")
    SAME_SOUND = "姓名同音", _("姓名同音")
    ONE_CHARACTER = "姓名差一字", _("姓名差一字")
    SAME_BIRTH = "出生日期相同", _("出生日期相同")
    BIRTH_MISSING = "一方没有出生日期", _("一方没有出生日期")
    SAME_VILLAGE = "同村(社区)", _("同村(社区)")
    SAME_HOUSEHOLD = "同一户", _("同一户")


class PairState(models.TextChoices):
    OPEN = "待核", _("待核")
    DIFFERENT = "不是同一人", _("不是同一人")
    MERGED = "已合并", _("已合并")
