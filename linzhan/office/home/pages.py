from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.access import SIGNED_IN
from linzhan.office.navigation import page

page("home", desk="工作台", label=_("工作台"), url_name="office:home", right=SIGNED_IN, order=10)
