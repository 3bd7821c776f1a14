"""Personal links: somebody drawn answers on their own phone, without an account (EVL-03, EVL-22).

The code of a link follows from the draw by the instance's secret, and only the mark of the code is stored, which
follows from the code by the same secret: whoever reads the database can neither make a code nor find one. A link
can be printed again, and leads nowhere before it was handed out.

A request with a code sees the one draw that bears its mark; a second scope, as wide as the place of that draw,
opens only for what the link is for, and in the name of nobody in particular.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linzhan.kernel.scope import Actor, Scope, acting, scope
from linzhan.kernel.secrecy import blind_index
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.quality.models import SatisfactionSurvey, SurveyDraw
from linzhan.quality.surveys.enums import Channel, DrawState, Standing, SurveyStage
from linzhan.quality.surveys.services import AT_ONCE, answer, not_answered

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's 32: nothing that is read for something else."""
LETTERS: Final = 16
"""Of five bits each: 80 bits."""
MISREAD: Final = str.maketrans("oil", "011", "- ")
RESPONDENT: Final = Actor(label="应访者", origin="链接")
STANDINGS: Final = {
    DrawState.WAITING: Standing.ASKED,
    DrawState.MISSED: Standing.ASKED,
    DrawState.REFUSED: Standing.REFUSED,
    DrawState.ANSWERED: Standing.ANSWERED,
}
LINKED: Final = (DrawState.WAITING, DrawState.MISSED)
"""Who gets a link: who neither answered nor said that they do not want to."""


@dataclass(frozen=True, slots=True)
class Link:
    """What goes to one who was drawn: the number by which to hand it out, and the code."""

    number: int
    station_id: UUID | None
    code: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code opens. ``station`` is the name of the one that is asked about; empty: all of the place."""

    drawn: SurveyDraw
    survey: SatisfactionSurvey
    station: str

    @property
    def standing(self) -> Standing:
        found = STANDINGS[DrawState(self.drawn.state)]
        over = self.survey.stage != SurveyStage.OPEN and found != Standing.ANSWERED
        return Standing.OVER if over else found


def code_of(draw: UUID) -> str:
    """The code of a draw's link; nobody makes it without the secret of the instance."""
    number = int(blind_index(f"survey-link:{draw}"), 16)
    return "".join(ALPHABET[(number >> 5 * place) & 31] for place in range(LETTERS))


def read_code(text: str) -> str:
    """A code as it was typed: capitals, hyphens and letters that look like digits; empty where it is none."""
    code = unicodedata.normalize("NFKC", text).lower().translate(MISREAD)
    return code if len(code) == LETTERS and set(code) <= set(ALPHABET) else ""


def door_of(code: str) -> UUID:
    """The mark by which the draw of a code is found."""
    return UUID(hex=blind_index(f"survey-door:{code}")[:32])


def to_be_linked(
    survey: SatisfactionSurvey, first: int | None = None, last: int | None = None
) -> QuerySet[SurveyDraw]:
    """Those drawn who may get a link, from one number to another."""
    rows = SurveyDraw.objects.filter(survey=survey, state__in=LINKED).order_by("number")
    rows = rows if first is None else rows.filter(number__gte=first)
    return rows if last is None else rows.filter(number__lte=last)


def issue_links(survey: SatisfactionSurvey, draws: Sequence[SurveyDraw]) -> list[Link]:
    """The links of ``draws``; from now on they open. Raises :class:`StepRefused` (Chinese)."""
    if survey.stage != SurveyStage.OPEN:
        raise StepRefused(_("这次调查现为“%s”，调查中才能印发链接") % survey.stage)
    links, changed = [], []
    for each in draws:
        code = code_of(each.pk)
        links.append(Link(each.number, each.station_id, code))
        if each.door != (door := door_of(code)):
            each.door = door
            changed.append(each)
    SurveyDraw.objects.bulk_update(changed, ["door"], batch_size=AT_ONCE)
    return links


def invited_by(text: str) -> Invitation | None:
    """What the code opens; nothing for a code that is none or was not handed out, whichever it is."""
    code = read_code(text)
    if not code:
        return None
    door = door_of(code)
    with scope(Scope(people=(str(door),))):
        drawn = SurveyDraw.objects.filter(door=door).first()
    if drawn is None:
        return None
    with _where_drawn(drawn):
        survey = SatisfactionSurvey.objects.defer("population").filter(pk=drawn.survey_id).first()
        station = Station.objects.filter(pk=drawn.station_id).first() if drawn.station_id else None
    return Invitation(drawn, survey, station.name if station else "") if survey is not None else None


def answer_by_link(found: Invitation, given: Sequence[str]) -> None:
    """Raises :class:`StepRefused` (Chinese): wrong answers, or the survey is over, or somebody was quicker."""
    with _where_drawn(found.drawn):
        answer(found.drawn, Channel.LINK, given)


def refuse_by_link(found: Invitation) -> None:
    with _where_drawn(found.drawn):
        not_answered(found.drawn, DrawState.REFUSED, Channel.LINK)


@contextmanager
def _where_drawn(drawn: SurveyDraw) -> Iterator[None]:
    """The place of the draw, in the name of a respondent: neither account nor network address."""
    with scope(Scope(regions=(drawn.region_code,))), acting(RESPONDENT):
        yield
