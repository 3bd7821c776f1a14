"""Who calls, and what they may do: a token, or the session of the browser with its CSRF token.

The person, the rights and the scope of a request come from ``linzhan.accounts.middleware``; here is
only asked for them. Every operation names its right.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer

from linzhan.interface.problems import Problem


class Token(HttpBearer):
    """``Authorization: Bearer …``, recognised by the middleware already."""

    def authenticate(self, request: HttpRequest, token: str) -> object | None:
        del token
        return request.user if getattr(request, "by_token", False) else None


class Session(APIKeyCookie):
    """The browser's own session. Whoever writes with it must show the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=True)

    def authenticate(self, request: HttpRequest, key: str | None) -> object | None:
        del key
        by_header = request.META.get("HTTP_AUTHORIZATION", "")
        return request.user if request.user.is_authenticated and not by_header else None


def require(request: HttpRequest, right: str) -> None:
    """Refuse a caller without ``right``."""
    held: frozenset[str] = getattr(request, "rights", frozenset())
    if right in held:
        return
    if getattr(request.user, "must_change_password", False):
        raise Problem("password-change-required", _("这个账号须先在网页上修改密码，才能使用接口"))
    raise Problem("not-allowed", _("您的任职没有这项权限；需要时请联系本级管理员"))


def require_appointment(request: HttpRequest) -> None:
    """Refuse a caller who holds nothing at all: open data still wants a known reader."""
    if not getattr(request, "rights", frozenset()):
        require(request, "")
