"""Questions to the register of institutions: which duties the rulebook lays on them (INS-03, INS-04, INS-17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from linzhan.kernel import places
from linzhan.kernel.scope import within
from linzhan.policy.api import Parameter, Ruling, rulings_for
from linzhan.providers import rules
from linzhan.providers.enums import ACTIVE, REPORTING, AnnualStage, InspectionKind
from linzhan.providers.models import AnnualInspection, Inspection, Provider
from linzhan.providers.parameters import (
    PARTY_MEMBERS,
    REGISTRATION_CERTIFIED_SHARE,
    REGISTRATION_QUALIFIED_STAFF,
)

CITY = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyDuty:
    """An institution with enough formal members that a party organisation is due, and whether it has one.

    ``has_organisation`` None: not stated, which is not set up.
    """

    provider_id: UUID
    members: int
    due_from: int
    has_organisation: bool | None
    authority: Ruling[int]

    @property
    def met(self) -> bool:
        return bool(self.has_organisation)


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffCheck:
    """A condition on an institution's staff at its registration; ``met`` None: the numbers are not stated."""

    provider_id: UUID
    parameter: str
    needed: int | Fraction
    have: int | Fraction | None
    authority: Ruling[int] | Ruling[Fraction]

    @property
    def met(self) -> bool | None:
        return None if self.have is None else self.have >= self.needed


def party_duties(providers: Sequence[Provider], on: date) -> list[PartyDuty]:
    """The institutions that must have a party organisation by the rule of their place (INS-17)."""
    active = [each for each in providers if each.status in ACTIVE and each.party_members is not None]
    rulings = rulings_for(PARTY_MEMBERS, {each.region_code for each in active}, on)
    return [
        PartyDuty(
            provider_id=each.pk,
            members=each.party_members,
            due_from=rulings[each.region_code].value,
            has_organisation=each.has_party_organisation,
            authority=rulings[each.region_code],
        )
        for each in active
        if each.region_code in rulings
        and each.party_members is not None
        and each.party_members >= rulings[each.region_code].value
    ]


def staff_checks(providers: Sequence[Provider], on: date) -> list[StaffCheck]:
    """Share and number of professional staff asked at registration; only where a place asks.

    The share holds at every registrar of the place (INS-03), the number at the city's own (INS-04).
    """
    regions = {each.region_code for each in providers}
    shares = rulings_for(REGISTRATION_CERTIFIED_SHARE, regions, on)
    numbers = rulings_for(REGISTRATION_QUALIFIED_STAFF, regions, on)
    found = []
    for each in providers:
        if share := shares.get(each.region_code):
            found.append(_check(each, REGISTRATION_CERTIFIED_SHARE, share, _professional_share(each)))
        if (number := numbers.get(each.region_code)) and places.level_of(each.region_code) == CITY:
            found.append(_check(each, REGISTRATION_QUALIFIED_STAFF, number, each.professional_staff))
    return found


def _check(
    provider: Provider,
    parameter: Parameter[int] | Parameter[Fraction],
    ruling: Ruling[int] | Ruling[Fraction],
    have: int | Fraction | None,
) -> StaffCheck:
    return StaffCheck(
        provider_id=provider.pk, parameter=parameter.code, needed=ruling.value, have=have, authority=ruling
    )


def _professional_share(provider: Provider) -> Fraction | None:
    if not provider.full_time_staff or provider.professional_staff is None:
        return None
    return Fraction(provider.professional_staff, provider.full_time_staff)


def unreported(year: int, exempt_months: int) -> QuerySet[Provider]:
    """Social organisations whose report of ``year`` is not in: no file that went beyond its beginning, no result.

    Those registered less than ``exempt_months`` before the end of the year owe none.
    """
    registered_by = rules.months_later(date(year, *rules.YEAR_END), -exempt_months)
    of_year = {"provider": OuterRef("pk"), "year": year}
    files = AnnualInspection.objects.filter(**of_year).exclude(stage=AnnualStage.OPEN)
    results = Inspection.objects.filter(**of_year, kind=InspectionKind.ANNUAL)
    return Provider.objects.filter(
        ~Exists(files),
        ~Exists(results),
        status__in=ACTIVE,
        kind__in=REPORTING,
        registered_on__lte=registered_by,
    )


def population_of(region: str, kinds: Sequence[str]) -> list[str]:
    """Credit codes of the active institutions registered in a place, in order: what a draw is made from."""
    found = Provider.objects.filter(within(Provider, region), status__in=ACTIVE)
    if kinds:
        found = found.filter(kind__in=kinds)
    return list(found.order_by("uscc").values_list("uscc", flat=True))
