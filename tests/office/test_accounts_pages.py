"""Accounts and appointments at the desk: within one's scope, not above one's role, with a history (NFR-05, NFR-06)."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from linzhan.accounts.api import User, account, history_of_appointments
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from tests.factories.places import HECHENG, HUAIHUA, ZHONGFANG
from tests.office.conftest import Sit, browser, person

NEW = {"username": "xiaoxia", "display_name": "夏青", "role": "station_lead"}


@pytest.fixture
def county(sit: Sit) -> Client:
    return sit()


def held_by(user: User) -> list[tuple[str, str]]:
    with opened(EVERYTHING):
        return [(each.role, each.region_code) for each in history_of_appointments(user)]


def test_a_county_sees_its_own_accounts_only(county: Client) -> None:
    person("here")
    person("elsewhere", region=ZHONGFANG)
    page = county.get("/accounts/").content.decode()
    assert "here" in page
    assert "elsewhere" not in page


def test_the_list_asks_as_often_for_three_as_for_one(
    county: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    county.get("/accounts/")
    with django_assert_num_queries(_queries(county, "/accounts/")):
        county.get("/accounts/")
    before = _queries(county, "/accounts/")
    for name in ("a", "b", "c"):
        person(name)
    assert _queries(county, "/accounts/") == before


def _queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_opening_an_account_shows_its_password_once_and_appoints(county: Client, station: Station) -> None:
    page = county.post("/accounts/new/", NEW | {"stations": str(station.pk)}).content.decode()
    [password] = re.findall(r"一次性密码</dt><dd><code>([^<]+)</code>", page)
    made = account(username="xiaoxia")
    assert made is not None
    assert made.must_change_password
    assert held_by(made) == [("station_lead", station.region_code)]
    client = browser()
    assert client.post("/sign-in/", {"username": "xiaoxia", "password": password}).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"stations": ""}, "必须选择这一项"),
        ({"stations": str(uuid4())}, "您的范围内没有这一项"),
        ({"role": "city_official", "region": HUAIHUA}, "不在可用的选项中"),
        ({"role": "county_official", "region": ZHONGFANG}, "不在您的管辖范围内"),
        ({"role": "county_official", "region": ""}, "请选择辖区"),
        ({"role": "township_official", "region": HECHENG}, "对应层级"),
        ({"username": "no spaces"}, "3 到 64 个字母"),
    ],
)
def test_an_appointment_that_is_not_allowed_leaves_no_account(
    county: Client, station: Station, changed: dict[str, str], told: str
) -> None:
    page = county.post("/accounts/new/", NEW | {"stations": str(station.pk)} | changed).content.decode()
    assert told in page
    assert account(username="xiaoxia") is None


def test_a_station_of_another_county_cannot_be_appointed_to(sit: Sit) -> None:
    from tests.factories import network
    from tests.factories.places import ZHONGFANG_TOWN

    with opened(EVERYTHING):
        foreign = network.station(ZHONGFANG_TOWN)
    page = sit().post("/accounts/new/", NEW | {"stations": str(foreign.pk)}).content.decode()
    assert "您的范围内没有这一项" in page


def test_a_further_appointment_and_its_end(county: Client) -> None:
    user = person("here", "finance")
    county.post(f"/accounts/{user.pk}/appoint/", {"role": "purchaser", "region": HECHENG})
    assert ("purchaser", HECHENG) in held_by(user)
    with opened(EVERYTHING):
        held = next(each for each in history_of_appointments(user) if each.role == "finance")
    county.post(f"/accounts/appointments/{held.pk}/end/", {"on": timezone.localdate().isoformat()})
    with opened(EVERYTHING):
        [ended] = [each for each in history_of_appointments(user) if each.role == "finance"]
    assert ended.valid_to == timezone.localdate()


def test_a_reset_password_is_shown_once_and_ends_the_session(county: Client) -> None:
    user = person("here", "finance")
    other = browser(user)
    page = county.post(f"/accounts/{user.pk}/reset/").content.decode()
    assert "一次性密码" in page
    assert other.get("/accounts/").headers["Location"].startswith("/sign-in/")


def test_somebody_higher_up_is_protected(sit: Sit) -> None:
    user = person("here", "finance")
    from linzhan.accounts.api import appoint

    with opened(EVERYTHING):
        appoint(user=user, role="city_official", region_code=HUAIHUA)
    county = sit()
    before = account(user_id=user.pk)
    assert before is not None
    page = county.post(f"/accounts/{user.pk}/reset/", follow=True).content.decode()
    assert "由上级办理" in page
    after = account(user_id=user.pk)
    assert after is not None
    assert after.password == before.password


def test_a_switched_off_account_is_out_at_once(county: Client) -> None:
    user = person("here", "finance")
    other = browser(user)
    county.post(f"/accounts/{user.pk}/active/", {"active": ""})
    assert other.get("/").headers["Location"] == "/sign-in/"
    county.post(f"/accounts/{user.pk}/active/", {"active": "1"})
    assert account(user_id=user.pk) is not None


def test_the_history_says_who_changed_what(county: Client) -> None:
    user = person("here", "finance")
    county.post(f"/accounts/{user.pk}/active/", {"active": ""})
    page = county.get(f"/accounts/{user.pk}/?tab=history").content.decode()
    assert "梁一凡(p0)" in page
    assert "启用" in page


def test_an_account_out_of_scope_is_as_if_it_did_not_exist(county: Client) -> None:
    foreign = person("elsewhere", region=ZHONGFANG)
    missing = county.get(f"/accounts/{uuid4()}/")
    hidden = county.get(f"/accounts/{foreign.pk}/")
    assert (missing.status_code, missing.content) == (hidden.status_code, hidden.content)
    assert missing.status_code == 404
    assert county.post(f"/accounts/{foreign.pk}/reset/").status_code == 404


@pytest.mark.parametrize("role", ["finance", "purchaser"])
def test_only_the_bureau_keeps_accounts_and_reads_the_history(sit: Sit, role: str) -> None:
    client = sit(role)
    assert client.get("/accounts/").status_code == 403
    assert client.get("/audit/").status_code == 403


def test_the_audit_page_is_filtered_and_hides_persons(county: Client) -> None:
    user = person("here", "finance")
    county.post(f"/accounts/{user.pk}/active/", {"active": ""})
    page = county.get("/audit/?table=accounts_user&who=梁一凡").content.decode()
    assert "修改账号" in page
    assert "没有符合条件的变更" in county.get("/audit/?who=无人").content.decode()
    assert "没有符合条件的变更" in county.get("/audit/?until=2020-01-01").content.decode()


def test_pickers_offer_rows_within_scope(county: Client, station: Station) -> None:
    assert station.name in county.get("/accounts/pick/stations/?q=坨院").content.decode()
    assert county.get("/accounts/pick/funds/").status_code == 404
