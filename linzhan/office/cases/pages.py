"""Cases at the desk: the board of cases, and what of them waits on the work bench."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.api.cases import READ_CASES
from linzhan.office.cases import waiting  # noqa: F401 -- registers what waits
from linzhan.office.navigation import page

page("cases", desk="服务", label=_("个案工作台"), url_name="cases", right=READ_CASES, order=20)
