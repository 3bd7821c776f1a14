"""Closed lists of professional supervision (SPV-01…13; ``domain.md`` §11)."""

from __future__ import annotations

from django.db import models


class PoolLevel(models.TextChoices):
    """Whose pool a supervisor is in (SPV-01)."""

    PROVINCE = "省级", "省级"
    CITY = "市级", "市级"
    COUNTY = "县级", "县级"
    PROVIDER = "机构", "机构"


class Belonging(models.TextChoices):
    """Whether a supervisor works where they supervise (SPV-05, SPV-13)."""

    INTERNAL = "内部", "内部"
    EXTERNAL = "外部", "外部"


class PoolStage(models.TextChoices):
    """From the front line to use, evaluation and incentive (SPV-06)."""

    NAMED = "推荐", "推荐"
    CHOSEN = "入选", "入选"
    TRAINING = "培养", "培养"
    IN_USE = "使用", "使用"
    EVALUATED = "考核", "考核"
    REWARDED = "激励", "激励"
    LEFT = "退出", "退出"


USABLE = (PoolStage.IN_USE, PoolStage.EVALUATED, PoolStage.REWARDED)
"""Stages in which a supervisor may be asked; evaluation and incentive come while they work."""


class AgreementKind(models.TextChoices):
    PERSON = "聘请督导", "聘请督导"
    INSTITUTION = "委托机构", "委托机构"


class AgreementStage(models.TextChoices):
    DRAFT = "拟订", "拟订"
    IN_FORCE = "生效", "生效"
    ENDED = "终止", "终止"
    DROPPED = "作废", "作废"


class TaskStage(models.TextChoices):
    OPEN = "待办", "待办"
    DONE = "完成", "完成"
    DROPPED = "取消", "取消"


class RatingSide(models.TextChoices):
    OF_SUPERVISOR = "社工评督导", "社工评督导"
    OF_WORKER = "督导评社工", "督导评社工"
