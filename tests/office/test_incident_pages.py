"""The red button and the scales at the desk: who gets which page, and what a page does not say."""

from __future__ import annotations

import io
import json
import zipfile
from uuid import UUID

import pytest
from django.test import Client

from linzhan.casework.incidents.models import Incident
from linzhan.casework.scales.models import ScaleResult
from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from tests.factories.casework import resident
from tests.factories.places import TUOYUAN
from tests.office.conftest import Sit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})


@pytest.fixture
def who(station: Station) -> UUID:
    with opened(EVERYTHING):
        return resident(station)


@pytest.fixture
def desks(sit: Sit, station: Station) -> dict[str, Client]:
    own = {"station_id": station.pk}
    return {
        "reporter": sit("station_worker", TUOYUAN, **own),
        "colleague": sit("station_worker", TUOYUAN, **own),
        "lead": sit("station_lead", TUOYUAN, **own),
        "officer": sit("child_protection"),
        "supervisor": sit("supervisor", stations=[station.pk]),
        "county": sit("county_official"),
        "administrator": sit("system_admin", "000000000000"),
    }


REPORT = {
    "signals": ["M4"],
    "seen_at": "2026-11-22T09:00",
    "facts": "手臂有瘀青",
    "danger": "",
    "practice": "",
}


def reported(desk: Client, station: Station, **more: object) -> UUID:
    answer = desk.post("/incidents/new/", {**REPORT, "station": str(station.pk), **more})
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer["Location"].split("/")[2])


def test_a_report_needs_a_signal_and_nothing_more(desks: dict[str, Client], station: Station) -> None:
    incident = reported(desks["reporter"], station, body="110")
    page = desks["reporter"].get(f"/incidents/{incident}/").content.decode()
    assert "手臂有瘀青" in page
    assert "未成年人保护法" in page
    assert "已上报" in page
    refused = desks["reporter"].post("/incidents/new/", {**REPORT, "signals": [], "station": str(station.pk)})
    assert refused.status_code == 422


ADDRESSES = ("/incidents/{id}/", "/r/incidents/{id}/", "/r/incidents/{id}/history/")


def test_no_address_shows_a_report_to_anybody_else(desks: dict[str, Client], station: Station) -> None:
    incident = reported(desks["reporter"], station)
    shown = {
        (name, address)
        for name, desk in desks.items()
        for address in ADDRESSES
        if desk.get(address.format(id=incident)).status_code == 200
    }
    assert {name for name, _ in shown} == {"reporter", "lead", "officer"}


def test_lists_search_export_and_bench_say_nothing_to_anybody_else(
    desks: dict[str, Client], station: Station
) -> None:
    incident = reported(desks["reporter"], station)
    with opened(EVERYTHING):
        code = Incident.objects.get(pk=incident).code
    for name in ("colleague", "county", "administrator", "supervisor"):
        for address in (
            "/",
            "/incidents/",
            "/r/incidents/",
            f"/search/?q={code}",
            "/incidents/counts/",
            "/audit/",
        ):
            answer = desks[name].get(address)
            text = answer.content.decode()
            assert str(incident) not in text, (name, address)
            assert address.startswith("/search/") or code not in text, (name, address)
        assert code not in exported(desks[name])


def exported(desk: Client) -> str:
    """All that an export of the list says; nothing for whoever may not have one."""
    answer = desk.post("/r/incidents/export/")
    if answer.status_code != 200:
        return ""
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:  # closing the answer itself would end the connection of the test
        close()
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        return "".join(workbook.read(each).decode("utf-8", "ignore") for each in workbook.namelist())


def test_the_supervisors_bench_tells_only_that_there_is_one(
    desks: dict[str, Client], station: Station
) -> None:
    reported(desks["reporter"], station)
    page = desks["supervisor"].get("/").content.decode()
    assert "1 件强制报告正在办理" in page
    assert "瘀青" not in page
    assert "梁一凡(p0)" not in page


def test_the_reporters_name_is_the_countys_to_know(desks: dict[str, Client], station: Station) -> None:
    incident = reported(desks["reporter"], station, body="110")
    pages = {
        name: desks[name].get(f"/incidents/{incident}/").content.decode() for name in ("lead", "officer")
    }
    assert "(p0)" not in pages["lead"]
    assert "依法保密" in pages["lead"]
    assert "(p0)" in pages["officer"]


