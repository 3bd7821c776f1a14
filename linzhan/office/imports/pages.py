from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.accounts.api import IMPORT
from linzhan.office.navigation import page

page("import", "系统", _("导入"), "import", IMPORT, 60)
