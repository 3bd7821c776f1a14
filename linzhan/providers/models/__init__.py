"""Tables of the institutions: what they are, how they stand, what is drawn, how they live and grow."""

from __future__ import annotations

from linzhan.providers.models.drawing import DrawnInstitution, Inspector, InspectorConflict, RandomInspection
from linzhan.providers.models.institutions import (
    Inspection,
    Provider,
    ProviderPresence,
    ProviderState,
    present_within,
)
from linzhan.providers.models.life import (
    GovernanceOrgan,
    Internship,
    MassOrganisation,
    PaidIncome,
    ProviderDisclosure,
    ProviderExit,
    Support,
    TradeNotice,
)
from linzhan.providers.models.programmes import (
    Association,
    Campaign,
    Demonstration,
    Incubation,
    IncubationBase,
    PooledOperator,
    Twinning,
    TwinningDay,
)
from linzhan.providers.models.standing import (
    AnnualInspection,
    CreditRecord,
    RatingAward,
    RegistrationCondition,
    Sanction,
    SanctionStatement,
)

__all__ = [
    "AnnualInspection",
    "Association",
    "Campaign",
    "CreditRecord",
    "Demonstration",
    "DrawnInstitution",
    "GovernanceOrgan",
    "Incubation",
    "IncubationBase",
    "Inspection",
    "Inspector",
    "InspectorConflict",
    "Internship",
    "MassOrganisation",
    "PaidIncome",
    "PooledOperator",
    "Provider",
    "ProviderDisclosure",
    "ProviderExit",
    "ProviderPresence",
    "ProviderState",
    "RandomInspection",
    "RatingAward",
    "RegistrationCondition",
    "Sanction",
    "SanctionStatement",
    "Support",
    "TradeNotice",
    "Twinning",
    "TwinningDay",
    "present_within",
]
