from __future__ import annotations

from django.urls import path

from linzhan.office.incidents import views

urlpatterns = [
    path("incidents/", views.board, name="incidents"),
    path("incidents/new/", views.new, name="incident-new"),
    path("incidents/counts/", views.counts, name="incident-counts"),
    path("incidents/<uuid:incident_id>/", views.file, name="incident"),
    path("incidents/<uuid:incident_id>/add/<str:kind>/", views.add, name="incident-add"),
]
