"""In which surveys a reader asks people: an official in those of the area, an evaluator in those that name them.

An evaluator sees a place for other reasons too (a round, another survey), and with it whom this one drew there.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest

from linzhan.accounts.api import Role
from linzhan.office.requests import at_desk, holds
from linzhan.quality.api import ASK_PEOPLE, SatisfactionSurvey


def asks_in(request: HttpRequest, askers: Sequence[str]) -> bool:
    """Whether the reader asks in a survey that names ``askers`` (EVL-11, EVL-22)."""
    held = at_desk(request).appointment
    if held is None or not holds(request, ASK_PEOPLE):
        return False
    return held.role != Role.EVALUATOR or request.user.get_username() in askers


def asked_survey(request: HttpRequest, survey_id: UUID) -> SatisfactionSurvey:
    """404 for a survey that is not there for the reader, and for one in which they do not ask."""
    held = SatisfactionSurvey.objects.filter(pk=survey_id).first()
    if held is None or not asks_in(request, held.askers):
        raise Http404
    return held
