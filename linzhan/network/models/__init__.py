"""Tables of the network: stations, what is set down for them, and what regions plan."""

from __future__ import annotations

from linzhan.network.models.plans import Grid, Pilot, RegionalTarget, SupportTie
from linzhan.network.models.rules import HeldBelowRow, Norm, NormAdoption, PublishedRow, TierDuty
from linzhan.network.models.stations import Station, StationProfile, StationState

__all__ = [
    "Grid",
    "HeldBelowRow",
    "Norm",
    "NormAdoption",
    "Pilot",
    "PublishedRow",
    "RegionalTarget",
    "Station",
    "StationProfile",
    "StationState",
    "SupportTie",
    "TierDuty",
]
