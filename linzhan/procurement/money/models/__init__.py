"""The tables of money: the ledger, what is decided, what the bank says, what stands beside."""

from __future__ import annotations

from linzhan.procurement.money.models.beside import (
    BudgetInclusion,
    DelegatedWork,
    FinanceAdvice,
    FinanceGuide,
    MatchingFund,
    OperatorCheck,
    SpecialFund,
)
from linzhan.procurement.money.models.books import BankLine, MoneyMonth, Settlement
from linzhan.procurement.money.models.decided import (
    Allocation,
    Clawback,
    FundingLine,
    FundReturn,
    Payment,
    Subsidy,
)
from linzhan.procurement.money.models.ledger import LedgerEntry, LedgerTotal

__all__ = [
    "Allocation",
    "BankLine",
    "BudgetInclusion",
    "Clawback",
    "DelegatedWork",
    "FinanceAdvice",
    "FinanceGuide",
    "FundReturn",
    "FundingLine",
    "LedgerEntry",
    "LedgerTotal",
    "MatchingFund",
    "MoneyMonth",
    "OperatorCheck",
    "Payment",
    "Settlement",
    "SpecialFund",
    "Subsidy",
]
