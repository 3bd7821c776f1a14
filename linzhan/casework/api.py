"""What other apps may use of casework."""

from __future__ import annotations

from linzhan.casework.enums import Method, Outcome, RecordStatus, ResidentStatus, Risk
from linzhan.casework.models import RecordResident, RecordWorker, Resident, ResidentState, ServiceRecord
from linzhan.casework.rights import (
    EDIT_RECORDS,
    EDIT_RESIDENTS,
    REVEAL,
    VIEW_RECORDS,
    VIEW_RESIDENTS,
)
from linzhan.casework.sheets import ITEM, RECORDS, RESIDENTS, service_items

__all__ = [
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "ITEM",
    "RECORDS",
    "RESIDENTS",
    "REVEAL",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "Method",
    "Outcome",
    "RecordResident",
    "RecordStatus",
    "RecordWorker",
    "Resident",
    "ResidentState",
    "ResidentStatus",
    "Risk",
    "ServiceRecord",
    "service_items",
]
