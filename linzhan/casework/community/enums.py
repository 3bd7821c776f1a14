"""Closed lists of community building (``domain.md`` §7.5)."""

from __future__ import annotations

from django.db import models


class OrganisationStage(models.TextChoices):
    FOUND = "挖掘", "挖掘"
    INCUBATED = "孵化", "孵化"
    FILED = "备案", "备案"
    REGISTERED = "登记", "登记"
    ENDED = "停止", "停止"


class OrganisationKind(models.TextChoices):
    MUTUAL_AID = "互助服务", "互助服务"
    VOLUNTEERING = "志愿公益", "志愿公益"
    CULTURE = "文体娱乐", "文体娱乐"
    DELIBERATION = "议事协商", "议事协商"
    MEDIATION = "矛盾调解", "矛盾调解"
    OTHER = "其他", "其他"
