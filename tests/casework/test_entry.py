"""When a record was written down, and what that makes of it (``domain.md`` §7; SVC-15)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from linzhan.casework.models import ServiceRecord
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.entering import stamps
from tests.factories.casework import record
from tests.factories.network import station
from tests.factories.workforce import worker

pytestmark = pytest.mark.usefixtures("hunan")


@pytest.mark.parametrize(
    ("entered", "mode"),
    [
        ("2021-05-10 09:30", "现场"),
        ("2021-05-10 11:00", "现场"),
        ("2021-05-10 11:01", "当日补录"),
        ("2021-05-10 23:59", "当日补录"),
        ("2021-05-11 00:00", "隔日补录"),
        (None, "批量导入"),
    ],
)
def test_the_way_a_record_was_entered_follows_from_its_times(entered: str | None, mode: str) -> None:
    at = station()
    made = record(at, worker(station=at.code).pk, **({"entered_at": entered} if entered else {}))
    assert ServiceRecord.objects.get(pk=made).entry_mode == mode


def test_a_record_registered_one_by_one_is_stamped_by_the_clock() -> None:
    stamped = stamps(REGISTERS["service-records"])
    assert list(stamped) == ["entered_at"]
    assert timedelta(0) <= timezone.now() - stamped["entered_at"] < timedelta(minutes=1)


def test_a_new_record_counts_at_once_and_carries_what_was_done() -> None:
    at = station()
    made = record(
        at,
        worker(station=at.code).pk,
        tasks=("危机干预", "情绪疏导"),
        travel_minutes=40,
        paperwork_minutes=15,
    )
    kept = ServiceRecord.objects.get(pk=made)
    assert (kept.status, kept.tasks) == ("已通过", ["危机干预", "情绪疏导"])
    assert (kept.travel_minutes, kept.paperwork_minutes) == (40, 15)
