"""Evaluation at the desk: schemes and their designer, rounds, the evaluator's seat, results (EVL-01…12)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.office.evaluation import (  # noqa: F401 -- register parts of files and duties
    asking,
    diagnoses,
    rounds,
    seasons,
    subjects,
    surveys,
    waiting,
)
from linzhan.office.navigation import beneath, page
from linzhan.quality.api import EDIT_SCORES, VIEW_SCHEMES, VIEW_STANDINGS

page("schemes", desk="评估", label=_("方案"), url_name="office:schemes", right=VIEW_SCHEMES, order=10)
page("seats", desk="评估", label=_("我的评分"), url_name="office:seats", right=EDIT_SCORES, order=5)
page(
    "contest-year", desk="评估", label=_("一季一赛年度总成绩"), url_name="office:contest-year",
    right=VIEW_STANDINGS, order=30, beside=True,
)  # fmt: skip
page(
    "provincial-results", desk="评估", label=_("省级评估结果"), url_name="office:provincial-results",
    right=VIEW_STANDINGS, order=31, beside=True,
)  # fmt: skip

beneath("satisfaction-surveys", "/evaluation/surveys/")
beneath("evaluation-rounds", "/evaluation/rounds/")
beneath("contest-seasons", "/evaluation/seasons/")
beneath("round-subjects", "/evaluation/subjects/")
