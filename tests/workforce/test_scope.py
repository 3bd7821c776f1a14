"""Who sees which people, sessions and trainings; both walls say the same (NFR-06)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import connection

from linzhan.kernel.masking import mask_identity
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened
from linzhan.workforce.api import (
    SUPERVISIONS,
    WORKERS,
    SocialWorker,
    SupervisedStation,
    Supervision,
    Training,
    TrainingCredit,
)
from tests.factories.providers import provider
from tests.factories.workforce import (
    identity_number,
    save_session,
    save_training,
    save_worker,
    session_row,
    station,
    worker,
    worker_row,
)

HERE, THERE, CITY = "431202000000", "431224000000", "431200000000"
TOWN_HERE, OTHER_TOWN_HERE, TOWN_THERE = "431202101000", "431202102000", "431224101000"

pytestmark = pytest.mark.django_db


@contextmanager
def at(*regions: str, user: UUID | None = None, **lines: tuple[str, ...]) -> Iterator[None]:
    people = (str(user),) if user else ()
    with opened(Scope(regions=regions, people=people, **lines), Actor(id=str(user or ""))):
        yield


@contextmanager
def everything() -> Iterator[None]:
    with opened(EVERYTHING):
        yield


def rows(table: str) -> int:
    """How many rows the database itself shows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        [(count,)] = cursor.fetchall()
    return int(count)


def test_a_county_does_not_learn_that_another_one_knows_the_person() -> None:
    number = identity_number()
    with everything():
        worker(identity_number=number, station=station(TOWN_THERE).code, name="许士楠")
        stand = station(TOWN_HERE)
    with at(HERE):
        outcome = save_worker(identity_number=number, station=stand.code, name="宋浩全")
        assert (outcome.created, outcome.rejected) == (1, 0)
        assert SocialWorker.objects.get().name == "宋浩全"
        assert rows("workforce_socialworker") == 1


def test_an_unknown_worker_and_one_of_another_county_get_the_same_answer() -> None:
    number, unknown = identity_number(), identity_number()
    with everything():
        worker(identity_number=number, station=station(TOWN_THERE).code)
        stand = station(TOWN_HERE)
    with at(HERE):
        answers = [
            save_session(stand, workers=(each,)).faults[1][0].message.replace(mask_identity(each), "…")
            for each in (number, unknown)
        ]
        assert answers[0] == answers[1]


def test_a_worker_is_seen_along_all_three_lines() -> None:
    with everything():
        stand, institution = station(TOWN_HERE), provider(region=THERE)
        worker(station=stand.code, provider=institution.uscc)
    for scope in (
        {"regions": (TOWN_HERE,)},
        {"providers": (str(institution.pk),)},
        {"stations": (str(stand.pk),)},
    ):
        with opened(Scope(**scope)):
            assert SocialWorker.objects.count() == rows("workforce_socialworker") == 1
            assert rows("workforce_posting") == rows("workforce_filing") == 1
    with at(OTHER_TOWN_HERE):
        assert SocialWorker.objects.count() == rows("workforce_socialworker") == 0


def test_an_institution_registers_its_own_workers() -> None:
    with everything():
        institution = provider(region=THERE)
        stand = station(TOWN_HERE, provider=institution.uscc)
    with at(providers=(str(institution.pk),)):
        assert save_worker(station=stand.code, provider=institution.uscc).created == 1
        found = SocialWorker.objects.get()
        assert found.region_code == TOWN_HERE


def test_a_county_sees_a_session_of_which_it_holds_one_station() -> None:
    with everything():
        here, there = station(TOWN_HERE), station(TOWN_THERE)
        save_session(here, there)
        save_session(there)
        assert set(Supervision.objects.values_list("region_code", flat=True)) == {CITY, TOWN_THERE}
    with at(HERE):
        assert Supervision.objects.count() == rows("workforce_supervision") == 1
        assert SupervisedStation.objects.count() == 1
    with at(THERE):
        assert Supervision.objects.count() == 2
    with at(stations=(str(here.pk),)):
        assert Supervision.objects.count() == rows("workforce_supervision") == 1
    with at("431281000000"):
        assert Supervision.objects.count() == rows("workforce_supervision") == 0


def test_a_supervisor_records_one_session_at_several_of_their_stations() -> None:
    user = uuid4()
    with everything():
        one, two = station(TOWN_HERE), station(OTHER_TOWN_HERE)
        row = worker_row(station=one.code)
        worker(**row)
    with at(user=user, stations=(str(one.pk), str(two.pk))):
        told = session_row(one, two, workers=(row["identity_number"],))
        outcome = save_one(SUPERVISIONS, told)
        assert (outcome.created, outcome.faults) == (1, {})
        assert Supervision.objects.get().recorded_by == user
        assert save_one(SUPERVISIONS, told).unchanged == 1
        assert save_one(SUPERVISIONS, {**told, "hours": "3"}).updated == 1
    with at(OTHER_TOWN_HERE):
        assert Supervision.objects.get().hours == 3


def test_a_supervisor_cannot_record_for_a_station_of_somebody_else() -> None:
    with everything():
        own, other = station(TOWN_HERE), station(OTHER_TOWN_HERE)
    with at(user=uuid4(), stations=(str(own.pk),)):
        assert [fault.column for fault in save_session(own, other).faults[1]] == ["站点编号"]
        assert Supervision.objects.count() == 0


def test_a_county_sees_the_hours_of_its_workers_at_a_training_of_the_city() -> None:
    number = identity_number()
    with everything():
        worker(identity_number=number, station=station(TOWN_HERE).code)
        save_training(region=CITY, workers=(number,), hours="16")
    with at(HERE):
        assert Training.objects.count() == rows("workforce_training") == 0
        assert TrainingCredit.objects.get().hours == 16


def test_a_row_outside_the_scope_is_refused() -> None:
    with everything():
        stand = station(TOWN_THERE)
    with at(HERE):
        outcome = save_one(WORKERS, worker_row(station=stand.code))
        assert outcome.rejected == 1
        assert save_training(region=THERE).rejected == 1
