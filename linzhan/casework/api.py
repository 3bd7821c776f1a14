"""What other apps may use of casework."""

from __future__ import annotations

from linzhan.casework.activities.models import ActivityDetail, ActivityFile
from linzhan.casework.activities.rules import Sample
from linzhan.casework.activities.services import feedback_of
from linzhan.casework.attendance.following import AttendanceRefused
from linzhan.casework.attendance.models import Attendance
from linzhan.casework.attendance.selectors import Attendant, Mark, marks_of
from linzhan.casework.attendance.services import take_attendance
from linzhan.casework.cases.enums import CRISIS, ENDED, GOAL_LEVELS, Stage
from linzhan.casework.cases.folder import Folder, as_pdf, as_zip, folder_of, level_word, note_export
from linzhan.casework.cases.models import CaseFile, CaseGoal, CaseMember, SessionNote
from linzhan.casework.cases.papers import PAPER, Paper, State, Whole
from linzhan.casework.cases.rights import APPROVE_CASES, EDIT_CASES, EXPORT_CASES, READ_CASES, VIEW_CASES
from linzhan.casework.cases.selectors import (
    FollowUpDue,
    attained,
    awaiting_approval,
    follow_ups_due,
    led_by,
    open_cases,
    paused_too_long,
    scores,
    sessions_without_note,
)
from linzhan.casework.cases.services import records_of, reopen
from linzhan.casework.cases.sheets import CASE_FILES, CASE_GOALS, SESSION_NOTES
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
from linzhan.casework.incidents.enums import FactKind
from linzhan.casework.incidents.enums import Stage as IncidentStage
from linzhan.casework.incidents.models import Incident, IncidentFact, IncidentNotice
from linzhan.casework.incidents.phone import DO_NOT
from linzhan.casework.incidents.rights import (
    CLOSE_INCIDENTS,
    COUNT_INCIDENTS,
    REPORT_INCIDENTS,
    TOLD_OF_INCIDENTS,
)
from linzhan.casework.incidents.rules import Clock, Timer, next_kinds, shown_counts, shown_total
from linzhan.casework.incidents.rules import Tone as TimerTone
from linzhan.casework.incidents.selectors import (
    bases_of,
    contacts_of,
    facts_of,
    limits_of,
    names_of,
    timers_of,
)
from linzhan.casework.incidents.selectors import counted as counted_incidents
from linzhan.casework.incidents.sheets import FACTS as INCIDENT_FACTS
from linzhan.casework.incidents.sheets import INCIDENTS
from linzhan.casework.merging.enums import PairState
from linzhan.casework.merging.finding import find_in_county, find_soon
from linzhan.casework.merging.rights import MERGE
from linzhan.casework.merging.services import MergeRefused, choosable, look_again, merge, set_apart
from linzhan.casework.merging.services import undo as undo_merge
from linzhan.casework.mine.rights import VIEW_OWN_SERVICE, VIEW_STATION_TIME
from linzhan.casework.mine.selectors import Service as OwnService
from linzhan.casework.mine.selectors import Week as OwnWeek
from linzhan.casework.mine.selectors import (
    learning_of,
    rows_of_person,
    service_of,
    weeks_of,
    weeks_of_stations,
)
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
from linzhan.casework.phone import in_force
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
from linzhan.casework.review.locking import lock_months
from linzhan.casework.review.models import MonthLock, MonthUnlock
from linzhan.casework.rights import (
    EDIT_RECORDS,
    EDIT_RESIDENTS,
    EDIT_RISK,
    LOCK_MONTHS,
    ORDER_CONTACTS,
    REVEAL,
    REVIEW_RECORDS,
    VIEW_RECORDS,
    VIEW_RESIDENTS,
    VIEW_RISK,
)
from linzhan.casework.scales.catalogue import bring as bring_scale
from linzhan.casework.scales.catalogue import newest as newest_scales
from linzhan.casework.scales.catalogue import scale_of
from linzhan.casework.scales.definition import Act as ScaleAct
from linzhan.casework.scales.definition import DefinitionFault, Scale
from linzhan.casework.scales.definition import Item as ScaleItem
from linzhan.casework.scales.definition import Wording as ScaleWording
from linzhan.casework.scales.rights import DEFINE_SCALES, EDIT_RESULTS, READ_SCALES, VIEW_RESULTS
from linzhan.casework.scales.scoring import SCREENING_ONLY
from linzhan.casework.scales.selectors import Reading as ScaleReading
from linzhan.casework.scales.selectors import of_resident as readings_of_resident
from linzhan.casework.scales.selectors import reading as reading_of
from linzhan.casework.scales.selectors import trend as trend_of
from linzhan.casework.scales.services import VoidRefused
from linzhan.casework.scales.services import void as void_result_of
from linzhan.casework.scales.sheets import RESULTS as SCALE_RESULTS
from linzhan.casework.scales.sheets import answers_of
from linzhan.casework.sheets import ITEM, RECORDS, RESIDENTS, service_items
from linzhan.casework.together import TogetherRefused, save_with_record
from linzhan.casework.transfers.carrying import open_cases_of
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
from linzhan.casework.visits.due import (
    Due,
    DueCount,
    due_counts,
    due_list,
    due_of,
    registered,
    rules_in_force,
)
from linzhan.casework.visits.models import ContactOrder, VisitDetail
from linzhan.casework.visits.owing import owed_after, owed_on
from linzhan.casework.visits.sheets import VISIT_DETAILS
from linzhan.casework.visits.unmet import unmet_twice

