from __future__ import annotations

from django.urls import path

from linzhan.office.review import queue, today

urlpatterns = [
    path("review/", queue.queue, name="review"),
    path("review/<uuid:row_id>/<slug:name>/", queue.decide, name="review-decide"),
    path("station/today/", today.today, name="station-today"),
]
