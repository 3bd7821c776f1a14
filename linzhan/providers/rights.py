"""Who may see and keep the registers of institutions (``domain.md`` §19.2, NFR-06)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, STAFF, Role
from linzhan.kernel.access import right

VIEW_PROVIDERS = right("providers.view", "查看承接机构", STAFF)
EDIT_PROVIDERS = right("providers.edit", "登记承接机构", BUREAU)
VIEW_INSPECTIONS = right(
    "providers.inspections.view",
    "查看机构检查",
    (*BUREAU, Role.PURCHASER, Role.FINANCE, Role.EVALUATOR, Role.PROVIDER_MANAGER),
)
EDIT_INSPECTIONS = right("providers.inspections.edit", "登记机构检查", BUREAU)
EDIT_OWN = right("providers.own.edit", "登记机构的治理、年报和运行情况", (*BUREAU, Role.PROVIDER_MANAGER))
VIEW_STANDING = right(
    "providers.standing.view",
    "查看机构资格、信用和处理",
    (*BUREAU, Role.PURCHASER, Role.FINANCE, Role.EVALUATOR, Role.PROVIDER_MANAGER),
)
OVERRULE_STANDING = right("providers.standing.overrule", "机构资格不符时说明理由继续办理", BUREAU)
EDIT_RATINGS = right("providers.ratings.edit", "办理等级评定", BUREAU)
PROPOSE_SANCTIONS = right("providers.sanctions.propose", "提出和告知对机构的处理", (*BUREAU, Role.PURCHASER))
DECIDE_SANCTIONS = right("providers.sanctions.decide", "决定、解除和撤销对机构的处理", BUREAU)
ANSWER_SANCTIONS = right("providers.sanctions.answer", "登记陈述申辩", (*BUREAU, Role.PROVIDER_MANAGER))
EDIT_PROGRAMMES = right("providers.programmes.edit", "登记机构培育和行业情况", BUREAU)
"""Who proposes, who answers and who decides are kept apart, so that no one does all of it (FIL-08)."""
