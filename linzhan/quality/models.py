"""Evaluation results (EVL-01): of projects, stations, counties and institutions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, RegionCodeField, county_of_region, marks, unique_in_county
from linzhan.quality.enums import EvaluationKind, ResultGrade, SubjectKind


class EvaluationResult(PlacedRow):
    """评估结果: what an evaluation said of its subject.

    Its place is the subject's; of an institution, which belongs to no county alone, that of whoever had
    it evaluated.
    """

    levels = marks(
        L2="id region_code county_code provider_id station_id code kind period evaluator subject_kind subject_id"
        " subject_code score grade evaluated_on",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    code = models.CharField(_("评估编号"), max_length=64, db_collation="C")
    kind = models.CharField(_("评估类型"), max_length=10, choices=EvaluationKind.choices)
    period = models.CharField(_("评估期"), max_length=200)
    evaluator = models.CharField(_("评估机构"), max_length=200)
    subject_kind = models.CharField(_("对象类型"), max_length=10, choices=SubjectKind.choices)
    subject_id = models.UUIDField(_("对象"), null=True, blank=True)
    subject_code = RegionCodeField(_("对象区划"), blank=True, default="")
    score = models.DecimalField(_("得分"), max_digits=8, decimal_places=2, null=True, blank=True)
    grade = models.CharField(_("等级"), max_length=10, choices=ResultGrade.choices)
    evaluated_on = models.DateField(_("评估日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("评估结果")
        constraints: ClassVar = [unique_in_county("an_evaluation_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "evaluated_on"], name="evaluations_of_a_place"),
            models.Index(fields=["subject_id"], name="evaluations_of_a_subject"),
        ]

    def __str__(self) -> str:
        return self.code


from linzhan.quality.contests.models import (  # noqa: E402 -- as above
    ContestSeason,
    ContestStanding,
    GovernmentAppraisal,
    PeerFact,
)
from linzhan.quality.diagnoses.models import PersonnelDiagnosis  # noqa: E402 -- as above
from linzhan.quality.rounds.models import (  # noqa: E402 -- the tables of the applets belong to this app
    EvaluationRound,
    EvaluationScore,
    Evidence,
    RoundEvaluator,
    RoundFile,
    RoundSubject,
    ScoreObjection,
)
from linzhan.quality.schemes.models import EvaluationScheme  # noqa: E402 -- as above
from linzhan.quality.surveys.models import (  # noqa: E402 -- as above
    SatisfactionSurvey,
    SurveyAnswer,
    SurveyDraw,
    SurveyResult,
)

__all__ = [
    "ContestSeason",
    "ContestStanding",
    "EvaluationResult",
    "EvaluationRound",
    "EvaluationScheme",
    "EvaluationScore",
    "Evidence",
    "GovernmentAppraisal",
    "PeerFact",
    "PersonnelDiagnosis",
    "RoundEvaluator",
    "RoundFile",
    "RoundSubject",
    "SatisfactionSurvey",
    "ScoreObjection",
    "SurveyAnswer",
    "SurveyDraw",
    "SurveyResult",
]
