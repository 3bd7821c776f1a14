from __future__ import annotations

from linzhan.accounts.enums import BUREAU, FIELD, STAFF, Role
from linzhan.kernel.access import right

VIEW_ACCOUNTS = right("accounts.view", "查看账号与任职", BUREAU)
EDIT_ACCOUNTS = right("accounts.edit", "开设账号、任免", BUREAU)
VIEW_AUDIT = right("audit.view", "查看变更记录", BUREAU)
VIEW_JOBS = right("jobs.view", "查看自己的后台任务", STAFF)
VIEW_WAITING = right("work.view", "查看待我办理、委托代办", STAFF)
IMPORT = right("sheets.import", "导入工作簿", (*BUREAU, Role.PROVIDER_MANAGER, Role.STATION_LEAD))
EXPORT = right("sheets.export", "导出台账", (*BUREAU, Role.PROVIDER_MANAGER, Role.STATION_LEAD))
VIEW_FIGURES = right("figures.view", "查看指标", STAFF)
SYNC = right("sync.use", "使用手机应用", (*FIELD, Role.EVALUATOR, Role.PURCHASER, Role.TOWNSHIP_OFFICIAL))
"""Who delivers the service, and who scores on the spot (EVL-11); what each holds and sends has its own right."""
OVERSEE_PHONES = right(
    "sync.oversee", "处理手机提交与设备", (*BUREAU, Role.PROVIDER_MANAGER, Role.STATION_LEAD)
)
STATE_FIGURES = right("figures.state", "填报说明性指标", BUREAU)
