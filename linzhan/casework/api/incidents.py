"""What other apps may use of mandatory reports."""

from __future__ import annotations

from linzhan.casework.incidents.enums import FactKind
from linzhan.casework.incidents.enums import Stage as IncidentStage
from linzhan.casework.incidents.models import Incident, IncidentFact, IncidentNotice
from linzhan.casework.incidents.phone import DO_NOT
from linzhan.casework.incidents.rights import (
    CLOSE_INCIDENTS,
    COUNT_INCIDENTS,
    REPORT_INCIDENTS,
    TOLD_OF_INCIDENTS,
)
from linzhan.casework.incidents.rules import Clock, Timer, next_kinds, shown_counts, shown_total
from linzhan.casework.incidents.rules import Tone as TimerTone
from linzhan.casework.incidents.selectors import (
    bases_of,
    contacts_of,
    facts_of,
    limits_of,
    names_of,
    timers_of,
)
from linzhan.casework.incidents.selectors import counted as counted_incidents
from linzhan.casework.incidents.sheets import FACTS as INCIDENT_FACTS
from linzhan.casework.incidents.sheets import INCIDENTS

__all__ = [
    "CLOSE_INCIDENTS",
    "COUNT_INCIDENTS",
    "DO_NOT",
    "INCIDENTS",
    "INCIDENT_FACTS",
    "REPORT_INCIDENTS",
    "TOLD_OF_INCIDENTS",
    "Clock",
    "FactKind",
    "Incident",
    "IncidentFact",
    "IncidentNotice",
    "IncidentStage",
    "Timer",
    "TimerTone",
    "bases_of",
    "contacts_of",
    "counted_incidents",
    "facts_of",
    "limits_of",
    "names_of",
    "next_kinds",
    "shown_counts",
    "shown_total",
    "timers_of",
]
