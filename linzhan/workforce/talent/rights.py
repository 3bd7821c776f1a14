"""Who sees and keeps plans, teachers, programmes and awards (TRN, TAL)."""

from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, Role
from linzhan.kernel.access import right

VIEW_TALENT = right("workforce.talent.view", "查看人才培养和表彰", (*AREA, Role.PROVIDER_MANAGER))
EDIT_TALENT = right("workforce.talent.edit", "登记人才培养和表彰", (*BUREAU, Role.TOWNSHIP_OFFICIAL))
