"""The file page of a resident: what is wrong, its parts, who may see what, and what it costs (OBJ-04, SVC-15)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.kernel.files.models import Attachment
from linzhan.kernel.registers import declare
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from tests.factories import casework, workforce
from tests.factories.places import HECHENG, TUOYUAN, ZHONGFANG
from tests.factories.rows import made
from tests.office.registers.conftest import At, resident

MANY = 3


@pytest.fixture(autouse=True)
def categories(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"最低生活保障对象": "A01", "A01": "A01", "独居老年人": "B01", "B01": "B01"}
    monkeypatch.setitem(declare._code_lists, "categories", lambda: names)


def keep(register: str, person: UUID, **values: Any) -> UUID:
    with opened(EVERYTHING):
        return made(register, resident=person, **values)


@pytest.fixture
def person(here: Station) -> UUID:
    return resident(here, household="H1")


def page(browser: Client, person: UUID, tab: str = "") -> str:
    answer = browser.get(f"/r/residents/{person}/", {"tab": tab} if tab else {})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_head_says_what_is_wrong_now(county: Client, person: UUID) -> None:
    today = timezone.localdate()
    keep(
        "resident-categories", person, category="B01", starts_on=today - timedelta(days=400),
        expires_on=today - timedelta(days=1),
    )  # fmt: skip
    keep(
        "risk-reviews", person, level="高风险", reviewed_on=today - timedelta(days=31),
        review_by=today - timedelta(days=1),
    )  # fmt: skip
    html = page(county, person)
    assert "还没有建档服务的知情同意" in html
    assert "“独居老年人”的认定已过期" in html
    assert "已过期，" not in html.split("troubles")[0]
    assert "前复评，已过期" in html
    assert "没有登记认定依据：最低生活保障对象" in html


def test_nothing_is_wrong_with_a_file_in_good_order(county: Client, person: UUID) -> None:
    today = timezone.localdate()
    keep("resident-categories", person, category="A01", starts_on="2021-03-01")
    keep(
        "resident-consents", person, purpose="建档服务", given_by="本人", method="签字", given_on="2021-03-01"
    )
    keep("risk-reviews", person, level="一般", reviewed_on=today)
    html = page(county, person)
    assert 'class="troubles"' not in html
    assert "风险复评" in html, "the rail says what comes next"


def test_a_person_who_has_gone_owes_nothing(county: Client, here: Station) -> None:
    gone = resident(here, status="死亡")
    assert 'class="troubles"' not in page(county, gone)


def test_each_part_of_the_file_opens(county: Client, here: Station, person: UUID) -> None:
    other = resident(here, code="D2", name="欧阳夏生", household="H1", identity_number="", phone="")
    keep("resident-details", person, living="独居", policies=("低保金", "临时救助"), chronic=("高血压",))
    keep("major-changes", person, kind="火灾", happened_at="2022-01-02 03:00", found_at="2022-01-02 09:00")
    first = page(county, person)
    assert "独居" in first
    assert "政策叠加" in first
    assert "高血压" not in first, "health is masked until somebody says why"
    assert str(other) in page(county, person, "household")
    assert "P1 建档服务" in page(county, person, "consents")
    risk = page(county, person, "risk")
    assert "火灾" in risk
    assert "建议等级为“一般”" in risk


def test_the_timeline_shows_every_service_by_method_and_by_pages(
    county: Client, here: Station, person: UUID
) -> None:
    with opened(EVERYTHING):
        worker = workforce.identity_number(11)
        workforce.save_worker(identity_number=worker, station=here.code)
        row = REGISTERS["residents"].model._default_manager.get(pk=person)
        for day in range(1, 24):
            casework.record(here, worker, on=f"2021-05-{day:02d}", residents=(row.code,))
        casework.record(here, worker, on="2021-06-01", residents=(row.code,), method="咨询")
    html = page(county, person, "timeline")
    assert html.count('class="title"><a href="/r/service-records/') == 20
    assert "2021-06-01" in html
    answer = county.get(f"/r/residents/{person}/?tab=timeline&method=探访")
    assert "2021-06-01" not in answer.content.decode()
    older = answer.content.decode().split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = county.get(older).content.decode()
    assert second.count('class="title"><a href="/r/service-records/') == 3
    assert "2021-05-01" in second
    newer = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    assert county.get(newer).content.decode().count('class="title"><a href="/r/service-records/') == 20


@pytest.mark.parametrize("tab", ["", "household", "consents", "risk", "timeline", "papers"])
def test_a_part_costs_the_same_however_much_there_is(
    county: Client, here: Station, person: UUID, tab: str
) -> None:
    def add(number: int) -> None:
        for nth in range(number):
            keep(
                "resident-categories", person, category="B01", starts_on="2021-03-01", expires_on="2031-03-01"
            )
            keep(
                "resident-consents", person, purpose="照片宣传", given_by="本人", method="签字",
                given_on="2021-03-01",
            )  # fmt: skip
            keep("risk-reviews", person, level="一般", reviewed_on="2021-03-01")
            keep(
                "major-changes",
                person,
                kind="其他",
                happened_at="2022-01-02 03:00",
                found_at="2022-01-02 09:00",
            )
            resident(here, code=f"M{number}{nth}", household="H1", identity_number="", phone="")

    keep("resident-details", person, living="独居")
    add(1)
    page(county, person, tab)
    with CaptureQueriesContext(
        connection,
    ) as one:
        page(county, person, tab)
    add(MANY)
    with CaptureQueriesContext(connection) as many:
        page(county, person, tab)
    told = "\n".join(query["sql"][:160] for query in many)
    assert len(many) == len(one), told
    work = [
        query for query in many if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))
    ]
    assert len(work) <= 12, told


def test_a_household_shows_its_members(county: Client, here: Station, person: UUID) -> None:
    with opened(EVERYTHING):
        outcome = save_one(REGISTERS["households"], {"code": "H1", "head": "欧阳大生", "station": here.code})
    html = county.get(f"/r/households/{outcome.ids[0]}/").content.decode()
    assert str(person) in html
    assert "欧阳大生" not in html


def test_another_county_learns_nothing(at: At, person: UUID) -> None:
    keep("resident-details", person, living="独居")
    kept = keep(
        "resident-consents", person, purpose="建档服务", given_by="本人", method="签字", given_on="2021-03-01"
    )
    stranger = at("county_official", ZHONGFANG)
    assert stranger.get(f"/r/residents/{person}/").status_code == 404
    assert stranger.get(f"/r/resident-consents/{kept}/").status_code == 404
    for register in ("resident-details", "resident-consents", "risk-reviews", "households"):
        assert "共 0 条" in stranger.get(f"/r/{register}/").content.decode()


def test_risk_is_not_shown_to_whoever_may_not_see_it(at: At, here: Station, person: UUID) -> None:
    keep("risk-reviews", person, level="高风险", reviewed_on="2022-05-30")
    own = at("resident", TUOYUAN, person_id=person)
    html = own.get(f"/r/residents/{person}/?tab=risk").content.decode()
    assert "系统建议" not in html
    assert own.get("/r/risk-reviews/").status_code == 403
    assert at("county_official", HECHENG).get("/r/risk-reviews/").status_code == 200


def test_files_of_what_is_about_a_person_are_listed_there(
    county: Client, here: Station, person: UUID
) -> None:
    other = resident(here, code="D2", identity_number="")
    consent = keep(
        "resident-consents", person, purpose="建档服务", given_by="本人", method="签字", given_on="2021-03-01"
    )
    with opened(EVERYTHING):
        for nth, (of, row, done) in enumerate(
            (("resident-consents", consent, True), ("residents", other, True), ("residents", person, False))
        ):
            Attachment.objects.create(
                region_code=here.region_code, station_id=here.pk, register=of, row_id=row, kind="signature",
                name=f"签名{nth}", size=10, received=10, made_by=person,
                completed_at=timezone.now() if done else None,
            )  # fmt: skip
    html = page(county, person, "papers")
    assert "签名0" in html
    assert f"/r/resident-consents/{consent}/" in html
    assert "签名1" not in html, "another person's"
    assert "签名2" not in html, "not whole yet"
