from __future__ import annotations

from django.urls import path

from linzhan.office.home import desk, views

urlpatterns = [
    path("", views.home, name="home"),
    path("desks/<slug:icon>/", desk.desk, name="desk"),
]
