"""Flags, the signatures by which texts and photos are compared, and call-back samples (``domain.md`` §14)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.oversight.plausibility.enums import OVER, UNSETTLED, CallStage, FlagStage, Said, SampleStage
from linzhan.oversight.rights import SEE_CALLBACKS, SEE_FLAGS


class PlausibilityFlag(PlacedRow):
    """疑点: a question that a check asks about one set of records, once, until it is answered and settled.

    ``person_id`` is the worker whom it concerns; they see it as their own and answer first. ``key`` tells one
    set apart from the check's others. ``holds`` says whether the last run that could see it found it.
    """

    circle: ClassVar[str] = SEE_FLAGS
    history: ClassVar[bool] = False
    place_person: ClassVar[str] = "person_id"
    levels = marks(
        L2="id region_code county_code station_id provider_id code rule key clause rulings since opened_on"
        " answer_by stage replied_on settled_on holds checked_on rows_count",
        L3="person_id message facts rows reply decision",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    person_id = models.UUIDField(_("有关社工"), null=True, blank=True)
    code = models.CharField(_("疑点编号"), max_length=64, db_collation="C")
    rule = models.CharField(_("核对"), max_length=8, db_collation="C")
    key = models.CharField(_("识别键"), max_length=200, db_collation="C")
    message = models.TextField(_("说明"))
    clause = models.TextField(_("依据"), blank=True, default="")
    rulings = models.JSONField(_("所用参数"), default=dict)
    facts = models.JSONField(_("数值"), default=dict)
    rows = models.JSONField(_("所据记录"), default=list)
    rows_count = models.PositiveIntegerField(_("所据记录数"), default=0)
    since = models.DateField(_("情形日期"))
    opened_on = models.DateField(_("提出日期"))
    answer_by = models.DateField(_("说明期限"))
    stage = models.CharField(
        _("状态"), max_length=10, choices=FlagStage.choices, default=FlagStage.ASKED.value
    )
    reply = models.CharField(_("社工说明"), max_length=500, blank=True, default="")
    replied_on = models.DateField(_("说明日期"), null=True, blank=True)
    decision = models.CharField(_("核实意见"), max_length=500, blank=True, default="")
    settled_on = models.DateField(_("核实日期"), null=True, blank=True)
    holds = models.BooleanField(_("仍然成立"), default=True)
    checked_on = models.DateField(_("最近核对日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("疑点")
        constraints: ClassVar = [
            unique_in_county("a_flag_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["rule", "key"],
                condition=~Q(stage__in=OVER) | Q(holds=True),
                name="a_set_of_records_has_one_living_flag",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "rule"], name="flags_of_a_place"),
            models.Index(fields=["county_code", "-id"], name="flags_of_a_county"),
            models.Index(
                fields=["station_id", "-since"],
                name="flags_of_a_station",
                condition=Q(station_id__isnull=False),
            ),
            models.Index(
                fields=["person_id", "-id"], name="flags_about_a_worker", condition=Q(person_id__isnull=False)
            ),
            models.Index(fields=["answer_by"], name="flags_to_be_settled", condition=Q(stage__in=UNSETTLED)),
        ]

    def __str__(self) -> str:
        return self.code


class TextSignature(PlacedRow):
    """文本签名: by what the note of a record is compared with others, and which earlier one it is like.

    ``digest`` tells that the note is still the one that was signed; ``bands`` are 32 hashes of four minima
    each (MinHash, 128 permutations). Nothing of the text can be read from them. ``same_*`` is the earlier
    note of the same worker, ``other_*`` of another; ``*_root`` is the first of the cluster.
    """

    history: ClassVar[bool] = False
    levels = marks(
        L2="id region_code station_id provider_id record_id worker_id started_at digest text_hash bands"
        " same_as same_root same_share other_as other_root other_share",
    )

    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    record_id = models.UUIDField(_("服务记录"), unique=True)
    worker_id = models.UUIDField(_("社工"), null=True)
    started_at = models.DateTimeField(_("开始时间"))
    digest = models.CharField(_("原文摘要"), max_length=32, db_collation="C")
    text_hash = models.BigIntegerField(_("正文散列"))
    bands = models.BinaryField(_("签名"), default=b"")
    same_as = models.UUIDField(_("与本人哪条相似"), null=True)
    same_root = models.UUIDField(_("本人相似的第一条"), null=True)
    same_share = models.FloatField(_("相似度"), null=True)
    other_as = models.UUIDField(_("与他人哪条相似"), null=True)
    other_root = models.UUIDField(_("他人相似的第一条"), null=True)
    other_share = models.FloatField(_("与他人相似度"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("文本签名")
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["region_code", "started_at"], name="signatures_of_a_place"),
            models.Index(
                fields=["same_as"], name="texts_like_an_own_one", condition=Q(same_as__isnull=False)
            ),
            models.Index(
                fields=["other_as"], name="texts_like_anothers", condition=Q(other_as__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.record_id)


class UncomparedSignatures(PlacedRow):
    """待比签名: the signatures of a place from ``since`` on are not yet held against the others.

    Written before the first note of a run is signed, gone with the comparison: a run that broke off is gone on with.
    """

    history: ClassVar[bool] = False
    levels = marks(L2="id region_code since")

    since = models.UUIDField(_("自哪个签名起"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("待比签名")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code"], name="a_place_is_compared_from_one_signature_on")
        ]

    def __str__(self) -> str:
        return str(self.region_code)


class PhotoSignature(PlacedRow):
    """照片签名: the 64-bit difference hash of a photo, and the earlier photo of the station that it is like."""

    history: ClassVar[bool] = False
    levels = marks(L2="id region_code station_id provider_id photo_id record_id bits like_record distance")

    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    photo_id = models.UUIDField(_("照片"), unique=True)
    record_id = models.UUIDField(_("服务记录"))
    bits = models.BigIntegerField(_("差异散列"), null=True)
    like_record = models.UUIDField(_("与哪条记录的照片相似"), null=True)
    distance = models.PositiveSmallIntegerField(_("相差位数"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("照片签名")
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["region_code", "record_id"], name="photo_signatures_of_a_place"),
            models.Index(fields=["station_id", "id"], name="photo_signatures_of_a_station"),
        ]

    def __str__(self) -> str:
        return str(self.photo_id)


class CallbackSample(PlacedRow):
    """回访抽样: services of a place and a time, drawn by formula from a seed that anybody can draw again with."""

    circle: ClassVar[str] = SEE_CALLBACKS
    history: ClassVar[bool] = False
    levels = marks(
        L2="id region_code county_code code title begins_on ends_on seed stage population size drawn_on digest"
        " finished_on summary"
    )

    county_code = county_of_region()
    code = models.CharField(_("抽样编号"), max_length=64, db_collation="C")
    title = models.CharField(_("名称"), max_length=200)
    begins_on = models.DateField(_("服务日期起"))
    ends_on = models.DateField(_("服务日期止"))
    seed = models.CharField(_("随机种子"), max_length=64)
    stage = models.CharField(
        _("状态"), max_length=10, choices=SampleStage.choices, blank=True, default=SampleStage.DRAFT.value
    )
    population = models.PositiveIntegerField(_("总体"), null=True, blank=True)
    size = models.PositiveIntegerField(_("样本量"), null=True, blank=True)
    drawn_on = models.DateField(_("抽取日期"), null=True, blank=True)
    digest = models.CharField(_("抽取摘要"), max_length=64, blank=True, default="", db_collation="C")
    finished_on = models.DateField(_("完成日期"), null=True, blank=True)
    summary = models.TextField(_("结果说明"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("回访抽样")
        constraints: ClassVar = [unique_in_county("a_callback_sample_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "-begins_on"], name="samples_of_a_place")]

    def __str__(self) -> str:
        return self.title


class Callback(PlacedRow):
    """电话回访: one drawn service, and what was said on the telephone. The number stays on the person's file."""

    circle: ClassVar[str] = SEE_CALLBACKS
    history: ClassVar[bool] = False
    levels = marks(
        L2="id region_code county_code station_id provider_id sample code record_id worker_ids flagged stage"
        " visited same_day same_service satisfied mismatch called_on",
        L3="resident_id remark",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    sample = models.ForeignKey(
        CallbackSample, on_delete=models.PROTECT, related_name="+", verbose_name=_("回访抽样")
    )
    code = models.CharField(_("回访编号"), max_length=64, db_collation="C")
    record_id = models.UUIDField(_("服务记录"))
    resident_id = models.UUIDField(_("服务对象"))
    worker_ids = ArrayField(models.UUIDField(), verbose_name=_("提供服务的社工"), default=list)
    flagged = models.BooleanField(_("有疑点"), default=False)
    stage = models.CharField(
        _("状态"), max_length=10, choices=CallStage.choices, default=CallStage.WAITING.value
    )
    visited = models.CharField(_("来过吗"), max_length=4, choices=Said.choices, blank=True, default="")
    same_day = models.CharField(_("日期对吗"), max_length=4, choices=Said.choices, blank=True, default="")
    same_service = models.CharField(_("事项对吗"), max_length=4, choices=Said.choices, blank=True, default="")
    satisfied = models.CharField(_("满意吗"), max_length=4, choices=Said.choices, blank=True, default="")
    mismatch = models.BooleanField(_("与记录不符"), null=True, blank=True)
    called_on = models.DateField(_("回访日期"), null=True, blank=True)
    remark = models.CharField(_("备注"), max_length=500, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("电话回访")
        constraints: ClassVar = [
            unique_in_county("a_callback_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["sample", "record_id"], name="a_service_is_drawn_once_in_a_sample"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "-id"], name="callbacks_of_a_place"),
            models.Index(fields=["station_id", "called_on"], name="callbacks_of_a_station"),
        ]

    def __str__(self) -> str:
        return self.code
