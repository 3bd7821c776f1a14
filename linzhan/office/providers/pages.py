"""Institutions at the desk: their standing in one look, and what belongs together on their file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.office.navigation import page
from linzhan.office.providers import file, head  # noqa: F401 -- register parts of the file
from linzhan.providers.api import VIEW_PROVIDERS, VIEW_STANDING

page("standing", desk="机构", label=_("资格一览"), url_name="office:standing", right=VIEW_STANDING, order=5)
page(
    "provider-registers",
    desk="机构",
    label=_("培育与运行台账"),
    url_name="office:provider-registers",
    right=VIEW_PROVIDERS,
    order=60,
)
