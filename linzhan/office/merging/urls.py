from __future__ import annotations

from django.urls import path

from linzhan.office.merging import views

urlpatterns = [
    path("residents/duplicates/", views.listing, name="duplicates"),
    path("residents/duplicates/find/", views.find, name="duplicates-find"),
    path("residents/duplicates/<uuid:pair_id>/", views.pair, name="duplicate-pair"),
    path("residents/mergings/<uuid:merging_id>/", views.merging, name="merging"),
    path("residents/mergings/<uuid:merging_id>/undo/", views.undo, name="merging-undo"),
]
