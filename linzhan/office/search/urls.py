from __future__ import annotations

from django.urls import path

from linzhan.office.search import views

urlpatterns = [
    path("search/", views.page, name="search"),
    path("search/suggest/", views.suggest, name="search-suggest"),
]
