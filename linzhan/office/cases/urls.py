from __future__ import annotations

from django.urls import path

from linzhan.office.cases import views, writing_views

urlpatterns = [
    path("cases/", views.board, name="cases"),
    path("cases/<uuid:case_id>/", views.case, name="case"),
    path("cases/<uuid:case_id>/write/<slug:key>/", writing_views.paper, name="case-paper"),
    path("cases/<uuid:case_id>/session/", writing_views.session, name="case-session"),
    path("cases/<uuid:case_id>/folder/", views.folder, name="case-folder"),
    path("cases/<uuid:case_id>/reopen/", views.reopen_case, name="case-reopen"),
]
