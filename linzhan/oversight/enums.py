"""Closed lists of early warning (``domain.md`` §13)."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    BLUE = "蓝", _("蓝")
    YELLOW = "黄", _("黄")
    ORANGE = "橙", _("橙")
    RED = "红", _("红")


SEVERITIES: Final = (Severity.BLUE, Severity.YELLOW, Severity.ORANGE, Severity.RED)
"""By level: 1 蓝 2 黄 3 橙 4 红."""


class About(models.TextChoices):
    """What an alert is about; the register that its subject stands in."""

    RESIDENT = "服务对象", _("服务对象")
    WORKER = "社工", _("社工")
    STATION = "站点", _("站点")
    PROJECT = "项目", _("项目")
    PROVIDER = "机构", _("机构")
    REGION = "区划", _("区划")


SHEETS: Final = {
    About.RESIDENT.value: "服务对象",
    About.WORKER.value: "社工",
    About.STATION.value: "社工站",
    About.PROJECT.value: "项目",
    About.PROVIDER.value: "承接机构",
    About.REGION.value: "",
}
"""The sheet of each kind of subject, by the contract's name; a place is no row of a register."""


class Stage(models.TextChoices):
    """The life of an alert."""

    NEW = "新发", _("新发")
    SEEN = "已知悉", _("已知悉")
    WORKING = "处理中", _("处理中")
    SNOOZED = "暂缓", _("暂缓")
    CLOSED = "已关闭", _("已关闭")
    LAPSED = "自动关闭", _("自动关闭")


class MoneyStage(models.TextChoices):
    """Where in the way of the money a risk lies (RSK-05)."""

    RAISING = "筹集", _("筹集：落实、稳定")
    USING = "使用", _("使用：程序、方式、性质")
    SUPERVISING = "监管", _("监管：风险、反馈、绩效")


OVER: Final = (Stage.CLOSED.value, Stage.LAPSED.value)
"""Stages in which nobody has to do anything."""


class Ending(models.TextChoices):
    """Why somebody closed an alert."""

    SOLVED = "已解决", _("已解决")
    FALSE = "误报", _("误报")
    ACCEPTED = "接受风险", _("接受风险")


class Tier(models.TextChoices):
    """With whom an alert lies: it begins with whoever can act, and goes up when nobody takes note."""

    STATION = "站点", _("站点")
    PROVIDER = "机构", _("机构")
    COUNTY = "县级", _("县级")
    CITY = "市级", _("市级")
    PROVINCE = "省级", _("省级")


NEXT_TIER: Final = {
    Tier.STATION.value: Tier.COUNTY.value,
    Tier.PROVIDER.value: Tier.COUNTY.value,
    Tier.COUNTY.value: Tier.CITY.value,
    Tier.CITY.value: Tier.PROVINCE.value,
}
TOPMOST: Final = {"RW04": Tier.COUNTY, "RW05": Tier.STATION}
"""Where an alert that a narrow circle sees stops going up: nobody above may learn of it (ADR 0025)."""
