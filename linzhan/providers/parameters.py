"""Names of the policy numbers that institutions are held to."""

from __future__ import annotations

from fractions import Fraction

from linzhan.policy.api import Parameter, parameter_named

PARTY_MEMBERS: Parameter[int] = parameter_named("providers.party_members")
REGISTRATION_CERTIFIED_SHARE: Parameter[Fraction] = parameter_named("providers.registration_certified_share")
REGISTRATION_QUALIFIED_STAFF: Parameter[int] = parameter_named("providers.registration_qualified_staff")
