from __future__ import annotations

from django.urls import path

from linzhan.office.figures import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<str:key>/", views.figure, name="figure"),
    path("figures/<str:key>/download/", views.download, name="figure-download"),
    path("figures/<str:key>/state/", views.state, name="figure-state"),
]
