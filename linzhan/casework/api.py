"""What other apps may use of casework."""

from __future__ import annotations

from linzhan.casework.cases.enums import CRISIS, GOAL_LEVELS, Stage
from linzhan.casework.cases.folder import Folder, as_pdf, as_zip, folder_of, level_word, note_export
from linzhan.casework.cases.models import CaseFile, CaseGoal, CaseMember, SessionNote
from linzhan.casework.cases.papers import PAPER, Paper, State, Whole
from linzhan.casework.cases.rights import (
    APPROVE_CASES,
    EDIT_CASES,
    EXPORT_CASES,
    READ_CASES,
    VIEW_CASES,
)
from linzhan.casework.cases.selectors import (
    FollowUpDue,
    attained,
    awaiting_approval,
    follow_ups_due,
    led_by,
    open_cases,
    paused_too_long,
    sessions_without_note,
)
from linzhan.casework.cases.services import records_of, reopen
from linzhan.casework.cases.sheets import CASE_FILES, CASE_GOALS, SESSION_NOTES
from linzhan.casework.enums import Method, Outcome, RecordStatus, ResidentStatus, Risk
from linzhan.casework.models import RecordResident, RecordWorker, Resident, ResidentState, ServiceRecord
from linzhan.casework.phone import in_force
from linzhan.casework.rights import (
    EDIT_RECORDS,
    EDIT_RESIDENTS,
    REVEAL,
    VIEW_RECORDS,
    VIEW_RESIDENTS,
)
from linzhan.casework.sheets import ITEM, RECORDS, RESIDENTS, service_items

__all__ = [
    "APPROVE_CASES",
    "CASE_FILES",
    "CASE_GOALS",
    "CRISIS",
    "EDIT_CASES",
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "EXPORT_CASES",
    "GOAL_LEVELS",
    "ITEM",
    "PAPER",
    "READ_CASES",
    "RECORDS",
    "RESIDENTS",
    "REVEAL",
    "SESSION_NOTES",
    "VIEW_CASES",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "CaseFile",
    "CaseGoal",
    "CaseMember",
    "Folder",
    "FollowUpDue",
    "Method",
    "Outcome",
    "Paper",
    "RecordResident",
    "RecordStatus",
    "RecordWorker",
    "Resident",
    "ResidentState",
    "ResidentStatus",
    "Risk",
    "ServiceRecord",
    "SessionNote",
    "Stage",
    "State",
    "Whole",
    "as_pdf",
    "as_zip",
    "attained",
    "awaiting_approval",
    "folder_of",
    "follow_ups_due",
    "in_force",
    "led_by",
    "level_word",
    "note_export",
    "open_cases",
    "paused_too_long",
    "records_of",
    "reopen",
    "service_items",
    "sessions_without_note",
]
