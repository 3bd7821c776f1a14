"""The addresses of the desk: each subject brings its own, at the places of ``screens.md``."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from linzhan.office.subjects import SUBJECTS

app_name = "office"

urlpatterns = [
    path("", include(module))
    for subject in SUBJECTS
    if find_spec(f"linzhan.office.{subject}") and find_spec(module := f"linzhan.office.{subject}.urls")
]
