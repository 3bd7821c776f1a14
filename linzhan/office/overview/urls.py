from __future__ import annotations

from django.urls import path

from linzhan.office.overview import stations, views

urlpatterns = [
    path("overview/", views.overview, name="overview"),
    path("overview/<str:code>/", views.overview_of, name="overview-of"),
    path("overview/missing/<slug:what>/", stations.lacking, name="overview-missing"),
    path("maps/<str:code>.json", views.outline, name="map"),
]
