"""The only place where a web request gets its person, its rights and its scope."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode

from linzhan.accounts.lookup import appointments_of, caller_of_token
from linzhan.accounts.models import Appointment, User
from linzhan.accounts.scoping import actor_of, chosen, scope_of
from linzhan.accounts.tokens import bearer_digest
from linzhan.kernel.access import rights_of
from linzhan.kernel.registers.confiding import reading_with
from linzhan.kernel.scope import MACHINE, Scope, opened

RENEW_AFTER = 60  # seconds between renewals of a session in use
LONGER_THAN_A_REQUEST = ("/static/",)
WAYS_IN = (("/api/", "接口"),)  # how the history names the way in; all else is a page
PASSWORD_PAGE = "/password/"  # noqa: S105 -- an address
OPEN_BEFORE_A_NEW_PASSWORD = (PASSWORD_PAGE, "/sign-out/")


class ScopeMiddleware:
    """Every request is one transaction that opens by setting its scope (design: Scope)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(LONGER_THAN_A_REQUEST):
            return self.get_response(request)
        user, wanted = self._who(request)
        request.appointments = _appointments(user) if user else []  # type: ignore[attr-defined]
        held = chosen(request.appointments, wanted)  # type: ignore[attr-defined]
        request.appointment = held  # type: ignore[attr-defined]
        waits = user is not None and user.must_change_password and not _by_token(request)
        if waits and request.path not in OPEN_BEFORE_A_NEW_PASSWORD:
            return _sent_to(request, PASSWORD_PAGE)
        locked = user is None or user.must_change_password  # a token of such an account opens nothing either
        request.rights = rights_of(held.role) if held and not locked else frozenset()  # type: ignore[attr-defined]
        scope = scope_of(held) if held else Scope(people=(str(user.pk),) if user else ())
        actor = actor_of(user, f"{_way_in(request)} {_address(request)}", held) if user else MACHINE
        with opened(scope, actor), reading_with(request.rights):  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= 500:
                _undo()
        if user is None and response.status_code == 403 and _is_a_page(request):
            back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return _sent_to(request, f"{settings.LOGIN_URL}?{back}" if back else settings.LOGIN_URL)
        return response

    def _who(self, request: HttpRequest) -> tuple[User | None, str | None]:
        """The account and the appointment asked for: by API token, else by session."""
        digest = bearer_digest(request)
        if digest:
            found = caller_of_token(digest, timezone.localdate())
            if found is None:
                return None, None
            found.user.appointments_today = found.appointments
            request.user = found.user
            request.by_token = True  # type: ignore[attr-defined]
            return found.user, str(found.appointment_id) if found.appointment_id else None
        user = request.user if request.user.is_authenticated else None
        if user is not None:
            _renew(request)
        return user, request.session.get("appointment")


def _appointments(user: User) -> list[Appointment]:
    """What the account holds today: read with it, except where a test signs somebody in by hand."""
    if user.appointments_today is None:
        user.appointments_today = appointments_of(user.pk, timezone.localdate())
    for each in user.appointments_today:
        each.user = user  # known already: nobody has to ask for it again
    return user.appointments_today


def _way_in(request: HttpRequest) -> str:
    return next((word for prefix, word in WAYS_IN if request.path.startswith(prefix)), "网页")


def _renew(request: HttpRequest) -> None:
    """An idle session ends; one in use is renewed at most once a minute, not at every click."""
    now = int(timezone.now().timestamp())
    if now - request.session.get("renewed", 0) >= RENEW_AFTER:
        request.session["renewed"] = now


def _by_token(request: HttpRequest) -> bool:
    return bool(getattr(request, "by_token", False))


def _is_a_page(request: HttpRequest) -> bool:
    """Asked for by a browser that shows it; a program gets the plain 403."""
    return "HX-Request" in request.headers or "text/html" in request.headers.get("Accept", "")


def _sent_to(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect that htmx follows as a whole page, not into a part of one."""
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _undo() -> None:
    from django.db import transaction  # noqa: PLC0415 -- only when a view failed

    transaction.set_rollback(True)
