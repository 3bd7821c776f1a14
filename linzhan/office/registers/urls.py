from __future__ import annotations

from django.urls import path

from linzhan.office.registers import edit_views, step_views, views

urlpatterns = [
    path("r/<slug:key>/", views.listing, name="register"),
    path("r/<slug:key>/new/", edit_views.new, name="register-new"),
    path("r/<slug:key>/export/", views.export_list, name="register-export"),
    path("r/<slug:key>/status/", edit_views.change_status, name="register-status"),
    path("r/<slug:key>/pick/<slug:column>/", views.pick, name="register-pick"),
    path("r/<slug:key>/<uuid:row_id>/", views.file, name="register-file"),
    path("r/<slug:key>/<uuid:row_id>/edit/", edit_views.edit, name="register-edit"),
    path("r/<slug:key>/<uuid:row_id>/steps/", step_views.log, name="register-steps"),
    path("r/<slug:key>/<uuid:row_id>/steps/<slug:name>/", step_views.step, name="register-step"),
    path("r/<slug:key>/<uuid:row_id>/history/", views.history, name="register-history"),
    path("r/<slug:key>/<uuid:row_id>/reveal/<slug:column>/", views.reveal, name="register-reveal"),
]
