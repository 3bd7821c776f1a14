"""The addresses below ``/api/v1/``."""

from __future__ import annotations

from linzhan.interface.application import build, patterns

app_name = "api"
api = build()
urlpatterns = patterns(api)
