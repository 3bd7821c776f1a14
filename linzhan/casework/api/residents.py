"""What other apps may use of the resident's file."""

from __future__ import annotations

from linzhan.casework.residents.enums import PURPOSE_CODES, Purpose
from linzhan.casework.residents.models import (
    CategoryBasis,
    Consent,
    HomeSurvey,
    Household,
    MajorChange,
    ResidentDetail,
    RiskReview,
)
from linzhan.casework.residents.needing import Found as NeedFound
from linzhan.casework.residents.needing import takes_needs
from linzhan.casework.residents.rules import Expiry, Person, Suggestion, crossed, expiry, stacked, suggest
from linzhan.casework.residents.selectors import (
    expiring,
    numbers,
    reviews_due,
    standing_consents,
)
from linzhan.casework.residents.services import write_along
from linzhan.casework.residents.sheets import (
    CATEGORY_BASES,
    CONSENTS,
    HOME_SURVEYS,
    HOUSEHOLDS,
    MAJOR_CHANGES,
    RESIDENT_DETAILS,
    RISK_REVIEWS,
)

__all__ = [
    "CATEGORY_BASES",
    "CONSENTS",
    "HOME_SURVEYS",
    "HOUSEHOLDS",
    "MAJOR_CHANGES",
    "PURPOSE_CODES",
    "RESIDENT_DETAILS",
    "RISK_REVIEWS",
    "CategoryBasis",
    "Consent",
    "Expiry",
    "HomeSurvey",
    "Household",
    "MajorChange",
    "NeedFound",
    "Person",
    "Purpose",
    "ResidentDetail",
    "RiskReview",
    "Suggestion",
    "crossed",
    "expiring",
    "expiry",
    "numbers",
    "reviews_due",
    "stacked",
    "standing_consents",
    "suggest",
    "takes_needs",
    "write_along",
]
