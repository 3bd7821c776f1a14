"""The tables of the workforce, under the name Django looks for; below the register of workers those of the applets."""

# ruff: noqa: I001 -- the applets' tables stand on those of the workers
from __future__ import annotations

from linzhan.workforce.models.supervision import SupervisedStation, SupervisedWorker, Supervision
from linzhan.workforce.models.training import Training, TrainingCredit
from linzhan.workforce.models.workers import Certificate, CertificateTerm, Filing, Posting, SocialWorker
from linzhan.workforce.assigning.models import Assignment
from linzhan.workforce.filing.models import FiledWorker, LeavingRequest, StaffFiling
from linzhan.workforce.paying.models import (
    AllowanceBatch,
    AllowanceLine,
    AllowanceStandard,
    GuidancePrice,
    PayCosting,
    PayPlacement,
    PayScaleLine,
    Promotion,
)
from linzhan.workforce.posts.models import (
    Appraisal,
    ConductCase,
    ConductCode,
    JobDescription,
    PersonOrigin,
    PostAppointment,
    PostUnit,
    Recruitment,
    SeniorReview,
    WorkPost,
)
from linzhan.workforce.standing.models import (
    GradeRegistration,
    EducationCredit,
    StaffSanction,
    Vetting,
    WorkBar,
)
from linzhan.workforce.talent.models import (
    Award,
    CoursePlaces,
    Exchange,
    ExamEntry,
    IncentiveItem,
    TalentParticipant,
    TalentProgramme,
    Teacher,
    TrainingBase,
    TrainingPlan,
    University,
)

__all__ = [
    "AllowanceBatch",
    "AllowanceLine",
    "AllowanceStandard",
    "Appraisal",
    "Assignment",
    "Award",
    "Certificate",
    "CertificateTerm",
    "ConductCase",
    "ConductCode",
    "CoursePlaces",
    "EducationCredit",
    "ExamEntry",
    "Exchange",
    "FiledWorker",
    "Filing",
    "GradeRegistration",
    "GuidancePrice",
    "IncentiveItem",
    "JobDescription",
    "LeavingRequest",
    "PayCosting",
    "PayPlacement",
    "PayScaleLine",
    "PersonOrigin",
    "PostAppointment",
    "PostUnit",
    "Posting",
    "Promotion",
    "Recruitment",
    "SeniorReview",
    "SocialWorker",
    "StaffFiling",
    "StaffSanction",
    "SupervisedStation",
    "SupervisedWorker",
    "Supervision",
    "TalentParticipant",
    "TalentProgramme",
    "Teacher",
    "Training",
    "TrainingBase",
    "TrainingCredit",
    "TrainingPlan",
    "University",
    "Vetting",
    "WorkBar",
    "WorkPost",
]  # fmt: skip
