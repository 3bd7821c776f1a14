"""The kernel's tables, and the bases every other app builds on, under the name Django looks for."""

from __future__ import annotations

from linzhan.kernel.audit import AuditEntry, RevealEntry
from linzhan.kernel.figures.models import PublishedFigure, RegisterUse, StaleMark, StatedFigure, StoredFigure
from linzhan.kernel.files.models import Attachment
from linzhan.kernel.jobs.models import Job
from linzhan.kernel.registers.pieces import SearchPiece
from linzhan.kernel.registers.runs import ImportRun
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.rows import (
    PlacedRow,
    RegionCodeField,
    Row,
    county_of_region,
    ends_after_it_starts,
    marks,
    one_at_a_time,
    one_state_at_a_time,
    personal,
    unique_in_county,
)
from linzhan.kernel.sync.models import Device, SyncCommand, SyncConflict

__all__ = [
    "Attachment",
    "AuditEntry",
    "Device",
    "ImportRun",
    "Job",
    "PlacedRow",
    "PublishedFigure",
    "RegionCodeField",
    "RegisterUse",
    "RevealEntry",
    "Row",
    "SearchPiece",
    "StaleMark",
    "StatedFigure",
    "StepEntry",
    "StoredFigure",
    "SyncCommand",
    "SyncConflict",
    "county_of_region",
    "ends_after_it_starts",
    "marks",
    "one_at_a_time",
    "one_state_at_a_time",
    "personal",
    "unique_in_county",
]
