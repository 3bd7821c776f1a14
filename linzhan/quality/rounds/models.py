"""Rounds, those evaluated, those who evaluate, what was found and what was given (EVL-03…12).

A round and its team stand at the place that holds it and are read in the places below. Those evaluated stand
where they are, so that an institution or a station sees its own result along its own line and nobody else's.
What single evaluators gave is the area's alone.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, RegionCodeField, county_of_region, marks, unique_in_county
from linzhan.network.api import HeldBelowRow
from linzhan.quality.enums import ResultGrade, SubjectKind
from linzhan.quality.rounds.enums import Application, ObjectionStage, Publication, RoundKind, RoundStage
from linzhan.quality.schemes.enums import FileKind
from linzhan.quality.schemes.models import EMPTY


def _text(label: object) -> models.TextField[str, str]:
    return models.TextField(label, blank=True, default="")  # type: ignore[arg-type]  # a lazy text


def _word(label: object, choices: type[models.TextChoices] | None = None) -> models.CharField[str, str]:
    listed = choices.choices if choices is not None else None
    return models.CharField(label, max_length=200, choices=listed, blank=True, default="")  # type: ignore[arg-type]  # as above


def _day(label: object) -> models.DateField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.DateField(label, null=True, blank=True)  # type: ignore[arg-type]  # as above


def _mark(label: object) -> models.DecimalField:  # type: ignore[type-arg]  # as above
    """Points, two decimals; not known is NULL, never 0."""
    return models.DecimalField(label, max_digits=8, decimal_places=2, null=True, blank=True)  # type: ignore[arg-type]


def _words(label: object) -> ArrayField:  # type: ignore[type-arg]  # as above
    return ArrayField(models.CharField(max_length=200), verbose_name=label, default=list, blank=True)  # type: ignore[arg-type]


class EvaluationRound(HeldBelowRow):
    """评估轮次: a place evaluates subjects of one kind over a period, by one scheme, in stages.

    ``definition`` is the scheme as it stood when the round was notified; ``evidence_digest`` the mark of all
    that was collected, so that a change of either is noticed when the round is computed again.
    """

    levels = marks(
        L2="id region_code county_code code name kind period scheme evaluator draw_percent draw_number draw_each"
        " seed seed_source left_out left_out_reason stage notified_on self_due scoring_due told_on objection_by"
        " finalised_on publication uses use_note published_on summary definition population as_of evidence_at"
        " evidence_digest circular",
    )

    county_code = county_of_region()
    code = models.CharField(_("轮次编号"), max_length=64, db_collation="C")
    name = models.CharField(_("轮次名称"), max_length=200)
    kind = models.CharField(_("评估类型"), max_length=10, choices=RoundKind.choices)
    period = models.CharField(_("评估期"), max_length=40)
    scheme = models.CharField(_("评估方案"), max_length=64, db_collation="C")
    evaluator = models.CharField(_("评估机构"), max_length=200)
    draw_percent = models.DecimalField(_("抽取比例"), max_digits=5, decimal_places=2, null=True, blank=True)
    draw_number = models.PositiveIntegerField(_("抽取数量"), null=True, blank=True)
    draw_each = models.PositiveIntegerField(_("每县至少"), null=True, blank=True)
    seed = _word(_("随机种子"))
    seed_source = _word(_("种子来源"))
    left_out = _words(_("全轮不计的计分项"))
    left_out_reason = _text(_("不计的理由"))
    stage = models.CharField(
        _("阶段"), max_length=10, choices=RoundStage.choices, default=RoundStage.DRAFT, blank=True
    )
    notified_on = _day(_("通知日期"))
    self_due = _day(_("自评截止"))
    scoring_due = _day(_("评分截止"))
    told_on = _day(_("告知日期"))
    objection_by = _day(_("申诉截止"))
    finalised_on = _day(_("定稿日期"))
    publication = _word(_("公布范围"), Publication)
    uses = ArrayField(
        models.CharField(max_length=10, choices=Application.choices),
        verbose_name=_("结果运用"),
        default=list,
        blank=True,
    )
    use_note = _text(_("运用说明"))
    published_on = _day(_("公布日期"))
    summary = _text(_("总结"))
    definition = models.JSONField(_("方案内容"), default=dict, db_default=EMPTY, blank=True)
    population = models.TextField(_("抽取总体"), blank=True, db_default="")
    as_of = _day(_("取数日期"))
    evidence_at = models.DateTimeField(_("证据锁定时间"), null=True, blank=True)
    evidence_digest = models.CharField(_("证据摘要"), max_length=64, blank=True, db_default="")
    circular = models.JSONField(_("通报内容"), default=dict, db_default=EMPTY, blank=True)

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("评估轮次")
        constraints: ClassVar = [unique_in_county("a_round_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="rounds_of_a_place"),
            models.Index(fields=["county_code", "id"], name="rounds_of_a_county"),
        ]

    def __str__(self) -> str:
        return self.name


class RoundSubject(PlacedRow):
    """评估对象: who is evaluated in a round, and what came out. Its place is the subject's.

    ``told`` is the result line by line as it was told and, after objections, as it became final.
    """

    levels = marks(
        L2="id region_code county_code provider_id station_id round code subject_kind subject_id subject_code name"
        " mark statement vetoes veto_reason bonus bonus_reason penalty penalty_reason raw final_points grade grade_called"
        " reply replied_on",
        L3="told",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    round = models.ForeignKey(
        EvaluationRound, on_delete=models.PROTECT, related_name="+", verbose_name=_("评估轮次")
    )
    code = models.CharField(_("对象序号"), max_length=64, db_collation="C")
    subject_kind = models.CharField(_("对象类型"), max_length=10, choices=SubjectKind.choices)
    subject_id = models.UUIDField(_("对象"), null=True, blank=True)
    subject_code = RegionCodeField(_("对象区划"), blank=True, default="")
    name = _word(_("对象名称"))
    mark = models.CharField(_("抽取标记"), max_length=64, blank=True, db_default="")
    statement = _text(_("自评说明"))
    vetoes = _words(_("一票否决事项"))
    veto_reason = _text(_("否决依据"))
    bonus = _mark(_("加分"))
    bonus_reason = _text(_("加分理由"))
    penalty = _mark(_("扣分"))
    penalty_reason = _text(_("扣分理由"))
    raw = _mark(_("折算得分"))
    final_points = _mark(_("总分"))
    grade = models.CharField(_("等级"), max_length=10, choices=ResultGrade.choices, blank=True, db_default="")
    grade_called = models.CharField(_("当地等级"), max_length=200, blank=True, db_default="")
    told = models.JSONField(_("逐项结果"), default=dict, db_default=EMPTY, blank=True)
    reply = _text(_("陈述意见"))
    replied_on = _day(_("陈述日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("评估对象")
        constraints: ClassVar = [
            unique_in_county("a_round_subject_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["round", "subject_id", "subject_code"],
                name="a_subject_stands_once_in_a_round",
                nulls_distinct=False,
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "region_code"], name="subjects_of_a_round"),
            models.Index(fields=["region_code", "id"], name="round_subjects_of_a_place"),
            models.Index(fields=["county_code", "id"], name="round_subjects_of_a_county"),
            models.Index(fields=["station_id", "id"], name="round_subjects_of_a_station"),
            models.Index(fields=["subject_id"], name="rounds_of_a_subject"),
        ]

    def __str__(self) -> str:
        return self.name or self.code


class RoundEvaluator(HeldBelowRow):
    """评估人员: somebody who scores in a round, for which side, and whom they must keep away from."""

    levels = marks(
        L2="id region_code county_code round code username side organisation speciality declared_on avoids"
        " avoids_reason",
        L3="name",
    )

    county_code = county_of_region()
    round = models.ForeignKey(
        EvaluationRound, on_delete=models.PROTECT, related_name="+", verbose_name=_("评估轮次")
    )
    code = models.CharField(_("人员序号"), max_length=64, db_collation="C")
    name = models.CharField(_("姓名"), max_length=64)
    username = models.CharField(_("账号"), max_length=64, blank=True, default="")
    side = models.CharField(_("评价方"), max_length=64)
    organisation = models.CharField(_("单位"), max_length=200)
    speciality = _word(_("专业"))
    declared_on = _day(_("独立性声明日期"))
    avoids = _words(_("须回避的对象"))
    avoids_reason = _text(_("回避原因"))

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("评估人员")
        constraints: ClassVar = [unique_in_county("an_evaluator_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["round"], name="evaluators_of_a_round"),
            models.Index(fields=["username"], name="rounds_of_an_evaluator"),
        ]

    def __str__(self) -> str:
        return self.name


class Evidence(PlacedRow):
    """评估证据: the number of one line of one subject, frozen with its definition when scoring began."""

    append_only: ClassVar[bool] = True
    levels = marks(L2="id region_code provider_id station_id subject line value target details")

    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    subject = models.ForeignKey(
        RoundSubject, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("评估对象")
    )
    line = models.CharField(_("计分项"), max_length=40, db_collation="C")
    value = models.DecimalField(_("数值"), max_digits=24, decimal_places=8, null=True)
    target = models.DecimalField(_("目标值"), max_digits=24, decimal_places=8, null=True)
    details = models.JSONField(_("取数说明"), default=dict)

    class Meta(PlacedRow.Meta):
        verbose_name = _("评估证据")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "line"], name="a_line_has_one_frozen_number")
        ]


class RoundFile(PlacedRow):
    """抽查档案: a file of a subject that was drawn for the experts to read. The area's, not the station's."""

    append_only: ClassVar[bool] = True
    levels = marks(L2="id region_code subject line kind file_id file_code mark place")

    subject = models.ForeignKey(
        RoundSubject, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("评估对象")
    )
    line = models.CharField(_("计分项"), max_length=40, db_collation="C")
    kind = models.CharField(_("档案类型"), max_length=10, choices=FileKind.choices)
    file_id = models.UUIDField(_("档案"))
    file_code = models.CharField(_("档案编号"), max_length=64, db_collation="C")
    mark = models.CharField(_("抽取标记"), max_length=64)
    place = models.PositiveSmallIntegerField(_("次序"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("抽查档案")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "line", "file_id"], name="a_file_is_drawn_once_for_a_line"
            )
        ]


class EvaluationScore(PlacedRow):
    """评分: what one evaluator gave one line of one subject, with the reason. The area's alone."""

    levels = marks(
        L2="id region_code county_code subject evaluator line points value sample population met absent",
        L3="reason",
    )

    county_code = county_of_region()
    subject = models.ForeignKey(
        RoundSubject, on_delete=models.PROTECT, related_name="+", verbose_name=_("评估对象")
    )
    evaluator = models.ForeignKey(
        RoundEvaluator, on_delete=models.PROTECT, related_name="+", verbose_name=_("评估人员")
    )
    line = models.CharField(_("计分项"), max_length=40, db_collation="C")
    points = _mark(_("得分"))
    value = models.DecimalField(_("实测值"), max_digits=14, decimal_places=4, null=True, blank=True)
    sample = models.PositiveIntegerField(_("样本数"), null=True, blank=True)
    population = models.PositiveIntegerField(_("应答总数"), null=True, blank=True)
    met = _words(_("符合的内容"))
    absent = models.BooleanField(_("不适用"), null=True, blank=True)
    reason = _text(_("评分依据"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("评分")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "line", "evaluator"], name="an_evaluator_scores_a_line_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="scores_of_a_place")]


class ScoreObjection(PlacedRow):
    """评估申诉: whoever was evaluated objects to a line; somebody who did not score it decides."""

    levels = marks(
        L2="id region_code county_code provider_id station_id code subject line raised_on decided_on new_points stage",
        L3="grounds decision",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    code = models.CharField(_("申诉编号"), max_length=64, db_collation="C")
    subject = models.ForeignKey(
        RoundSubject, on_delete=models.PROTECT, related_name="+", verbose_name=_("评估对象")
    )
    line = models.CharField(_("计分项"), max_length=40, db_collation="C")
    grounds = models.TextField(_("申诉理由"))
    raised_on = _day(_("提出日期"))
    stage = models.CharField(
        _("状态"), max_length=10, choices=ObjectionStage.choices, default=ObjectionStage.RAISED, blank=True
    )
    new_points = _mark(_("更正后得分"))
    decision = _text(_("处理意见"))
    decided_on = _day(_("处理日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("评估申诉")
        constraints: ClassVar = [unique_in_county("an_objection_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="score_objections_of_a_place"),
            models.Index(fields=["station_id", "id"], name="score_objections_of_a_station"),
        ]

    def __str__(self) -> str:
        return self.code
