"""Institutions at the desk: their standing in one look, and what belongs together on their file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.office.navigation import page
from linzhan.office.providers import file, head, waiting  # noqa: F401 -- register parts of files and duties
from linzhan.providers.api import VIEW_STANDING

page("standing", desk="机构", label=_("资格一览"), url_name="office:standing", right=VIEW_STANDING, order=5)
