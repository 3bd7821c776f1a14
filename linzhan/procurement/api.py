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
from linzhan.procurement.money.composing import (
    LINKED,
    Composed,
    Composition,
    Given,
    Part,
    Piece,
    composed,
    contributes,
    in_words,
)
from linzhan.procurement.money.enums import EntryKind
from linzhan.procurement.money.evidence import WITNESSES, Evaluated, Held, Witness
from linzhan.procurement.money.overview import (
    STAGES,
    Sums,
    account_of,
    book_of,
    day_of_year,
    latest_year,
    latest_year_of_own,
    overview,
    projects_with_books,
)
from linzhan.procurement.money.ratios import RuleHere, rules_of
from linzhan.procurement.money.reconciling import reconciliation
from linzhan.procurement.money.rights import EDIT_BANK, VIEW_BANK, VIEW_LEDGER, VIEW_OVERVIEW
from linzhan.procurement.money.rules import composition
from linzhan.procurement.money.selectors import payment_checks, ratio_checks
from linzhan.procurement.money.sheets.books import BANK_LINES
from linzhan.procurement.progress.counting import Counted, counts
from linzhan.procurement.progress.enums import Metric
from linzhan.procurement.progress.models import ContractTarget, Milestone, ProjectProgress
from linzhan.procurement.progress.rights import EDIT_PLAN, EDIT_TARGETS, VIEW_PROGRESS
from linzhan.procurement.progress.rules import Line
from linzhan.procurement.progress.selectors import OF_SHEET, Standing, notice_line, standings
from linzhan.procurement.progress.services import keep_progress
from linzhan.procurement.purchase.enums import Stage as PurchaseStage
from linzhan.procurement.purchase.folder import as_pdf as folder_as_pdf
from linzhan.procurement.purchase.folder import as_zip as folder_as_zip
from linzhan.procurement.purchase.folder import purchase_folder
from linzhan.procurement.purchase.models import ContractChange, PurchaseFile
from linzhan.procurement.purchase.rights import EDIT_PURCHASES, VIEW_BIDS, VIEW_PURCHASES
from linzhan.procurement.purchase.services import open_afterwards, unfiled
from linzhan.procurement.rights import EDIT_FUNDS, EDIT_PROJECTS, VIEW_FUNDS, VIEW_PROJECTS
from linzhan.procurement.sheets import BASES, FUNDS, PROJECTS

__all__ = [
    "BANK_LINES",
    "BASES",
    "EDIT_BANK",
    "EDIT_FUNDS",
    "EDIT_PLAN",
    "EDIT_PROJECTS",
    "EDIT_PURCHASES",
    "EDIT_TARGETS",
    "FUNDS",
    "LINKED",
    "OF_SHEET",
    "PROJECT",
    "PROJECTS",
    "STAGES",
    "VIEW_BANK",
    "VIEW_BIDS",
    "VIEW_FUNDS",
    "VIEW_LEDGER",
    "VIEW_OVERVIEW",
    "VIEW_PROGRESS",
    "VIEW_PROJECTS",
    "VIEW_PURCHASES",
    "WITNESSES",
    "BankLine",
    "Composed",
    "Composition",
    "ContractChange",
    "ContractTarget",
    "Counted",
    "EntryKind",
    "Evaluated",
    "FundBase",
    "FundLevel",
    "FundMovement",
    "Given",
    "Head",
    "Held",
    "Line",
    "Metric",
    "Milestone",
    "MovementKind",
    "Part",
    "Piece",
    "ProjectKind",
    "ProjectProgress",
    "ProjectState",
    "ProjectStation",
    "ProjectStatus",
    "PurchaseFile",
    "PurchaseStage",
    "RuleHere",
    "ServiceProject",
    "Source",
    "Standing",
    "Sums",
    "Tendering",
    "Witness",
    "account_of",
    "book_of",
    "composed",
    "composition",
    "contributes",
    "counts",
    "day_of_year",
    "folder_as_pdf",
    "folder_as_zip",
    "in_words",
    "keep_progress",
    "latest_year",
    "latest_year_of_own",
    "notice_line",
    "open_afterwards",
    "overview",
    "payment_checks",
    "projects_with_books",
    "purchase_folder",
    "ratio_checks",
    "reconciliation",
    "rules_of",
    "standings",
    "unfiled",
]
