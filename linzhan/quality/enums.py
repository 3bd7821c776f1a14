"""Closed lists of evaluation results (``contract/workbook.md``, 评估)."""

from __future__ import annotations

from django.db import models


class EvaluationKind(models.TextChoices):
    SELF = "自评", "自评"
    MID = "中期", "中期"
    FINAL = "末期", "末期"
    YEARLY = "年度", "年度"
    THIRD_PARTY = "第三方", "第三方"
    PROVINCIAL = "省级实地", "省级实地"


class SubjectKind(models.TextChoices):
    PROJECT = "项目", "项目"
    STATION = "站点", "站点"
    COUNTY = "县", "县"
    PROVIDER = "机构", "机构"


class ResultGrade(models.TextChoices):
    EXCELLENT = "优秀", "优秀"
    GOOD = "良好", "良好"
    PASSED = "合格", "合格"
    BARELY = "基本合格", "基本合格"
    FAILED = "不合格", "不合格"


PASSED = (ResultGrade.EXCELLENT, ResultGrade.GOOD, ResultGrade.PASSED)
"""“合格及以上” of the reply; 基本合格 is not among them (``contract/figures.md``)."""
