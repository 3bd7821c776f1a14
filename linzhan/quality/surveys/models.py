"""Surveys, who was drawn, what was answered, and the results (EVL-03, EVL-22).

Who was drawn and what was answered are the area's alone: neither a station nor an institution reads a row of
them along its own line. An answer does not say who gave it; no column leads from it to somebody drawn.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.network.api import HeldBelowRow
from linzhan.quality.schemes.models import EMPTY
from linzhan.quality.surveys.enums import About, Audience, Channel, DrawState, SurveyStage


class SatisfactionSurvey(HeldBelowRow):
    """满意度调查: questions to residents who were served in a period, or to departments."""

    levels = marks(
        L2="id region_code county_code code name audience period questions respondents per_station seed seed_source"
        " stage drawn_on closed_on population sizing askers",
    )

    county_code = county_of_region()
    code = models.CharField(_("调查编号"), max_length=40, db_collation="C")
    name = models.CharField(_("调查名称"), max_length=200)
    audience = models.CharField(_("调查对象"), max_length=10, choices=Audience.choices)
    period = models.CharField(_("服务时段"), max_length=40)
    questions = ArrayField(models.CharField(max_length=200), verbose_name=_("题目"), default=list)
    respondents = ArrayField(
        models.CharField(max_length=200), verbose_name=_("受访部门"), default=list, blank=True
    )
    askers = ArrayField(
        models.CharField(max_length=64), verbose_name=_("访问人员账号"), default=list, blank=True
    )
    per_station = models.PositiveIntegerField(_("每站抽取"), null=True, blank=True)
    seed = models.CharField(_("随机种子"), max_length=200, blank=True, default="")
    seed_source = models.CharField(_("种子来源"), max_length=200, blank=True, default="")
    stage = models.CharField(
        _("状态"), max_length=10, choices=SurveyStage.choices, default=SurveyStage.DRAFT, blank=True
    )
    drawn_on = models.DateField(_("抽样日期"), null=True, blank=True)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    population = models.JSONField(_("抽样总体"), default=dict, db_default=EMPTY, blank=True)
    sizing = models.JSONField(_("样本量依据"), default=dict, db_default=EMPTY, blank=True)

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("满意度调查")
        constraints: ClassVar = [unique_in_county("a_satisfaction_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="satisfaction_of_a_place"),
            models.Index(fields=["county_code", "id"], name="satisfaction_of_a_county"),
        ]

    def __str__(self) -> str:
        return self.name


class SurveyDraw(PlacedRow):
    """应访者: somebody who was drawn and whether they were reached. What they said is not here.

    ``door`` is the mark of a personal link that was handed out (``surveys.links``). It is the line of a person,
    so that whoever brings the code of a link sees this one row and nothing else, at both walls.
    """

    place_provider: ClassVar[str] = ""
    place_station: ClassVar[str] = ""
    place_person: ClassVar[str] = "door"
    levels = marks(
        L2="id region_code survey number station_id provider_id resident_code mark state channel asked_on",
        L3="resident_id respondent",
        L4="door",
    )

    survey = models.ForeignKey(
        SatisfactionSurvey,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("满意度调查"),
    )
    number = models.PositiveIntegerField(_("序号"))
    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    resident_id = models.UUIDField(_("服务对象"), null=True)
    resident_code = models.CharField(_("对象编号"), max_length=64, blank=True, default="", db_collation="C")
    respondent = models.CharField(_("受访部门"), max_length=200, blank=True, default="")
    mark = models.CharField(_("抽取标记"), max_length=64, blank=True, default="")
    state = models.CharField(
        _("访问情况"), max_length=10, choices=DrawState.choices, default=DrawState.WAITING
    )
    channel = models.CharField(_("方式"), max_length=10, choices=Channel.choices, blank=True, default="")
    asked_on = models.DateField(_("访问日期"), null=True)
    door = models.UUIDField(_("链接索引"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("应访者")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "number"], name="a_survey_numbers_whom_it_asks"),
            models.UniqueConstraint(fields=["door"], name="a_link_leads_to_one_draw"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["survey", "state", "number"], name="draws_of_a_survey"),
            models.Index(fields=["region_code", "id"], name="survey_draws_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class SurveyAnswer(PlacedRow):
    """答卷: what somebody answered about a station, without who. ``phone_mark`` tells equal numbers apart only.

    Written once, and without history: its moment there, beside that of the list, would say whose answer it is.
    """

    history: ClassVar[bool] = False
    append_only: ClassVar[bool] = True
    place_provider: ClassVar[str] = ""
    place_station: ClassVar[str] = ""
    levels = marks(
        L2="id region_code survey station_id provider_id channel score answered_at",
        L3="answers",
        L4="phone_mark",
    )

    survey = models.ForeignKey(
        SatisfactionSurvey,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("满意度调查"),
    )
    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    channel = models.CharField(_("方式"), max_length=10, choices=Channel.choices)
    answers = models.JSONField(_("回答"), default=list)
    score = models.DecimalField(_("满意度得分"), max_digits=5, decimal_places=2, null=True)
    answered_at = models.DateTimeField(_("答卷时间"))
    phone_mark = models.CharField(_("电话索引"), max_length=64, blank=True, default="", db_collation="C")

    class Meta(PlacedRow.Meta):
        verbose_name = _("答卷")
        indexes: ClassVar = [
            models.Index(fields=["survey", "station_id"], name="answers_of_a_survey"),
            models.Index(fields=["region_code", "id"], name="survey_answers_of_a_place"),
            models.Index(fields=["station_id", "answered_at"], name="answers_about_a_station"),
        ]


class SurveyResult(PlacedRow):
    """调查结果: how many were asked, how many answered, and what came out, with its interval.

    Where too few answered, the numbers are not there at all, in no table and no figure.
    """

    append_only: ClassVar[bool] = True
    levels = marks(
        L2="id region_code provider_id station_id survey about audience closed_on drawn answered scored score_sum mean low"
        " high questions",
    )

    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    survey = models.ForeignKey(
        SatisfactionSurvey,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("满意度调查"),
    )
    about = models.CharField(_("结果对象"), max_length=10, choices=About.choices)
    audience = models.CharField(_("调查对象"), max_length=10, choices=Audience.choices)
    closed_on = models.DateField(_("结束日期"))
    drawn = models.PositiveIntegerField(_("应访人数"))
    answered = models.PositiveIntegerField(_("答卷数"))
    scored = models.PositiveIntegerField(_("计分答卷数"), null=True)
    score_sum = models.DecimalField(_("得分合计"), max_digits=12, decimal_places=2, null=True)
    mean = models.DecimalField(_("满意度"), max_digits=5, decimal_places=2, null=True)
    low = models.DecimalField(_("区间下限"), max_digits=5, decimal_places=2, null=True)
    high = models.DecimalField(_("区间上限"), max_digits=5, decimal_places=2, null=True)
    questions = models.JSONField(_("逐题结果"), default=list)

    class Meta(PlacedRow.Meta):
        verbose_name = _("调查结果")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "about", "station_id", "provider_id"],
                name="a_survey_has_one_result_about_each",
                nulls_distinct=False,
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "closed_on"], name="survey_results_of_a_place"),
            models.Index(fields=["station_id", "closed_on"], name="survey_results_of_a_station"),
        ]
