"""Closed lists of plausibility checks (``domain.md`` §14)."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class FlagStage(models.TextChoices):
    """The life of a flag: asked, answered by whom it concerns, settled by somebody else."""

    ASKED = "待说明", _("待说明")
    ANSWERED = "已答复", _("已答复")
    EXPLAINED = "说明成立", _("说明成立")
    CORRECTED = "已更正", _("已更正")
    CONFIRMED = "属实", _("属实")
    LAPSED = "自动关闭", _("自动关闭")


UNSETTLED: Final = (FlagStage.ASKED.value, FlagStage.ANSWERED.value)
SETTLED: Final = (FlagStage.EXPLAINED.value, FlagStage.CORRECTED.value, FlagStage.CONFIRMED.value)
OVER: Final = (*SETTLED, FlagStage.LAPSED.value)
"""Stages in which nobody has to do anything."""


class SampleStage(models.TextChoices):
    """The life of a call-back sample."""

    DRAFT = "草拟", _("草拟")
    CALLING = "回访中", _("回访中")
    DONE = "已完成", _("已完成")
    DROPPED = "已中止", _("已中止")


class CallStage(models.TextChoices):
    """What became of a call."""

    WAITING = "待回访", _("待回访")
    ANSWERED = "已接通", _("已接通")
    UNREACHED = "未接通", _("未接通")


class Said(models.TextChoices):
    """An answer on the telephone; who cannot remember has not contradicted."""

    YES = "是", _("是")
    NO = "否", _("否")
    UNSURE = "记不清", _("记不清")
