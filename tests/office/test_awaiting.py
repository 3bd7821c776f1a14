"""What waits for a second person, and lending one's authority: nobody approves their own act, not even by another hand."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.accounts.api import Appointment, User, delegate, end_appointment, scope_of
from linzhan.accounts.scoping import actor_of
from linzhan.casework.groups.rights import APPROVE_GROUPS
from linzhan.kernel.registers.awaiting import awaiting
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.policy.api import load_reference
from tests.factories.activities import group
from tests.factories.places import HECHENG, ZHONGFANG
from tests.office.conftest import Sit, browser, person

TODAY = date(2026, 11, 22)


@pytest.fixture
def draft(station: Station) -> UUID:
    with opened(EVERYTHING, Actor(id="maker", label="小组带领人")):
        return group(station, name="银发读书会")


@pytest.fixture
def lead(sit: Sit, station: Station) -> Client:
    return sit("station_lead", station.region_code, station_id=station.pk)


def test_what_another_submitted_waits_here_and_on_the_work_bench(lead: Client, draft: UUID) -> None:
    page = lead.get("/awaiting/").content.decode()
    assert "银发读书会" in page
    assert f"/r/group-files/{draft}/" in page
    assert "1 件等您办理" in lead.get("/").content.decode()


def test_what_one_submitted_oneself_waits_for_somebody_else(station: Station, draft: UUID) -> None:
    register = REGISTERS["group-files"]
    with opened(EVERYTHING, Actor(id="another")):
        assert awaiting(register, {APPROVE_GROUPS}).filter(pk=draft).exists()
        assert not awaiting(register, set()).exists()
    for doer in (Actor(id="maker"), Actor(id="another", behalf="maker")):
        with opened(EVERYTHING, doer):
            assert not awaiting(register, {APPROVE_GROUPS}).filter(pk=draft).exists()
            with pytest.raises(StepRefused, match="由他人办理"):
                take(register, draft, "approve", {}, rights={APPROVE_GROUPS})


def test_the_queue_costs_the_same_for_one_and_for_three(lead: Client, station: Station, draft: UUID) -> None:
    lead.get("/awaiting/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        lead.get("/awaiting/")
    with opened(EVERYTHING, Actor(id="maker")):
        for name in ("二组", "三组"):
            group(station, name=name)
    with CaptureQueriesContext(connection) as three:
        assert "三组" in lead.get("/awaiting/").content.decode()
    assert len(three) == len(one) <= 14


def test_a_desk_with_nothing_to_approve_is_told_so(sit: Sit) -> None:
    assert "没有等您办理的事" in sit("finance").get("/awaiting/").content.decode()


@pytest.fixture
def desk(house: None) -> tuple[User, User]:
    with opened(EVERYTHING):
        load_reference()
    return person("wang", "county_official", HECHENG), person("li", "purchaser", HECHENG)


def held(user: User) -> Appointment:
    with opened(EVERYTHING):
        return Appointment.objects.filter(user=user, delegated_by__isnull=True).get()


def lend(wang: User, li: User, begins: date, ends: date, longest: int = 31) -> Appointment:
    own = held(wang)
    with opened(scope_of(own), actor_of(wang, "")):
        return delegate(
            own=own, delegator=wang, to=li.pk, begins=begins, ends=ends, longest=longest, today=TODAY
        )


def test_a_delegate_acts_for_who_delegated_and_history_says_so(desk: tuple[User, User]) -> None:
    wang, li = desk
    made = lend(wang, li, TODAY, TODAY + timedelta(days=7))
    assert made.title == "代梁一凡（县级主管部门）"
    actor = actor_of(li, "网页", made)
    assert (actor.id, actor.behalf) == (str(li.pk), str(wang.pk))
    assert "代梁一凡" in actor.label


@pytest.mark.parametrize(
    ("begins", "days", "told"),
    [
        (TODAY - timedelta(days=1), 7, "不能早于今天"),
        (TODAY, 0, "应晚于起始日期"),
        (TODAY, 32, "一次最多委托 31 天"),
    ],
)
def test_a_delegation_has_its_bounds(desk: tuple[User, User], begins: date, days: int, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        lend(*desk, begins, begins + timedelta(days=days))


def test_only_a_colleague_of_the_same_place_and_nobody_twice(desk: tuple[User, User]) -> None:
    wang, li = desk
    far = person("zhao", "county_official", ZHONGFANG)
    with pytest.raises(ValidationError, match="同一单位"):
        lend(wang, far, TODAY, TODAY + timedelta(days=7))
    made = lend(wang, li, TODAY, TODAY + timedelta(days=7))
    with pytest.raises(ValidationError, match="已经委托给别人"):
        lend(wang, li, TODAY + timedelta(days=3), TODAY + timedelta(days=9))
    with opened(EVERYTHING), pytest.raises(ValidationError, match="不能再委托"):
        delegate(
            own=made,
            delegator=li,
            to=wang.pk,
            begins=TODAY,
            ends=TODAY + timedelta(days=1),
            longest=9,
            today=TODAY,
        )


def test_a_delegation_ends_with_the_appointment_it_comes_from(desk: tuple[User, User]) -> None:
    wang, li = desk
    soon, later = (lend(wang, li, TODAY + timedelta(days=n), TODAY + timedelta(days=n + 5)) for n in (0, 6))
    with opened(EVERYTHING):
        end_appointment(appointment=held(wang), on=TODAY + timedelta(days=2))
        assert Appointment.objects.get(pk=soon.pk).valid_to == TODAY + timedelta(days=2)
        assert not Appointment.objects.filter(pk=later.pk).exists()


def test_the_desk_lends_and_takes_back(desk: tuple[User, User]) -> None:
    wang, li = desk
    at_desk = browser(wang)
    today = timezone.localdate()
    form = {"to": str(li.pk), "begins": today.isoformat(), "ends": (today + timedelta(days=5)).isoformat()}
    wrong = at_desk.post("/delegation/", {**form, "ends": today.isoformat()})
    assert wrong.status_code == 422
    assert "应晚于起始日期" in wrong.content.decode()
    page = at_desk.post("/delegation/", form, follow=True).content.decode()
    assert "已委托 梁一凡 代办" in page
    with opened(EVERYTHING):
        made = Appointment.objects.get(behalf_of=wang.pk)
    assert "代梁一凡" in browser(li).get("/").content.decode()
    assert browser(li).post(f"/delegation/{made.pk}/end/").status_code == 404
    assert "委托已收回" in at_desk.post(f"/delegation/{made.pk}/end/", follow=True).content.decode()
    with opened(EVERYTHING):
        assert not Appointment.objects.filter(behalf_of=wang.pk, valid_to__gt=today).exists()


def test_a_desk_that_is_tied_to_its_person_cannot_be_lent(sit: Sit, station: Station) -> None:
    lead = sit("station_lead", station.region_code, station_id=station.pk)
    assert lead.get("/delegation/").status_code == 404


def test_whoever_approves_nothing_has_no_queue_and_no_calendar_of_visits(sit: Sit, station: Station) -> None:
    for role in ("volunteer", "resident"):
        own = sit(role, station.region_code, person_id=uuid4())
        page = own.get("/rulebook/").content.decode()
        for address in ("/awaiting/", "/visits/due/", "/delegation/"):
            assert f'href="{address}"' not in page
            assert own.get(address).status_code == 403
    assert 'href="/awaiting/"' in sit().get("/").content.decode()
