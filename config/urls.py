"""Where each face answers. A face brings its own ``urls`` module with an ``app_name``."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("linzhan.interface.urls")),
    path("", include("linzhan.field.urls")),
    path("", include("linzhan.office.urls")),
]

handler400 = "linzhan.interface.problems.bad_request"
