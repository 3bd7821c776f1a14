from __future__ import annotations

from django.urls import path

from linzhan.office.mine import views

urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/export/", views.export, name="mine-export"),
]
