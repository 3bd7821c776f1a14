"""What other apps may use of the network."""

from __future__ import annotations

from linzhan.network.columns import station_column
from linzhan.network.enums import DemonstrationLevel, Operation, StationKind, StationStatus, Tier
from linzhan.network.models import Station, StationState
from linzhan.network.rights import EDIT_STATIONS, VIEW_STATIONS
from linzhan.network.sheets import STATIONS

__all__ = [
    "EDIT_STATIONS",
    "STATIONS",
    "VIEW_STATIONS",
    "DemonstrationLevel",
    "Operation",
    "Station",
    "StationKind",
    "StationState",
    "StationStatus",
    "Tier",
    "station_column",
]
