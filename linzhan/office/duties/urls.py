from __future__ import annotations

from django.urls import path

from linzhan.office.duties import views

urlpatterns = [
    path("visits/due/", views.due, name="visits-due"),
    path("visits/due/print/", views.walking, name="visits-due-print"),
    path("visits/due/export/", views.export, name="visits-due-export"),
]
