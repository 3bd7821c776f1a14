"""Phones as the protocol of ``POST sync`` sees them, and what they send."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.utils import timezone

from linzhan.casework.api import ServiceRecord
from linzhan.kernel.ids import uuid7
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from tests.factories.workforce import worker as any_worker

if TYPE_CHECKING:
    from tests.interface.conftest import Caller, Calling


class Phone:
    """A phone as the protocol sees it."""

    def __init__(self, caller: Caller) -> None:
        self.caller, self.device, self.state = caller, uuid4(), ""

    def send(self, *commands: dict[str, Any], clock: datetime | None = None, **more: Any) -> dict[str, Any]:
        body = {
            "device": str(self.device),
            "clock": (clock or timezone.now()).isoformat(),
            "state": self.state,
            "want": False,
            "commands": list(commands),
            **more,
        }
        answer = self.caller.post("/sync", body)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)

    def states(self, *commands: dict[str, Any], **more: Any) -> list[str]:
        return [each["state"] for each in self.send(*commands, **more)["results"]]

    def fetch(self) -> dict[str, Any]:
        answer = self.send(want=True)
        self.state = answer["state"]
        return answer


def command(kind: str, subject: UUID, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "kind": kind,
        "subject": str(subject),
        "after": None,
        "made_at": timezone.now().isoformat(),
        "body": body,
        **more,
    }


def visit(who: UUID | str, **values: Any) -> dict[str, Any]:
    record = uuid7()
    row = {
        "method": "探访",
        "started_at": "2026-11-20T09:00:00+08:00",
        "ended_at": "2026-11-20T09:20:00+08:00",
        "residents": [str(who)],
        "outcome": "见到本人",
        "content": "精神很好",
        **values,
    }
    return command(
        "save", record, {"rows": [{"register": "service-records", "id": str(record), "values": row}]}
    )


def phone_of(calling: Calling, home: Station, person: UUID, role: str = "station_worker") -> Phone:
    return Phone(calling(role, home.region_code, station_id=home.pk, person_id=person))


def phone_at(calling: Calling, home: Station) -> Phone:
    """The phone of a new worker of the station."""
    with opened(EVERYTHING):
        person = any_worker(station=home.pk).pk
    return phone_of(calling, home, person)


def records() -> list[ServiceRecord]:
    with opened(EVERYTHING):
        return list(ServiceRecord.objects.order_by("pk"))
