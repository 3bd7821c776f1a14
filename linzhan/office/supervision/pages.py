"""Professional supervision at the desk: the work page, who is owed it, matching, a worker's own, questions (SPV-01…13)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.api.mine import VIEW_OWN_SERVICE
from linzhan.office.navigation import page
from linzhan.office.supervision import duties, questions, sessions  # noqa: F401 -- each registers its part
from linzhan.workforce.api import VIEW_OWED

page("supervision", "人员", _("督导工作"), "supervision", VIEW_OWED, 40)
page("supervision-owed", "人员", _("应督导名单"), "supervision-owed", VIEW_OWED, 41)
page("own-supervision", "工作台", _("我的督导"), "own-supervision", VIEW_OWN_SERVICE, 22)
