"""Questions about results: of one resident, in order, with the trend of one version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from linzhan.casework.scales import catalogue
from linzhan.casework.scales.definition import Band, Scale
from linzhan.casework.scales.models import ScaleResult, VoidedResult
from linzhan.casework.scales.scoring import Result, band_of, result
from linzhan.casework.scales.sheets import answers_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A stored result with the definition it was given to; ``voided`` is why it does not count."""

    row: ScaleResult
    scale: Scale | None
    voided: str = ""

    @property
    def band(self) -> Band | None:
        return band_of(self.scale, self.row.score) if self.scale else None

    @property
    def outcome(self) -> Result | None:
        """Computed again from the raw answers."""
        return result(self.scale, answers_of(self.row.answers)) if self.scale else None


def readings(rows: Iterable[ScaleResult]) -> list[Reading]:
    """``rows`` with their definitions and what is voided; two queries."""
    listed = list(rows)
    defined = catalogue.every()
    voided = dict(
        VoidedResult.objects.filter(result_id__in=[row.pk for row in listed]).values_list(
            "result_id", "reason"
        )
    )
    return [Reading(row, defined.get((row.scale, row.version)), voided.get(row.pk, "")) for row in listed]


def reading(result_id: UUID) -> Reading | None:
    """One result, None where the reader sees none."""
    found = readings(ScaleResult.objects.filter(pk=result_id))
    return found[0] if found else None


def of_resident(resident_id: UUID) -> list[Reading]:
    """All results of a resident, newest first."""
    return readings(ScaleResult.objects.filter(resident_id=resident_id).order_by("-taken_on", "-id"))


def trend(of: Reading) -> list[Reading]:
    """The results of the same person on the same version, oldest first, without the voided ones.

    Versions are not compared: another wording is another scale.
    """
    row = of.row
    same = ScaleResult.objects.filter(
        resident_id=row.resident_id, scale=row.scale, version=row.version
    ).order_by("taken_on", "id")
    return [each for each in readings(same) if not each.voided]
