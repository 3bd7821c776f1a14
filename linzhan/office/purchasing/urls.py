from __future__ import annotations

from django.urls import path

from linzhan.office.purchasing import views

urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("purchases/<uuid:purchase_id>/folder/", views.folder, name="purchase-folder"),
    path("purchases/unfiled/", views.without_file, name="unfiled"),
    path("purchases/unfiled/all/", views.file_all, name="file-all"),
    path("purchases/unfiled/<uuid:project_id>/", views.file_one, name="file-one"),
]
