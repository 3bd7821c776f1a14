"""Workers, sessions and trainings, made through their registers; and the stations they need."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from linzhan.kernel.identity import identity_fault
from linzhan.kernel.registers.batch import Outcome
from linzhan.kernel.registers.writing import save_one
from linzhan.network.api import Station
from linzhan.workforce.api import SUPERVISIONS, TRAININGS, WORKERS, SocialWorker
from tests.factories.rows import made

TOWN, OTHER_TOWN = "431202101000", "431202102000"
COUNTY, OTHER_COUNTY = "431202000000", "431224000000"
_numbers = count(1)


def identity_number(number: int | None = None) -> str:
    """A number of the fictional prefix with a right check digit."""
    order = number if number is not None else next(_numbers)
    body = f"990101{1960 + order // 1000 % 40:04d}0101{order % 1000:03d}"
    return next(body + last for last in "0123456789X" if identity_fault(body + last) is None)


def station(region: str = TOWN, **values: Any) -> Station:
    row = {
        "code": f"Z{next(_numbers):04d}",
        "name": "坨院街道社工站",
        "tier": "乡镇街道社工站",
        "region": region,
        "status": "运营",
        **values,
    }
    return Station.objects.get(pk=made("stations", **row))


def worker_row(**values: Any) -> dict[str, Any]:
    return {
        "identity_number": identity_number(),
        "name": "宋浩全",
        "post": "一线社工",
        "employment": "全职",
        "hired_on": "2020-03-01",
        **values,
    }


def save_worker(*, today: date | None = None, **values: Any) -> Outcome:
    return save_one(WORKERS, worker_row(**values), today=today)


def worker(*, today: date | None = None, **values: Any) -> SocialWorker:
    """A worker who went in."""
    return SocialWorker.objects.get(pk=made("workers", today=today, **worker_row(**values)))


def vetted(one: SocialWorker, result: str = "未发现", *, days_ago: int = 30) -> None:
    """An inquiry about ``one`` that was answered some days ago."""
    day = (timezone.localdate() - timedelta(days_ago)).isoformat()
    row = {"kind": "年度查询", "requested_on": day, "answered_on": day, "result": result}
    made("vettings", **{"code": f"CX{next(_numbers):05d}", "worker": one.pk, **row})


def session_row(*stations: Station, **values: Any) -> dict[str, Any]:
    return {
        "code": f"DD{next(_numbers):05d}",
        "held_on": "2021-05-10",
        "supervisor": "侯朋玲",
        "mode": "线下",
        "stations": tuple(each.code for each in stations),
        "hours": "2",
        **values,
    }


def save_session(*stations: Station, **values: Any) -> Outcome:
    return save_one(SUPERVISIONS, session_row(*stations, **values))


def save_training(**values: Any) -> Outcome:
    row = {
        "code": f"PX{next(_numbers):05d}",
        "name": "继续教育培训",
        "kind": "继续教育",
        "organiser": "鹤城区民政局",
        "region": COUNTY,
        "starts_on": "2021-04-21",
        "hours": "8",
        **values,
    }
    return save_one(TRAININGS, row)
