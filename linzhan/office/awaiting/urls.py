from __future__ import annotations

from django.urls import path

from linzhan.office.awaiting import views

urlpatterns = [
    path("awaiting/", views.queue, name="awaiting"),
    path("delegation/", views.delegation, name="delegation"),
    path("delegation/<uuid:appointment_id>/end/", views.end, name="delegation-end"),
]
