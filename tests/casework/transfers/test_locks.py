"""An ended file takes no later service; what a visit found is a question (``domain.md`` §6.2; OBJ-01)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.casework.models import RecordResident, Resident, ResidentState, StatusProposal
from linzhan.casework.transfers.enums import ProposalState
from linzhan.casework.transfers.proposing import ProposalRefused, drop, take_up
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save, save_one
from linzhan.network.api import Station
from linzhan.policy.api import casework
from tests.factories.casework import record, resident, resident_row
from tests.factories.figures import value
from tests.factories.network import station
from tests.factories.places import HECHENG, TUOYUAN
from tests.factories.workforce import identity_number, save_worker

pytestmark = pytest.mark.usefixtures("hunan")
START, DAY = date(2020, 1, 1), date(2021, 5, 10)


@pytest.fixture(autouse=True)
def grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhan.casework.transfers.locks.grace_days", lambda _region: 30)


@pytest.fixture
def here(hunan: None) -> Station:
    return station(TUOYUAN, opened_on=START.isoformat(), today=START)


@pytest.fixture
def worker(here: Station) -> str:
    number = identity_number()
    assert not save_worker(identity_number=number, station=here.code, hired_on="2020-01-01").faults
    return number


def ended(here: Station, status: str = "死亡", on: date = DAY) -> UUID:
    identity = resident(here, today=START, code="D1")
    assert not save_one(REGISTERS["residents"], resident_row(here, code="D1", status=status), today=on).faults
    return identity


def refusal(here: Station, worker: str, on: str, **values: Any) -> str:
    row = {
        "code": f"T{on}{values.get('method', '')}",
        "method": "探访",
        "started_at": f"{on} 09:00",
        "ended_at": f"{on} 10:00",
        "station": here.code,
        "workers": (worker,),
        "residents": ("D1",),
        "content": "入户探访",
        **values,
    }
    faults = save_one(REGISTERS["service-records"], row).faults
    return faults[1][0].message if faults else ""


@pytest.mark.parametrize(
    ("status", "method", "on", "refused"),
    [
        ("死亡", "探访", "2021-05-09", False),
        ("死亡", "个案", "2021-05-10", False),
        ("死亡", "个案", "2021-05-11", True),
        ("死亡", "探访", "2021-05-11", False),
        ("死亡", "咨询", "2021-06-09", False),
        ("死亡", "探访", "2021-06-10", True),
        ("迁出", "探访", "2021-05-11", True),
        ("结束", "探访", "2021-05-11", True),
        ("暂停", "探访", "2021-05-11", False),
    ],
)
def test_services_after_the_day_are_refused_and_earlier_ones_are_welcome(
    here: Station, worker: str, status: str, method: str, on: str, refused: bool
) -> None:
    ended(here, status)
    told = refusal(here, worker, on, method=method)
    assert bool(told) is refused
    if refused:
        assert f"“D1”自 2021-05-10 起为“{status}”" in told


def test_of_a_file_that_came_in_as_ended_nobody_knows_the_day_and_history_is_welcome(
    here: Station, worker: str
) -> None:
    resident(here, today=START, code="D1", status="死亡")
    assert refusal(here, worker, "2021-05-11") == ""
    assert refusal(here, worker, "2021-05-12", method="个案") == ""
    later = (timezone.localdate() + timedelta(days=60)).isoformat()
    assert "死亡" in refusal(here, worker, later)


def test_a_file_that_lives_again_takes_services_again(here: Station, worker: str) -> None:
    ended(here, "迁出")
    row = resident_row(here, code="D1", status="在册")
    assert not save_one(REGISTERS["residents"], row, today=date(2021, 6, 1)).faults
    assert refusal(here, worker, "2021-06-02") == ""


def test_a_service_cannot_be_moved_past_the_day_nor_be_given_to_somebody_gone(
    here: Station, worker: str
) -> None:
    ended(here, "迁出")
    other = resident(here, today=START, code="D2")
    assert refusal(here, worker, "2021-05-09", code="F1") == ""
    assert "迁出" in refusal(here, worker, "2021-05-12", code="F1")
    assert refusal(here, worker, "2021-05-12", code="F2", residents=("D2",)) == ""
    assert "迁出" in refusal(here, worker, "2021-05-12", code="F2", residents=("D1", "D2"))
    named = RecordResident.objects.filter(record__code="F2").values_list("resident_id", flat=True)
    assert list(named) == [other]


def test_what_was_read_once_is_read_again_without_a_word(here: Station, worker: str) -> None:
    resident(here, today=START, code="D1")
    assert refusal(here, worker, "2021-05-20", code="F1") == ""
    row = resident_row(here, code="D1", status="迁出")
    assert not save_one(REGISTERS["residents"], row, today=DAY).faults
    assert refusal(here, worker, "2021-05-20", code="F1") == ""


def test_many_services_ask_once(here: Station, worker: str) -> None:
    for number in range(3):
        resident(here, today=START, code=f"N{number}")
    ended(here)

    def queries(many: int) -> int:
        rows = [
            {
                "code": f"Q{many}-{number}", "method": "探访", "started_at": "2021-05-01 09:00",
                "ended_at": "2021-05-01 10:00", "station": here.code, "workers": (worker,),
                "residents": (f"N{number % 3}",), "content": "入户探访",
            }
            for number in range(many)
        ]  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as asked:
            [outcome] = save([Incoming.of(REGISTERS["service-records"], rows)])
        assert outcome.created == many
        return sum("casework_resident" in each["sql"] and "status = ANY" in each["sql"] for each in asked)

    assert queries(1) == queries(15) == 1


@pytest.mark.parametrize(("outcome", "status"), [("已去世", "死亡"), ("已迁走", "迁出")])
def test_what_a_visit_found_is_proposed_and_a_person_decides(
    here: Station, worker: str, outcome: str, status: str
) -> None:
    identity = resident(here, today=START, code="D1")
    record(here, worker, on="2021-05-10", residents=("D1",), outcome=outcome)
    assert Resident.objects.get(pk=identity).status == "在册"
    proposal = StatusProposal.objects.get()
    assert (proposal.status, proposal.seen_on, proposal.station_id) == (status, DAY, here.pk)
    take_up(proposal.pk, on=date(2021, 5, 8))
    assert Resident.objects.get(pk=identity).status == status
    state = ResidentState.objects.get(subject=identity, valid_to__isnull=True)
    assert (state.status, state.valid_from) == (status, date(2021, 5, 8))
    days = (date(2021, 5, 7), date(2021, 5, 8))
    assert [value("residents.registered", HECHENG, as_of=day) for day in days] == [1, 0]
    with pytest.raises(ProposalRefused, match="已由李科员处理"):
        take_up(proposal.pk, on=DAY)


def test_a_proposal_is_dropped_with_a_reason(here: Station, worker: str) -> None:
    identity = resident(here, today=START, code="D1")
    record(here, worker, residents=("D1",), outcome="已迁走")
    proposal = StatusProposal.objects.get()
    with pytest.raises(ProposalRefused, match="为什么"):
        drop(proposal.pk, note=" ")
    drop(proposal.pk, note="去女儿家住了半月，已回来")
    assert Resident.objects.get(pk=identity).status == "在册"
    assert StatusProposal.objects.get().state == ProposalState.DROPPED


def test_of_two_visits_one_answer_settles_both(here: Station, worker: str) -> None:
    resident(here, today=START, code="D1")
    for day in ("2021-05-10", "2021-05-12"):
        record(here, worker, on=day, residents=("D1",), outcome="已去世")
    first, second = StatusProposal.objects.order_by("pk")
    take_up(first.pk, on=DAY)
    second.refresh_from_db()
    assert (second.state, second.note) == (ProposalState.DROPPED, "已按另一次探访处理")


def test_nobody_who_has_left_the_register_is_proposed_again(here: Station, worker: str) -> None:
    ended(here)
    record(here, worker, on="2021-05-09", residents=("D1",), outcome="已去世")
    assert not StatusProposal.objects.exists()


def test_the_grace_is_a_number_of_the_rulebook() -> None:
    assert casework.BEREAVEMENT_DAYS.code == "casework.bereavement_days"
