"""What other desks ask of services: how many were delivered on a contract, for those who pay it (FND-21)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from linzhan.casework.enums import RecordStatus
from linzhan.casework.models import ServiceRecord
from linzhan.procurement.api import WITNESSES, Witness


def services_of(project_id: UUID, on: date) -> int:
    """The accepted records booked on a project until a day."""
    return ServiceRecord.objects.filter(
        project_id=project_id, status=RecordStatus.ACCEPTED, started_at__date__lte=on
    ).count()


WITNESSES.add(Witness("services", services=services_of))
