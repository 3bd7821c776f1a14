"""What other apps may use of a worker's own service."""

from __future__ import annotations

from linzhan.casework.mine.rights import VIEW_OWN_SERVICE, VIEW_STATION_TIME
from linzhan.casework.mine.selectors import Service as OwnService
from linzhan.casework.mine.selectors import Week as OwnWeek
from linzhan.casework.mine.selectors import (
    learning_of,
    month_of,
    rows_of_person,
    service_of,
    weeks_of,
    weeks_of_stations,
)

__all__ = [
    "VIEW_OWN_SERVICE",
    "VIEW_STATION_TIME",
    "OwnService",
    "OwnWeek",
    "learning_of",
    "month_of",
    "rows_of_person",
    "service_of",
    "weeks_of",
    "weeks_of_stations",
]
