from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD, Role
from linzhan.casework.incidents import rights as _incidents  # noqa: F401 -- registers them
from linzhan.casework.scales import rights as _scales  # noqa: F401 -- registers them
from linzhan.kernel.access import right

VIEW_RESIDENTS = right(
    "casework.residents.view",
    "查看服务对象",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.CHILD_PROTECTION, *FIELD, Role.SUPERVISOR, Role.RESIDENT),
)
EDIT_RESIDENTS = right("casework.residents.edit", "登记服务对象", (*BUREAU, *FIELD))
VIEW_RECORDS = right("casework.records.view", "查看服务记录", (*AREA, *FIELD, Role.SUPERVISOR))
EDIT_RECORDS = right("casework.records.edit", "登记服务记录", (*BUREAU, *FIELD))
REVEAL = right("casework.reveal", "查看完整的个人信息", (*BUREAU, *FIELD))
