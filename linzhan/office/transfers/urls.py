from __future__ import annotations

from django.urls import path

from linzhan.office.transfers import handing, leaving, views

urlpatterns = [
    path("residents/transfers/", views.listing, name="transfers"),
    path("residents/transfers/request/", views.request_one, name="transfer-request"),
    path("residents/transfers/<uuid:transfer_id>/", views.one, name="transfer"),
    path("residents/<uuid:resident_id>/transfer/", views.offer, name="transfer-offer"),
    path("residents/<uuid:resident_id>/assign/", views.assignment, name="resident-assign"),
    path("residents/handovers/", handing.listing, name="handovers"),
    path("residents/handovers/new/", handing.new, name="handover-new"),
    path("residents/handovers/<uuid:handover_id>/", handing.one, name="handover"),
    path("residents/proposals/", leaving.listing, name="status-proposals"),
]
