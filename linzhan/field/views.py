"""The shell of the phone app: public, for it knows nothing; data come only to whoever signs in with it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from linzhan.field import bundle
from linzhan.kernel.access import PUBLIC, needs

SPEAKING = settings.PERMISSIONS_POLICY.replace("microphone=()", "microphone=(self)")


@needs(PUBLIC)
@require_safe
@gzip_page
def shell(request: HttpRequest) -> HttpResponse:
    del request
    # Dictation is the one thing that a page at the desk may not do.
    return _always_asked(HttpResponse(bundle.page(), headers={"Permissions-Policy": SPEAKING}))


@needs(PUBLIC)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone shows when the app is put on its home screen."""
    del request
    icons = [
        {"src": bundle.address(name), "sizes": size, "type": kind, "purpose": "any maskable"}
        for name, size, kind in (
            ("field-192.png", "192x192", "image/png"),
            ("field-512.png", "512x512", "image/png"),
        )
    ]
    content = {
        "id": reverse("field:shell"),
        "name": _("邻站 · 手机端"),
        "short_name": _("邻站"),
        "lang": "zh-Hans",
        "start_url": reverse("field:shell"),
        "scope": reverse("field:shell"),
        "display": "standalone",
        "background_color": "#f6f7f9",
        "theme_color": "#0f766e",
        "icons": icons,
    }
    return _always_asked(JsonResponse(content, content_type="application/manifest+json"))


@needs(PUBLIC)
@require_safe
@gzip_page
def worker(request: HttpRequest) -> HttpResponse:
    del request
    return _always_asked(HttpResponse(bundle.worker(), content_type="text/javascript; charset=utf-8"))


def _always_asked(response: HttpResponse) -> HttpResponse:
    """A phone asks each time it has a network: otherwise it would find a new version a day late."""
    patch_cache_control(response, no_cache=True)
    return response
