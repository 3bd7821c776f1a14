from __future__ import annotations

from django.urls import path

from linzhan.office.people import filings, own, paying, several, shelf, vetting, views

urlpatterns = [
    path("people/", shelf.shelf, name="people"),
    path("people/several-projects/", several.several, name="several-projects"),
    path("people/filings/", filings.overdue, name="unfiled-people"),
    path("people/vettings-due/", vetting.listing, name="vettings-due"),
    path("pay-scale/", paying.scale, name="pay-matrix"),
    path("allowance-batches/<uuid:batch_id>/list/", paying.payment, name="payment-list"),
    path("workers/<uuid:worker_id>/pledge/", views.pledge, name="pledge"),
    path("mine/employment/", own.own, name="own-employment"),
    path("mine/employment/<uuid:sanction_id>/answer/", own.answer, name="own-answer"),
]
