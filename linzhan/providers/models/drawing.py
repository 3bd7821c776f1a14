"""双随机、一公开: who may inspect, what was drawn from which seed, and what was found (INS-08)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, marks, unique_in_county
from linzhan.providers.enums import Conclusion, DrawStage
from linzhan.providers.models.institutions import Provider
from linzhan.providers.models.rows import CodedRow, institution, list_of, maybe_count, maybe_day, word, words


class Inspector(CodedRow):
    """检查人员: somebody who may be drawn to inspect, and the institutions that they must keep away from."""

    levels = marks(L1="id region_code county_code code unit active", L2="name speciality conflict_reason")

    name = models.CharField(_("姓名"), max_length=200)
    unit = models.CharField(_("单位"), max_length=200)
    speciality = word(_("专长"))
    active = models.BooleanField(_("在库"), null=True, default=True)
    conflict_reason = words(_("回避原因"))

    class Meta(CodedRow.Meta):
        verbose_name = _("检查人员")
        constraints: ClassVar = [unique_in_county("an_inspector_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="inspectors_of_a_place")]


class InspectorConflict(PlacedRow):
    """An institution that an inspector must not inspect: employed or serving there, or an interest in it."""

    place_provider: ClassVar[str] = ""
    levels = marks(L2="id region_code inspector provider")

    inspector = models.ForeignKey(
        Inspector, on_delete=models.CASCADE, related_name="+", verbose_name=_("检查人员")
    )
    provider = models.ForeignKey(
        Provider, on_delete=models.CASCADE, related_name="+", verbose_name=_("承接机构")
    )

    class Meta(PlacedRow.Meta):
        verbose_name = _("检查人员回避机构")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["inspector", "provider"], name="an_inspector_keeps_away_from_an_institution_once"
            )
        ]


class RandomInspection(CodedRow):
    """双随机抽查: one draw. ``population`` are the credit codes it was drawn from, so that it can be repeated."""

    levels = marks(
        L1="id region_code county_code code name year stage kinds percent number per_subject accounting_firm seed"
        " seed_source seeded_on population population_count drawn_on published_on published_at closed_on",
    )

    name = models.CharField(_("抽查名称"), max_length=200)
    year = models.PositiveSmallIntegerField(_("年度"))
    stage = models.CharField(
        _("阶段"), max_length=10, choices=DrawStage.choices, default=DrawStage.PLANNED.value
    )
    kinds = list_of(_("抽查的机构类型"))
    percent = models.DecimalField(_("抽查比例"), max_digits=5, decimal_places=2, null=True, blank=True)
    number = maybe_count(_("抽查家数"))
    per_subject = models.PositiveSmallIntegerField(_("每家检查人员数"), default=2)
    accounting_firm = word(_("会计师事务所"))
    seed = word(_("随机种子"))
    seed_source = word(_("种子来源"))
    seeded_on = maybe_day(_("种子公布日期"))
    population = words(_("抽查总体"))
    population_count = maybe_count(_("总体家数"))
    drawn_on = maybe_day(_("抽取日期"))
    published_on = maybe_day(_("名单公开日期"))
    published_at = word(_("公开渠道"), 500)
    closed_on = maybe_day(_("结果公开日期"))

    class Meta(CodedRow.Meta):
        verbose_name = _("双随机抽查")
        constraints: ClassVar = [unique_in_county("a_draw_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="draws_of_a_place")]


class DrawnInstitution(CodedRow):
    """抽查对象: an institution that was drawn, who inspects it, and what was found."""

    levels = marks(
        L1="id region_code county_code code draw provider place digest conclusion inspected_on",
        L2="inspectors excluded findings",
    )

    draw = models.ForeignKey(
        RandomInspection, on_delete=models.PROTECT, related_name="+", verbose_name=_("双随机抽查")
    )
    provider = institution()
    place = models.PositiveIntegerField(_("抽取序号"), null=True, blank=True)
    digest = word(_("抽取摘要"), 64)
    inspectors = list_of(_("检查人员"))
    excluded = list_of(_("回避人员"))
    conclusion = models.CharField(
        _("检查结论"), max_length=10, choices=Conclusion.choices, blank=True, default=""
    )
    inspected_on = maybe_day(_("检查日期"))
    findings = words(_("发现问题"))

    class Meta(CodedRow.Meta):
        verbose_name = _("抽查对象")
        constraints: ClassVar = [
            unique_in_county("a_drawn_institution_code_is_unique_in_its_county"),
            models.UniqueConstraint(fields=["draw", "provider"], name="an_institution_is_drawn_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="drawn_institutions_of_a_place")]
