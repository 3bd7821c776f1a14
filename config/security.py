"""What a request may hold, and what a browser may do with our pages: nothing from elsewhere, nothing inline."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

UNSTORABLE = "\x00"  # the one character that no text in the database can hold


class ReadableAddressMiddleware:
    """Refuses an address that asks for text the database cannot hold, before anything looks it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        asked = (text for values in request.GET.lists() for text in (values[0], *values[1]))
        if UNSTORABLE in request.path or any(UNSTORABLE in text for text in asked):
            raise BadRequest


class ContentSecurityPolicyMiddleware:
    """Sets ``Content-Security-Policy`` and ``Permissions-Policy`` unless a view has set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = "; ".join(f"{name} {value}" for name, value in settings.CONTENT_SECURITY_POLICY.items())
        self.permissions = settings.PERMISSIONS_POLICY

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", self.permissions)
        return response
