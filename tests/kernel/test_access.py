"""A view that says nothing is refused to everyone."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from linzhan.kernel.access import PUBLIC, RIGHTS, SIGNED_IN, AccessMiddleware, needs, rights_of


def opens(view: object, rights: frozenset[str]) -> bool:
    request = HttpRequest()
    request.rights = rights  # type: ignore[attr-defined]  # the scope middleware's
    try:
        AccessMiddleware(lambda _: HttpResponse()).process_view(request, view, (), {})  # type: ignore[arg-type]
    except PermissionDenied:
        return False
    return True


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize("rights", [frozenset(), frozenset({"a", "b"})])
def test_a_view_without_a_mark_opens_to_nobody(rights: frozenset[str]) -> None:
    assert not opens(silent, rights)


def test_a_public_view_opens_to_anybody() -> None:
    assert opens(needs(PUBLIC)(lambda _: HttpResponse()), frozenset())


def test_a_view_for_the_signed_in_wants_an_appointment() -> None:
    view = needs(SIGNED_IN)(lambda _: HttpResponse())
    assert opens(view, frozenset({"a"}))
    assert not opens(view, frozenset())


def test_a_right_opens_just_its_views() -> None:
    view = needs("a")(lambda _: HttpResponse())
    assert opens(view, frozenset({"a"}))
    assert not opens(view, frozenset({"b"}))


def test_every_role_holds_some_right_and_none_holds_all() -> None:
    everything = {entry.key for entry in RIGHTS}
    roles = {role for entry in RIGHTS for role in entry.roles}
    assert all(rights_of(role) for role in roles)
    assert rights_of("resident") < rights_of("station_worker") < everything
