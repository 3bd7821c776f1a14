from __future__ import annotations

from django.urls import path

from linzhan.office.regions import views

urlpatterns = [
    path("regions/pick/", views.pick, name="region-pick"),
    path("regions/tree/", views.tree, name="region-tree"),
]
