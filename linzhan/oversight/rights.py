from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD
from linzhan.kernel.access import right

VIEW_DISCLOSURES = right("oversight.disclosures.view", "查看公开情况", (*AREA, *FIELD))
EDIT_DISCLOSURES = right("oversight.disclosures.edit", "登记公开情况", (*BUREAU, *FIELD))
