"""Seasons of the contest, who stood where, what townships are compared by, and appraisals of lower governments.

A season stands at the place that holds it and is read below. Standings are the area's alone until the season
is published to those who took part; they are written once, when the season is ranked. There are no persons.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.network.api import HeldBelowRow
from linzhan.quality.contests.enums import AppraisalItem, SeasonStage, Terrain
from linzhan.quality.enums import SubjectKind
from linzhan.quality.rounds.enums import Publication
from linzhan.quality.rounds.models import EvaluationRound, RoundSubject
from linzhan.quality.schemes.models import EMPTY


class ContestSeason(HeldBelowRow):
    """赛季: the contest of one quarter. ``circular`` is what was published, as it was published."""

    levels = marks(
        L2="id region_code county_code code name period scheme organiser round stage ranked_on publication published_on"
        " remark rule circular",
    )

    county_code = county_of_region()
    code = models.CharField(_("赛季编号"), max_length=40, db_collation="C")
    name = models.CharField(_("赛季名称"), max_length=200)
    period = models.CharField(_("季度"), max_length=40)
    scheme = models.CharField(_("比赛方案"), max_length=64, db_collation="C")
    organiser = models.CharField(_("组织单位"), max_length=200)
    round = models.OneToOneField(
        EvaluationRound,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("评估轮次"),
    )
    stage = models.CharField(
        _("阶段"), max_length=10, choices=SeasonStage.choices, default=SeasonStage.PREPARED, blank=True
    )
    ranked_on = models.DateField(_("排名日期"), null=True, blank=True)
    publication = models.CharField(
        _("公布范围"), max_length=200, choices=Publication.choices, blank=True, default=""
    )
    published_on = models.DateField(_("通报日期"), null=True, blank=True)
    remark = models.TextField(_("通报附言"), blank=True, default="")
    rule = models.JSONField(_("比赛规则"), default=dict, db_default=EMPTY, blank=True)
    circular = models.JSONField(_("通报内容"), default=dict, db_default=EMPTY, blank=True)

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("赛季")
        constraints: ClassVar = [unique_in_county("a_season_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="seasons_of_a_place"),
            models.Index(fields=["county_code", "id"], name="seasons_of_a_county"),
        ]

    def __str__(self) -> str:
        return self.name


class ContestStanding(PlacedRow):
    """名次: where a station or institution stood at the end of a season; written once, never changed."""

    append_only: ClassVar[bool] = True
    place_provider: ClassVar[str] = ""
    place_station: ClassVar[str] = ""
    levels = marks(
        L2="id region_code season entrant subject_kind subject_id name aspects total rank flagged vetoed band band_rank"
        " band_size before_rank before_total",
    )

    season = models.ForeignKey(
        ContestSeason, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("赛季")
    )
    entrant = models.OneToOneField(
        RoundSubject, on_delete=models.PROTECT, related_name="+", verbose_name=_("评估对象")
    )
    subject_kind = models.CharField(_("对象类型"), max_length=10, choices=SubjectKind.choices)
    subject_id = models.UUIDField(_("对象"), null=True)
    name = models.CharField(_("对象名称"), max_length=200)
    aspects = models.JSONField(_("各方面得分"), default=dict)
    total = models.DecimalField(_("总成绩"), max_digits=8, decimal_places=2)
    rank = models.PositiveIntegerField(_("名次"))
    flagged = models.BooleanField(_("优胜红旗"), default=False)
    vetoed = models.BooleanField(_("一票否决"), default=False)
    band = models.CharField(_("同类组"), max_length=200, blank=True, default="")
    band_rank = models.PositiveIntegerField(_("组内名次"))
    band_size = models.PositiveIntegerField(_("组内个数"))
    before_rank = models.PositiveIntegerField(_("上季名次"), null=True)
    before_total = models.DecimalField(_("上季成绩"), max_digits=8, decimal_places=2, null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("赛季名次")
        indexes: ClassVar = [
            models.Index(fields=["season", "rank", "region_code"], name="standings_of_a_season"),
            models.Index(fields=["region_code", "season"], name="standings_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.rank}"


class PeerFact(PlacedRow):
    """乡镇情况: what a township is compared by, from its statistics; nothing is guessed."""

    levels = marks(L1="id region_code county_code code population terrain stated_on source")

    county_code = county_of_region()
    code = models.CharField(_("记录编号"), max_length=64, db_collation="C")
    population = models.PositiveIntegerField(_("常住人口"))
    terrain = models.CharField(_("地形"), max_length=10, choices=Terrain.choices, blank=True, default="")
    stated_on = models.DateField(_("数据日期"))
    source = models.CharField(_("数据来源"), max_length=200)

    class Meta(PlacedRow.Meta):
        verbose_name = _("乡镇情况")
        constraints: ClassVar = [unique_in_county("a_peer_fact_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "stated_on"], name="peer_facts_of_a_place"),
            models.Index(fields=["county_code", "id"], name="peer_facts_of_a_county"),
        ]

    def __str__(self) -> str:
        return self.code


class GovernmentAppraisal(PlacedRow):
    """对下考核: how a higher level appraised a lower government's station building in a year (EVL-20)."""

    levels = marks(L2="id region_code county_code code year appraiser item full score document clause note")

    county_code = county_of_region()
    code = models.CharField(_("考核编号"), max_length=64, db_collation="C")
    year = models.PositiveSmallIntegerField(_("考核年度"))
    appraiser = models.CharField(_("考核单位"), max_length=200)
    item = models.CharField(_("考核事项"), max_length=10, choices=AppraisalItem.choices)
    full = models.DecimalField(_("分值"), max_digits=6, decimal_places=2)
    score = models.DecimalField(_("得分"), max_digits=6, decimal_places=2, null=True, blank=True)
    document = models.CharField(_("依据文件"), max_length=200)
    clause = models.CharField(_("条款"), max_length=200, blank=True, default="")
    note = models.TextField(_("说明"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("对下考核")
        constraints: ClassVar = [
            unique_in_county("a_government_appraisal_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__lte=models.F("full")),
                name="an_appraisal_scores_no_more_than_its_full_marks",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "year"], name="appraisals_of_a_place"),
            models.Index(fields=["county_code", "id"], name="appraisals_of_a_county"),
        ]

    def __str__(self) -> str:
        return self.code
