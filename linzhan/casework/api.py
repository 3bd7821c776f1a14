"""What other apps may use of casework."""

from __future__ import annotations

from linzhan.casework.enums import Method, Outcome, RecordStatus, ResidentStatus, Risk
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
from linzhan.casework.models import RecordResident, RecordWorker, Resident, ResidentState, ServiceRecord
from linzhan.casework.rights import (
    EDIT_RECORDS,
    EDIT_RESIDENTS,
    REVEAL,
    VIEW_RECORDS,
    VIEW_RESIDENTS,
)
from linzhan.casework.scales.catalogue import bring as bring_scale
from linzhan.casework.scales.catalogue import newest as newest_scales
from linzhan.casework.scales.catalogue import scale_of
from linzhan.casework.scales.definition import Act as ScaleAct
from linzhan.casework.scales.definition import DefinitionFault, Scale
from linzhan.casework.scales.definition import Item as ScaleItem
from linzhan.casework.scales.definition import Wording as ScaleWording
from linzhan.casework.scales.rights import DEFINE_SCALES, EDIT_RESULTS, READ_SCALES, VIEW_RESULTS
from linzhan.casework.scales.scoring import SCREENING_ONLY
from linzhan.casework.scales.selectors import Reading as ScaleReading
from linzhan.casework.scales.selectors import of_resident as readings_of_resident
from linzhan.casework.scales.selectors import reading as reading_of
from linzhan.casework.scales.selectors import trend as trend_of
from linzhan.casework.scales.services import VoidRefused
from linzhan.casework.scales.services import void as void_result_of
from linzhan.casework.scales.sheets import RESULTS as SCALE_RESULTS
from linzhan.casework.scales.sheets import answers_of
from linzhan.casework.sheets import ITEM, RECORDS, RESIDENTS, service_items

__all__ = [
    "CLOSE_INCIDENTS",
    "COUNT_INCIDENTS",
    "DEFINE_SCALES",
    "DO_NOT",
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "EDIT_RESULTS",
    "INCIDENTS",
    "INCIDENT_FACTS",
    "ITEM",
    "READ_SCALES",
    "RECORDS",
    "REPORT_INCIDENTS",
    "RESIDENTS",
    "REVEAL",
    "SCALE_RESULTS",
    "SCREENING_ONLY",
    "TOLD_OF_INCIDENTS",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "VIEW_RESULTS",
    "Clock",
    "DefinitionFault",
    "FactKind",
    "Incident",
    "IncidentFact",
    "IncidentNotice",
    "IncidentStage",
    "Method",
    "Outcome",
    "RecordResident",
    "RecordStatus",
    "RecordWorker",
    "Resident",
    "ResidentState",
    "ResidentStatus",
    "Risk",
    "Scale",
    "ScaleAct",
    "ScaleItem",
    "ScaleReading",
    "ScaleWording",
    "ServiceRecord",
    "Timer",
    "TimerTone",
    "VoidRefused",
    "answers_of",
    "bases_of",
    "bring_scale",
    "contacts_of",
    "counted_incidents",
    "facts_of",
    "limits_of",
    "names_of",
    "newest_scales",
    "next_kinds",
    "reading_of",
    "readings_of_resident",
    "scale_of",
    "service_items",
    "shown_counts",
    "shown_total",
    "timers_of",
    "trend_of",
    "void_result_of",
]
