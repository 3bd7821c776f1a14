from __future__ import annotations

from django.urls import path

from linzhan.office.plausibility import views

urlpatterns = [
    path("checks/", views.checks, name="checks"),
    path("checks/mine/", views.mine, name="my-flags"),
    path("checks/<slug:code>/", views.check, name="check"),
]
