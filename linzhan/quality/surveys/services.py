"""Drawing whom to ask, writing down what they said, and the results (EVL-03, EVL-22).

An answer and the person it came from are written in one act and stand apart afterwards: the list says that
somebody answered, the answer says what, and nothing says which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.api import Resident
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.secrecy import blind_index
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.policy.api import NoRuling, Parameter, ruling_for
from linzhan.policy.api import quality as rulebook
from linzhan.providers.api import digest
from linzhan.quality.models import SatisfactionSurvey, SurveyAnswer, SurveyDraw, SurveyResult
from linzhan.quality.surveys import rules
from linzhan.quality.surveys.enums import About, Audience, Channel, DrawState, SurveyStage
from linzhan.quality.surveys.population import Ground, departments, served

SURVEYS: Final = "satisfaction-surveys"
AT_ONCE: Final = 500
NOT_GIVEN: Final = (DrawState.REFUSED, DrawState.MISSED)
T = TypeVar("T")
R = TypeVar("R", SurveyDraw, SurveyAnswer)


@stepped(SURVEYS)
def follow(taken: Taken) -> None:
    if taken.again:
        return
    survey = SatisfactionSurvey.objects.get(pk=taken.row_id)
    if taken.step.name == "draw":
        _draw(survey)
    elif taken.step.name == "close":
        _close(survey)


def draw_key(survey: SatisfactionSurvey) -> str:
    """What is drawn by beside the public seed: 32 hexadecimal digits, fixed when the survey is begun (ADR 0030).

    A station knows the seed and the codes of its people; with these alone it could work out whom to speak to.
    """
    return blind_index(f"survey-draw:{survey.pk}")[:32]


def draw_promise(survey: SatisfactionSurvey) -> str:
    """The mark of the key, for all to read before the draw: no other key fits it afterwards."""
    return digest(draw_key(survey))


def _lot(survey: SatisfactionSurvey) -> str:
    return f"{survey.seed}|{draw_key(survey)}"


def _draw(survey: SatisfactionSurvey) -> None:
    """Draw by the public seed and the key, and keep from whom it was drawn and by what numbers."""
    residents = survey.audience == Audience.RESIDENTS
    grounds = (
        served(survey.region_code, parse_period(survey.period))
        if residents
        else departments(survey.region_code, survey.respondents)
    )
    if not any(each.people for each in grounds):
        raise StepRefused(_("这个时段这里没有接受过服务的在册对象，没有人可抽"))
    margin, least = _sizing(survey)
    rows: list[SurveyDraw] = []
    for ground in grounds:
        number = len(ground.people)
        if residents:
            number = survey.per_station or max(rules.sample_needed(number, margin / 100), min(least, number))
        for code in rules.draw(_lot(survey), ground.key, ground.people, number):
            rows.append(_drawn(survey, ground, code, len(rows) + 1))
    SurveyDraw.objects.bulk_create(rows, batch_size=AT_ONCE)
    SatisfactionSurvey.objects.filter(pk=survey.pk).update(
        drawn_on=timezone.localdate(),
        population={each.key: sorted(each.people) for each in grounds},
        sizing={"margin": margin, "least": least, "confidence": 95, "per_station": survey.per_station},
    )


def _drawn(survey: SatisfactionSurvey, ground: Ground, code: str, number: int) -> SurveyDraw:
    who, station = ground.people[code], ground.station
    return SurveyDraw(
        region_code=station.region_code if station is not None else survey.region_code,
        survey=survey,
        number=number,
        station_id=station.pk if station is not None else None,
        provider_id=station.provider_id if station is not None else None,
        resident_id=who.resident_id,
        resident_code=code if who.resident_id else "",
        respondent="" if who.resident_id else code,
        mark=digest(_lot(survey), ground.key, code),
    )


def drawn_again(survey: SatisfactionSurvey) -> bool:
    """Whether seed, key and kept population give those who stand on the list (before ADR 0030: seed alone)."""
    marks = set(SurveyDraw.objects.filter(survey=survey).values_list("mark", flat=True))
    return any(marks == _marks_again(survey, lot, marks) for lot in (_lot(survey), survey.seed))


def _marks_again(survey: SatisfactionSurvey, lot: str, marks: Collection[str]) -> set[str]:
    """One mark for each of the population: of each station the first, as many as were drawn there (``rules.draw``)."""
    again: set[str] = set()
    for key, people in survey.population.items():
        each = sorted(digest(lot, key, code) for code in people)
        again.update(each[: sum(mark in marks for mark in each)])
    return again


def _sizing(survey: SatisfactionSurvey) -> tuple[float, int]:
    margin = _ruled(rulebook.SURVEY_MARGIN, survey)
    if not margin:
        raise StepRefused(_("规则里没有“满意度调查允许误差”，请先设定，或填写每站抽取"))
    return float(margin), _ruled(rulebook.SURVEY_LEAST, survey) or 0


def _ruled(parameter: Parameter[T], survey: SatisfactionSurvey) -> T | None:
    try:
        return ruling_for(parameter, region=survey.region_code, on=timezone.localdate()).value
    except NoRuling:
        return None


def answer(drawn: SurveyDraw, channel: Channel, given: Sequence[str], *, at: datetime | None = None) -> None:
    """Write down what somebody drawn answered. Raises :class:`StepRefused` (Chinese).

    The answer carries the time of it and, of a call, a mark of the number, for checks of plausibility. One that
    came by link carries its day only: nobody wrote it down for somebody else, and its minute would say whose it is.
    """
    with transaction.atomic():
        row, survey = _waiting(drawn)
        questions = rules.questions_of(survey.questions)
        kept, faults = rules.checked(questions, given)
        if faults:
            raise StepRefused("；".join(faults))
        moment = at or timezone.now()
        SurveyAnswer.objects.create(
            id=uuid4(),  # a key by time would lead back to the list
            region_code=row.region_code,
            survey=survey,
            station_id=row.station_id,
            provider_id=row.provider_id,
            channel=channel,
            answers=kept,
            score=rules.score_of(questions, kept),
            answered_at=_day_of(moment) if channel == Channel.LINK else moment,
            phone_mark=_phone_mark(row, channel),
        )
        _settle(row, DrawState.ANSWERED, channel, moment)


def not_answered(drawn: SurveyDraw, state: DrawState, channel: Channel) -> None:
    """Somebody drawn did not want to answer, or could not be reached: the response rate counts them."""
    if state not in NOT_GIVEN:
        raise StepRefused(_("请选“谢绝”或“联系不上”"))
    with transaction.atomic():
        row, _survey = _waiting(drawn)
        _settle(row, state, channel, timezone.now())


def _waiting(drawn: SurveyDraw) -> tuple[SurveyDraw, SatisfactionSurvey]:
    row = SurveyDraw.objects.select_for_update().get(pk=drawn.pk)
    survey = SatisfactionSurvey.objects.get(pk=row.survey_id)
    if survey.stage != SurveyStage.OPEN:
        raise StepRefused(_("这次调查现为“%s”，不能再录入答卷") % survey.stage)
    if row.state == DrawState.ANSWERED:
        raise StepRefused(_("%d 号已经答过，答卷不能改也不能再录一份") % row.number)
    return row, survey


def _settle(row: SurveyDraw, state: DrawState, channel: Channel, moment: datetime) -> None:
    row.state, row.channel, row.asked_on = state, channel, timezone.localdate(moment)
    row.save(update_fields=["state", "channel", "asked_on"])


def _day_of(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def _phone_mark(row: SurveyDraw, channel: Channel) -> str:
    if channel != Channel.PHONE or row.resident_id is None:
        return ""
    phone = Resident.objects.filter(pk=row.resident_id).values_list("phone", flat=True).first()
    return blind_index(phone) if phone else ""


def _close(survey: SatisfactionSurvey) -> None:
    """The results of the stations, the institutions and the whole, written once."""
    today = timezone.localdate()
    SurveyResult.objects.bulk_create(results_of(survey, today), batch_size=AT_ONCE)
    SatisfactionSurvey.objects.filter(pk=survey.pk).update(closed_on=today)


@dataclass(frozen=True, slots=True)
class _Counting:
    """What every result of a survey is counted by."""

    survey: SatisfactionSurvey
    least: int
    today: date
    sizes: Mapping[UUID | None, int]

    def of(
        self, about: About, draws: Sequence[SurveyDraw], papers: Sequence[SurveyAnswer], **place: Any
    ) -> SurveyResult:
        scores = [each.score for each in papers if each.score is not None]
        stations = {each.station_id for each in draws}
        found = rules.outcome(scores, sum(self.sizes.get(each, 0) for each in stations), self.least)
        questions = rules.questions_of(self.survey.questions)
        return SurveyResult(
            survey=self.survey,
            about=about,
            audience=self.survey.audience,
            closed_on=self.today,
            drawn=len(draws),
            answered=sum(each.state == DrawState.ANSWERED for each in draws),
            questions=rules.by_question(questions, [each.answers for each in papers], self.least)
            if found
            else [],
            scored=found.scored if found else None,
            score_sum=found.total if found else None,
            mean=found.mean if found else None,
            low=found.low if found else None,
            high=found.high if found else None,
            **{"region_code": self.survey.region_code, **place},
        )


def results_of(survey: SatisfactionSurvey, today: date) -> list[SurveyResult]:
    """Results not stored yet. Institutions and the whole are made of stations that are shown themselves, so that
    nobody finds out what is hidden by taking one from the other; who was asked and answered counts everywhere."""
    draws = list(SurveyDraw.objects.filter(survey=survey).order_by("number"))
    of_station: dict[UUID | None, list[SurveyAnswer]] = defaultdict(list)
    for each in SurveyAnswer.objects.filter(survey=survey):
        of_station[each.station_id].append(each)
    counting = _Counting(survey, _ruled(rulebook.SURVEY_HIDDEN, survey) or 1, today, _sizes(survey))
    counted = [
        paper
        for papers in of_station.values()
        if sum(each.score is not None for each in papers) >= counting.least
        for paper in papers
    ]
    made = []
    for station, own in _apart(draws, "station_id").items():
        place = {"region_code": own[0].region_code, "station_id": station, "provider_id": own[0].provider_id}
        made.append(counting.of(About.STATION, own, of_station[station], **place))
    told = _apart(counted, "provider_id")
    for provider, own in _apart(draws, "provider_id").items():
        made.append(counting.of(About.PROVIDER, own, told.get(provider, []), provider_id=provider))
    return [*made, counting.of(About.WHOLE, draws, counted)]


def _apart(rows: Iterable[R], line: str) -> dict[UUID, list[R]]:
    """Rows by whom they belong to, in order; those of nobody are left out."""
    found: dict[UUID, list[R]] = defaultdict(list)
    for each in rows:
        if (owner := getattr(each, line)) is not None:
            found[owner].append(each)
    return found


def _sizes(survey: SatisfactionSurvey) -> dict[UUID | None, int]:
    """How many could have been asked about each station."""
    ids = SurveyDraw.objects.filter(survey=survey, station_id__isnull=False).values("station_id")
    keys = {
        f"{region[:6]}/{code}": pk
        for pk, region, code in Station.objects.filter(pk__in=ids).values_list("pk", "region_code", "code")
    }
    return {keys.get(key) if key else None: len(people) for key, people in survey.population.items()}
