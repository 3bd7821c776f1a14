"""What other apps may use of casework: residents and the services to them. Its subjects have doors of their own beside this one."""

from __future__ import annotations

from linzhan.casework.enums import Method, RecordStatus, ResidentStatus, Risk
from linzhan.casework.models import RecordResident, RecordWorker, Resident, ServiceRecord
from linzhan.casework.phone import in_force
from linzhan.casework.rights import (
    EDIT_RECORDS,
    EDIT_RESIDENTS,
    EDIT_RISK,
    REVEAL,
    REVIEW_RECORDS,
    VIEW_DUE_VISITS,
    VIEW_RECORDS,
    VIEW_RESIDENTS,
    VIEW_RISK,
)
from linzhan.casework.sheets import ITEM, RECORDS, RESIDENTS
from linzhan.casework.together import TogetherRefused, save_with_record
from linzhan.casework.waiting import also_waits

__all__ = [
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "EDIT_RISK",
    "ITEM",
    "RECORDS",
    "RESIDENTS",
    "REVEAL",
    "REVIEW_RECORDS",
    "VIEW_DUE_VISITS",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "VIEW_RISK",
    "Method",
    "RecordResident",
    "RecordStatus",
    "RecordWorker",
    "Resident",
    "ResidentStatus",
    "Risk",
    "ServiceRecord",
    "TogetherRefused",
    "also_waits",
    "in_force",
    "save_with_record",
]
