"""Who sees and keeps plans, teachers, programmes and awards (TRN, TAL)."""

from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD, Role
from linzhan.kernel.access import right

VIEW_TALENT = right("workforce.talent.view", "查看人才培养和表彰", (*AREA, *FIELD, Role.SUPERVISOR))
EDIT_TALENT = right("workforce.talent.edit", "登记人才培养和表彰", (*BUREAU, Role.TOWNSHIP_OFFICIAL))
