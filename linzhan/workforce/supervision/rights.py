"""Who keeps pools, agreements and tasks, and whose the confidential words are (``domain.md`` §19.2)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, FIELD, STATION, Role
from linzhan.kernel.access import right

VIEW_POOL = right(
    "workforce.pool.view", "查看督导人才库", (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.SUPERVISOR, *FIELD)
)
EDIT_POOL = right("workforce.pool.edit", "登记和管理督导人才", (*BUREAU, Role.PROVIDER_MANAGER))
VIEW_AGREEMENTS = right(
    "workforce.agreements.view",
    "查看督导协议",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.PURCHASER, Role.SUPERVISOR, *FIELD),
)
EDIT_AGREEMENTS = right("workforce.agreements.edit", "拟订和签订督导协议", (*BUREAU, Role.PROVIDER_MANAGER))
VIEW_TASKS = right("workforce.tasks.view", "查看督导任务", (*BUREAU, Role.SUPERVISOR, *FIELD))
EDIT_TASKS = right(
    "workforce.tasks.edit", "布置督导任务", (Role.SUPERVISOR, Role.PROVIDER_MANAGER, Role.STATION_LEAD)
)
DO_TASKS = right("workforce.tasks.do", "完成督导任务", (Role.SUPERVISOR, *FIELD))
VIEW_NOTES = right("workforce.notes.view", "查看与自己有关的督导保密记录", (Role.SUPERVISOR, *STATION))
WRITE_NOTES = right(
    "workforce.notes.write",
    "写督导保密记录（只有督导本人和被督导的社工看得到）",
    (Role.SUPERVISOR,),
    opens=True,
)
RATE = right(
    "workforce.ratings.write",
    "督导和社工互评（各人的评分不向他人显示，满 5 人才合计）",
    (Role.SUPERVISOR, *STATION),
    opens=True,
)
VIEW_OWED = right(
    "workforce.owed.view",
    "查看督导工作和应督导名单",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.SUPERVISOR, Role.PROVIDER_MANAGER, *STATION),
)
