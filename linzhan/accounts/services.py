"""Making accounts and appointing people (SYS-01, NFR-06)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.accounts import rules
from linzhan.accounts.delegating import cut_off
from linzhan.accounts.enums import LINE_OF_ROLE, Line
from linzhan.accounts.lookup import account, has_accounts
from linzhan.accounts.models import Appointment, User
from linzhan.accounts.passwords import one_time_password
from linzhan.accounts.selectors import everything_held
from linzhan.kernel import places
from linzhan.kernel.scope import current_actor, current_scope, require_place, unscoped

TAKEN = gettext_lazy("这个用户名已被使用，请换一个")
FIRST = 0x61646D696E  # "admin": two people at the first page take turns


class AppointmentRefused(PermissionError):
    """The ladder does not allow it; the message says why."""


@transaction.atomic
def create_account(
    *,
    username: str,
    display_name: str,
    password: str,
    region_code: str,
    phone: str = "",
    is_demo: bool = False,
    must_change_password: bool = True,
    encoded: str = "",
) -> User:
    """Make an account in the place ``region_code``; :class:`ValidationError` says what is wrong.

    ``encoded`` is ``password`` as it is stored, for many accounts that share a public one: encoding it
    is meant to take long.
    """
    require_place(region_code)
    if account(username=username) is not None:
        raise ValidationError({"username": TAKEN})
    user = User(
        username=username,
        display_name=display_name,
        phone=phone,
        region_code=region_code,
        is_demo=is_demo,
        must_change_password=must_change_password,
        password_changed_at=timezone.now(),
    )
    if not is_demo:
        validate_password(password, user)
    if encoded:
        user.password = encoded
    else:
        user.set_password(password)
    user.full_clean(validate_unique=False)  # the database says it, for rows out of sight too
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:  # a switched-off account, or one out of sight, has the name
        raise ValidationError({"username": TAKEN}) from None
    return user


@transaction.atomic
def appoint(
    *,
    user: User,
    role: str,
    region_code: str,
    provider_id: UUID | None = None,
    station_id: UUID | None = None,
    stations: Sequence[UUID] = (),
    person_id: UUID | None = None,
    valid_from: date | None = None,
    title: str = "",
) -> Appointment:
    """Appoint ``user``; the place must lie within the scope of whoever appoints."""
    require_place(region_code)
    line = LINE_OF_ROLE[role]
    needed = {Line.PROVIDER: provider_id, Line.STATION: station_id or list(stations), Line.PERSON: person_id}
    if line in needed and not needed[line]:
        raise ValidationError({"role": _("这个角色须指明%(line)s") % {"line": line.label}})
    return Appointment.objects.create(
        user=user,
        role=role,
        region_code=region_code,
        provider_id=provider_id,
        station_id=station_id,
        stations=list(stations),
        person_id=person_id,
        valid_from=valid_from,
        title=title,
    )


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: date) -> Appointment:
    """End an appointment: ``on`` is the first day without it."""
    require_place(appointment.region_code)
    if appointment.valid_from is not None and on <= appointment.valid_from:
        raise ValidationError({"valid_to": _("任职止应晚于任职起 %(day)s") % {"day": appointment.valid_from}})
    appointment.valid_to = on
    appointment.save(update_fields=["valid_to"])
    cut_off(Appointment.objects.filter(delegated_by=appointment, valid_to__gt=on), on)
    return appointment


@transaction.atomic
def set_own_row(*, appointment: Appointment, person_id: UUID | None) -> Appointment:
    """Say which row of a register the holder of an appointment is; whoever calls has tested that it is theirs."""
    require_place(appointment.region_code)
    appointment.person_id = person_id
    appointment.save(update_fields=["person_id"])
    return appointment


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """Set a new password after checking it against the rules; other sessions end."""
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])


@transaction.atomic
def reset_password(*, user: User) -> str:
    """Give ``user`` a random one-time password and end their sessions; shown once to who resets it."""
    require_place(user.region_code)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.password_changed_at = timezone.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    return password


@transaction.atomic
def set_active(*, user: User, active: bool) -> None:
    """Switch an account off (its sessions and tokens end with it) or on again."""
    require_place(user.region_code)
    user.is_active = active
    user.save(update_fields=["is_active"])


def require_ladder(*, own_role: str, role: str) -> None:
    """Refuse an appointment above one's own role."""
    if not rules.may_appoint(own_role, role):
        raise AppointmentRefused(_("不能任命高于自己的角色，请由上级办理"))


def require_manageable(*, own_role: str, user: User) -> None:
    """Refuse to touch an account that reaches beyond one's own scope or role, or one's own."""
    if str(user.pk) == current_actor().id:
        raise AppointmentRefused(_("不能在这里改动自己的账号，请由他人办理"))
    held = everything_held(user.pk, timezone.localdate())
    if not rules.may_manage(own_role, current_scope().covers_region, held):
        raise AppointmentRefused(_("该账号还有您管辖范围以外或高于您的任职，请由上级办理"))


@transaction.atomic
def create_first_administrator(*, username: str, display_name: str, password: str) -> User:
    """The first account of an empty instance, over the whole country; refused once there is any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST])
    if has_accounts():
        raise AppointmentRefused(_("系统已有账号，请登录，或由管理员开设账号"))
    with unscoped("an empty instance gets its first administrator"):
        user = create_account(
            username=username,
            display_name=display_name,
            password=password,
            region_code=places.NATION,
            must_change_password=False,
        )
        appoint(user=user, role="system_admin", region_code=places.NATION)
    return user
