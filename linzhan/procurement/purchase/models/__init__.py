"""The tables of purchases, under the name Django looks for."""

from __future__ import annotations

from linzhan.procurement.purchase.models.beside import Bid, PanelMember, PlannedPost, PurchasePaper
from linzhan.procurement.purchase.models.changes import ContractChange
from linzhan.procurement.purchase.models.file import PurchaseFile, PurchaseItem, PurchaseStation

__all__ = [
    "Bid",
    "ContractChange",
    "PanelMember",
    "PlannedPost",
    "PurchaseFile",
    "PurchaseItem",
    "PurchasePaper",
    "PurchaseStation",
]
