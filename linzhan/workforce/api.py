"""What other apps may use of the workforce."""

from __future__ import annotations

from linzhan.workforce.enums import Employment, Grade, Occasion, Post, SponsorLevel, TrainingKind
from linzhan.workforce.models import (
    Certificate,
    CertificateTerm,
    Filing,
    Posting,
    SocialWorker,
    SupervisedStation,
    SupervisedWorker,
    Supervision,
    Training,
    TrainingCredit,
)
from linzhan.workforce.rights import (
    EDIT_SUPERVISIONS,
    EDIT_TRAININGS,
    EDIT_WORKERS,
    VIEW_SUPERVISIONS,
    VIEW_TRAININGS,
    VIEW_WORKERS,
)
from linzhan.workforce.sheets import SUPERVISIONS, TRAININGS, WORKERS

__all__ = [
    "EDIT_SUPERVISIONS",
    "EDIT_TRAININGS",
    "EDIT_WORKERS",
    "SUPERVISIONS",
    "TRAININGS",
    "VIEW_SUPERVISIONS",
    "VIEW_TRAININGS",
    "VIEW_WORKERS",
    "WORKERS",
    "Certificate",
    "CertificateTerm",
    "Employment",
    "Filing",
    "Grade",
    "Occasion",
    "Post",
    "Posting",
    "SocialWorker",
    "SponsorLevel",
    "SupervisedStation",
    "SupervisedWorker",
    "Supervision",
    "Training",
    "TrainingCredit",
    "TrainingKind",
]
