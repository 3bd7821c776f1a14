"""The verbs of the workforce: dated, all or nothing, refused in plain words (PPL-01, FIL-02, FIL-03)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from linzhan.kernel.scope import Scope, opened
from linzhan.workforce.api import (
    Certificate,
    Filed,
    Filing,
    Hire,
    Leaving,
    Move,
    Posting,
    SocialWorker,
    WorkforceRefused,
    file_changes,
    hire_again,
    leave,
    move,
    withdraw_certificates,
)
from tests.factories.workforce import OTHER_TOWN, TOWN, station, worker, worker_row

pytestmark = pytest.mark.usefixtures("everywhere")


def spans() -> list[tuple[date | None, date | None, str]]:
    return [(row.valid_from, row.valid_to, row.region_code) for row in Posting.objects.order_by("valid_from")]


def filed(occasion: str) -> QuerySet[Filing]:
    return Filing.objects.filter(occasion=occasion).order_by("happened_on")


def test_leaving_ends_the_posting_and_notes_the_filing() -> None:
    one = worker(station=station().code)
    leave(leavings=[Leaving(worker_id=one.pk, left_on=date(2021, 6, 1), filed_on=date(2021, 6, 3))])
    assert spans() == [(date(2020, 3, 1), date(2021, 6, 1), TOWN)]
    assert filed("离职").get().filed_on == date(2021, 6, 3)


def test_several_leave_at_once_or_nobody_does() -> None:
    stand = station().code
    one, two = worker(station=stand), worker(station=stand, left_on="2021-01-01")
    with pytest.raises(WorkforceRefused, match="已于 2021-01-01 离职"):
        leave(leavings=[Leaving(worker_id=each.pk, left_on=date(2021, 6, 1)) for each in (one, two)])
    assert SocialWorker.objects.get(pk=one.pk).left_on is None


def test_nobody_leaves_before_the_hire() -> None:
    one = worker(station=station().code)
    with pytest.raises(WorkforceRefused, match="不能早于"):
        leave(leavings=[Leaving(worker_id=one.pk, left_on=date(2020, 2, 29))])


def test_a_worker_out_of_the_scope_is_not_found() -> None:
    one = worker(station=station().code)
    told = []
    with opened(Scope(regions=("431224000000",))):
        for identity in (one.pk, uuid4()):
            with pytest.raises(WorkforceRefused) as refusal:
                leave(leavings=[Leaving(worker_id=identity, left_on=date(2021, 6, 1))])
            told.append(str(refusal.value))
    assert told[0] == told[1]


def test_a_move_holds_from_its_day() -> None:
    one = worker(station=station(TOWN).code)
    move(moves=[Move(worker_id=one.pk, on=date(2021, 7, 1), station_id=station(OTHER_TOWN).pk)])
    assert spans() == [(date(2020, 3, 1), date(2021, 7, 1), TOWN), (date(2021, 7, 1), None, OTHER_TOWN)]
    assert SocialWorker.objects.get().region_code == OTHER_TOWN


def test_a_promotion_is_a_move_on_the_spot() -> None:
    one = worker(station=station(TOWN).code)
    move(moves=[Move(worker_id=one.pk, on=date(2021, 7, 1), post="站长")])
    assert list(Posting.objects.order_by("valid_from").values_list("post", flat=True)) == ["一线社工", "站长"]


@pytest.mark.parametrize(
    ("on", "reason"),
    [(date(2020, 2, 1), "不能更早"), (timezone.localdate() + timedelta(days=2), "不能晚于今天")],
)
def test_a_move_lies_between_the_posting_and_today(on: date, reason: str) -> None:
    one = worker(station=station(TOWN).code)
    with pytest.raises(WorkforceRefused, match=reason):
        move(moves=[Move(worker_id=one.pk, on=on, post="站长")])


def test_whoever_left_is_not_moved() -> None:
    one = worker(station=station(TOWN).code, left_on="2021-01-01")
    with pytest.raises(WorkforceRefused, match="不能调动"):
        move(moves=[Move(worker_id=one.pk, on=date(2021, 7, 1), post="站长")])


def test_another_county_registers_whoever_comes() -> None:
    one = worker(station=station(TOWN).code)
    with pytest.raises(WorkforceRefused, match="外县"):
        move(moves=[Move(worker_id=one.pk, on=date(2021, 7, 1), station_id=station("431224101000").pk)])


def test_whoever_comes_back_has_another_employment() -> None:
    one = worker(station=station(TOWN).code, left_on="2021-01-01", filed_on="2020-03-02")
    hire_again(hires=[Hire(worker_id=one.pk, hired_on=date(2021, 5, 1), station_id=station(OTHER_TOWN).pk)])
    assert spans() == [(date(2020, 3, 1), date(2021, 1, 1), TOWN), (date(2021, 5, 1), None, OTHER_TOWN)]
    assert [each.filed_on for each in filed("入职")] == [date(2020, 3, 2), None]


@pytest.mark.parametrize(("left_on", "reason"), [("", "请先办理离职"), ("2021-06-01", "不能早于")])
def test_nobody_is_hired_twice_at_a_time(left_on: str, reason: str) -> None:
    one = worker(station=station(TOWN).code, left_on=left_on)
    with pytest.raises(WorkforceRefused, match=reason):
        hire_again(hires=[Hire(worker_id=one.pk, hired_on=date(2021, 5, 1))])


def test_filings_of_the_current_and_of_an_earlier_employment_are_noted() -> None:
    row = worker_row(station=station().code, left_on="2021-01-01")
    worker(**row)
    one = worker(**{**row, "hired_on": "2021-05-01", "left_on": ""})
    first, second = filed("入职")
    file_changes(
        filed=[
            Filed(filing_id=first.pk, filed_on=date(2020, 3, 4)),
            Filed(filing_id=second.pk, filed_on=date(2021, 5, 2)),
        ]
    )
    assert [each.filed_on for each in filed("入职")] == [date(2020, 3, 4), date(2021, 5, 2)]
    assert SocialWorker.objects.get(pk=one.pk).filed_on == date(2021, 5, 2)


def test_a_certificate_entered_by_mistake_is_withdrawn() -> None:
    row = worker_row(station=station().code, certificate="助理社会工作师", passed_on="2018-06-01")
    worker(**row)
    worker(**{**row, "certificate": "高级社会工作师", "passed_on": "2021-06-01"})
    withdraw_certificates(certificate_ids=[Certificate.objects.get(grade="高级社会工作师").pk])
    assert Certificate.objects.get().grade == "助理社会工作师"
    assert SocialWorker.objects.get().certificate == "助理社会工作师"


def test_the_only_certificate_withdrawn_leaves_none() -> None:
    worker(station=station().code, certificate="助理社会工作师", passed_on="2018-06-01")
    withdraw_certificates(certificate_ids=[Certificate.objects.get().pk])
    found = SocialWorker.objects.get()
    assert (found.certificate, found.passed_on, Certificate.objects.count()) == ("无", None, 0)
