"""Certificates and their terms: what was held when, whatever the order of the rosters (PPL-02, PPL-03)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linzhan.kernel.registers.writing import CLEAR, save_one
from linzhan.workforce.api import WORKERS, Certificate, CertificateTerm, SocialWorker, highest_grades
from tests.factories.workforce import OTHER_TOWN, station, worker_row

pytestmark = pytest.mark.usefixtures("everywhere")

ASSISTANT, INTERMEDIATE = "助理社会工作师", "社会工作师"


@pytest.fixture
def row() -> dict[str, Any]:
    return worker_row(
        station=station().code, certificate=ASSISTANT, certificate_number="A1", passed_on="2018-06-01"
    )


def put(row: dict[str, Any]) -> None:
    outcome = save_one(WORKERS, row)
    assert not outcome.faults, outcome.faults


def held() -> dict[str, tuple[str, date | None]]:
    return {each.grade: (each.number, each.passed_on) for each in Certificate.objects.all()}


def terms() -> list[date]:
    return sorted(CertificateTerm.objects.values_list("until", flat=True))


def test_a_stated_grade_is_a_certificate_and_none_is_none(row: dict[str, Any]) -> None:
    put(row)
    put(worker_row(station=row["station"], certificate="无"))
    assert held() == {ASSISTANT: ("A1", date(2018, 6, 1))}


def test_a_higher_grade_is_added_and_the_earlier_one_stays(row: dict[str, Any]) -> None:
    put(row)
    put({**row, "certificate": INTERMEDIATE, "certificate_number": "B2", "passed_on": "2021-06-01"})
    assert held() == {ASSISTANT: ("A1", date(2018, 6, 1)), INTERMEDIATE: ("B2", date(2021, 6, 1))}
    worker = SocialWorker.objects.get()
    assert highest_grades([worker.pk], date(2021, 5, 31)) == {worker.pk: ASSISTANT}
    assert highest_grades([worker.pk], date(2021, 6, 1)) == {worker.pk: INTERMEDIATE}
    assert highest_grades([worker.pk], date(2018, 5, 31)) == {}


def test_a_new_grade_does_not_take_over_the_number_and_dates_of_the_old_one(row: dict[str, Any]) -> None:
    put({**row, "registered_until": "2022-06-01"})
    bare = {key: row[key] for key in row if key not in ("certificate_number", "passed_on")}
    put({**bare, "certificate": INTERMEDIATE})
    worker = SocialWorker.objects.get()
    assert (worker.certificate_number, worker.passed_on, worker.registered_until) == ("", None, None)
    assert held() == {ASSISTANT: ("A1", date(2018, 6, 1)), INTERMEDIATE: ("", None)}


def test_an_old_roster_takes_no_certificate_away(row: dict[str, Any]) -> None:
    put({**row, "certificate": INTERMEDIATE, "passed_on": "2021-06-01"})
    put(row)
    put({**row, "certificate": "无", "certificate_number": "", "passed_on": ""})
    assert set(held()) == {ASSISTANT, INTERMEDIATE}


def test_the_word_clear_takes_the_certificates_away(row: dict[str, Any]) -> None:
    put(row)
    put({**row, "certificate": CLEAR, "certificate_number": CLEAR, "passed_on": CLEAR})
    assert held() == {}


def test_a_corrected_passing_date_corrects_the_certificate(row: dict[str, Any]) -> None:
    put(row)
    put({**row, "passed_on": "2018-07-01"})
    put({**row, "passed_on": ""})
    assert held() == {ASSISTANT: ("A1", date(2018, 7, 1))}


def test_without_a_passing_date_it_is_held_from_the_hire(row: dict[str, Any]) -> None:
    put({**row, "passed_on": "", "hired_on": "2020-03-01"})
    worker = SocialWorker.objects.get()
    assert highest_grades([worker.pk], date(2020, 2, 29)) == {}
    assert highest_grades([worker.pk], date(2020, 3, 1)) == {worker.pk: ASSISTANT}


def test_a_renewal_adds_a_term_and_a_correction_moves_it(row: dict[str, Any]) -> None:
    put({**row, "registered_until": "2021-03-31"})
    put({**row, "registered_until": "2021-03-30"})
    assert terms() == [date(2021, 3, 30)]
    put({**row, "registered_until": "2024-03-30"})
    assert terms() == [date(2021, 3, 30), date(2024, 3, 30)]


def test_certificates_go_with_their_holder(row: dict[str, Any]) -> None:
    put({**row, "registered_until": "2021-03-31"})
    put({**row, "station": station(OTHER_TOWN).code})
    assert set(Certificate.objects.values_list("region_code", flat=True)) == {OTHER_TOWN}
    assert set(CertificateTerm.objects.values_list("region_code", flat=True)) == {OTHER_TOWN}


def test_an_earlier_employment_read_late_tells_of_its_certificate(row: dict[str, Any]) -> None:
    put({**row, "certificate": INTERMEDIATE, "passed_on": "2021-06-01", "hired_on": "2021-05-01"})
    put({**row, "hired_on": "2019-01-01", "left_on": "2020-01-01"})
    assert set(held()) == {ASSISTANT, INTERMEDIATE}
    assert SocialWorker.objects.get().certificate == INTERMEDIATE
