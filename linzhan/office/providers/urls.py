from __future__ import annotations

from django.urls import path

from linzhan.office.providers import views

urlpatterns = [
    path("providers/standing/", views.standing, name="standing"),
]
