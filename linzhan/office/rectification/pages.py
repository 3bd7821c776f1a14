"""Rectification at the desk: what is to be cleared, what waits, and what files say more (RSK-07)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.office.navigation import page
from linzhan.office.rectification import file, waiting  # noqa: F401 -- register parts of files and duties
from linzhan.oversight.api import VIEW_RECTIFICATIONS

page("clearing", "监督", _("整改清零"), "office:clearing", VIEW_RECTIFICATIONS, order=40)
