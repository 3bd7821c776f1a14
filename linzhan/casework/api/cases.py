"""What other apps may use of cases: files, goals, sessions, approvals, the folder."""

from __future__ import annotations

from linzhan.casework.cases.enums import CRISIS, ENDED, Stage
from linzhan.casework.cases.folder import Folder, as_pdf, as_zip, folder_of, level_word, note_export
from linzhan.casework.cases.models import CaseFile, CaseGoal, CaseMember, SessionNote
from linzhan.casework.cases.papers import PAPER, Paper, State, Whole
from linzhan.casework.cases.rights import APPROVE_CASES, EDIT_CASES, EXPORT_CASES, READ_CASES
from linzhan.casework.cases.selectors import (
    attained,
    awaiting_approval,
    follow_ups_due,
    open_cases,
    paused_too_long,
    scores,
    sessions_without_note,
)
from linzhan.casework.cases.services import reopen
from linzhan.casework.cases.sheets import CASE_FILES, CASE_GOALS, SESSION_NOTES

__all__ = [
    "APPROVE_CASES",
    "CASE_FILES",
    "CASE_GOALS",
    "CRISIS",
    "EDIT_CASES",
    "ENDED",
    "EXPORT_CASES",
    "PAPER",
    "READ_CASES",
    "SESSION_NOTES",
    "CaseFile",
    "CaseGoal",
    "CaseMember",
    "Folder",
    "Paper",
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
    "level_word",
    "note_export",
    "open_cases",
    "paused_too_long",
    "reopen",
    "scores",
    "sessions_without_note",
]
