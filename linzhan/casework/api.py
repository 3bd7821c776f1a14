"""What other apps may use of casework."""

from __future__ import annotations

from linzhan.casework.enums import Method, Outcome, RecordStatus, ResidentStatus, Risk
from linzhan.casework.models import (
    CategoryBasis,
    Consent,
    HomeSurvey,
    Household,
    MajorChange,
    RecordResident,
    RecordWorker,
    Resident,
    ResidentDetail,
    ResidentState,
    RiskReview,
    ServiceRecord,
)
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

__all__ = [
    "CATEGORY_BASES",
    "CONSENTS",
    "DETAIL_BY_NAME",
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "EDIT_RISK",
    "HOME_SURVEYS",
    "HOUSEHOLDS",
    "ITEM",
    "MAJOR_CHANGES",
    "PURPOSE_CODES",
    "RECORDS",
    "RESIDENTS",
    "RESIDENT_DETAILS",
    "REVEAL",
    "RISK_REVIEWS",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "VIEW_RISK",
    "CategoryBasis",
    "Consent",
    "Expiry",
    "FollowRefused",
    "HomeSurvey",
    "Household",
    "MajorChange",
    "Method",
    "NeedFound",
    "Outcome",
    "Person",
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
    "ServiceRecord",
    "Suggestion",
    "changes_of",
    "consent_text",
    "crossed",
    "expiring",
    "expiry",
    "latest_reviews",
    "numbers",
    "reviews_due",
    "service_items",
    "stacked",
    "standing_consents",
    "suggest",
    "suggestions",
    "takes_needs",
    "write_along",
]
