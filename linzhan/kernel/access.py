"""Rights: registered by the app that owns the act, held through roles, demanded by every view.

A view says which right it needs; a view that says nothing is refused to everyone (403).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from linzhan.kernel.registry import Registry

PUBLIC = "public"  # anybody, signed in or not; sees no scoped rows
SIGNED_IN = "signed-in"  # anybody with an account and an appointment
OWN_CHECK = "own-check"  # the HTTP API declares and checks its right per operation


@dataclass(frozen=True, kw_only=True, slots=True)
class Right:
    """A named act, e.g. ``network.stations.edit``, and the roles that hold it.

    One that ``opens`` also opens rows: tables of the circle of its key (``ScopedModel.circle``) show
    themselves to its holders only, at both walls.
    """

    key: str
    label: str
    roles: frozenset[str]
    opens: bool = False


RIGHTS: Registry[Right] = Registry("rights", key="key")


def right(key: str, label: str, roles: Iterable[str], *, opens: bool = False) -> str:
    """Register a right and give back its key."""
    RIGHTS.add(Right(key=key, label=label, roles=frozenset(roles), opens=opens))
    return key


def circles_of(role: str) -> tuple[str, ...]:
    """The rights of ``role`` that open rows."""
    return tuple(sorted(entry.key for entry in RIGHTS if entry.opens and role in entry.roles))


def rights_of(role: str) -> frozenset[str]:
    """All rights that ``role`` holds."""
    return frozenset(entry.key for entry in RIGHTS if role in entry.roles)


View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs(key: str) -> Callable[[View], View]:
    """Mark a view with the right it needs."""

    def mark(view: View) -> View:
        view.needs = key  # type: ignore[attr-defined]  # read back by AccessMiddleware
        return view

    return mark


class AccessMiddleware:
    """Refuses a view without a declared right, and a reader without the right declared."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: object, _kwargs: object
    ) -> None:
        wanted = getattr(view, "needs", None)
        if wanted in (PUBLIC, OWN_CHECK):
            return
        held: frozenset[str] = getattr(request, "rights", frozenset())
        if wanted is None or (wanted != SIGNED_IN and wanted not in held) or not held:
            raise PermissionDenied
