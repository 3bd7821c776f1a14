"""What other apps may use of the institutions."""

from __future__ import annotations

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
    "Provider",
    "ProviderPresence",
    "ProviderState",
    "ProviderStatus",
    "Rating",
    "present_within",
]
