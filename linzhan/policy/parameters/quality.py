"""What places decide about evaluation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.policy.catalogue import parameter
from linzhan.policy.enums import Binding, Group, Meaning
from linzhan.policy.shapes import ContestRule, ContestWeight, GradeStep, PeerBand, SchemeOutline
from linzhan.policy.valuetypes import CODES, COUNT, PERCENT, Rows, Shaped, Text

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
OBJECTION_DAYS = parameter(
    code="quality.objection_days",
    label=_("评估结果申诉期限"),
    group=Group.QUALITY,
    kind=COUNT,
    unit="日",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="EVL-12",
)
SPREAD_PERCENT = parameter(
    code="quality.spread_percent",
    label=_("评分差异须复评的界限（占该项满分）"),
    group=Group.QUALITY,
    kind=PERCENT,
    unit="%",
    requirements="EVL-11",
)
CONFLICT_YEARS = parameter(
    code="quality.conflict_years",
    label=_("评估人员任职回避年限"),
    group=Group.QUALITY,
    kind=COUNT,
    unit="年",
    binding=Binding.FLOOR,
    meaning=Meaning.SHARE,
    requirements="EVL-11",
)
CONTEST_WEIGHTS = parameter(
    code="quality.contest_weights",
    label=_("一季一赛四个方面的权重"),
    group=Group.QUALITY,
    kind=Rows(ContestWeight),
    requirements="EVL-14",
)
CONTEST_PUBLICATION = parameter(
    code="quality.contest_publication",
    label=_("一季一赛排名最多公布到哪里"),
    group=Group.QUALITY,
    kind=Text(choices=("政府内部", "政府和参评单位", "向社会公开")),
    requirements="EVL-14 EVL-17",
)
PEER_BANDS = parameter(
    code="quality.peer_bands",
    label=_("一季一赛同类比较的人口分组"),
    group=Group.QUALITY,
    kind=Rows(PeerBand),
    requirements="EVL-14",
)
SURVEY_MARGIN = parameter(
    code="quality.survey_margin",
    label=_("满意度调查允许误差"),
    group=Group.QUALITY,
    kind=PERCENT,
    unit="百分点",
    requirements="EVL-03 EVL-22",
)
SURVEY_LEAST = parameter(
    code="quality.survey_least",
    label=_("满意度调查每个站点最少抽取"),
    group=Group.QUALITY,
    kind=COUNT,
    unit="人",
    requirements="EVL-03 EVL-22",
)
SURVEY_HIDDEN = parameter(
    code="quality.survey_hidden",
    label=_("满意度结果答卷不足几份时不显示"),
    group=Group.QUALITY,
    kind=COUNT,
    unit="份",
    binding=Binding.FLOOR,
    requirements="EVL-22 NFR-07",
)
