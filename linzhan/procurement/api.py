"""What other apps may use of procurement."""

from __future__ import annotations

from linzhan.procurement.columns import PROJECT
from linzhan.procurement.enums import (
    FundLevel,
    Head,
    MovementKind,
    ProjectKind,
    ProjectStatus,
    Source,
    Tendering,
)
from linzhan.procurement.models import (
    BankLine,
    FundBase,
    FundMovement,
    ProjectState,
    ProjectStation,
    ServiceProject,
)
from linzhan.procurement.money.enums import EntryKind
from linzhan.procurement.money.evidence import WITNESSES, Evaluated, Witness
from linzhan.procurement.money.overview import (
    STAGES,
    Sums,
    account_of,
    book_of,
    overview,
    projects_with_books,
)
from linzhan.procurement.money.ratios import RuleHere, rules_of
from linzhan.procurement.money.reconciling import reconciliation
from linzhan.procurement.money.rights import EDIT_BANK, VIEW_BANK, VIEW_LEDGER, VIEW_OVERVIEW
from linzhan.procurement.money.rules import composition
from linzhan.procurement.money.selectors import payment_checks, ratio_checks
from linzhan.procurement.money.sheets.books import BANK_LINES
from linzhan.procurement.rights import EDIT_FUNDS, EDIT_PROJECTS, VIEW_FUNDS, VIEW_PROJECTS
from linzhan.procurement.sheets import BASES, FUNDS, PROJECTS

__all__ = [
    "BANK_LINES",
    "BASES",
    "EDIT_BANK",
    "EDIT_FUNDS",
    "EDIT_PROJECTS",
    "FUNDS",
    "PROJECT",
    "PROJECTS",
    "STAGES",
    "VIEW_BANK",
    "VIEW_FUNDS",
    "VIEW_LEDGER",
    "VIEW_OVERVIEW",
    "VIEW_PROJECTS",
    "WITNESSES",
    "BankLine",
    "EntryKind",
    "Evaluated",
    "FundBase",
    "FundLevel",
    "FundMovement",
    "Head",
    "MovementKind",
    "ProjectKind",
    "ProjectState",
    "ProjectStation",
    "ProjectStatus",
    "RuleHere",
    "ServiceProject",
    "Source",
    "Sums",
    "Tendering",
    "Witness",
    "account_of",
    "book_of",
    "composition",
    "overview",
    "payment_checks",
    "projects_with_books",
    "ratio_checks",
    "reconciliation",
    "rules_of",
]
