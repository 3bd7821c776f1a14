"""The figures of training and supervision (``contract/figures.md``, training.*, supervision.*; TRN-01, SPV-02)."""

from __future__ import annotations

import pytest

from linzhan.kernel.registers.writing import save_one
from linzhan.workforce.api import SUPERVISIONS, TRAININGS, SupervisedStation, TrainingCredit
from tests.factories.figures import parts, value
from tests.factories.providers import provider
from tests.factories.workforce import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    identity_number,
    save_session,
    save_training,
    session_row,
    station,
    worker,
    worker_row,
)

pytestmark = pytest.mark.usefixtures("everywhere")

CITY = "431200000000"


def test_a_training_belongs_to_the_day_it_starts() -> None:
    save_training(starts_on="2021-12-31", ends_on="2022-01-02")
    save_training(starts_on="2020-12-31", ends_on="2021-01-02")
    assert value("training.events", COUNTY) == 1


def test_a_training_of_the_city_does_not_count_in_its_counties() -> None:
    save_training(region=CITY)
    save_training(region=COUNTY)
    assert (value("training.events", CITY), value("training.events", COUNTY)) == (2, 1)


def test_attendances_are_the_stated_headcount_or_else_those_named() -> None:
    stand = station().code
    numbers = [worker_row(station=stand) for _ in range(3)]
    for row in numbers:
        worker(**row)
    who = tuple(row["identity_number"] for row in numbers)
    save_training(participants="16", workers=who)
    save_training(workers=who[:2])
    save_training()
    assert value("training.attendances", COUNTY) == 18
    assert value("training.persons", COUNTY) == 3
    assert value("training.hours", COUNTY) == 24


def test_trainings_none_of_which_states_a_number_have_unknown_attendances() -> None:
    save_training()
    assert value("training.attendances", COUNTY) is None


def test_types_and_sponsors_split_the_trainings() -> None:
    save_training(kind="考前培训", sponsor_level="市", participants="10")
    save_training(kind="研修班", sponsor_level="市", participants="5")
    assert parts("training.events", COUNTY, "type") == {"考前培训": 1, "研修班": 1}
    assert parts("training.attendances", COUNTY, "sponsor_level") == {"市": 15}


def test_the_credit_follows_a_corrected_training() -> None:
    """CPE-02: what the ledger copies of a training is kept in step with it."""
    row = worker_row(station=station().code)
    worker(**row)
    told = {
        "code": "PX1", "name": "培训", "kind": "继续教育", "organiser": "民政局", "region": COUNTY,
        "starts_on": "2021-04-21", "hours": "8", "workers": (row["identity_number"],),
    }  # fmt: skip
    save_one(TRAININGS, told)
    save_one(TRAININGS, {**told, "hours": "6", "starts_on": "2021-04-22"})
    credit = TrainingCredit.objects.get()
    assert (credit.hours, credit.starts_on.day) == (6, 22)


def test_one_session_at_two_stations_is_two_station_times_and_its_hours_once() -> None:
    save_session(station(TOWN), station(OTHER_TOWN), hours="2.5")
    assert value("supervision.station_times", COUNTY) == 2
    assert value("supervision.stations", COUNTY) == 2
    assert value("supervision.hours", COUNTY) == 2.5
    assert value("supervision.hours", TOWN) == value("supervision.hours", OTHER_TOWN) == 2.5
    assert value("supervision.station_times", TOWN) == 1


def test_a_supervisor_is_told_by_number_and_else_by_name() -> None:
    stand, one, two = station(), identity_number(), identity_number()
    save_session(stand, supervisor="夏心涛", supervisor_identity=one)
    save_session(stand, supervisor="夏心涛", supervisor_identity=two)
    save_session(stand, supervisor="夏某", supervisor_identity=two)
    save_session(stand, supervisor="侯朋玲")
    save_session(stand, supervisor="侯朋玲")
    assert value("supervision.supervisors", COUNTY) == 3


def test_supervised_workers_count_at_their_own_station() -> None:
    """Whoever has no station of their own is not of any subtree's stations."""
    here, there = worker_row(station=station(TOWN).code), worker_row(station=station(OTHER_TOWN).code)
    roving = worker_row(provider=provider(region=COUNTY).uscc)
    for row in (here, there, roving):
        worker(**row)
    who = tuple(row["identity_number"] for row in (here, there, roving))
    save_session(station(TOWN), workers=who)
    save_session(station(TOWN), workers=who[:1])
    assert value("supervision.workers", COUNTY) == 2
    assert value("supervision.workers", TOWN) == value("supervision.workers", OTHER_TOWN) == 1


def test_a_session_counts_on_its_day() -> None:
    stand = station()
    save_session(stand, held_on="2021-01-01")
    save_session(stand, held_on="2020-12-31")
    assert value("supervision.station_times", COUNTY) == 1
    assert value("supervision.station_times", COUNTY, "2020-12-31..2021-01-01") == 2


def test_a_session_corrected_to_other_stations_and_hours_is_counted_as_it_is_now() -> None:
    one, two = station(TOWN), station(OTHER_TOWN)
    row = session_row(one, hours="2")
    save_one(SUPERVISIONS, row)
    save_one(SUPERVISIONS, {**row, "stations": (one.code, two.code), "hours": "3"})
    assert value("supervision.hours", TOWN) == 3
    assert set(SupervisedStation.objects.values_list("hours", flat=True)) == {3}


def test_a_session_at_an_unknown_station_is_refused() -> None:
    row = session_row(station(TOWN))
    outcome = save_one(SUPERVISIONS, {**row, "stations": (*row["stations"], "Z9999")})
    assert [fault.column for fault in outcome.faults[1]] == ["站点编号"]


def test_a_duration_is_a_number() -> None:
    outcome = save_session(station(TOWN), hours="两小时")
    assert [fault.column for fault in outcome.faults[1]] == ["时长"]
