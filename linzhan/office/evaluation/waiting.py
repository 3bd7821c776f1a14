"""What of evaluation waits on the work bench."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from linzhan.accounts.api import Role
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty
from linzhan.quality.api import (
    ANSWER_DIAGNOSES,
    ASK_PEOPLE,
    DECIDE_OBJECTIONS,
    EDIT_SCORES,
    FINALISE_ROUNDS,
    OPEN_OBJECTIONS,
    RAISE_OBJECTIONS,
    ContestSeason,
    DiagnosisStage,
    PersonnelDiagnosis,
    RoundStage,
    RoundSubject,
    SatisfactionSurvey,
    ScoreObjection,
    SeasonStage,
    SurveyStage,
    seats_of,
)


@waiting("quality.seats", EDIT_SCORES)
def seats(reader: Reader) -> Waiting:
    """Rounds in which the reader has a seat."""
    return Waiting(
        seats_of(reader.username),
        lambda n: Duty(
            title=_("%d 个评估轮次等您评分") % n,
            url=reverse("office:seats"),
            note=_("平台已有的数据已经取好，您只评其余的"),
            verb=_("评分"),
        ),
        due="round__scoring_due",
    )


@waiting("quality.told", RAISE_OBJECTIONS)
def told(reader: Reader) -> Waiting:
    """Results that were told and not answered yet."""
    rows = RoundSubject.objects.filter(
        round__stage=RoundStage.TOLD, replied_on__isnull=True, round__objection_by__gte=reader.today
    )
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 份评估结果已告知，可以陈述意见") % n,
            url="/r/round-subjects/",
            note=_("逐项看依据；有异议的在期限内申诉"),
            verb=_("查看"),
        ),
        due="round__objection_by",
    )


@waiting("quality.objections", DECIDE_OBJECTIONS)
def objections(_reader: Reader) -> Waiting:
    rows = ScoreObjection.objects.filter(stage__in=OPEN_OBJECTIONS)
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 件评估申诉待处理") % n,
            url="/r/score-objections/",
            note=_("由没有评过这一项的人处理"),
            verb=_("处理"),
        ),
    )


@waiting("quality.seasons", FINALISE_ROUNDS)
def seasons(_reader: Reader) -> Waiting:
    """Seasons that are to be ranked or told."""
    rows = ContestSeason.objects.filter(
        Q(stage=SeasonStage.RANKED) | Q(stage=SeasonStage.OPEN, round__stage=RoundStage.FINAL)
    )
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 个赛季等排名或通报") % n,
            url="/r/contest-seasons/",
            note=_("评估轮次定稿后排名，再按当地规定的范围通报"),
            verb=_("办理"),
        ),
    )


@waiting("quality.surveys", ASK_PEOPLE)
def surveys(reader: Reader) -> Waiting:
    """Surveys whose people are still to be asked; an evaluator asks in those that name them."""
    rows = SatisfactionSurvey.objects.filter(stage=SurveyStage.OPEN)
    if reader.role == Role.EVALUATOR:
        rows = rows.filter(askers__contains=[reader.username])
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 次满意度调查正在进行") % n,
            url="/r/satisfaction-surveys/",
            note=_("按应访名单印发链接、访问，录入答卷"),
            verb=_("访问"),
        ),
    )


@waiting("quality.diagnoses", ANSWER_DIAGNOSES)
def diagnoses(_reader: Reader) -> Waiting:
    """Diagnoses that were told to the institution and not answered yet."""
    rows = PersonnelDiagnosis.objects.filter(stage=DiagnosisStage.TOLD)
    return Waiting(
        rows,
        lambda n: Duty(
            title=_("%d 份人员诊断已告知，可以陈述意见") % n,
            url="/r/personnel-diagnoses/",
            note=_("看取的数对不对，有不同意见的写明"),
            verb=_("陈述"),
        ),
    )
