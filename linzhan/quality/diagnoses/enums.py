"""Closed lists of personnel diagnoses."""

from __future__ import annotations

from django.db import models


class DiagnosisStage(models.TextChoices):
    DRAFT = "草拟", "草拟"
    TOLD = "已告知", "已告知"
    ANSWERED = "已陈述", "已陈述"
    SETTLED = "已定稿", "已定稿"
