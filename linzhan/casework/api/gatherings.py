"""What other apps may use of groups, activities, programmes and the other services to many."""

from __future__ import annotations

from linzhan.casework.activities.models import ActivityDetail, ActivityFile
from linzhan.casework.activities.services import feedback_of
from linzhan.casework.attendance.following import AttendanceRefused
from linzhan.casework.attendance.models import Attendance
from linzhan.casework.attendance.selectors import Attendant, Mark, marks_of
from linzhan.casework.attendance.services import take_attendance
from linzhan.casework.groups.models import GroupFile
from linzhan.casework.groups.rights import (
    EDIT_ATTENDANCE,
    EDIT_CONTACTS,
    EDIT_GROUPS,
    VIEW_ATTENDANCE,
    VIEW_GROUPS,
)
from linzhan.casework.groups.selectors import Grid, Session, attendance_grid, group_of, members_on
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

__all__ = [
    "EDIT_ATTENDANCE",
    "EDIT_CONTACTS",
    "EDIT_GROUPS",
    "VIEW_ATTENDANCE",
    "VIEW_GROUPS",
    "ActivityDetail",
    "ActivityFile",
    "Attendance",
    "AttendanceRefused",
    "Attendant",
    "Grid",
    "GroupFile",
    "Lesson",
    "LessonRefused",
    "LessonState",
    "Mark",
    "Programme",
    "ProgrammeSession",
    "Session",
    "TimetableSlot",
    "attendance_grid",
    "enrolled_on",
    "feedback_of",
    "group_of",
    "last_day_of_term",
    "lessons_between",
    "marks_of",
    "members_on",
    "record_lesson",
    "take_attendance",
    "week_of",
]
