"""Whose seat it is and what may be opened from it; anything else is as if it did not exist (EVL-11)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from linzhan.office.requests import at_desk
from linzhan.quality.api import RoundEvaluator, RoundSubject, conflicts, seats_of, subjects_of


def own_seats(request: HttpRequest) -> list[RoundEvaluator]:
    """The reader's seats in rounds that are being scored."""
    return list(seats_of(at_desk(request).user.username))


def seat_of(request: HttpRequest, seat_id: UUID) -> RoundEvaluator:
    found = next((each for each in own_seats(request) if each.pk == seat_id), None)
    if found is None:
        raise Http404
    return found


def subject_of(seat: RoundEvaluator, subject_id: UUID) -> RoundSubject:
    """A subject of the seat's round that its holder need not keep away from."""
    subject = subjects_of(seat.round).filter(pk=subject_id).first()
    if subject is None or subject.pk in conflicts(seat.round, [seat], [subject]).get(seat.pk, {}):
        raise Http404
    return subject
