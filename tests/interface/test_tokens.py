"""Tokens: who gets one, and what locks the door (NFR-06)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from linzhan.accounts.api import Appointment, User, appoint, end_appointment
from linzhan.kernel.scope import EVERYTHING, opened
from tests.factories.places import HECHENG, ZHONGFANG
from tests.interface.conftest import BASE, PASSWORD, Caller, Calling, person

pytestmark = pytest.mark.django_db


def ask(**body: Any) -> Any:
    return Client().post(f"{BASE}/tokens", body, content_type="application/json")


def test_a_name_and_a_password_give_a_token_that_opens_the_interface() -> None:
    person("county", "county_official", HECHENG)
    answer = ask(username="county", password=PASSWORD)
    assert answer.status_code == 201
    assert answer.json()["appointment"]["role"] == "county_official"
    found = Client().get(f"{BASE}/stations", HTTP_AUTHORIZATION=f"Bearer {answer.json()['token']}")
    assert found.status_code == 200


@pytest.mark.parametrize("name", ["county", "nobody"])
def test_an_unknown_name_and_a_wrong_password_get_the_same_words(name: str) -> None:
    person("county", "county_official", HECHENG)
    answer = ask(username=name, password="wrong")
    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/sign-in-failed"
    assert answer.json()["detail"] == "账号或密码不正确，请核对后重试"


def test_five_failures_lock_the_account_even_for_the_right_password(settings: Settings) -> None:
    settings.AXES_ENABLED = True
    person("county", "county_official", HECHENG)
    for _ in range(5):
        last = ask(username="county", password="wrong")
    assert last.status_code == 429
    answer = ask(username="county", password=PASSWORD)
    assert answer.status_code == 429
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/locked-out"


def test_a_token_works_in_the_appointment_that_was_chosen() -> None:
    user = person("two", "county_official", HECHENG)
    with opened(EVERYTHING):
        second = appoint(user=user, role="finance", region_code=ZHONGFANG)
    answer = ask(username="two", password=PASSWORD, appointment=str(second.pk))
    assert answer.json()["appointment"]["region_code"] == ZHONGFANG
    assert len(answer.json()["appointments"]) == 2
    refused = Client().get(f"{BASE}/workers", HTTP_AUTHORIZATION=f"Bearer {answer.json()['token']}")
    assert refused.status_code == 403


def test_nobody_chooses_the_appointment_of_somebody_else() -> None:
    person("two", "county_official", HECHENG)
    other = person("other", "city_official", "431200000000")
    with opened(EVERYTHING):
        foreign = Appointment.objects.get(user=other)
    answer = ask(username="two", password=PASSWORD, appointment=str(foreign.pk))
    assert answer.status_code == 403


def test_a_password_that_must_be_changed_opens_nothing() -> None:
    user = person("new", "county_official", HECHENG)
    with opened(EVERYTHING):
        User.objects.filter(pk=user.pk).update(must_change_password=True)
    answer = ask(username="new", password=PASSWORD)
    assert answer.json()["type"] == "/problems/password-change-required"


def test_a_token_ends_with_the_appointment(calling: Calling) -> None:
    caller: Caller = calling()
    with opened(EVERYTHING):
        end_appointment(appointment=Appointment.objects.get(), on=date(2021, 1, 2))
    assert caller.get("/stations").status_code == 403


def test_a_name_that_no_database_can_hold_is_simply_wrong() -> None:
    assert ask(username="a\x00b", password="x").status_code == 401
