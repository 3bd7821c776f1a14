"""What places decide about evaluation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Group
from linzhan.policy.shapes import ContestRule, GradeStep, SchemeOutline
from linzhan.policy.valuetypes import CODES, Rows, Shaped

SCHEMES = parameter(
    code="quality.schemes",
    label=_("评估办法"),
    group=Group.QUALITY,
    kind=Rows(SchemeOutline),
    requirements="CFG-13 EVL-01 EVL-02 EVL-06 EVL-07 EVL-08 EVL-09 EVL-10 PUR-25",
)
GRADE_NAMES = parameter(
    code="quality.grade_names",
    label=_("文件所称评估等级"),
    group=Group.QUALITY,
    kind=CODES,
    requirements="CFG-13 EVL-10 FND-20",
)
GRADE_SCALE = parameter(
    code="quality.grade_scale",
    label=_("评估等级分数线"),
    group=Group.QUALITY,
    kind=Rows(GradeStep),
    requirements="CFG-13 EVL-01",
)
PASSED_GRADES = parameter(
    code="quality.passed_grades",
    label=_("计为合格的等级"),
    group=Group.QUALITY,
    kind=CODES,
    requirements="EVL-10",
)
CONTEST = parameter(
    code="quality.contest",
    label=_("站点赛评"),
    group=Group.QUALITY,
    kind=Shaped(ContestRule),
    requirements="EVL-14 EVL-15 EVL-16 EVL-17",
)
