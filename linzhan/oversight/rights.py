from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD, Role
from linzhan.kernel.access import right

VIEW_DISCLOSURES = right("oversight.disclosures.view", "查看公开情况", (*AREA, *FIELD))
EDIT_DISCLOSURES = right("oversight.disclosures.edit", "登记公开情况", (*BUREAU, *FIELD))

IN_CHARGE = (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.PROVIDER_MANAGER, Role.STATION_LEAD, Role.SUPERVISOR)
"""Those who answer for others: they see the alerts of their place, also about its workers and residents."""

BUYERS = (Role.PURCHASER, Role.FINANCE)
"""Those who buy and pay: they see what is raised about their projects and their money."""

VIEW_ALERTS = right(
    "oversight.alerts.view",
    "查看预警",
    (*IN_CHARGE, Role.STATION_WORKER, Role.CHILD_PROTECTION, *BUYERS),
)
SEE_ALERTS = right("oversight.alerts.all", "查看辖区、机构和站点的全部预警", IN_CHARGE, opens=True)
"""Whoever does not hold it sees the alerts that lie with them in person: on their residents, on themselves."""
SEE_MONEY_ALERTS = right("oversight.alerts.money", "查看项目和资金的预警", BUYERS, opens=True)
SEE_CHILD_ALERTS = right(
    "oversight.alerts.children", "查看未成年人监护的预警", (Role.CHILD_PROTECTION,), opens=True
)
HANDLE_ALERTS = right(
    "oversight.alerts.handle",
    "办理预警",
    (
        *BUREAU,
        Role.TOWNSHIP_OFFICIAL,
        Role.PROVIDER_MANAGER,
        Role.STATION_LEAD,
        Role.CHILD_PROTECTION,
    ),
)
DISMISS_ALERTS = right("oversight.alerts.dismiss", "认定误报、接受风险", BUREAU)
RUN_ALERTS = right("oversight.alerts.run", "运行预警规则、回测阈值", BUREAU)
KEEP_ALERTS = right("oversight.alerts.keep", "维护预警台账", (Role.SYSTEM_ADMIN,))
