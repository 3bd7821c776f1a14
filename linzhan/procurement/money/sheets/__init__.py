"""The registers of money, read at start-up."""

from __future__ import annotations

from linzhan.procurement.money import services
from linzhan.procurement.money.sheets import beside, books, decided

__all__ = ["beside", "books", "decided", "services"]
