"""Questions about surveys: who is still to be asked, and the results there are."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from linzhan.quality.models import SatisfactionSurvey, SurveyDraw, SurveyResult
from linzhan.quality.surveys.enums import Channel, DrawState


def draws_of(survey: SatisfactionSurvey) -> QuerySet[SurveyDraw]:
    return SurveyDraw.objects.filter(survey=survey).order_by("number")


def progress_of(survey: SatisfactionSurvey) -> dict[str, int]:
    """How many of those drawn are in which state, every state named."""
    counts = dict(
        SurveyDraw.objects.filter(survey=survey).order_by().values_list("state").annotate(n=Count("pk"))
    )
    return {state.value: counts.get(state.value, 0) for state in DrawState}


def channels_of(survey: SatisfactionSurvey) -> dict[str, int]:
    """How many answered by which channel, every channel named."""
    answered = SurveyDraw.objects.filter(survey=survey, state=DrawState.ANSWERED)
    counts = dict(answered.order_by().values_list("channel").annotate(n=Count("pk")))
    return {channel.value: counts.get(channel.value, 0) for channel in Channel}


def results_told(survey: SatisfactionSurvey) -> QuerySet[SurveyResult]:
    """Results as far as the reader sees them: a station its own, an institution its own and its stations'."""
    return SurveyResult.objects.filter(survey=survey).order_by("about", "region_code", "station_id")
