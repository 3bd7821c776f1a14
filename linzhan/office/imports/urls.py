from __future__ import annotations

from django.urls import path

from linzhan.office.imports import views

urlpatterns = [
    path("import/", views.start, name="import"),
    path("import/template.xlsx", views.template, name="import-template"),
    path("import/<uuid:run_id>/", views.run, name="import-run"),
    path("import/<uuid:run_id>/check/", views.check, name="import-check"),
    path("import/<uuid:run_id>/write/", views.write, name="import-write"),
    path("import/<uuid:run_id>/discard/", views.discard, name="import-discard"),
    path("import/<uuid:run_id>/errors.xlsx", views.errors, name="import-errors"),
]
