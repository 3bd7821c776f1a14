from __future__ import annotations

from django.urls import path

from linzhan.office.evaluation import (
    answering,
    asking,
    designing,
    drawn,
    linking,
    notices,
    scoring,
    seasons,
    subjects,
    views,
)

urlpatterns = [
    path("evaluation/schemes/", views.schemes, name="schemes"),
    path("evaluation/schemes/shipped/", views.shipped_scheme, name="scheme-shipped"),
    path("evaluation/schemes/adopt/", views.adopt_scheme, name="scheme-adopt"),
    path("evaluation/schemes/<uuid:scheme_id>/", views.own_scheme, name="scheme-own"),
    path("evaluation/schemes/<uuid:scheme_id>/revise/", views.revise_scheme, name="scheme-revise"),
    path("evaluation/schemes/<uuid:scheme_id>/parts/<str:part>/", designing.change, name="scheme-change"),
    path("evaluation/schemes/<uuid:scheme_id>/remove/", designing.remove, name="scheme-remove"),
    path("evaluation/rounds/<uuid:round_id>/results/", views.results, name="round-results"),
    path("evaluation/rounds/<uuid:round_id>/circular/", views.circular, name="round-circular"),
    path("evaluation/seasons/<uuid:season_id>/circular/", seasons.circular, name="season-circular"),
    path("evaluation/contest-year/", seasons.year, name="contest-year"),
    path("evaluation/provincial/", seasons.provincial, name="provincial-results"),
    path("evaluation/surveys/<uuid:survey_id>/list/", asking.draws, name="survey-draws"),
    path("evaluation/surveys/<uuid:survey_id>/list/<uuid:draw_id>/", asking.ask, name="survey-ask"),
    path("evaluation/surveys/<uuid:survey_id>/links/", linking.links, name="survey-links"),
    path("s/<str:code>/", answering.by_link, name="answer"),
    path("evaluation/seats/", scoring.seats, name="seats"),
    path("evaluation/seats/<uuid:seat_id>/", scoring.seat, name="seat"),
    path("evaluation/seats/<uuid:seat_id>/<uuid:subject_id>/", scoring.score, name="seat-score"),
    path(
        "evaluation/seats/<uuid:seat_id>/<uuid:subject_id>/files/<uuid:file_id>/",
        drawn.drawn_case,
        name="seat-file",
    ),
    path("evaluation/subjects/<uuid:subject_id>/notice/", notices.notice, name="subject-notice"),
    path("evaluation/subjects/<uuid:subject_id>/reply/", subjects.reply_to, name="subject-reply"),
]
