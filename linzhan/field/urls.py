"""The three addresses of the phone app; everything else it needs is a static file or the API."""

from __future__ import annotations

from django.urls import path

from linzhan.field import views

app_name = "field"

urlpatterns = [
    path("field/", views.shell, name="shell"),
    path("field/manifest.webmanifest", views.manifest, name="manifest"),
    path("field/sw.js", views.worker, name="worker"),
]
