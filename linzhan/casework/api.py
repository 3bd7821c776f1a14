"""What other apps may use of casework."""

from __future__ import annotations

from linzhan.casework.enums import Method, Outcome, RecordStatus, ResidentStatus, Risk
from linzhan.casework.models import RecordResident, RecordWorker, Resident, ResidentState, ServiceRecord
from linzhan.casework.residents.needing import Found as NeedFound
from linzhan.casework.residents.needing import takes_needs
from linzhan.casework.residents.services import FollowRefused, write_along
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
    "FollowRefused",
    "Method",
    "NeedFound",
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
    "takes_needs",
    "write_along",
]
