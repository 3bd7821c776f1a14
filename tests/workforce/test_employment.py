"""Employments as dated history: hires, leavings, changes, and rosters read in any order (PPL-01, NFR-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linzhan.kernel.registers.writing import CLEAR, save_one
from linzhan.workforce.api import WORKERS, Filing, Posting, SocialWorker
from tests.factories.providers import provider
from tests.factories.workforce import OTHER_TOWN, TOWN, station, worker_row

pytestmark = pytest.mark.usefixtures("everywhere")

EARLY, LATER = date(2021, 2, 1), date(2021, 8, 1)


def put(row: dict[str, Any], today: date = EARLY) -> str:
    """What became of the row: created, updated or unchanged."""
    outcome = save_one(WORKERS, row, today=today)
    assert not outcome.faults, outcome.faults
    return next(word for word in ("created", "updated", "unchanged") if getattr(outcome, word))


def postings() -> list[tuple[date | None, date | None, str, str]]:
    rows = Posting.objects.order_by("valid_from")
    return [(row.valid_from, row.valid_to, row.region_code, row.post) for row in rows]


def filings() -> list[tuple[str, date, date | None]]:
    rows = Filing.objects.order_by("happened_on", "occasion")
    return [(row.occasion, row.happened_on, row.filed_on) for row in rows]


def test_an_employment_holds_from_the_hire_until_the_first_day_off_post() -> None:
    put(worker_row(station=station().code, hired_on="2020-03-01", left_on="2021-01-15"))
    assert postings() == [(date(2020, 3, 1), date(2021, 1, 15), TOWN, "一线社工")]


def test_a_change_of_station_holds_from_the_day_it_is_entered() -> None:
    row = worker_row(station=station(TOWN).code)
    put(row)
    assert put({**row, "station": station(OTHER_TOWN).code}, today=LATER) == "updated"
    assert postings() == [
        (date(2020, 3, 1), LATER, TOWN, "一线社工"),
        (LATER, None, OTHER_TOWN, "一线社工"),
    ]


def test_a_change_that_comes_with_a_past_leaving_corrects_the_employment() -> None:
    row = worker_row(station=station().code)
    put(row)
    put({**row, "post": "站长", "left_on": "2021-06-30"}, today=LATER)
    assert postings() == [(date(2020, 3, 1), date(2021, 6, 30), TOWN, "站长")]


def test_a_leaving_before_the_last_change_takes_the_change_back() -> None:
    row = worker_row(station=station().code)
    put(row)
    put({**row, "post": "站长"}, today=date(2021, 3, 1))
    put({**row, "post": "站长", "left_on": "2021-02-10"}, today=LATER)
    assert postings() == [(date(2020, 3, 1), date(2021, 2, 10), TOWN, "一线社工")]


def test_a_corrected_hire_moves_the_first_posting_only() -> None:
    row = worker_row(station=station().code)
    put(row)
    put({**row, "post": "站长"}, today=date(2021, 3, 1))
    put({**row, "post": "站长", "hired_on": "2020-01-01"}, today=LATER)
    assert postings() == [
        (date(2020, 1, 1), date(2021, 3, 1), TOWN, "一线社工"),
        (date(2021, 3, 1), None, TOWN, "站长"),
    ]
    assert filings() == [("入职", date(2020, 1, 1), None)]


def test_a_leaving_taken_back_opens_the_employment_again() -> None:
    row = worker_row(station=station().code, left_on="2021-01-15", leaving_filed_on="2021-01-16")
    put(row)
    put({**row, "left_on": CLEAR, "leaving_filed_on": CLEAR})
    assert postings() == [(date(2020, 3, 1), None, TOWN, "一线社工")]
    assert filings() == [("入职", date(2020, 3, 1), None)]


def test_a_hire_after_an_earlier_end_is_another_employment() -> None:
    """What belonged to the earlier hire falls away where the row does not state it."""
    row = worker_row(
        station=station(TOWN).code, left_on="2021-01-15", filed_on="2020-03-02", leaving_filed_on="2021-01-20"
    )
    put(row)
    again = {key: row[key] for key in ("identity_number", "name", "post", "employment")}
    put({**again, "hired_on": "2021-05-01", "station": station(OTHER_TOWN).code}, today=LATER)
    assert postings() == [
        (date(2020, 3, 1), date(2021, 1, 15), TOWN, "一线社工"),
        (date(2021, 5, 1), None, OTHER_TOWN, "一线社工"),
    ]
    found = SocialWorker.objects.get()
    assert (found.hired_on, found.left_on, found.filed_on, found.leaving_filed_on) == (
        date(2021, 5, 1),
        None,
        None,
        None,
    )
    assert filings() == [
        ("入职", date(2020, 3, 1), date(2020, 3, 2)),
        ("离职", date(2021, 1, 15), date(2021, 1, 20)),
        ("入职", date(2021, 5, 1), None),
    ]


def test_somebody_hired_again_on_the_day_of_the_leaving_has_two_employments() -> None:
    row = worker_row(station=station().code, left_on="2021-01-15")
    put(row)
    put({**row, "hired_on": "2021-01-15", "left_on": "2021-06-01"}, today=LATER)
    assert [row[:2] for row in postings()] == [
        (date(2020, 3, 1), date(2021, 1, 15)),
        (date(2021, 1, 15), date(2021, 6, 1)),
    ]
    assert len(filings()) == 4


def test_an_old_roster_read_again_changes_nothing() -> None:
    old = worker_row(station=station(TOWN).code, left_on="2021-01-15")
    new = {**old, "hired_on": "2021-05-01", "left_on": CLEAR, "station": station(OTHER_TOWN).code}
    put(old)
    put(new, today=LATER)
    before = (postings(), filings())
    assert put(old, today=LATER) == "unchanged"
    assert put({**new, "left_on": ""}, today=LATER) == "unchanged"
    assert (postings(), filings()) == before
    assert SocialWorker.objects.get().hired_on == date(2021, 5, 1)


def test_an_old_roster_that_knew_no_leaving_yet_changes_nothing() -> None:
    first = worker_row(station=station(TOWN).code)
    put(first)
    put({**first, "left_on": "2021-01-15"})
    put({**first, "hired_on": "2021-05-01"}, today=LATER)
    before = (postings(), filings())
    assert put(first, today=LATER) == "unchanged"
    assert (postings(), filings()) == before


def test_an_older_roster_read_late_adds_the_earlier_employment() -> None:
    new = worker_row(station=station(OTHER_TOWN).code, hired_on="2021-05-01", filed_on="2021-05-02")
    put(new)
    old = {**new, "hired_on": "2019-01-01", "left_on": "2020-01-01", "filed_on": "2019-01-03"}
    old["station"] = station(TOWN).code
    assert put(old, today=LATER) == "updated"
    assert postings() == [
        (date(2019, 1, 1), date(2020, 1, 1), TOWN, "一线社工"),
        (date(2021, 5, 1), None, OTHER_TOWN, "一线社工"),
    ]
    assert filings() == [
        ("入职", date(2019, 1, 1), date(2019, 1, 3)),
        ("离职", date(2020, 1, 1), None),
        ("入职", date(2021, 5, 1), date(2021, 5, 2)),
    ]
    assert SocialWorker.objects.get().region_code == OTHER_TOWN


def test_an_earlier_employment_is_corrected_by_its_own_row() -> None:
    new = worker_row(station=station(OTHER_TOWN).code, hired_on="2021-05-01")
    old = {**new, "hired_on": "2019-01-01", "left_on": "2020-01-01", "station": station(TOWN).code}
    put(new)
    put(old)
    assert put({**old, "left_on": "2020-02-01", "post": "站长"}) == "updated"
    assert postings()[0] == (date(2019, 1, 1), date(2020, 2, 1), TOWN, "站长")
    assert [day for occasion, day, _filed in filings() if occasion == "离职"] == [date(2020, 2, 1)]


def test_a_hire_moved_into_an_earlier_employment_does_not_overlap_it() -> None:
    row = worker_row(station=station().code, left_on="2021-01-15")
    put(row)
    put({**row, "hired_on": "2021-05-01", "left_on": CLEAR}, today=LATER)
    put({**row, "hired_on": "2020-12-01", "left_on": "2021-07-01"}, today=LATER)
    assert [row[:2] for row in postings()] == [
        (date(2020, 3, 1), date(2021, 1, 15)),
        (date(2021, 1, 15), date(2021, 7, 1)),
    ]


def test_a_station_that_is_not_stated_stays() -> None:
    """A missing cell is "not stated": it moves nobody to the place of their institution."""
    institution = provider(region="431200000000")
    row = worker_row(station=station(TOWN).code, provider=institution.uscc)
    put(row)
    del row["station"]
    assert put({**row, "name": "宋浩"}, today=LATER) == "updated"
    assert SocialWorker.objects.get().region_code == TOWN
    assert postings() == [(date(2020, 3, 1), None, TOWN, "一线社工")]


def test_a_worker_without_a_station_stands_with_their_institution() -> None:
    put(worker_row(provider=provider(region="431202000000").uscc))
    assert postings() == [(date(2020, 3, 1), None, "431202000000", "一线社工")]


def test_a_worker_with_neither_station_nor_institution_is_refused() -> None:
    outcome = save_one(WORKERS, worker_row())
    assert [fault.column for fault in outcome.faults[1]] == ["站点编号"]
    assert "没有填写" in outcome.faults[1][0].message


def test_a_leaving_before_the_hire_is_refused_in_its_own_column() -> None:
    outcome = save_one(WORKERS, worker_row(station=station().code, left_on="2020-02-28"))
    assert [fault.column for fault in outcome.faults[1]] == ["离职日期"]


def test_one_person_is_one_row_in_a_county_and_another_in_the_next() -> None:
    row = worker_row(station=station(TOWN).code, left_on="2021-01-15")
    put(row)
    assert put({**row, "station": station("431224101000").code, "left_on": CLEAR}) == "created"
    assert SocialWorker.objects.count() == 2
