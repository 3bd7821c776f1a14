"""What other apps may use of casework."""

from __future__ import annotations

from linzhan.casework.activities.models import ActivityDetail, ActivityFile
from linzhan.casework.activities.rules import Sample
from linzhan.casework.activities.services import feedback_of
from linzhan.casework.attendance.following import AttendanceRefused
from linzhan.casework.attendance.models import Attendance
from linzhan.casework.attendance.selectors import Attendee, Mark, marks_of
from linzhan.casework.attendance.services import take_attendance
from linzhan.casework.enums import Method, Outcome, RecordStatus, ResidentStatus, Risk
from linzhan.casework.groups.models import GroupFile
from linzhan.casework.groups.rights import (
    EDIT_ATTENDANCE,
    EDIT_CONTACTS,
    EDIT_GROUPS,
    VIEW_ATTENDANCE,
    VIEW_CONTACTS,
    VIEW_GROUPS,
)
from linzhan.casework.groups.selectors import Grid, Session, attendance_grid, group_of, members_on
from linzhan.casework.merging.enums import PairState
from linzhan.casework.merging.finding import find_soon
from linzhan.casework.merging.rights import MERGE
from linzhan.casework.merging.services import MergeRefused, choosable, look_again, merge, set_apart
from linzhan.casework.merging.services import undo as undo_merge
from linzhan.casework.models import (
    CategoryBasis,
    Consent,
    DuplicatePair,
    Handover,
    HandoverLine,
    HomeSurvey,
    Household,
    MajorChange,
    Merging,
    RecordResident,
    RecordWorker,
    Resident,
    ResidentDetail,
    ResidentState,
    RiskReview,
    ServiceRecord,
    StatusProposal,
    Transfer,
)
from linzhan.casework.programmes.models import Programme, ProgrammeSession, TimetableSlot
from linzhan.casework.programmes.selectors import (
    Lesson,
    LessonState,
    enrolled_on,
    last_day_of_term,
    lessons_between,
    week_of,
)
from linzhan.casework.programmes.services import LessonRefused, record_lesson
from linzhan.casework.residents.enums import PURPOSE_CODES, Purpose
from linzhan.casework.residents.needing import Found as NeedFound
from linzhan.casework.residents.needing import takes_needs
from linzhan.casework.residents.rules import Expiry, Person, Suggestion, crossed, expiry, stacked, suggest
from linzhan.casework.residents.selectors import (
    changes_of,
    consent_text,
    expiring,
    latest_reviews,
    numbers,
    reviews_due,
    standing_consents,
    suggestions,
)
from linzhan.casework.residents.services import FollowRefused, write_along
from linzhan.casework.residents.sheets import (
    CATEGORY_BASES,
    CONSENTS,
    DETAIL_BY_NAME,
    HOME_SURVEYS,
    HOUSEHOLDS,
    MAJOR_CHANGES,
    RESIDENT_DETAILS,
    RISK_REVIEWS,
)
from linzhan.casework.rights import (
    EDIT_RECORDS,
    EDIT_RESIDENTS,
    EDIT_RISK,
    REVEAL,
    VIEW_RECORDS,
    VIEW_RESIDENTS,
    VIEW_RISK,
)
from linzhan.casework.sheets import ITEM, RECORDS, RESIDENTS, service_items
from linzhan.casework.together import TogetherRefused, save_with_record
from linzhan.casework.transfers.carrying import open_cases
from linzhan.casework.transfers.enums import Consent as TransferConsent
from linzhan.casework.transfers.enums import (
    HandoverReason,
    NoticeMode,
    ProposalState,
    TransferKind,
    TransferStage,
)
from linzhan.casework.transfers.proposing import ProposalRefused
from linzhan.casework.transfers.proposing import drop as drop_proposal
from linzhan.casework.transfers.proposing import take_up as take_up_proposal
from linzhan.casework.transfers.rights import ASSIGN, TRANSFER, VIEW_TRANSFERS
from linzhan.casework.transfers.services import (
    HIDDEN,
    ConsentGiven,
    TransferRefused,
    accept,
    ask,
    ask_for,
    assign,
    decline,
    hand_over,
    note_told,
    stations_of_county,
    take_back,
    withdraw,
)

__all__ = [
    "ASSIGN",
    "CATEGORY_BASES",
    "CONSENTS",
    "DETAIL_BY_NAME",
    "EDIT_ATTENDANCE",
    "EDIT_CONTACTS",
    "EDIT_GROUPS",
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "EDIT_RISK",
    "HIDDEN",
    "HOME_SURVEYS",
    "HOUSEHOLDS",
    "ITEM",
    "MAJOR_CHANGES",
    "MERGE",
    "PURPOSE_CODES",
    "RECORDS",
    "RESIDENTS",
    "RESIDENT_DETAILS",
    "REVEAL",
    "RISK_REVIEWS",
    "TRANSFER",
    "VIEW_ATTENDANCE",
    "VIEW_CONTACTS",
    "VIEW_GROUPS",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "VIEW_RISK",
    "VIEW_TRANSFERS",
    "ActivityDetail",
    "ActivityFile",
    "Attendance",
    "AttendanceRefused",
    "Attendee",
    "CategoryBasis",
    "Consent",
    "ConsentGiven",
    "DuplicatePair",
    "Expiry",
    "FollowRefused",
    "Grid",
    "GroupFile",
    "Handover",
    "HandoverLine",
    "HandoverReason",
    "HomeSurvey",
    "Household",
    "Lesson",
    "LessonRefused",
    "LessonState",
    "MajorChange",
    "Mark",
    "MergeRefused",
    "Merging",
    "Method",
    "NeedFound",
    "NoticeMode",
    "Outcome",
    "PairState",
    "Person",
    "Programme",
    "ProgrammeSession",
    "ProposalRefused",
    "ProposalState",
    "Purpose",
    "RecordResident",
    "RecordStatus",
    "RecordWorker",
    "Resident",
    "ResidentDetail",
    "ResidentState",
    "ResidentStatus",
    "Risk",
    "RiskReview",
    "Sample",
    "ServiceRecord",
    "Session",
    "StatusProposal",
    "Suggestion",
    "TimetableSlot",
    "TogetherRefused",
    "Transfer",
    "TransferConsent",
    "TransferKind",
    "TransferRefused",
    "TransferStage",
    "accept",
    "ask",
    "ask_for",
    "assign",
    "attendance_grid",
    "changes_of",
    "choosable",
    "consent_text",
    "crossed",
    "decline",
    "drop_proposal",
    "enrolled_on",
    "expiring",
    "expiry",
    "feedback_of",
    "find_soon",
    "group_of",
    "hand_over",
    "last_day_of_term",
    "latest_reviews",
    "lessons_between",
    "look_again",
    "marks_of",
    "members_on",
    "merge",
    "note_told",
    "numbers",
    "open_cases",
    "record_lesson",
    "reviews_due",
    "save_with_record",
    "service_items",
    "set_apart",
    "stacked",
    "standing_consents",
    "stations_of_county",
    "suggest",
    "suggestions",
    "take_attendance",
    "take_back",
    "take_up_proposal",
    "takes_needs",
    "undo_merge",
    "week_of",
    "withdraw",
    "write_along",
]