def test_a_report_is_not_edited_and_only_the_county_ends_it(
    desks: dict[str, Client], station: Station
) -> None:
    incident = reported(desks["reporter"], station, body="110")
    answer = desks["lead"].post(f"/r/incidents/{incident}/edit/", {**REPORT, "facts": "没有事"})
    assert answer.status_code == 302
    assert desks["lead"].get(f"/incidents/{incident}/add/结束/").status_code == 302
    said = {"at": "2026-11-22T10:00", "text": "已到场", "body": "派出所"}
    assert desks["lead"].post(f"/incidents/{incident}/add/已回复/", said).status_code == 302
    assert desks["officer"].post(f"/incidents/{incident}/add/县级接收/", said).status_code == 302
    assert desks["officer"].post(f"/incidents/{incident}/add/结束/", said).status_code == 302
    with opened(EVERYTHING):
        found = Incident.objects.get(pk=incident)
    assert (found.facts, found.stage) == ("手臂有瘀青", "结束")


def test_the_red_button_is_on_every_page_and_knows_whom_the_page_is_about(
    desks: dict[str, Client], who: UUID
) -> None:
    assert 'href="/incidents/new/"' in desks["reporter"].get("/").content.decode()
    page = desks["reporter"].get(f"/r/residents/{who}/").content.decode()
    assert f"/incidents/new/?resident={who}" in page
    assert "/incidents/new/" not in desks["administrator"].get("/").content.decode()


def test_small_numbers_are_hidden_from_the_area(desks: dict[str, Client], station: Station) -> None:
    page = desks["county"].get("/incidents/counts/").content.decode()
    assert "少于" in page
    reported(desks["reporter"], station)
    assert "隐去" in desks["county"].get("/incidents/counts/").content.decode()
    assert desks["colleague"].get("/incidents/counts/").status_code == 403


def filled(desk: Client, who: UUID, digits: str) -> str:
    answers = {f"item-{at}": digit for at, digit in enumerate(digits, 1)}
    answer = desk.post(f"/scales/fill/?code=PHQ-9&resident={who}", {**answers, "taken_on": "2026-11-22"})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_result_says_that_it_is_a_screening_and_shows_its_trend(
    desks: dict[str, Client], who: UUID
) -> None:
    filled(desks["reporter"], who, "222222000")
    page = desks["reporter"].get(filled(desks["reporter"], who, "111111000")).content.decode()
    assert "不是诊断" in page
    assert "data-chart" in page
    assert "轻度" in page
    listed = desks["supervisor"].get(f"/scales/residents/{who}/").content.decode()
    assert "抑郁筛查" in listed
    assert desks["supervisor"].get(f"/scales/fill/?code=PHQ-9&resident={who}").status_code == 403
    assert desks["county"].get(f"/scales/residents/{who}/").status_code == 403


def test_an_answer_that_signals_a_danger_is_on_the_leads_bench_at_once(
    desks: dict[str, Client], who: UUID
) -> None:
    page = desks["reporter"].get(filled(desks["reporter"], who, "000000001")).content.decode()
    assert "当面核实安全" in page
    assert "件强制报告" in desks["lead"].get("/").content.decode()


def test_a_question_without_an_answer_asks_again_and_keeps_the_others(
    desks: dict[str, Client], who: UUID
) -> None:
    answer = desks["reporter"].post(
        f"/scales/fill/?code=PHQ-9&resident={who}", {"item-1": "2", "taken_on": "2026-11-22"}
    )
    assert answer.status_code == 422
    assert "还有 8 题没有回答" in answer.content.decode()
    assert "checked" in answer.content.decode()


def test_a_wrong_result_is_voided_with_a_reason_and_stays(desks: dict[str, Client], who: UUID) -> None:
    address = filled(desks["reporter"], who, "000000000")
    desks["reporter"].post(f"{address}void/", {"reason": "填错了人"})
    page = desks["reporter"].get(address).content.decode()
    assert "已作废" in page
    assert "填错了人" in page
    with opened(EVERYTHING):
        assert json.loads(ScaleResult.objects.get().answers)["1"] == 0


DEFINITION = """
code = "PHQ-9"
version = "{version}"
name = "别的"
purpose = "测试"
licence = "自编，可用"
source = "测试"
wording = "official"
[[item]]
id = "1"
text = "好吗"
options = [["否", 0], ["是", 1]]
[[band]]
from = 0
to = 1
name = "一档"
severity = "good"
"""


def test_an_administrator_brings_a_version_and_changes_none(desks: dict[str, Client], who: UUID) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    def bring(version: str) -> int:
        file = SimpleUploadedFile("scale.toml", DEFINITION.format(version=version).encode())
        return desks["administrator"].post("/scales/bring/", {"file": file}).status_code

    old = filled(desks["reporter"], who, "000000000")
    assert bring("1") == 422
    assert bring("2") == 302
    assert "好吗" in desks["reporter"].get("/scales/show/?code=PHQ-9").content.decode()
    assert "觉得累" in desks["reporter"].get(old).content.decode()
    assert desks["lead"].get("/scales/bring/").status_code == 403
