"""Closed lists of the rulebook."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Binding(models.TextChoices):
    """How the values of several levels combine; the upper level's word says what the lower may do."""

    NEAREST = "nearest", _("就近适用")  # a lower level may replace it
    CAP = "cap", _("上限，下级只能更低")
    FLOOR = "floor", _("下限，下级只能更高")
    OPTION = "option", _("可选范围，下级只能在其中选择")


class Meaning(models.TextChoices):
    """What a value obliges to. Two rules of one number and different meaning are two rules (FND-02)."""

    SHARE = "share", _("应当达到")
    CAP = "cap", _("不得超过")
    PERMISSION = "permission", _("可以使用")
    EARMARK = "earmark", _("资金渠道(专列)")
    GUIDE = "guide", _("参考标准")
    ARRANGEMENT = "arrangement", _("本地安排")

    @property
    def binding(self) -> Binding:
        """What a lower level may still decide about the same base."""
        return {Meaning.SHARE: Binding.FLOOR, Meaning.CAP: Binding.CAP}.get(self, Binding.NEAREST)

    @property
    def limits(self) -> bool:
        """Whether spending beyond the number is a question for the finance review (RW23)."""
        return self in (Meaning.CAP, Meaning.PERMISSION, Meaning.EARMARK)


class DocumentKind(models.TextChoices):
    RULE = "rule", _("规范性文件")
    REPLY = "reply", _("建议提案答复")
    ACCOUNT = "account", _("经验交流材料")
    STANDARD = "standard", _("标准")
    OTHER = "other", _("其他材料")


class DocumentStatus(models.TextChoices):
    """Whether a document is in force (DOC-01). A draft never rules; ``UNCLEAR`` rules and says so."""

    DRAFT = "draft", _("征求意见稿")
    TRIAL = "trial", _("试行")
    IN_FORCE = "in_force", _("现行")
    UNCLEAR = "unclear", _("状态待核实")
    REPEALED = "repealed", _("废止")


class Authority(models.TextChoices):
    """Where a national default comes from; only a place's own document *states* a value."""

    LAW = "law", _("全国性规定")
    CONTRACT = "contract", _("平台指标口径")
    FOUND = "found", _("外地做法参考")
    PROPOSED = "proposed", _("平台建议值")


class Group(models.TextChoices):
    """Chapters of the rulebook, one per desk."""

    NETWORK = "network", _("服务网络与站点")
    PROVIDERS = "providers", _("承接机构")
    WORKFORCE = "workforce", _("社工人员")
    PROCUREMENT = "procurement", _("政府购买与资金")
    CASEWORK = "casework", _("服务对象与服务")
    LINKAGE = "linkage", _("五社联动与清单")
    QUALITY = "quality", _("评估与赛评")
    OVERSIGHT = "oversight", _("监督与公开")
    REPORTING = "reporting", _("报送调度")
