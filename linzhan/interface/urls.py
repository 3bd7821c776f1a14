"""The addresses below ``/api/v1/``."""

from __future__ import annotations

from linzhan.interface.application import patterns

app_name = "api"
urlpatterns = patterns()
