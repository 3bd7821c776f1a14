from __future__ import annotations

from django.urls import path

from linzhan.office.rulebook import views

urlpatterns = [
    path("rulebook/", views.own, name="rulebook"),
    path("rulebook/documents/", views.documents, name="documents"),
    path("rulebook/documents/new/", views.new_document, name="document-new"),
    path("rulebook/documents/<uuid:document_id>/", views.document, name="document"),
    path("rulebook/values/<uuid:value_id>/withdraw/", views.withdraw, name="value-withdraw"),
    path("rulebook/<str:code>/", views.of_place, name="rulebook-of"),
    path("rulebook/<str:code>/state/<str:parameter>/", views.state, name="value-state"),
]
