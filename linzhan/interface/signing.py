"""``POST tokens``: a user name and a password for a token of one appointment.

An unknown name, a wrong password and a locked account differ in nothing but the lock itself; failures
count for the lock-out of the sign-in page, and the other way round.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from ninja import Router, Schema, Status
from pydantic import Field

from linzhan.accounts.api import TOKEN_LIFETIME, Appointment, User, actor_of, appointments_of, issue_token
from linzhan.interface.problems import Problem
from linzhan.kernel.scope import Scope, opened

router = Router(tags=["令牌"])


class Credentials(Schema):
    """Who asks for a token; ``appointment`` chooses one of several."""

    username: str = Field(max_length=150)
    password: str = Field(max_length=1000)
    appointment: UUID | None = Field(None, description="有多个任职时选一个；不选用第一个")


class HeldAppointment(Schema):
    """An appointment of the person."""

    id: UUID
    role: str
    label: str
    region_code: str


class Issued(Schema):
    """The token: shown once, kept nowhere."""

    token: str
    expires_at: dt.datetime
    appointment: HeldAppointment
    appointments: list[HeldAppointment]


@router.post(
    "/tokens",
    auth=None,
    response={201: Issued},
    operation_id="createToken",
    summary="用账号和密码换取接口令牌",
)
def create_token(request: HttpRequest, credentials: Credentials) -> Any:
    user = _recognised(request, credentials)
    if user.must_change_password:
        raise Problem("password-change-required", _("这个账号须先在网页上修改密码，才能使用接口"))
    held = appointments_of(user.pk, timezone.localdate())
    chosen = _chosen(held, credentials.appointment)
    with opened(Scope(people=(str(user.pk),)), actor_of(user, f"接口 {request.META.get('REMOTE_ADDR', '')}")):
        user_logged_in.send(sender=User, request=request, user=user)
        token = issue_token(user=user, appointment=chosen)
    return Status(
        201,
        {
            "token": token,
            "expires_at": timezone.localtime(timezone.now() + TOKEN_LIFETIME),
            "appointment": _held(chosen),
            "appointments": [_held(each) for each in held],
        },
    )


@sensitive_variables("credentials")
def _recognised(request: HttpRequest, credentials: Credentials) -> User:
    user = None
    if "\x00" not in credentials.username:
        user = authenticate(request, username=credentials.username, password=credentials.password)
    if getattr(request, "axes_locked_out", False):
        raise Problem("locked-out", _("连续输错 5 次，这个账号在本机已锁定 15 分钟，请稍后再试"))
    if not isinstance(user, User):
        raise Problem("sign-in-failed", _("账号或密码不正确，请核对后重试"))
    return user


def _chosen(held: list[Appointment], wanted: UUID | None) -> Appointment:
    found = [each for each in held if wanted in (None, each.pk)]
    if not found:
        raise Problem("not-allowed", _("这个账号现在没有这样的任职，请联系本级管理员"))
    return found[0]


def _held(appointment: Appointment) -> dict[str, Any]:
    return {
        "id": appointment.pk,
        "role": appointment.role,
        "label": str(appointment.get_role_display()),
        "region_code": appointment.region_code,
    }
