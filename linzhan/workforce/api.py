"""What other apps may use of the workforce."""

from __future__ import annotations

from linzhan.workforce.assigning.checks import (
    assignment_checks,
    minors_checks,
    staffing_checks,
    team_standing,
    worst,
)
from linzhan.workforce.assigning.enums import AssignmentRole, AssignmentStage
from linzhan.workforce.assigning.reading import in_force
from linzhan.workforce.assigning.sheets import ASSIGNMENTS
from linzhan.workforce.columns import project_column, worker_column
from linzhan.workforce.enums import Employment, Grade, Occasion, Post, SponsorLevel, TrainingKind
from linzhan.workforce.filing.enums import FilingStage, LeavingStage
from linzhan.workforce.filing.overdue import (
    UNFILED_AT_MOST,
    Unfiled,
    unfiled,
    unfiled_changes,
    unfiled_employments,
    unfiled_teams,
)
from linzhan.workforce.filing.pledge import pledge_of
from linzhan.workforce.filing.rights import ACCEPT_FILINGS, AGREE_LEAVINGS, OVERRULE_STAFFING, WATCH_FILINGS
from linzhan.workforce.filing.sheets import LEAVING_REQUESTS, STAFF_FILINGS
from linzhan.workforce.ledger import EducationDuty, days_left, education_duties
from linzhan.workforce.models import (
    AllowanceBatch,
    Assignment,
    Certificate,
    CertificateTerm,
    Filing,
    LeavingRequest,
    PayPlacement,
    PayScaleLine,
    Posting,
    SocialWorker,
    StaffFiling,
    SupervisedStation,
    SupervisedWorker,
    Supervision,
    Training,
    TrainingCredit,
    Vetting,
    WorkBar,
)
from linzhan.workforce.paying.rights import EDIT_PAY_SCALE, PAY_ALLOWANCES, PREPARE_ALLOWANCES, VIEW_PAY
from linzhan.workforce.paying.services import lines_of, payment_list
from linzhan.workforce.posts.models import Appraisal
from linzhan.workforce.posts.selectors import local_trainees, trainee_checks
from linzhan.workforce.rights import (
    EDIT_SUPERVISIONS,
    EDIT_TRAININGS,
    EDIT_WORKERS,
    VIEW_SUPERVISIONS,
    VIEW_TRAININGS,
    VIEW_WORKERS,
)
from linzhan.workforce.selectors import (
    FilingDue,
    TeamCheck,
    expiring_registrations,
    filings_due,
    highest_grades,
    on_post,
    supervision_received,
    team_checks,
)
from linzhan.workforce.services import (
    Filed,
    Hire,
    Leaving,
    Move,
    WorkforceRefused,
    file_changes,
    hire_again,
    leave,
    move,
    withdraw_certificates,
)
from linzhan.workforce.sheets import SUPERVISIONS, TRAININGS, WORKERS
from linzhan.workforce.standing.rights import EDIT_VETTINGS, VIEW_VETTINGS
from linzhan.workforce.standing.services import object_to, sanctions_of

__all__ = [
    "ACCEPT_FILINGS",
    "AGREE_LEAVINGS",
    "ASSIGNMENTS",
    "EDIT_PAY_SCALE",
    "EDIT_SUPERVISIONS",
    "EDIT_TRAININGS",
    "EDIT_VETTINGS",
    "EDIT_WORKERS",
    "LEAVING_REQUESTS",
    "OVERRULE_STAFFING",
    "PAY_ALLOWANCES",
    "PREPARE_ALLOWANCES",
    "STAFF_FILINGS",
    "SUPERVISIONS",
    "TRAININGS",
    "UNFILED_AT_MOST",
    "VIEW_PAY",
    "VIEW_SUPERVISIONS",
    "VIEW_TRAININGS",
    "VIEW_VETTINGS",
    "VIEW_WORKERS",
    "WATCH_FILINGS",
    "WORKERS",
    "AllowanceBatch",
    "Appraisal",
    "Assignment",
    "AssignmentRole",
    "AssignmentStage",
    "Certificate",
    "CertificateTerm",
    "EducationDuty",
    "Employment",
    "Filed",
    "Filing",
    "FilingDue",
    "FilingStage",
    "Grade",
    "Hire",
    "Leaving",
    "LeavingRequest",
    "LeavingStage",
    "Move",
    "Occasion",
    "PayPlacement",
    "PayScaleLine",
    "Post",
    "Posting",
    "SocialWorker",
    "SponsorLevel",
    "StaffFiling",
    "SupervisedStation",
    "SupervisedWorker",
    "Supervision",
    "TeamCheck",
    "Training",
    "TrainingCredit",
    "TrainingKind",
    "Unfiled",
    "Vetting",
    "WorkBar",
    "WorkforceRefused",
    "assignment_checks",
    "days_left",
    "education_duties",
    "expiring_registrations",
    "file_changes",
    "filings_due",
    "highest_grades",
    "hire_again",
    "in_force",
    "leave",
    "lines_of",
    "local_trainees",
    "minors_checks",
    "move",
    "object_to",
    "on_post",
    "payment_list",
    "pledge_of",
    "project_column",
    "sanctions_of",
    "staffing_checks",
    "supervision_received",
    "team_checks",
    "team_standing",
    "trainee_checks",
    "unfiled",
    "unfiled_changes",
    "unfiled_employments",
    "unfiled_teams",
    "withdraw_certificates",
    "worker_column",
    "worst",
]
