from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.accounts.api import VIEW_FIGURES
from linzhan.office.navigation import page

page("overview", desk="总览", label=_("总览"), url_name="office:overview", right=VIEW_FIGURES, order=10)
