"""What other apps may use of casework."""

from __future__ import annotations

from linzhan.casework.activities.models import ActivityDetail, ActivityFile
from linzhan.casework.activities.rules import Sample
from linzhan.casework.activities.services import feedback_of
from linzhan.casework.attendance.following import AttendanceRefused
from linzhan.casework.attendance.models import Attendance
from linzhan.casework.attendance.selectors import Mark, Person, marks_of
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
from linzhan.casework.models import RecordResident, RecordWorker, Resident, ResidentState, ServiceRecord
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
from linzhan.casework.rights import (
    EDIT_RECORDS,
    EDIT_RESIDENTS,
    REVEAL,
    VIEW_RECORDS,
    VIEW_RESIDENTS,
)
from linzhan.casework.sheets import ITEM, RECORDS, RESIDENTS, service_items
from linzhan.casework.together import TogetherRefused, save_with_record

__all__ = [
    "EDIT_ATTENDANCE",
    "EDIT_CONTACTS",
    "EDIT_GROUPS",
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "ITEM",
    "RECORDS",
    "RESIDENTS",
    "REVEAL",
    "VIEW_ATTENDANCE",
    "VIEW_CONTACTS",
    "VIEW_GROUPS",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "ActivityDetail",
    "ActivityFile",
    "Attendance",
    "AttendanceRefused",
    "Grid",
    "GroupFile",
    "Lesson",
    "LessonRefused",
    "LessonState",
    "Mark",
    "Method",
    "Outcome",
    "Person",
    "Programme",
    "ProgrammeSession",
    "RecordResident",
    "RecordStatus",
    "RecordWorker",
    "Resident",
    "ResidentState",
    "ResidentStatus",
    "Risk",
    "Sample",
    "ServiceRecord",
    "Session",
    "TimetableSlot",
    "TogetherRefused",
    "attendance_grid",
    "enrolled_on",
    "feedback_of",
    "group_of",
    "last_day_of_term",
    "lessons_between",
    "marks_of",
    "members_on",
    "record_lesson",
    "save_with_record",
    "service_items",
    "take_attendance",
    "week_of",
]
