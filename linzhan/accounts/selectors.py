"""Questions about accounts within the reader's scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from linzhan.accounts.lookup import appointments_of
from linzhan.accounts.models import Appointment, User
from linzhan.accounts.rules import Held


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the list with what they hold now, as far as the reader may see it."""

    user: User
    appointments: list[Appointment] = field(default_factory=list)


def in_force(on: date) -> Q:
    """Appointments that hold on ``on``."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def accounts(
    *, on: date, text: str = "", role: str = "", active: bool | None = True, after: str = "", limit: int = 50
) -> list[Account]:
    """A page of accounts in order of user name, after the name ``after``; two queries."""
    found = User.objects.all()
    if text:
        found = found.filter(Q(username__icontains=text) | Q(display_name__contains=text))
    if role:
        holders = Appointment.objects.filter(in_force(on), role=role).values("user_id")
        found = found.filter(pk__in=holders)
    if active is not None:
        found = found.filter(is_active=active)
    if after:
        found = found.filter(username__gt=after)
    users = list(found.order_by("username")[:limit])
    held = _held((user.pk for user in users), on)
    return [Account(user, held[user.pk]) for user in users]


def _held(users: Iterable[UUID], on: date) -> defaultdict[UUID, list[Appointment]]:
    found: defaultdict[UUID, list[Appointment]] = defaultdict(list)
    for each in Appointment.objects.filter(in_force(on), user_id__in=list(users)).order_by("id"):
        found[each.user_id].append(each)
    return found


def display_names(ids: Collection[UUID]) -> dict[UUID, str]:
    """What people are called, of those accounts that the reader may see."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name")) if ids else {}


def history_of_appointments(user: User) -> list[Appointment]:
    """All appointments of a person within scope, those of today first."""
    return list(Appointment.objects.filter(user=user).order_by("-valid_from", "-id"))


def account_of_row(person_id: UUID, on: date, *, but: UUID | None = None) -> User | None:
    """Whose own row ``person_id`` is on ``on``, within scope; ``but`` is an account not asked for."""
    held = Appointment.objects.filter(person_id=person_id).exclude(user__is_active=False)
    lasting = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    if but is not None:
        lasting = lasting.exclude(user_id=but)
    found = lasting.select_related("user").first()
    return found.user if found is not None else None


def everything_held(user_id: UUID, on: date) -> list[Held]:
    """All that a person holds on ``on``, in or out of the reader's scope: what the ladder must know."""
    return [Held(each.role, each.region_code) for each in appointments_of(user_id, on)]
