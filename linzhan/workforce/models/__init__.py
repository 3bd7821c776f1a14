"""The tables of the workforce, under the name Django looks for."""

from __future__ import annotations

from linzhan.workforce.models.supervision import SupervisedStation, SupervisedWorker, Supervision
from linzhan.workforce.models.training import Training, TrainingCredit
from linzhan.workforce.models.workers import Certificate, CertificateTerm, Filing, Posting, SocialWorker

__all__ = [
    "Certificate",
    "CertificateTerm",
    "Filing",
    "Posting",
    "SocialWorker",
    "SupervisedStation",
    "SupervisedWorker",
    "Supervision",
    "Training",
    "TrainingCredit",
]
