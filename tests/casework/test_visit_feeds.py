"""What the phone is told of duties and of one's own records, and one visit in one call (NFR-08, SVC-05)."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from linzhan.casework.models import Resident, ServiceRecord, VisitDetail
from linzhan.casework.visits import phone
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sync.declaring import Reader
from linzhan.network.api import Station
from tests.factories.casework import record, resident
from tests.factories.network import station
from tests.factories.workforce import worker

pytestmark = pytest.mark.usefixtures("hunan")


def reader(person: UUID | None, *stations: Station) -> Reader:
    return Reader(
        user_id=uuid7(),
        role="station_worker",
        rights=frozenset(),
        region_code="431202005000",
        station_id=stations[0].pk if stations else None,
        person_id=person,
        now=datetime(2021, 5, 20, 4, tzinfo=UTC),
    )


def test_the_phone_holds_the_duties_of_its_caseload_and_of_nobody_else() -> None:
    at, other = station(), station()
    me, they = worker(station=at.code).pk, worker(station=at.code).pk
    mine = resident(at, risk="重点", worker=me)
    nobodys = resident(at, risk="高风险")
    resident(at, risk="高风险", worker=they)
    resident(other, risk="高风险")
    record(at, me, on="2021-05-03", residents=(mine,), outcome="见到本人")
    told = {row["id"]: row for row in phone.duties(reader(me, at))}
    assert set(told) == {str(mine), str(nobodys)}
    row = told[str(mine)]
    assert (str(row["due_on"]), str(row["last_on"]), row["rule"]) == ("2021-06-30", "2021-05-03", "VF02")
    assert (row["reason"], row["mode"], row["first_contact"]) == ("重点对象", "入户", False)


def test_a_returned_record_comes_back_with_its_reason() -> None:
    at = station()
    me, they = worker(station=at.code).pk, worker(station=at.code).pk
    mine = record(at, me, on="2021-05-10")
    record(at, they, on="2021-05-10")
    record(at, me, on="2021-01-10")
    ServiceRecord.objects.filter(pk=mine).update(status="已退回", returned_reason="时间填错了")
    [row] = phone.records(reader(me, at))
    assert (row["id"], row["status"], row["returned_reason"]) == (str(mine), "已退回", "时间填错了")


def test_who_is_nobody_is_told_nothing() -> None:
    station()
    assert list(phone.duties(reader(None))) == []
    assert list(phone.records(reader(None))) == []


def test_one_call_saves_a_visit_and_what_was_seen() -> None:
    at = station()
    who, by, number = resident(at), worker(station=at.code).pk, uuid7()
    visit = {
        "id": number,
        "code": "F-EINS",
        "method": "探访",
        "started_at": "2021-05-10 09:00",
        "ended_at": "2021-05-10 09:20",
        "station": at.pk,
        "workers": (by,),
        "residents": (who,),
        "outcome": "见到本人",
        "content": "六项都正常",
    }
    detail = {
        "record": number,
        "mode": "入户",
        "met": "儿媳",
        "health": "正常",
        "home": "紧急",
        "events": ("跌倒", "住院"),
        "signals": ("M4", "家暴"),
        "next_on": "2021-05-17",
    }
    outcomes = save(
        [
            Incoming.of(REGISTERS["visit-details"], [detail]),
            Incoming.of(REGISTERS["service-records"], [visit]),
        ]
    )
    assert [outcome.created for outcome in outcomes] == [1, 1]
    kept = VisitDetail.objects.get(record=number)
    assert (kept.events, kept.signals, kept.home) == (["跌倒", "住院"], ["M4", "家暴"], "紧急")
    assert kept.station_id == at.pk
    assert Resident.objects.filter(pk=who).exists()


def test_the_details_of_a_refused_visit_are_refused_with_it() -> None:
    at, number = station(), uuid7()
    outcomes = save(
        [
            Incoming.of(REGISTERS["service-records"], [{"id": number, "code": "F-ZWEI", "station": at.pk}]),
            Incoming.of(REGISTERS["visit-details"], [{"record": number, "mode": "入户"}]),
        ]
    )
    assert [outcome.rejected for outcome in outcomes] == [1, 1]
