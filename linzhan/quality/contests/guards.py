"""What must be so before a season goes on: Chinese sentences that say what is missing (EVL-14, EVL-17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linzhan.kernel.periods import Grain, parse_period
from linzhan.quality.contests.ruling import contest_faults, contest_rules
from linzhan.quality.enums import SubjectKind
from linzhan.quality.models import ContestSeason, EvaluationRound
from linzhan.quality.rounds.enums import Publication, RoundStage
from linzhan.quality.schemes import catalogue

Row = Mapping[str, Any]
NAMED: Final = 5
WIDER: Final = [Publication.OFFICIALS.value, Publication.SUBJECTS.value, Publication.PUBLIC.value]
TAKERS: Final = (SubjectKind.STATION, SubjectKind.PROVIDER)


def quarter_fault(text: str) -> str:
    """Why the period ``text`` is not a quarter."""
    return "" if parse_period(text).grain is Grain.QUARTER else _("请写一个季度，如 2021Q3")


def openable(row: Row) -> str:
    """A scheme of four aspects by the place's weights, whose subjects are stations or institutions."""
    scheme = catalogue.scheme_of(str(row["scheme"]))
    if scheme is None:
        return _("没有找到比赛方案“%s”：请选用平台自带的或已发布的方案") % str(row["scheme"])
    if scheme.subject not in TAKERS:
        return _("比赛只在站点之间或机构之间进行，方案评的是“%s”") % scheme.subject
    strange = contest_faults(scheme, _region(row))
    return _("不能作比赛方案：%s") % "；".join(strange[:NAMED]) if strange else ""


def rankable(row: Row) -> str:
    """Judged, told, objected to and settled: only then is anybody ranked."""
    held = EvaluationRound.objects.filter(pk__in=_season(row).values("round")).first()
    if held is None:
        return _("这个赛季还没有评估轮次，请先开赛")
    if held.stage != RoundStage.FINAL:
        told = {"name": held.name, "stage": held.stage}
        return _("“%(name)s”现为“%(stage)s”：评分、告知、申诉复核、定稿以后才能排名") % told
    return ""


def publishable(row: Row) -> str:
    """No wider than the place rules; without a word the narrowest that it knows."""
    asked = str(row["publication"] or "")
    allowed = contest_rules(_region(row)).publication or WIDER[0]
    if asked and WIDER.index(asked) > WIDER.index(allowed):
        return (
            _("当地规定排名最多公布到“%s”；要扩大范围，请先在规则里修改“一季一赛排名最多公布到哪里”")
            % allowed
        )
    return ""


def _season(row: Row) -> QuerySet[ContestSeason]:
    return ContestSeason.objects.filter(pk=row["id"])


def _region(row: Row) -> str:
    return str(_season(row).get().region_code)
