"""Delegation for a while: a colleague of the same desk acts with one's authority, and history says for whom (PUR, FND).

What the delegator submitted, the delegate cannot approve in their place (``Actor.behalf``). A delegated
appointment cannot be delegated on, and ends no later than the one it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linzhan.accounts.enums import Role
from linzhan.accounts.models import Appointment, User
from linzhan.accounts.selectors import in_force
from linzhan.kernel.scope import require_place

DELEGABLE: Final = frozenset(
    {
        Role.PROVINCE_OFFICIAL,
        Role.CITY_OFFICIAL,
        Role.COUNTY_OFFICIAL,
        Role.PURCHASER,
        Role.FINANCE,
        Role.TOWNSHIP_OFFICIAL,
        Role.PROVIDER_MANAGER,
    }
)
"""Desks of an office. What is tied to a person (protection of minors, supervision, evaluation, a caseload)
is handed over by a new appointment, not lent; an administrator appoints."""


def delegable(own: Appointment) -> bool:
    """Whether this appointment can be lent at all."""
    return own.role in DELEGABLE and own.delegated_by_id is None


def colleagues(own: Appointment, on: date) -> QuerySet[User]:
    """Accounts with an appointment of their own at the same place (and institution) on ``on``."""
    beside = Appointment.objects.filter(
        in_force(on),
        region_code=own.region_code,
        provider_id=own.provider_id,
        role__in=DELEGABLE,
        delegated_by__isnull=True,
    )
    return User.objects.filter(is_active=True, pk__in=beside.values("user_id")).exclude(pk=own.user_id)


def delegations_by(user_id: UUID, on: date) -> QuerySet[Appointment]:
    """What an account has lent and not yet ended, soonest end first."""
    return Appointment.objects.filter(behalf_of=user_id, valid_to__gt=on).order_by("valid_to", "pk")


@transaction.atomic
def delegate(
    *, own: Appointment, delegator: User, to: UUID, begins: date, ends: date, longest: int, today: date
) -> Appointment:
    """Lend ``own`` to the account ``to`` from ``begins`` until before ``ends``, at most ``longest`` days.

    Raises :class:`ValidationError` beside the field that is wrong.
    """
    require_place(own.region_code)
    if not delegable(own):
        raise ValidationError(
            _("这个任职不能委托他人代办：受委托的权限不能再委托，个人专属的职责请由管理员另行任命")
        )
    if begins < today:
        raise ValidationError({"begins": _("起始日期不能早于今天")})
    if ends <= begins:
        raise ValidationError({"ends": _("截止日期应晚于起始日期")})
    if ends - begins > timedelta(days=longest):
        raise ValidationError({"ends": _("一次最多委托 %d 天；更久的请由管理员另行任命") % longest})
    if own.valid_to is not None and ends > own.valid_to:
        raise ValidationError({"ends": _("您自己的任职到 %s 为止") % own.valid_to})
    receiver = colleagues(own, today).filter(pk=to).first()
    if receiver is None:
        raise ValidationError({"to": _("只能委托给同一单位在任的同事，请重新选择")})
    clash = Q(valid_from__lt=ends, valid_to__gt=begins)
    if Appointment.objects.filter(clash, delegated_by=own).exists():
        raise ValidationError({"begins": _("这段时间已经委托给别人，请先收回")})
    return Appointment.objects.create(
        user=receiver,
        role=own.role,
        title=_("代%(name)s（%(role)s）")
        % {"name": delegator.display_name, "role": own.title or Role(own.role).label},
        region_code=own.region_code,
        provider_id=own.provider_id,
        station_id=own.station_id,
        stations=own.stations,
        valid_from=begins,
        valid_to=ends,
        delegated_by=own,
        behalf_of=delegator.pk,
    )


@transaction.atomic
def take_back(*, delegated: Appointment, by: UUID, today: date) -> None:
    """End a delegation now; one that has not begun is ended before it does. Only by who lent it."""
    if delegated.behalf_of != by:
        raise ValidationError(_("只有委托人本人可以收回"))
    cut_off([delegated], today)


def cut_off(delegated: Iterable[Appointment], on: date) -> None:
    """End delegations: ``on`` is the first day without them. One that has not begun goes; the history keeps it."""
    for each in delegated:
        if each.valid_from is not None and each.valid_from >= on:
            each.delete()
        else:
            each.valid_to = on
            each.save(update_fields=["valid_to"])
