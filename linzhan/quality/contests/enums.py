"""Closed lists of the quarterly contest and of appraisals of lower governments."""

from __future__ import annotations

from typing import Final

from django.db import models


class SeasonStage(models.TextChoices):
    PREPARED = "筹备", "筹备"
    OPEN = "比赛中", "比赛中"
    RANKED = "已排名", "已排名"
    PUBLISHED = "已通报", "已通报"
    DROPPED = "已中止", "已中止"


FROZEN: Final = (SeasonStage.RANKED, SeasonStage.PUBLISHED)
"""Stages in which the standings are written and never change."""


class Terrain(models.TextChoices):
    MOUNTAIN = "山区", "山区"
    HILLS = "丘陵", "丘陵"
    PLAIN = "平原", "平原"
    TOWN = "城区", "城区"


class AppraisalItem(models.TextChoices):
    BUILDING = "社工站建设", "社工站建设"
    OPERATION = "社工站运行", "社工站运行"
    FUNDING = "资金保障", "资金保障"
    PUBLICITY = "宣传推介", "宣传推介"
