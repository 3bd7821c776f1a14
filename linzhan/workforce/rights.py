"""Who may see and keep the registers of people (``domain.md`` §19.2, NFR-06)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, FIELD, Role
from linzhan.kernel.access import right

VIEW_WORKERS = right(
    "workforce.workers.view",
    "查看社工",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.PURCHASER, Role.EVALUATOR, Role.SUPERVISOR, *FIELD),
)
EDIT_WORKERS = right(
    "workforce.workers.edit",
    "登记社工、任免和备案",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.PROVIDER_MANAGER, Role.STATION_LEAD),
)
VIEW_SUPERVISIONS = right(
    "workforce.supervisions.view",
    "查看督导记录",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.EVALUATOR, Role.SUPERVISOR, *FIELD),
)
EDIT_SUPERVISIONS = right(
    "workforce.supervisions.edit",
    "登记督导记录",
    (*BUREAU, Role.SUPERVISOR, Role.PROVIDER_MANAGER, Role.STATION_LEAD),
)
VIEW_TRAININGS = right(
    "workforce.trainings.view",
    "查看培训",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.PURCHASER, Role.EVALUATOR, Role.SUPERVISOR, *FIELD),
)
EDIT_TRAININGS = right("workforce.trainings.edit", "登记培训", (*BUREAU, Role.TOWNSHIP_OFFICIAL))