__all__ = [
    "APPROVE_CASES",
    "ASSIGN",
    "CASE_FILES",
    "CASE_GOALS",
    "CATEGORY_BASES",
    "CLOSE_INCIDENTS",
    "CONSENTS",
    "COUNT_INCIDENTS",
    "CRISIS",
    "DEFINE_SCALES",
    "DETAIL_BY_NAME",
    "DO_NOT",
    "EDIT_ATTENDANCE",
    "EDIT_CASES",
    "EDIT_CONTACTS",
    "EDIT_GROUPS",
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "EDIT_RESULTS",
    "EDIT_RISK",
    "ENDED",
    "EXPORT_CASES",
    "GOAL_LEVELS",
    "HIDDEN",
    "HOME_SURVEYS",
    "HOUSEHOLDS",
    "INCIDENTS",
    "INCIDENT_FACTS",
    "ITEM",
    "LOCK_MONTHS",
    "MAJOR_CHANGES",
    "MERGE",
    "ORDER_CONTACTS",
    "PAPER",
    "PURPOSE_CODES",
    "READ_CASES",
    "READ_SCALES",
    "RECORDS",
    "REPORT_INCIDENTS",
    "RESIDENTS",
    "RESIDENT_DETAILS",
    "REVEAL",
    "REVIEW_RECORDS",
    "RISK_REVIEWS",
    "SCALE_RESULTS",
    "SCREENING_ONLY",
    "SESSION_NOTES",
    "TOLD_OF_INCIDENTS",
    "TRANSFER",
    "VIEW_ATTENDANCE",
    "VIEW_CASES",
    "VIEW_CONTACTS",
    "VIEW_GROUPS",
    "VIEW_OWN_SERVICE",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "VIEW_RESULTS",
    "VIEW_RISK",
    "VIEW_STATION_TIME",
    "VIEW_TRANSFERS",
    "VISIT_DETAILS",
    "ActivityDetail",
    "ActivityFile",
    "Attendance",
    "AttendanceRefused",
    "Attendant",
    "CaseFile",
    "CaseGoal",
    "CaseMember",
    "CategoryBasis",
    "Clock",
    "Consent",
    "ConsentGiven",
    "ContactOrder",
    "DefinitionFault",
    "Due",
    "DueCount",
    "DuplicatePair",
    "Expiry",
    "FactKind",
    "Folder",
    "FollowRefused",
    "FollowUpDue",
    "Grid",
    "GroupFile",
    "Handover",
    "HandoverLine",
    "HandoverReason",
    "HomeSurvey",
    "Household",
    "Incident",
    "IncidentFact",
    "IncidentNotice",
    "IncidentStage",
    "Lesson",
    "LessonRefused",
    "LessonState",
    "MajorChange",
    "Mark",
    "MergeRefused",
    "Merging",
    "Method",
    "MonthLock",
    "MonthUnlock",
    "NeedFound",
    "NoticeMode",
    "Outcome",
    "OwnService",
    "OwnWeek",
    "PairState",
    "Paper",
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
    "Scale",
    "ScaleAct",
    "ScaleItem",
    "ScaleReading",
    "ScaleWording",
    "ServiceRecord",
    "Session",
    "SessionNote",
    "Stage",
    "State",
    "StatusProposal",
    "Suggestion",
    "Timer",
    "TimerTone",
    "TimetableSlot",
    "TogetherRefused",
    "Transfer",
    "TransferConsent",
    "TransferKind",
    "TransferRefused",
    "TransferStage",
    "VisitDetail",
    "VoidRefused",
    "Whole",
    "accept",
    "answers_of",
    "as_pdf",
    "as_zip",
    "ask",
    "ask_for",
    "assign",
    "attained",
    "attendance_grid",
    "awaiting_approval",
    "bases_of",
    "bring_scale",
    "changes_of",
    "choosable",
    "consent_text",
    "contacts_of",
    "counted_incidents",
    "crossed",
    "decline",
    "drop_proposal",
    "due_counts",
    "due_list",
    "due_of",
    "enrolled_on",
    "expiring",
    "expiry",
    "facts_of",
    "feedback_of",
    "find_in_county",
    "find_soon",
    "folder_of",
    "follow_ups_due",
    "group_of",
    "hand_over",
    "in_force",
    "last_day_of_term",
    "latest_reviews",
    "learning_of",
    "led_by",
    "lessons_between",
    "level_word",
    "limits_of",
    "lock_months",
    "look_again",
    "marks_of",
    "members_on",
    "merge",
    "names_of",
    "newest_scales",
    "next_kinds",
    "note_export",
    "note_told",
    "numbers",
    "open_cases",
    "open_cases_of",
    "owed_after",
    "owed_on",
    "paused_too_long",
    "reading_of",
    "readings_of_resident",
    "record_lesson",
    "records_of",
    "registered",
    "reopen",
    "reviews_due",
    "rows_of_person",
    "rules_in_force",
    "save_with_record",
    "scale_of",
    "scores",
    "service_items",
    "service_of",
    "sessions_without_note",
    "set_apart",
    "shown_counts",
    "shown_total",
    "stacked",
    "standing_consents",
    "stations_of_county",
    "suggest",
    "suggestions",
    "take_attendance",
    "take_back",
    "take_up_proposal",
    "takes_needs",
    "timers_of",
    "trend_of",
    "undo_merge",
    "unmet_twice",
    "void_result_of",
    "week_of",
    "weeks_of",
    "weeks_of_stations",
    "withdraw",
    "write_along",
]
