"""探访任务, 记录审核 and 本站今天 at the desk (SVC-09, SVC-15)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from linzhan.casework.models import ServiceRecord
from linzhan.kernel.registers import declare
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.network.api import Station
from tests.factories.casework import record, resident
from tests.factories.network import station
from tests.factories.places import TUOYUAN
from tests.factories.workforce import worker
from tests.office.conftest import browser, person

pytestmark = pytest.mark.usefixtures("codes")


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})


class Here:
    """A station with a lead and a worker, a resident overdue and one who is well looked after."""

    def __init__(self) -> None:
        today = timezone.localdate()
        with opened(EVERYTHING, Actor(label="李科员")):
            self.station: Station = station(opened_on="2020-01-01")
            self.worker = worker(station=self.station.code).pk
            self.late = resident(self.station, risk="重点", worker=self.worker, code="D-SPAET")
            self.fine = resident(self.station, risk="重点", code="D-GUT", consented_on="2020-03-01")
            self.record = record(
                self.station, self.worker, on=today.isoformat(), residents=(self.fine,), outcome="见到本人"
            )
        at = {"region": TUOYUAN, "station_id": self.station.pk}
        self.lead = browser(person("lead", "station_lead", **at))
        self.mine = browser(person("worker", "station_worker", person_id=self.worker, **at))
        self.county = browser(person("county"))


@pytest.fixture
def here(house: None) -> Iterator[Here]:
    return Here()


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_a_worker_is_first_shown_their_own_and_a_lead_everybody(here: Here) -> None:
    own, all_of_us = page(here.mine, "/visits/due/?span=all"), page(here.lead, "/visits/due/?span=all")
    assert "D-SPAET" in own
    assert "D-GUT" not in own
    assert "D-SPAET" in all_of_us
    assert "D-GUT" in all_of_us
    assert "已逾期" in all_of_us
    assert "佘桂莲" not in all_of_us  # masked, as in every list
    assert "VF02 重点对象" in all_of_us


def test_a_county_sees_stations_with_numbers_and_nobody_by_name(here: Here) -> None:
    text = page(here.county, "/visits/due/")
    assert here.station.name in text
    assert "D-SPAET" not in text
    assert "佘" not in text
    assert "D-SPAET" in page(here.county, f"/visits/due/?station={here.station.pk}")


def test_the_list_is_narrowed_by_span_and_rule(here: Here) -> None:
    assert "D-SPAET" in page(here.lead, "/visits/due/?span=overdue")
    assert "D-GUT" not in page(here.lead, "/visits/due/?span=overdue")
    assert "D-SPAET" not in page(here.lead, "/visits/due/?span=all&rule=VF01")


def test_the_walking_list_and_the_workbook(here: Here) -> None:
    text = page(here.mine, "/visits/due/print/?span=overdue")
    assert "走访单" in text
    assert "D-SPAET" in text
    answer = here.lead.post("/visits/due/export/?span=overdue")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    assert here.mine.post("/visits/due/export/").status_code == 403


def test_who_was_not_met_twice_is_asked_about(here: Here) -> None:
    today = timezone.localdate()
    for days in (2, 1):
        with opened(EVERYTHING, Actor(label="社工")):
            record(
                here.station,
                here.worker,
                on=(today - timedelta(days=days)).isoformat(),
                residents=(here.late,),
                outcome="无人",
            )
    assert "1 人连续两次没见到" in page(here.lead, "/visits/due/")


def waiting(here: Here, status: str = "待审核") -> UUID:
    with opened(EVERYTHING, Actor(label="社工")):
        ServiceRecord.objects.filter(pk=here.record).update(status=status)
        row = {"record": here.record, "mode": "入户", "home": "紧急", "events": ("跌倒",)}
        assert not save_one(REGISTERS["visit-details"], row).faults
    return here.record


def test_a_lead_accepts_from_the_queue_and_the_next_comes(here: Here) -> None:
    one = waiting(here)
    text = page(here.lead, "/review/")
    assert "紧急" in text
    assert "跌倒" in text
    assert 'data-key="a"' in text
    answer = here.lead.post(f"/review/{one}/accept/?state=待审核")
    assert answer.status_code == 302
    with opened(EVERYTHING):
        assert ServiceRecord.objects.get(pk=one).status == "已通过"
    assert "没有等着看的记录" in page(here.lead, "/review/")


def test_a_record_goes_back_with_a_reason_that_the_worker_reads(here: Here) -> None:
    one = waiting(here)
    here.lead.post(f"/review/{one}/return/?state=待审核", {"reason": ""})
    with opened(EVERYTHING):
        assert ServiceRecord.objects.get(pk=one).status == "待审核"
    here.lead.post(f"/review/{one}/return/?state=待审核", {"reason": "没写时间"})
    text = page(here.mine, f"/r/service-records/{one}/")
    assert "没写时间" in text
    assert "改好再报" in text
    assert "1 条服务记录被退回" in page(here.mine, "/")


def test_the_step_form_takes_the_reason(here: Here) -> None:
    url = f"/r/service-records/{here.record}/steps/return/"
    assert "退回原因" in page(here.lead, url)
    assert here.lead.post(url, {"returned_reason": "人不对"}).status_code == 302
    with opened(EVERYTHING):
        assert ServiceRecord.objects.get(pk=here.record).returned_reason == "人不对"


def test_a_worker_has_no_queue(here: Here) -> None:
    for url in ("/review/", "/station/today/"):
        assert here.mine.get(url).status_code == 403
    assert here.mine.post(f"/review/{here.record}/void/", {"reason": "重复"}).status_code == 403


def test_the_file_of_a_record_shows_what_was_seen(here: Here) -> None:
    waiting(here, "已通过")
    text = page(here.lead, f"/r/service-records/{here.record}/")
    assert "探访详情" in text
    assert "居住安全" in text


def test_the_board_of_a_station_counts_and_opens(here: Here) -> None:
    waiting(here)
    text = page(here.lead, "/station/today/")
    assert "1 人的探访已逾期" in text
    assert "1 条记录待审核" in text
    assert "/visits/due/?who=all&amp;span=overdue" in text


def test_nobody_is_ranked(here: Here) -> None:
    for url in ("/visits/due/", "/station/today/"):
        assert "排名" not in page(here.lead, url).replace("不排名次", "")
