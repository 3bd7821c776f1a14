"""Names of the policy numbers that institutions are held to."""

from __future__ import annotations

from fractions import Fraction

from linzhan.policy.api import (
    AnnualInspectionRule,
    BarRule,
    ListingRule,
    Parameter,
    RatingRule,
    SampleRule,
    TwinningRule,
    parameter_named,
)

PARTY_MEMBERS: Parameter[int] = parameter_named("providers.party_members")
REGISTRATION_CERTIFIED_SHARE: Parameter[Fraction] = parameter_named("providers.registration_certified_share")
REGISTRATION_QUALIFIED_STAFF: Parameter[int] = parameter_named("providers.registration_qualified_staff")
REGISTRATION_ITEMS: Parameter[tuple[str, ...]] = parameter_named("providers.registration_items")
REGISTRATION_BACKGROUND: Parameter[tuple[str, ...]] = parameter_named("providers.registration_background")
ANNUAL_INSPECTION: Parameter[AnnualInspectionRule] = parameter_named("providers.annual_inspection")
RATING_RULE: Parameter[RatingRule] = parameter_named("providers.rating_rule")
LISTING_RULE: Parameter[ListingRule] = parameter_named("providers.listing_rule")
OBJECTION_DAYS: Parameter[int] = parameter_named("providers.objection_days")
YELLOW_CARD: Parameter[tuple[str, ...]] = parameter_named("providers.yellow_card")
REMOVAL_GROUNDS: Parameter[tuple[str, ...]] = parameter_named("providers.removal_grounds")
TWINNING: Parameter[TwinningRule] = parameter_named("providers.twinning")
OUTSIDE_OPERATOR_GRADE: Parameter[str] = parameter_named("providers.outside_operator_grade")
UNDERTAKER_KINDS: Parameter[tuple[str, ...]] = parameter_named("providers.undertaker_kinds")
DISCLOSURE_ITEMS: Parameter[tuple[str, ...]] = parameter_named("providers.disclosure_items")
INSPECTION_SAMPLE: Parameter[SampleRule] = parameter_named("providers.inspection_sample")
INSTITUTION_BAR: Parameter[BarRule] = parameter_named("procurement.institution_bar")
