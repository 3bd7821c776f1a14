from __future__ import annotations

from django.urls import path

from linzhan.office.published import views

urlpatterns = [
    path("published/", views.listing, name="published"),
    path("published/new/", views.new, name="published-new"),
    path("published/<uuid:published_id>/", views.one, name="published-one"),
]
