"""Evaluation at the desk: schemes and their designer, rounds, the evaluator's seat, results (EVL-01…12)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.office.evaluation import rounds, subjects, waiting  # noqa: F401 -- register parts of files and duties
from linzhan.office.navigation import page
from linzhan.quality.api import EDIT_SCORES, VIEW_SCHEMES

page("schemes", desk="评估", label=_("方案"), url_name="office:schemes", right=VIEW_SCHEMES, order=10)
page("seats", desk="评估", label=_("我的评分"), url_name="office:seats", right=EDIT_SCORES, order=5)
