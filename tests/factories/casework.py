"""Residents, services and needs of a station, made through their registers."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from linzhan.network.api import Station
from tests.factories.rows import made

_numbers = count(1)


def resident_row(at: Station, **values: Any) -> dict[str, Any]:
    return {
        "code": f"D{next(_numbers):05d}",
        "name": "佘桂莲",
        "categories": ("VF01",),
        "home_region": at.region_code,
        "registered_on": "2020-03-01",
        "station": at.code,
        **values,
    }


def resident(at: Station, *, today: date | None = None, **values: Any) -> UUID:
    return made("residents", today=today, **resident_row(at, **values))


def record(at: Station, worker: str | UUID, *, on: str = "2021-05-10", **values: Any) -> UUID:
    row = {
        "code": f"F{next(_numbers):05d}",
        "method": "探访",
        "started_at": f"{on} 09:00",
        "ended_at": f"{on} 10:00",
        "station": at.code,
        "workers": (worker,),
        "content": "入户探访",
        **values,
    }
    return made("service-records", **row)


def need(at: Station | None = None, *, today: date | None = None, **values: Any) -> UUID:
    row = {
        "code": f"X{next(_numbers):05d}",
        "source": "探访",
        "raised_on": "2021-02-01",
        "kind": "养老",
        "urgency": 2,
        "content": "助浴",
        **({"station": at.code, "raised_region": at.region_code} if at else {}),
        **values,
    }
    return made("needs", today=today, **row)


def volunteer(at: Station | None = None, *, today: date | None = None, **values: Any) -> UUID:
    row = {
        "name": "欧阳小娜",
        "registered_on": "2020-03-01",
        **({"station": at.code, "home_region": at.region_code} if at else {}),
        **values,
    }
    return made("volunteers", today=today, **{"code": f"V{next(_numbers):05d}", **row})
