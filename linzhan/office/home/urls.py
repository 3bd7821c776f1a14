from __future__ import annotations

from django.urls import path

from linzhan.office.home import views

urlpatterns = [path("", views.home, name="home")]
