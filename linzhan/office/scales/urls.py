from __future__ import annotations

from django.urls import path

from linzhan.office.scales import views

urlpatterns = [
    path("scales/", views.catalogue, name="scales"),
    path("scales/bring/", views.bring, name="scale-bring"),
    path("scales/show/", views.show, name="scale"),
    path("scales/fill/", views.fill, name="scale-fill"),
    path("scales/residents/<uuid:resident_id>/", views.of_resident, name="scales-of"),
    path("scales/results/<uuid:result_id>/", views.result, name="scale-result"),
    path("scales/results/<uuid:result_id>/void/", views.void_result, name="scale-void"),
]
