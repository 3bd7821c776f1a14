from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD, Role
from linzhan.kernel.access import right

VIEW_EVALUATIONS = right("quality.evaluations.view", "查看评估结果", (*AREA, *FIELD, Role.SUPERVISOR))
EDIT_EVALUATIONS = right("quality.evaluations.edit", "登记评估结果", (*BUREAU, Role.EVALUATOR))
