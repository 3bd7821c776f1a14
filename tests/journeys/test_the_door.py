"""Coming in and being kept out: wrong passwords, an idle session, one's own password (NFR-06)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.fixtures import Settings

from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.quality.api import SurveyAnswer, issue_links, to_be_linked
from tests.factories.quality import ANN
from tests.factories.surveys import on, survey
from tests.journeys.instances import PASSWORD, People
from tests.journeys.looking import faults, overflow
from tests.journeys.walking import PHONE, Visitor, visiting

Visit = Callable[[str], Visitor]
NEW = "Qingshan-2022-lu"


@pytest.fixture
def with_lock(settings: Settings) -> None:
    settings.AXES_ENABLED = True


def test_five_wrong_passwords_lock_the_account_for_this_machine(
    browser: Browser, county_instance: str, with_lock: None
) -> None:
    with visiting(browser, county_instance) as somebody:
        for _attempt in range(4):
            somebody.sign_in("finance", "Cuowu-2021-mima")
            expect(somebody.page.get_by_role("alert")).to_have_text("账号或密码不正确，请核对后重试")
        somebody.sign_in("finance", "Cuowu-2021-mima")
        expect(somebody.page.get_by_role("alert")).to_contain_text("已锁定 15 分钟")
        somebody.sign_in("finance", PASSWORD)
        expect(somebody.page.get_by_role("alert")).to_contain_text("已锁定 15 分钟")
        somebody.sign_in("county", PASSWORD)
        somebody.is_at("/")
        somebody.expects(429)


def test_an_unknown_name_is_refused_in_the_same_words(
    browser: Browser, county_instance: str, people: People
) -> None:
    with visiting(browser, county_instance) as somebody:
        somebody.sign_in("nobody-here", PASSWORD)
        expect(somebody.page.get_by_role("alert")).to_have_text("账号或密码不正确，请核对后重试")


def test_an_idle_session_ends_at_the_door_and_leads_back(visit: Visit) -> None:
    official = visit("city")
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    official.open("/r/providers/")
    official.is_at("/sign-in/")
    official.page.get_by_label("账号").fill("city")
    official.page.get_by_label("密码").fill(PASSWORD)
    official.press("登录")
    official.is_at("/r/providers/")


def test_a_new_password_ends_the_sessions_elsewhere(visit: Visit) -> None:
    here, elsewhere = visit("evaluator"), visit("evaluator")
    here.open("/password/")
    here.page.get_by_label("现在的密码").fill(PASSWORD)
    here.page.get_by_label("新密码", exact=True).fill("short")
    here.page.get_by_label("再输一次新密码").fill("short")
    here.press("修改密码")
    here.sees("密码至少 10 个字符")
    here.page.get_by_label("现在的密码").fill(PASSWORD)
    here.page.get_by_label("新密码", exact=True).fill(NEW)
    here.page.get_by_label("再输一次新密码").fill(NEW)
    here.press("修改密码")
    here.is_at("/")
    here.sees("密码已修改")
    elsewhere.open("/overview/")
    elsewhere.is_at("/sign-in/")


def test_a_stranger_is_led_to_the_door_and_then_where_they_wanted(
    browser: Browser, county_instance: str
) -> None:
    with visiting(browser, county_instance) as somebody:
        somebody.open("/r/stations/")
        somebody.is_at("/sign-in/")
        somebody.page.get_by_label("账号").fill("county")
        somebody.page.get_by_label("密码").fill(PASSWORD)
        somebody.press("登录")
        somebody.is_at("/r/stations/")


def test_signing_out_closes_the_door(visit: Visit) -> None:
    official = visit("county")
    official.page.get_by_label("我的账号").click()
    official.press("退出登录")
    official.is_at("/sign-in/")
    official.open("/")
    official.is_at("/sign-in/")


def test_somebody_drawn_for_a_survey_comes_in_by_a_link_and_leaves_no_trace(
    browser: Browser, county_instance: str
) -> None:
    """EVL-22: on a phone, without an account, a cookie or a script; once."""
    with opened(EVERYTHING, ANN):
        told = {"name": "部门调查", "audience": "相关部门", "respondents": ("区教育局",)}
        held = on(survey(**told), "draw")
        (link,) = issue_links(held, list(to_be_linked(held)))
    with visiting(browser, county_instance, PHONE) as somebody:
        somebody.open(f"/s/{link.code}/")
        assert faults(somebody.page) == []
        somebody.press("提交")
        expect(somebody.page.get_by_role("alert")).to_contain_text("还没有回答")
        somebody.expects(422)
        first = somebody.page.get_by_role("group", name="1. 您对社工的服务满意吗")
        first.get_by_label("5 分，很满意").check()
        somebody.press("提交")
        somebody.sees("谢谢您，回答已经收到")
        assert overflow(somebody.page) == []
        assert somebody.page.context.cookies() == []
    with opened(EVERYTHING):
        assert SurveyAnswer.objects.get(survey=held).answers == [5, None, None, None]
