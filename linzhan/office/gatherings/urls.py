from __future__ import annotations

from django.urls import path

from linzhan.office.gatherings import recording, timetable, views

urlpatterns = [
    path("groups/<uuid:group_id>/attendance/", views.grid, name="group-attendance"),
    path("attendance/<uuid:record_id>/", views.one, name="attendance"),
    path("sign-in-sheets/<slug:key>/<uuid:row_id>/", views.sheet, name="sign-in-sheet"),
    path("timetable/", timetable.week, name="timetable"),
    path("timetable/<uuid:slot_id>/<str:day>/", timetable.lesson, name="timetable-lesson"),
    path("record/", recording.choose, name="record"),
    path("record/<slug:kind>/", recording.new, name="record-with-detail"),
]
