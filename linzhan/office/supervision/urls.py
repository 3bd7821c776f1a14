from __future__ import annotations

from django.urls import path

from linzhan.office.supervision import matching, own, questions, views

urlpatterns = [
    path("supervision/", views.work, name="supervision"),
    path("supervision/owed/", views.owed_list, name="supervision-owed"),
    path("supervision/match/<uuid:station_id>/", matching.matching, name="supervision-match"),
    path("supervision/match/<uuid:station_id>/propose/", matching.propose, name="supervision-propose"),
    path("supervision/questions/<uuid:question_id>/accept/", questions.accept, name="question-accept"),
    path("mine/supervision/", own.own, name="own-supervision"),
    path("mine/supervision/talks/<uuid:talk_id>/", own.sign_up, name="talk-sign-up"),
]
