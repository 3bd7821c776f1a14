from __future__ import annotations

from django.urls import path

from linzhan.office.warning import views

urlpatterns = [
    path("alerts/rules/", views.rules, name="alert-rules"),
    path("alerts/rules/<slug:code>/", views.rule, name="alert-rule"),
    path("alerts/run/", views.run_now, name="alerts-run"),
    path("alerts/health/", views.health, name="alert-health"),
]
