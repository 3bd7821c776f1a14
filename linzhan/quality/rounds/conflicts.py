"""Whom an evaluator must keep away from: by their declaration, and by what the platform knows (EVL-11).

Nobody scores where they hold an appointment or were employed within the years that the place sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.accounts.api import account, appointments_of
from linzhan.network.api import Station
from linzhan.policy.api import NoRuling, ruling_for
from linzhan.policy.api import quality as rulebook
from linzhan.procurement.api import ServiceProject
from linzhan.providers.api import Provider
from linzhan.quality.enums import SubjectKind
from linzhan.quality.models import EvaluationRound, RoundEvaluator, RoundSubject
from linzhan.quality.rounds.rules import avoids, served_recently
from linzhan.workforce.api import Posting, SocialWorker

Reasons = Mapping[UUID, Mapping[UUID, str]]
"""Evaluator to subject (both by the ids of their rows) to why."""


def conflicts(
    held: EvaluationRound, team: Sequence[RoundEvaluator], subjects: Sequence[RoundSubject]
) -> Reasons:
    """Whom each of ``team`` must not score among ``subjects``."""
    today = timezone.localdate()
    codes = _codes(subjects)
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    for each in team:
        ties = _ties(each, today, _years(held, today)) if each.username else set()
        for subject in subjects:
            if avoids(each.avoids, codes.get(subject.pk, ""), subject.name):
                found[each.pk][subject.pk] = _("本人声明须回避")
            elif ties & {subject.station_id, subject.provider_id, subject.subject_id} - {None}:
                found[each.pk][subject.pk] = _("在这里任职，或近年在这里工作过")
    return found


def _ties(evaluator: RoundEvaluator, today: date, years: int) -> set[UUID | None]:
    """Stations and institutions where the holder of the account serves or served."""
    user = account(username=evaluator.username)
    if user is None:
        return set()
    held = appointments_of(user.pk, today)
    ties: set[UUID | None] = {each.provider_id for each in held} | {each.station_id for each in held}
    people = [each.person_id for each in held if each.person_id]
    indexes = SocialWorker.objects.filter(pk__in=people).values_list("identity_number_index", flat=True)
    postings = Posting.objects.filter(identity_number_index__in=list(indexes)) if people else ()
    for posting in postings:
        if served_recently(posting.valid_to, today, years):
            ties |= {posting.station_id, posting.provider_id}
    return ties


def _years(held: EvaluationRound, on: date) -> int:
    try:
        return ruling_for(rulebook.CONFLICT_YEARS, region=held.region_code, on=on).value
    except NoRuling:
        return 0


def _codes(subjects: Iterable[RoundSubject]) -> dict[UUID, str]:
    """How registers call the subjects, by the ids of their lines."""
    of_kind: dict[str, list[RoundSubject]] = defaultdict(list)
    for each in subjects:
        of_kind[each.subject_kind].append(each)
    found: dict[UUID, str] = {}
    for kind, rows in of_kind.items():
        ids = [each.subject_id for each in rows if each.subject_id]
        known = subject_codes(kind, ids)
        for each in rows:
            found[each.pk] = (
                known.get(each.subject_id, each.subject_code) if each.subject_id else each.subject_code
            )
    return found


def subject_codes(kind: str, ids: Sequence[UUID]) -> dict[UUID, str]:
    if kind == SubjectKind.STATION:
        return dict(Station.objects.filter(pk__in=ids).values_list("pk", "code"))
    if kind == SubjectKind.PROJECT:
        return dict(ServiceProject.objects.filter(pk__in=ids).values_list("pk", "code"))
    if kind == SubjectKind.PROVIDER:
        return dict(Provider.objects.filter(pk__in=ids).values_list("pk", "uscc"))
    return {}
