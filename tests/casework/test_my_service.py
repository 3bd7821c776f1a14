"""What a worker gets back, and nobody else sees (domain.md §23)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from linzhan.casework.api.mine import (
    VIEW_OWN_SERVICE,
    rows_of_person,
    service_of,
    weeks_of,
    weeks_of_stations,
)
from linzhan.casework.phone import me
from linzhan.kernel import secrecy
from linzhan.kernel.ids import uuid7
from linzhan.kernel.scope import Scope, scope
from linzhan.kernel.sync.declaring import Reader
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


def owner(here: Station, number: str) -> SocialWorker:
    rows = SocialWorker.objects.filter(station_id=here.pk)
    return next(each for each in rows if secrecy.open_sealed(each.identity_number_sealed) == number)


def hours_on(
    person: UUID | None, here: Station, rights: tuple[str, ...] = (VIEW_OWN_SERVICE,)
) -> list[dict[str, str]]:
    """What the phone of ``person`` says of their hours on 20 May 2021."""
    (row,) = me(
        Reader(
            user_id=uuid7(),
            role="station_worker",
            rights=frozenset(rights),
            region_code=here.region_code,
            station_id=here.pk,
            person_id=person,
            now=datetime(2021, 5, 20, 4, tzinfo=UTC),
        )
    )
    found: list[dict[str, str]] = row["hours"]
    return found


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


def test_the_own_phone_says_where_this_week_and_this_month_went() -> None:
    """SYS-03 beside the desk: hours from the records, 未填报 where nothing was written down, nobody else's."""
    number, other, here = identity_number(), identity_number(), at()
    for each in (number, other):
        assert not save_worker(identity_number=each, station=here.code, hired_on="2020-01-01").faults
    record(here, number, on="2021-05-03", travel_minutes=90)
    record(here, number, on="2021-05-18")
    record(here, number, on="2021-04-30", travel_minutes=600)
    record(here, other, on="2021-05-18", travel_minutes=600)
    mine = owner(here, number)
    told = {row["label"]: row["value"] for row in hours_on(mine.pk, here)}
    assert told == {
        "本周服务": "1.0 小时", "本周路上": "未填报", "本周文书": "未填报",
        "本月服务": "2.0 小时", "本月路上": "1.5 小时", "本月文书": "未填报",
    }  # fmt: skip


def test_who_may_not_look_at_their_own_service_and_who_recorded_nothing_is_told_nothing() -> None:
    number, here = identity_number(), at()
    assert not save_worker(identity_number=number, station=here.code, hired_on="2020-01-01").faults
    mine = SocialWorker.objects.get(station_id=here.pk)
    assert hours_on(mine.pk, here) == []
    record(here, number, on="2021-05-18")
    assert hours_on(mine.pk, here, rights=()) == []
    assert hours_on(None, here) == []
