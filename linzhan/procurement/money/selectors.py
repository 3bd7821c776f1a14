"""What others ask of money: the checks of a fund and of a payment, by the names agreed with them."""

from __future__ import annotations

from linzhan.procurement.money.paying import payment_checks
from linzhan.procurement.money.ratios import ratio_checks, room_check, rules_here

__all__ = ["payment_checks", "ratio_checks", "room_check", "rules_here"]
