from __future__ import annotations

from django.urls import path

from linzhan.office.jobs import views

urlpatterns = [
    path("jobs/", views.everything, name="jobs"),
    path("jobs/menu/", views.menu, name="jobs-menu"),
    path("jobs/count/", views.count, name="jobs-count"),
    path("jobs/<uuid:job_id>/", views.one, name="job"),
    path("jobs/<uuid:job_id>/file/", views.file, name="job-file"),
]
