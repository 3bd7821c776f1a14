from __future__ import annotations

from django.urls import path

from linzhan.office.rectification import views

urlpatterns = [
    path("rectifications/clearing/", views.clearing, name="clearing"),
    path("rectifications/<uuid:order_id>/letter/", views.order_paper, name="rectification-letter"),
    path("rectifications/means/<uuid:means_id>/letter/", views.means_paper, name="means-letter"),
]
