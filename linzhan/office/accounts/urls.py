from __future__ import annotations

from django.urls import path

from linzhan.office.accounts import audit, reveals, signing, views

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("first/", signing.first, name="first"),
    path("password/", signing.password, name="password"),
    path("appointment/", signing.switch, name="appointment"),
    path("no-appointment/", signing.no_appointment, name="no-appointment"),
    path("accounts/", views.listing, name="accounts"),
    path("accounts/new/", views.new, name="account-new"),
    path("accounts/pick/<slug:key>/", views.pick, name="account-pick"),
    path("accounts/appointments/<uuid:appointment_id>/end/", views.end, name="appointment-end"),
    path("accounts/appointments/<uuid:appointment_id>/worker/", views.own_row, name="appointment-worker"),
    path("accounts/<uuid:user_id>/", views.file, name="account"),
    path("accounts/<uuid:user_id>/appoint/", views.appoint, name="account-appoint"),
    path("accounts/<uuid:user_id>/reset/", views.reset, name="account-reset"),
    path("accounts/<uuid:user_id>/active/", views.activate, name="account-active"),
    path("audit/", audit.listing, name="audit"),
    path("audit/reveals/", reveals.listing, name="reveals"),
]
