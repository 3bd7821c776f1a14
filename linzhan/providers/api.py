"""What other apps may use of the institutions."""

from __future__ import annotations

from linzhan.providers.columns import provider_column
from linzhan.providers.enums import (
    ACTIVE,
    Conclusion,
    InspectionKind,
    OrganisationKind,
    ProviderStatus,
    Rating,
)
from linzhan.providers.models import Inspection, Provider, ProviderPresence, ProviderState, present_within
from linzhan.providers.rights import EDIT_INSPECTIONS, EDIT_PROVIDERS, VIEW_INSPECTIONS, VIEW_PROVIDERS
from linzhan.providers.selectors import PartyDuty, StaffCheck, party_duties, staff_checks
from linzhan.providers.sheets import INSPECTIONS, PROVIDERS

__all__ = [
    "ACTIVE",
    "EDIT_INSPECTIONS",
    "EDIT_PROVIDERS",
    "INSPECTIONS",
    "PROVIDERS",
    "VIEW_INSPECTIONS",
    "VIEW_PROVIDERS",
    "Conclusion",
    "Inspection",
    "InspectionKind",
    "OrganisationKind",
    "PartyDuty",
    "Provider",
    "ProviderPresence",
    "ProviderState",
    "ProviderStatus",
    "Rating",
    "StaffCheck",
    "party_duties",
    "present_within",
    "provider_column",
    "staff_checks",
]
