"""Who may see, lead, read, approve and take out cases (``domain.md`` §19.2).

The list is an office's; what was said in a case is read by those who lead it and by their supervisor.
"""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, FIELD, STATION, Role
from linzhan.kernel.access import right

VIEW_CASES = right("casework.cases.view", "查看个案名单", (*BUREAU, *FIELD, Role.SUPERVISOR))
EDIT_CASES = right("casework.cases.edit", "办理个案", (Role.SYSTEM_ADMIN, *STATION))
READ_CASES = right("casework.cases.read", "阅读个案内容", (*STATION, Role.SUPERVISOR))
APPROVE_CASES = right("casework.cases.approve", "核准个案计划和结案", (Role.SUPERVISOR,))
EXPORT_CASES = right("casework.cases.export", "导出个案卷宗", STATION)
