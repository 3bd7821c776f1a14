"""The addresses of the desk: each subject brings its own, at the places of ``screens.md``."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

app_name = "office"
SUBJECTS = (
    "home",
    "accounts",
    "overview",
    "figures",
    "rulebook",
    "registers",
    "imports",
    "duties",
    "merging",
    "mine",
    "transfers",
    "jobs",
    "phones",
    "review",
    "search",
    "regions",
)

urlpatterns = [
    path("", include(module))
    for subject in SUBJECTS
    if find_spec(f"linzhan.office.{subject}") and find_spec(module := f"linzhan.office.{subject}.urls")
]
