"""Questions about reports: those one may see, how long they wait, what came of them, and how many there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from linzhan.casework.incidents.enums import BASES, Signal
from linzhan.casework.incidents.models import Incident, IncidentFact
from linzhan.casework.incidents.rules import KIND_OF_SIGNAL, Limits, Moments, Timer, timers
from linzhan.kernel import places
from linzhan.kernel.scope import unscoped
from linzhan.policy.api import NoRuling, Parameter, casework, ruling_for


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call; ``number`` as it is dialled."""

    name: str
    number: str


def limits_of(region: str, on: date) -> Limits:
    """The rulebook's time limits of a place."""

    def value(parameter: Parameter[int]) -> int:
        return ruling_for(parameter, region=region, on=on).value

    return Limits(
        amber=timedelta(minutes=value(casework.INCIDENT_AMBER)),
        red=timedelta(minutes=value(casework.INCIDENT_RED)),
        acknowledge=timedelta(minutes=value(casework.INCIDENT_ACKNOWLEDGE)),
        reply=timedelta(hours=value(casework.INCIDENT_REPLY)),
    )


def contacts_of(region: str, on: date) -> list[Contact]:
    """Police, ambulance, government and civil affairs lines, and the county's own contact where it is stated."""
    found = [
        Contact("公安", "110"),
        Contact("急救", "120"),
        Contact("政务热线", "12345"),
        Contact("民政热线", "12349"),
    ]
    try:
        own = ruling_for(casework.PROTECTION_CONTACT, region=region, on=on).value
    except NoRuling:
        return found
    return [*found, Contact("本县未保", own)]


def moments_of(incident: Incident) -> Moments:
    return Moments(
        signal=incident.seen_at,
        received=incident.received_at or incident.seen_at,
        reported=incident.reported_at,
        acknowledged=incident.acknowledged_at,
        replied=incident.replied_at,
        closed=incident.closed_at,
        practice=bool(incident.practice),
    )


def timers_of(incident: Incident, now: datetime | None = None) -> list[Timer]:
    """What ``incident`` waits for, by its place's numbers."""
    moment = now or timezone.now()
    return timers(moments_of(incident), moment, limits_of(incident.region_code, timezone.localdate(moment)))


def facts_of(incident: Incident) -> list[IncidentFact]:
    """What was added, first one first."""
    return list(IncidentFact.objects.filter(incident_id=incident.pk).order_by("at", "recorded_at", "id"))


def bases_of(signals: Sequence[str]) -> list[str]:
    """The clauses that oblige, each once."""
    return list(dict.fromkeys(BASES[signal] for signal in signals if signal in BASES))


def names_of(signals: Sequence[str]) -> list[str]:
    known = {signal.value: str(signal.label) for signal in Signal}
    return [known.get(signal, signal) for signal in signals]


def counted(region: str, since: date, before: date) -> dict[str, int]:
    """How many reports there were of each kind below ``region``, practices left out.

    Counts only, for whoever answers for the area; they are hidden where they are small before anybody
    sees them (``rules.shown_counts``).
    """
    low, high = places.bounds(region)
    with unscoped("only counts of mandatory reports, small ones hidden before they are shown"):
        rows = list(
            Incident.objects.filter(
                region_code__gte=low, region_code__lt=high, seen_at__date__gte=since, seen_at__date__lt=before
            )
            .exclude(practice=True)
            .values_list("signals", flat=True)
        )
    found = Counter(KIND_OF_SIGNAL.get(signals[0], "家暴和其他") for signals in rows if signals)
    return {kind: found[kind] for kind in dict.fromkeys(KIND_OF_SIGNAL.values())}


def of_resident(resident_id: UUID) -> list[Incident]:
    """The reports about a resident that the reader may see, newest first."""
    return list(Incident.objects.filter(resident_id=resident_id).order_by("-seen_at"))
