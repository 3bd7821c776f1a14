"""What a request at the desk carries: its person, appointment and rights, typed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from linzhan.accounts.api import Appointment, User

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class DeskRequest(HttpRequest):
    """A request after the scope middleware; only ever used as a type."""

    user: User
    rights: frozenset[str]
    appointment: Appointment | None
    appointments: list[Appointment]
    htmx: HtmxDetails


def at_desk(request: HttpRequest) -> DeskRequest:
    return cast("DeskRequest", request)


def holds(request: HttpRequest, right: str) -> bool:
    """Whether the reader holds ``right`` in the appointment at hand."""
    return right in getattr(request, "rights", frozenset())


def demand(request: HttpRequest, right: str) -> None:
    """403 without ``right``: for views whose right depends on the address."""
    if not holds(request, right):
        raise PermissionDenied


def person(request: HttpRequest) -> UUID:
    """The account of the reader."""
    return cast("UUID", request.user.pk)


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number of the address, at most six digits; 0 where there is none or something else stands there."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000") else 0


def uuid_in(request: HttpRequest, name: str) -> UUID | None:
    """An id of the address; None where there is none or something else stands there."""
    with suppress(ValueError):
        return UUID(request.GET.get(name, ""))
    return None


def is_part(request: HttpRequest) -> bool:
    """Whether a part of the page is asked for, and not the page (a swap, not a visit)."""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not getattr(htmx, "history_restore_request", False)
