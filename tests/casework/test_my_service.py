"""What a worker gets back, and nobody else sees (domain.md §23)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from linzhan.casework.api.mine import rows_of_person, service_of, weeks_of, weeks_of_stations
from linzhan.kernel.scope import Scope, scope
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories.casework import record, resident
from tests.factories.network import station
from tests.factories.places import CHENGNAN, TUOYUAN, ZHONGFANG_TOWN
from tests.factories.workforce import identity_number, save_worker

pytestmark = pytest.mark.usefixtures("hunan")
START = date(2020, 1, 1)


def at(region: str = TUOYUAN) -> Station:
    return station(region, opened_on=START.isoformat(), today=START)


def test_a_record_of_service_counts_by_month_and_method_wherever_it_was_done() -> None:
    """The same identity number in another county is the same person (ADR 0016); numbers only, no names."""
    number, here, abroad = identity_number(), at(), at(ZHONGFANG_TOWN)
    for each in (here, abroad):
        assert not save_worker(identity_number=number, station=each.code, hired_on="2020-01-01").faults
        resident(each, code="D1")
        record(each, number, on="2021-05-10", residents=("D1",))
    record(here, number, on="2021-05-11", residents=("D1",), method="咨询")
    other = identity_number()
    assert not save_worker(identity_number=other, station=here.code, hired_on="2020-01-01").faults
    record(here, other, on="2021-05-12", residents=("D1",))
    mine = SocialWorker.objects.filter(station_id=here.pk).order_by("pk").first()
    assert mine is not None
    with scope(Scope(stations=(str(here.pk),))):
        own = service_of(rows_of_person(mine.pk))
    told = [(each.month, each.method, each.records, each.hours) for each in own.months]
    may = date(2021, 5, 1)
    assert told == [(may, "咨询", 1, Decimal("1.0")), (may, "探访", 2, Decimal("2.0"))]
    assert (own.persons, own.persons_in_all) == ({may: 2}, 2)


def test_where_the_weeks_went_and_nothing_is_made_up() -> None:
    number, here = identity_number(), at()
    assert not save_worker(identity_number=number, station=here.code, hired_on="2020-01-01").faults
    record(here, number, on="2021-05-10", travel_minutes=30, paperwork_minutes=15)
    record(here, number, on="2021-05-14", travel_minutes=60)
    record(here, number, on="2021-05-17")
    mine = SocialWorker.objects.get(station_id=here.pk)
    weeks = weeks_of([mine.pk], since=date(2021, 5, 12))
    told = [(each.begins, each.service, each.travel, each.paperwork) for each in weeks]
    assert told == [
        (date(2021, 5, 10), Decimal("2.0"), Decimal("1.5"), Decimal("0.2")),
        (date(2021, 5, 17), Decimal("1.0"), None, None),
    ]
    before = weeks_of([mine.pk], since=date(2021, 5, 12), until=date(2021, 5, 16))
    assert [each.begins for each in before] == [date(2021, 5, 10)], "what is told as up to a day ends there"


@pytest.mark.parametrize(("workers", "shown"), [(2, 0), (3, 1)])
def test_a_station_s_sum_needs_three_workers(workers: int, shown: int) -> None:
    """So that no single one's time can be read from it."""
    here = at(CHENGNAN)
    for _ in range(workers):
        number = identity_number()
        assert not save_worker(identity_number=number, station=here.code, hired_on="2020-01-01").faults
        record(here, number, on="2021-05-10")
        record(here, number, on="2021-05-11")
    with scope(Scope(stations=(str(here.pk),))):
        assert len(weeks_of_stations([here.pk], since=date(2021, 5, 10))) == shown
