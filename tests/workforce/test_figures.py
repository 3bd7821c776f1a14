"""The figures of people on small hand-made cases, edge days included (``contract/figures.md``, workforce.*)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.figures import fraction, parts, value
from tests.factories.providers import provider
from tests.factories.workforce import (
    COUNTY,
    OTHER_COUNTY,
    OTHER_TOWN,
    TOWN,
    identity_number,
    save_training,
    station,
    worker,
    worker_row,
)

pytestmark = pytest.mark.usefixtures("everywhere")

CITY = "431200000000"
ASSISTANT, INTERMEDIATE, SENIOR = "助理社会工作师", "社会工作师", "高级社会工作师"


def on(year: int, month: int, day: int) -> dict[str, date]:
    return {"as_of": date(year, month, day)}


def test_a_worker_is_on_post_from_the_hire_until_the_day_before_the_leaving() -> None:
    worker(station=station().code, hired_on="2021-03-01", left_on="2021-06-01")
    for day, expected in (((2021, 2, 28), 0), ((2021, 3, 1), 1), ((2021, 5, 31), 1), ((2021, 6, 1), 0)):
        assert value("workforce.on_post", COUNTY, **on(*day)) == expected


def test_a_worker_counts_where_their_station_lies() -> None:
    worker(station=station(TOWN).code, provider=provider(region=CITY).uscc)
    assert value("workforce.on_post", TOWN) == 1
    assert value("workforce.on_post", OTHER_TOWN) == 0
    assert value("workforce.on_post", COUNTY) == 1


def test_a_worker_without_a_station_counts_where_the_institution_is_registered() -> None:
    worker(provider=provider(region=CITY).uscc)
    assert value("workforce.on_post", CITY) == 1
    assert value("workforce.on_post", COUNTY) == 0


def test_post_other_is_not_on_post_but_its_certificate_counts() -> None:
    worker(station=station().code, post="其他", certificate=ASSISTANT, passed_on="2018-06-01")
    assert value("workforce.on_post", COUNTY) == 0
    assert value("workforce.certified", COUNTY) == 1
    assert value("workforce.certified_rate", COUNTY) is None


def test_one_person_in_two_counties_is_one_person_of_their_city() -> None:
    number = identity_number()
    worker(identity_number=number, station=station(TOWN).code, certificate=ASSISTANT, passed_on="2018-06-01")
    worker(
        identity_number=number,
        station=station("431224101000").code,
        certificate=INTERMEDIATE,
        passed_on="2021-06-01",
    )
    assert value("workforce.on_post", CITY) == 1
    assert value("workforce.on_post", COUNTY) == value("workforce.on_post", OTHER_COUNTY) == 1
    assert parts("workforce.certified", CITY, "level") == {INTERMEDIATE: 1}
    assert parts("workforce.certified", COUNTY, "level") == {ASSISTANT: 1}


def test_posts_employments_and_certificates_split_the_workers() -> None:
    stand = station().code
    worker(station=stand, post="站长", certificate=SENIOR, passed_on="2020-01-01")
    worker(station=stand, employment="直聘")
    worker(station=stand, certificate=ASSISTANT, passed_on="2022-01-01")
    assert parts("workforce.on_post", COUNTY, "post") == {"站长": 1, "一线社工": 2}
    assert parts("workforce.on_post", COUNTY, "employment") == {"全职": 2, "直聘": 1}
    assert parts("workforce.on_post", COUNTY, "certificate") == {SENIOR: 1, "无": 2}


def test_a_certificate_counts_from_the_day_it_was_passed_and_after_the_leaving() -> None:
    """PPL-03: the total is the sum of the levels."""
    worker(station=station().code, left_on="2021-01-10", certificate=ASSISTANT, passed_on="2020-06-05")
    assert value("workforce.certified", COUNTY, **on(2020, 6, 4)) == 0
    assert value("workforce.certified", COUNTY, **on(2020, 6, 5)) == 1
    assert value("workforce.certified", TOWN, **on(2021, 12, 31)) == 1


def test_a_person_counts_at_the_highest_level_held_on_the_day() -> None:
    row = worker_row(station=station().code, certificate=ASSISTANT, passed_on="2018-06-01")
    worker(**row)
    worker(**{**row, "certificate": INTERMEDIATE, "passed_on": "2021-06-01"})
    assert parts("workforce.certified", COUNTY, "level", **on(2021, 5, 31)) == {ASSISTANT: 1}
    assert parts("workforce.certified", COUNTY, "level", **on(2021, 6, 1)) == {INTERMEDIATE: 1}


def test_a_move_leaves_the_past_of_both_townships_as_it_was() -> None:
    """NFR-02: headcount and certificates stay where they were on the day."""
    row = worker_row(station=station(TOWN).code, certificate=ASSISTANT, passed_on="2018-06-01")
    worker(**row, today=date(2021, 1, 1))
    worker(**{**row, "station": station(OTHER_TOWN).code}, today=date(2021, 7, 1))
    for figure in ("workforce.on_post", "workforce.certified"):
        assert (value(figure, TOWN, **on(2021, 6, 30)), value(figure, OTHER_TOWN, **on(2021, 6, 30))) == (
            1,
            0,
        )
        assert (value(figure, TOWN, **on(2021, 7, 1)), value(figure, OTHER_TOWN, **on(2021, 7, 1))) == (0, 1)


def test_the_rate_of_certified_is_over_those_on_post() -> None:
    stand = station().code
    worker(station=stand, certificate=ASSISTANT, passed_on="2018-06-01")
    worker(station=stand, certificate=ASSISTANT, passed_on="2018-06-01", left_on="2021-02-01")
    worker(station=stand)
    assert fraction("workforce.certified_rate", COUNTY) == (1, 2)


def test_talent_is_wider_than_certificate_holders() -> None:
    """PPL-21: whoever is on post or holds a certificate, once."""
    stand = station().code
    worker(station=stand, certificate=ASSISTANT, passed_on="2018-06-01")
    worker(station=stand)
    worker(station=stand, post="其他", certificate=ASSISTANT, passed_on="2018-06-01")
    worker(station=stand, left_on="2021-02-01")
    assert value("workforce.talent", COUNTY) == 3
    assert value("workforce.certified", COUNTY) == 2


def test_leavers_of_twelve_months_are_measured_against_the_mean_headcount() -> None:
    stand = station().code
    worker(station=stand, hired_on="2019-01-01")
    worker(station=stand, hired_on="2019-01-01", left_on="2021-07-01")
    worker(station=stand, hired_on="2019-01-01", left_on="2020-12-31")
    worker(station=stand, hired_on="2021-12-31", post="其他", left_on="2021-12-31")
    assert fraction("workforce.leavers_rate", COUNTY) == (1, 1.5)


@pytest.mark.parametrize(
    ("left_on", "as_of", "leavers"),
    [
        ("2021-01-01", date(2021, 12, 31), 1),
        ("2021-12-31", date(2021, 12, 31), 1),
        ("2020-12-31", date(2021, 12, 31), 0),
        ("2020-02-29", date(2021, 2, 28), 0),
        ("2020-03-01", date(2021, 2, 28), 1),
        ("2020-05-21", date(2021, 5, 20), 1),
        ("2020-05-20", date(2021, 5, 20), 0),
    ],
)
def test_twelve_months_end_with_the_day_and_begin_the_day_after_a_year_before(
    left_on: str, as_of: date, leavers: int
) -> None:
    stand = station().code
    worker(station=stand, hired_on="2015-01-01")
    worker(station=stand, hired_on="2015-01-01", left_on=left_on)
    assert fraction("workforce.leavers_rate", COUNTY, as_of=as_of)[0] == leavers


def test_somebody_who_moves_is_no_leaver() -> None:
    row = worker_row(station=station(TOWN).code)
    worker(**row, today=date(2021, 1, 1))
    worker(**{**row, "station": station(OTHER_TOWN).code}, today=date(2021, 7, 1))
    assert value("workforce.leavers_rate", COUNTY) == 0
    assert fraction("workforce.leavers_rate", TOWN) == (0, 0.5)


def test_a_hire_is_filed_on_time_within_seven_days() -> None:
    """FIL-03: the limit comes from the rulebook; its national default is seven days."""
    stand = station().code
    worker(station=stand, hired_on="2021-03-01", filed_on="2021-03-08")
    worker(station=stand, hired_on="2021-03-01", filed_on="2021-03-09")
    worker(station=stand, hired_on="2021-03-01", filed_on="2021-02-20")
    worker(station=stand, hired_on="2021-03-01")
    worker(station=stand, hired_on="2021-03-01", post="其他")
    worker(station=stand, hired_on="2020-12-31")
    assert fraction("workforce.filed_on_time", COUNTY) == (2, 4)


def test_leavings_count_once_their_county_files_them() -> None:
    stand, elsewhere = station(TOWN).code, station("431224101000").code
    worker(station=stand, hired_on="2019-01-01", left_on="2021-02-01")
    worker(station=elsewhere, hired_on="2019-01-01", left_on="2021-02-01")
    assert value("workforce.filed_on_time", CITY) is None
    worker(station=stand, hired_on="2019-01-01", left_on="2021-05-01", leaving_filed_on="2021-05-08")
    assert fraction("workforce.filed_on_time", CITY) == (1, 2)


def test_both_employments_of_a_person_are_hires() -> None:
    row = worker_row(
        station=station().code, hired_on="2021-01-05", filed_on="2021-01-06", left_on="2021-03-01"
    )
    worker(**row)
    worker(**{**row, "hired_on": "2021-09-01", "filed_on": "2021-09-20", "left_on": ""})
    assert fraction("workforce.filed_on_time", COUNTY) == (1, 2)


def test_hours_of_the_term_before_the_end_of_registration_meet_the_rule() -> None:
    """CPE-01: 72 hours in three years for an assistant; the day three years before is not of the term."""
    row = worker_row(
        station=station().code, certificate=ASSISTANT, passed_on="2018-06-01", registered_until="2022-06-30"
    )
    worker(**row)
    who = (row["identity_number"],)
    save_training(starts_on="2019-06-30", hours="40", workers=who)
    save_training(starts_on="2019-07-01", hours="40", workers=who)
    assert fraction("workforce.education_met", COUNTY) == (0, 1)
    save_training(starts_on="2021-12-31", hours="32", workers=who)
    assert fraction("workforce.education_met", COUNTY) == (1, 1)
    assert fraction("workforce.education_met", COUNTY, **on(2021, 12, 30)) == (0, 1)


def test_whoever_no_rule_applies_to_is_left_out() -> None:
    stand = station().code
    worker(station=stand)
    worker(station=stand, certificate=ASSISTANT, passed_on="2018-06-01")
    worker(station=stand, certificate=ASSISTANT, passed_on="2018-06-01", registered_until="2025-06-30")
    save_training()
    assert value("workforce.education_met", COUNTY) is None
    assert fraction("workforce.education_met", COUNTY, **on(2022, 6, 30)) == (0, 1)


def test_a_renewed_registration_leaves_the_past_term_as_it_was() -> None:
    """NFR-02."""
    row = worker_row(
        station=station().code, certificate=ASSISTANT, passed_on="2018-06-01", registered_until="2021-06-30"
    )
    worker(**row)
    save_training(starts_on="2021-01-01", hours="72", workers=(row["identity_number"],))
    worker(**{**row, "registered_until": "2024-06-30"})
    assert fraction("workforce.education_met", COUNTY, **on(2021, 6, 29)) == (1, 1)
    assert fraction("workforce.education_met", COUNTY, **on(2021, 7, 1)) == (0, 1)


def test_an_empty_place_is_unknown_until_its_register_is_in_use() -> None:
    assert value("workforce.on_post", COUNTY) is None
    worker(station=station("431224101000").code)
    assert value("workforce.on_post", COUNTY) is None
    assert value("workforce.on_post", OTHER_COUNTY) == 1
