from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.api.scales import READ_SCALES
from linzhan.office.navigation import page

page("scales", "服务", _("量表"), "office:scales", READ_SCALES, order=60, beside=True)
