"""The door: signing in, the lock-out, the first administrator, one's own password (NFR-06)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from linzhan.accounts.api import (
    User,
    account,
    appoint,
    create_account,
    end_appointment,
    history_of_appointments,
    set_active,
)
from linzhan.accounts.lookup import caller
from linzhan.kernel.scope import EVERYTHING, opened
from tests.factories.places import HECHENG, HUAIHUA
from tests.office.conftest import PASSWORD, Sit, browser, person

pytestmark = pytest.mark.usefixtures("house")


def attempt(client: Client, username: str, password: str = PASSWORD, **more: str) -> str:
    answer = client.post("/sign-in/", {"username": username, "password": password, **more})
    return answer.headers.get("Location", "") or answer.content.decode()


def test_signing_in_leads_to_the_work_bench() -> None:
    person("liang")
    client = browser()
    assert attempt(client, "liang") == "/"
    assert client.get("/").status_code == 200


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer() -> None:
    person("liang")
    unknown, wrong = attempt(browser(), "nobody"), attempt(browser(), "liang", "wrong")
    told = "账号或密码不正确"
    assert told in unknown
    assert told in wrong


def test_one_lands_where_one_wanted_to_go_but_never_elsewhere() -> None:
    person("liang")
    assert attempt(browser(), "liang", next="/rulebook/") == "/rulebook/"
    assert attempt(browser(), "liang", next="https://example.org/") == "/"


def test_five_failures_lock_the_account_for_a_quarter_of_an_hour(settings: Settings) -> None:
    settings.AXES_ENABLED = True
    person("liang")
    client = browser()
    for _number in range(settings.AXES_FAILURE_LIMIT):
        last = client.post("/sign-in/", {"username": "liang", "password": "wrong"})
    assert last.status_code == 429
    answer = client.post("/sign-in/", {"username": "liang", "password": PASSWORD})
    assert answer.status_code == 429
    assert "已锁定 15 分钟" in answer.content.decode()
    assert timedelta(minutes=15) == settings.AXES_COOLOFF_TIME


def test_a_stranger_is_asked_to_sign_in_and_brought_back() -> None:
    person("liang")
    answer = browser().get("/accounts/?q=a")
    assert answer.headers["Location"] == "/sign-in/?next=%2Faccounts%2F%3Fq%3Da"


def test_a_program_without_a_session_gets_a_plain_refusal() -> None:
    person("liang")
    assert Client().get("/accounts/").status_code == 403


def test_a_part_of_a_page_sends_the_whole_browser_to_the_door() -> None:
    person("liang")
    answer = Client().get("/accounts/", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"][:9]) == (204, "/sign-in/")


def test_demo_accounts_are_offered_only_where_the_demo_city_is(settings: Settings) -> None:
    person("liang")
    assert settings.DEMO_PASSWORD not in browser().get("/sign-in/").content.decode()
    with opened(EVERYTHING):
        create_account(
            username="county",
            display_name="演示",
            password=settings.DEMO_PASSWORD,
            region_code=HECHENG,
            is_demo=True,
        )
    assert settings.DEMO_PASSWORD in browser().get("/sign-in/").content.decode()


def test_an_empty_instance_offers_its_first_page_once() -> None:
    client = browser()
    assert client.get("/sign-in/").headers["Location"] == "/first/"
    told = {"username": "root", "display_name": "根", "password": PASSWORD, "again": PASSWORD}
    assert "两次输入" in client.post("/first/", told | {"again": "other"}).content.decode()
    assert "10 个字符" in client.post("/first/", told | {"password": "a", "again": "a"}).content.decode()
    assert client.post("/first/", told).headers["Location"] == "/"
    assert client.get("/accounts/").status_code == 200
    assert browser().get("/first/").headers["Location"] == "/sign-in/"
    assert browser().post("/first/", told | {"username": "second"}).headers["Location"] == "/sign-in/"
    assert account(username="second") is None


def test_signing_out_takes_a_post(sit: Sit) -> None:
    client = sit()
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/").headers["Location"] == "/sign-in/"


def _fresh() -> Client:
    with opened(EVERYTHING):
        user = create_account(username="new", display_name="新", password=PASSWORD, region_code=HECHENG)
        appoint(user=user, role="county_official", region_code=HECHENG)
    client = browser()
    attempt(client, "new")
    return client


@pytest.mark.parametrize("address", ["/", "/accounts/", "/rulebook/", "/appointment/"])
def test_a_one_time_password_is_changed_before_anything_else(address: str) -> None:
    assert _fresh().get(address).headers["Location"] == "/password/"


def test_after_the_change_everything_opens_and_other_sessions_end() -> None:
    client, other = _fresh(), browser()
    attempt(other, "new")
    told = {"old": PASSWORD, "password": "Lu-deng-2031", "again": "Lu-deng-2031"}
    assert client.post("/password/", told).headers["Location"] == "/"
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"old": "wrong"}, "现在的密码不正确"),
        ({"password": PASSWORD, "again": PASSWORD}, "不能与现在的相同"),
        ({"password": "short", "again": "short"}, "10 个字符"),
        ({"again": "other"}, "两次输入的密码不一样"),
    ],
)
def test_a_change_of_password_says_what_is_wrong(sit: Sit, changed: dict[str, str], told: str) -> None:
    given = {"old": PASSWORD, "password": "Lu-deng-2031", "again": "Lu-deng-2031"} | changed
    assert told in sit().post("/password/", given).content.decode()


def test_an_idle_session_ends_after_a_quarter_of_an_hour(settings: Settings) -> None:
    person("liang")
    client = browser()
    attempt(client, "liang")
    [session] = Session.objects.all()
    assert timedelta(minutes=14) < session.expire_date - timezone.now() <= timedelta(minutes=15)
    assert timedelta(minutes=15) == settings.IDLE_TIMEOUT
    Session.objects.update(expire_date=session.expire_date - timedelta(minutes=16))
    assert client.get("/accounts/").headers["Location"].startswith("/sign-in/")


def test_one_works_in_the_appointment_one_switched_to() -> None:
    user = person("liang")
    with opened(EVERYTHING):
        second = appoint(user=user, role="city_official", region_code=HUAIHUA)
    client = browser(user)
    assert client.get("/overview/").headers["Location"].startswith(f"/overview/{HECHENG}/?")
    client.post("/appointment/", {"appointment": str(second.pk)})
    assert client.get("/overview/").headers["Location"].startswith(f"/overview/{HUAIHUA}/?")


def test_one_cannot_switch_to_somebody_elses_appointment(sit: Sit) -> None:
    other = person("other", "city_official", HUAIHUA)
    with opened(EVERYTHING):
        [foreign] = history_of_appointments(other)
    client = sit()
    client.post("/appointment/", {"appointment": str(foreign.pk)})
    assert client.get("/overview/").headers["Location"].startswith(f"/overview/{HECHENG}/?")


def test_a_person_without_an_appointment_is_told_so() -> None:
    user = person("liang")
    with opened(EVERYTHING):
        [held] = history_of_appointments(user)
        end_appointment(appointment=held, on=timezone.localdate())
    client = browser(user)
    assert client.get("/").headers["Location"] == "/no-appointment/"
    assert "没有在任的职务" in client.get("/no-appointment/").content.decode()
    assert client.get("/accounts/").status_code == 403


def test_what_is_taken_away_is_gone_at_the_next_click() -> None:
    """Nothing of a caller is kept between requests: signing out, an end of appointment, a switched off account."""
    user = person("liang")
    client, other, third = browser(user), browser(user), browser(user)
    assert [each.get("/accounts/").status_code for each in (client, other, third)] == [200] * 3
    client.post("/sign-out/")
    assert client.get("/accounts/").headers["Location"].startswith("/sign-in/")
    with opened(EVERYTHING):
        [held] = history_of_appointments(user)
        end_appointment(appointment=held, on=timezone.localdate())
    assert other.get("/accounts/").status_code == 403
    with opened(EVERYTHING):
        set_active(user=user, active=False)
    assert third.get("/accounts/").headers["Location"].startswith("/sign-in/")


def test_a_caller_is_recognised_in_two_statements_with_everything_they_hold() -> None:
    user = person("liang")
    with opened(EVERYTHING):
        appoint(user=user, role="city_official", region_code=HUAIHUA)
    client = browser(user)
    client.get("/accounts/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/accounts/")
    told = [each["sql"] for each in asked.captured_queries]
    assert sum("django_session" in sql or "linzhan_" in sql.split("set_config")[0] for sql in told) == 2
    found = caller(user.pk, timezone.localdate())
    assert found is not None
    assert [each.region_code for each in found.appointments] == [HECHENG, HUAIHUA]
    assert found.user == user
    assert caller("018f0000-0000-7000-8000-000000000000", timezone.localdate()) is None


def test_signing_in_is_recorded_without_the_password() -> None:
    person("liang")
    attempt(browser(), "liang")
    with opened(EVERYTHING):
        assert User.objects.get(username="liang").last_login is not None
