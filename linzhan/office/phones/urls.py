from __future__ import annotations

from django.urls import path

from linzhan.office.phones import views

urlpatterns = [
    path("phones/", views.devices, name="phones"),
    path("phones/<uuid:device_id>/lost/", views.lost, name="phone-lost"),
    path("phones/waiting/", views.waiting, name="phones-waiting"),
    path("phones/waiting/<uuid:conflict_id>/", views.settled, name="phones-settle"),
    path("attachments/<uuid:identity>/", views.attachment, name="attachment"),
]
