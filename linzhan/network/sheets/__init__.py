"""The registers of the network. Only 社工站 belongs to the starter workbook."""

from __future__ import annotations

from linzhan.network.sheets.plans import GRIDS, PILOTS, SUPPORT_TIES, TARGETS
from linzhan.network.sheets.rules import NORM_ADOPTIONS, NORMS, TIER_DUTIES
from linzhan.network.sheets.stations import STATION_PROFILES, STATIONS

__all__ = [
    "GRIDS",
    "NORMS",
    "NORM_ADOPTIONS",
    "PILOTS",
    "STATIONS",
    "STATION_PROFILES",
    "SUPPORT_TIES",
    "TARGETS",
    "TIER_DUTIES",
]
