"""What other apps may use of the institutions."""

from __future__ import annotations

from linzhan.providers.columns import provider_column
from linzhan.providers.disclosing import disclosure_checks
from linzhan.providers.enums import (
    ACTIVE,
    Conclusion,
    InspectionKind,
    OrganisationKind,
    ProviderStatus,
    Rating,
    SanctionStage,
    TradeNoticeStage,
)
from linzhan.providers.helping import twinning_checks
from linzhan.providers.models import (
    AnnualInspection,
    CreditRecord,
    Inspection,
    Provider,
    ProviderPresence,
    ProviderState,
    RandomInspection,
    RatingAward,
    RegistrationCondition,
    Sanction,
    SanctionStatement,
    Support,
    TradeNotice,
    Twinning,
    TwinningDay,
    present_within,
)
from linzhan.providers.registration import registration_checks
from linzhan.providers.rights import (
    ANSWER_SANCTIONS,
    DECIDE_SANCTIONS,
    EDIT_INSPECTIONS,
    EDIT_OWN,
    EDIT_PROVIDERS,
    OVERRULE_STANDING,
    PROPOSE_SANCTIONS,
    VIEW_INSPECTIONS,
    VIEW_PROVIDERS,
    VIEW_STANDING,
)
from linzhan.providers.rules import digest, sample_size
from linzhan.providers.selectors import PartyDuty, StaffCheck, party_duties, staff_checks, unreported
from linzhan.providers.services import drawn_again
from linzhan.providers.sheets import INSPECTIONS, PROVIDERS
from linzhan.providers.standing import standing_checks, standings, verdict

__all__ = [
    "ACTIVE",
    "ANSWER_SANCTIONS",
    "DECIDE_SANCTIONS",
    "EDIT_INSPECTIONS",
    "EDIT_OWN",
    "EDIT_PROVIDERS",
    "INSPECTIONS",
    "OVERRULE_STANDING",
    "PROPOSE_SANCTIONS",
    "PROVIDERS",
    "VIEW_INSPECTIONS",
    "VIEW_PROVIDERS",
    "VIEW_STANDING",
    "AnnualInspection",
    "Conclusion",
    "CreditRecord",
    "Inspection",
    "InspectionKind",
    "OrganisationKind",
    "PartyDuty",
    "Provider",
    "ProviderPresence",
    "ProviderState",
    "ProviderStatus",
    "RandomInspection",
    "Rating",
    "RatingAward",
    "RegistrationCondition",
    "Sanction",
    "SanctionStage",
    "SanctionStatement",
    "StaffCheck",
    "Support",
    "TradeNotice",
    "TradeNoticeStage",
    "Twinning",
    "TwinningDay",
    "digest",
    "disclosure_checks",
    "drawn_again",
    "party_duties",
    "present_within",
    "provider_column",
    "registration_checks",
    "sample_size",
    "staff_checks",
    "standing_checks",
    "standings",
    "twinning_checks",
    "unreported",
    "verdict",
]
