"""Transfers, handovers and proposed states at the desk."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from linzhan.casework.models import HandoverLine, Resident, StatusProposal, Transfer
from linzhan.kernel.jobs.models import Job
from linzhan.kernel.jobs.running import run_now
from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories.casework import record, resident
from tests.factories.network import station as any_station
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG
from tests.factories.workforce import identity_number, save_worker, worker
from tests.office.conftest import Sit


@pytest.fixture(autouse=True)
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {code: code for code in ("A01", "D03")})


@pytest.fixture
def there(house: None) -> Station:
    with opened(EVERYTHING):
        return any_station(CHENGNAN, code="Z2", name="城南街道社工站", opened_on="2020-01-01", status="运营")


@pytest.fixture
def here(house: None) -> Station:
    with opened(EVERYTHING):
        return any_station(TUOYUAN, code="Z1", name="坨院街道社工站", opened_on="2020-01-01", status="运营")


@pytest.fixture
def colleagues(here: Station) -> tuple[SocialWorker, SocialWorker]:
    with opened(EVERYTHING):
        return (
            worker(station=here.code, hired_on="2020-01-01", name="甲社工"),
            worker(station=here.code, hired_on="2020-01-01", name="乙社工"),
        )


@pytest.fixture
def person(here: Station, colleagues: tuple[SocialWorker, SocialWorker]) -> UUID:
    with opened(EVERYTHING):
        return resident(here, code="D1", name="欧阳小娜", categories=("A01", "D03"), worker=colleagues[0].pk)


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return str(answer.content.decode())


OFFER = {"reason": "搬到城南随子女居住", "consent": "本人同意", "consented_on": "2021-06-01"}


def test_a_transfer_from_the_file_to_the_answer(
    sit: Sit, here: Station, there: Station, person: UUID
) -> None:
    giver = sit("station_lead", TUOYUAN, station_id=here.pk)
    taker = sit("station_lead", CHENGNAN, station_id=there.pk)
    assert f"/residents/{person}/transfer/" in text(giver, f"/r/residents/{person}/")
    assert "城南街道社工站" in text(giver, f"/residents/{person}/transfer/")
    refused = giver.post(f"/residents/{person}/transfer/", {**OFFER, "to": there.pk, "consent": ""})
    assert (refused.status_code, "是否同意" in refused.content.decode()) == (422, True)
    answer = giver.post(f"/residents/{person}/transfer/", {**OFFER, "to": there.pk})
    url = answer.headers["Location"]
    assert "1 份转移等本站答复" in text(taker, "/")
    page = text(taker, url)
    assert "欧阳小娜" not in page
    assert "受限类别" in page
    assert "D03" not in page
    assert f"/r/residents/{person}/" not in page
    assert taker.get(f"/r/residents/{person}/").status_code == 404
    taker.post(url, {"decision": "accept"})
    assert "D1" in text(taker, f"/r/residents/{person}/")
    assert giver.get(f"/r/residents/{person}/").status_code == 404
    assert "已接收" in text(giver, url)


def test_who_is_not_of_the_two_stations_sees_nothing(
    sit: Sit, here: Station, there: Station, person: UUID
) -> None:
    giver = sit("station_lead", TUOYUAN, station_id=here.pk)
    url = giver.post(f"/residents/{person}/transfer/", {**OFFER, "to": there.pk}).headers["Location"]
    with opened(EVERYTHING):
        third = any_station(CHENGNAN, code="Z3", opened_on="2020-01-01", status="运营")
    assert sit("station_lead", CHENGNAN, station_id=third.pk).get(url).status_code == 404
    assert sit("county_official", ZHONGFANG).get(url).status_code == 404
    county = sit("county_official", HECHENG)
    assert 'value="accept"' not in text(county, url)
    county.post(url, {"decision": "accept"})
    giver.post(url, {"decision": "accept"})
    with opened(EVERYTHING):
        assert Transfer.objects.get().stage == "待答复"


@pytest.mark.parametrize("role", ["station_worker", "township_official", "purchaser", "supervisor"])
def test_other_roles_open_none_of_it(sit: Sit, here: Station, person: UUID, role: str) -> None:
    lines = {"station_worker": {"station_id": here.pk}, "supervisor": {"stations": [here.pk]}}
    client = sit(role, HECHENG if role == "purchaser" else TUOYUAN, **lines.get(role, {}))
    for url in (
        "/residents/transfers/",
        "/residents/transfers/request/",
        f"/residents/{person}/transfer/",
        f"/residents/{person}/assign/",
        "/residents/handovers/",
        "/residents/handovers/new/",
    ):
        assert client.get(url).status_code == 403, url
        assert client.post(url).status_code == 403, url


def test_a_station_asks_for_somebody_and_the_keeper_picks_whom(
    sit: Sit, here: Station, there: Station, person: UUID
) -> None:
    asker = sit("station_lead", CHENGNAN, station_id=there.pk)
    keeper = sit("station_lead", TUOYUAN, station_id=here.pk)
    page = text(asker, "/residents/transfers/request/")
    assert "坨院街道社工站" in page
    given = {"station": there.pk, "of": here.pk, "description": "欧阳女士，坨院 3 组", "reason": "由本站送餐"}
    url = asker.post("/residents/transfers/request/", given).headers["Location"]
    assert str(person) in text(keeper, url)
    assert str(person) not in text(asker, url)
    keeper.post(url, {**OFFER, "decision": "accept", "resident": person})
    with opened(EVERYTHING):
        assert Resident.objects.get(pk=person).station_id == there.pk


def test_the_handover_wizard_from_the_worker_to_the_notices(
    sit: Sit, here: Station, person: UUID, colleagues: tuple[SocialWorker, SocialWorker]
) -> None:
    leaving, taking = colleagues
    with opened(EVERYTHING):
        second = resident(here, code="D2", categories=("A01",), worker=leaving.pk)
        stays = resident(here, code="D3", categories=("A01",), worker=leaving.pk)
    lead = sit("station_lead", TUOYUAN, station_id=here.pk)
    assert "甲社工" in text(lead, "/residents/handovers/new/")
    url = f"/residents/handovers/new/?worker={leaving.pk}"
    assert "D2" in text(lead, url)
    given = {"to": taking.pk, f"to.{stays}": "stays", "reason": "离职", "note": "D1 每周二透析"}
    refused = lead.post(url, {**given, "to": ""})
    assert (refused.status_code, "请选择交给谁" in refused.content.decode()) == (422, True)
    made = lead.post(url, given).headers["Location"]
    with opened(EVERYTHING):
        ordered = Job.objects.get(kind="casework.handover")
    assert run_now(ordered).state == "done"
    page = text(lead, made)
    assert page.count("乙社工") == 2
    assert "D1 每周二透析" in page
    with opened(EVERYTHING):
        lines = {line.resident_id: str(line.pk) for line in HandoverLine.objects.all()}
        assert set(lines) == {person, second}
    lead.post(made, {"lines": [lines[person]], "told_how": "电话", "told_on": "2021-06-01"})
    lead.post(made, {"back": lines[second]})
    page = text(lead, made)
    assert "电话 2021-06-01" in page
    assert "已撤回" in page
    with opened(EVERYTHING):
        assert Resident.objects.get(pk=person).worker_id == taking.pk
        assert Resident.objects.get(pk=second).worker_id == leaving.pk
    for stranger in (sit("county_official", ZHONGFANG),):
        assert stranger.get(made).status_code == 404
        assert stranger.get(url).status_code == 404


def test_assigning_from_the_file(
    sit: Sit, here: Station, person: UUID, colleagues: tuple[SocialWorker, SocialWorker]
) -> None:
    lead = sit("station_lead", TUOYUAN, station_id=here.pk)
    assert "乙社工" in text(lead, f"/residents/{person}/assign/")
    lead.post(f"/residents/{person}/assign/", {"worker": colleagues[1].pk})
    with opened(EVERYTHING):
        assert Resident.objects.get(pk=person).worker_id == colleagues[1].pk
    assert sit("county_official", ZHONGFANG).get(f"/residents/{person}/assign/").status_code == 404


def test_what_a_visit_found_is_settled_at_the_desk(sit: Sit, here: Station, person: UUID) -> None:
    with opened(EVERYTHING):
        number = identity_number()
        assert not save_worker(identity_number=number, station=here.code, hired_on="2020-01-01").faults
        record(here, number, on="2021-06-05", residents=("D1",), outcome="已去世")
        proposal = str(StatusProposal.objects.get().pk)
    own = sit("station_worker", TUOYUAN, station_id=here.pk)
    assert "1 次探访发现对象去世或迁走" in text(own, "/")
    assert "2021-06-05" in text(own, "/residents/proposals/")
    stranger = sit("county_official", ZHONGFANG)
    assert "D1" not in text(stranger, "/residents/proposals/")
    stranger.post("/residents/proposals/", {"proposal": proposal, "decision": "take", "on": "2021-06-04"})
    with opened(EVERYTHING):
        assert Resident.objects.get(pk=person).status == "在册"
    own.post("/residents/proposals/", {"proposal": proposal, "decision": "take", "on": "2021-06-04"})
    with opened(EVERYTHING):
        assert Resident.objects.get(pk=person).status == "死亡"
