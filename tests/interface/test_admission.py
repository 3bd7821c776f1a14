"""Many phones at once: a bounded number is answered, the others are told when to come, and nothing is lost (NFR-08)."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from linzhan.interface import admission
from linzhan.interface.admission import LONGEST, PATH, AdmissionMiddleware, Turns


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def turns(**more: Any) -> Turns:
    return Turns(**{"places": 1, "waiting": 0, "patience": 0.0, "clock": Clock(), "luck": lambda: 0.0} | more)


def crowd(at: Turns, number: int) -> list[int]:
    """What each of a crowd is told while all places are taken."""
    told = []
    for _ in range(number):
        with at.taken() as seconds:
            told.append(seconds)
    return told


def test_within_the_places_nobody_is_sent_away() -> None:
    at = turns(places=2)
    with at.taken() as first, at.taken() as second:
        assert (first, second) == (0, 0)
        with at.taken() as third:
            assert third > 0
    with at.taken() as again:
        assert again == 0


def test_a_place_is_free_again_after_a_failure() -> None:
    at = turns()
    with pytest.raises(RuntimeError), at.taken():
        raise RuntimeError
    with at.taken() as seconds:
        assert seconds == 0


def test_a_crowd_is_told_to_come_one_by_one() -> None:
    """As far apart as exchanges end: never more in one second than are answered in it."""
    at = turns()
    with at.taken():
        told = crowd(at, 100)
    assert told == sorted(told)
    assert max(told.count(second) for second in told) <= 1 / admission.AT_FIRST
    assert 24 <= told[-1] <= 27


def test_luck_makes_a_turn_later_but_never_earlier() -> None:
    early, late = turns(), turns(luck=lambda: 1.0)
    with early.taken(), late.taken():
        pairs = list(zip(crowd(early, 60), crowd(late, 60), strict=True))
    assert all(first <= second <= first * (1 + admission.SPREAD) + 1 for first, second in pairs)
    assert any(first < second for first, second in pairs)


def test_slow_exchanges_send_people_further_away() -> None:
    clock = Clock()
    at = turns(clock=clock)
    for _ in range(60):
        with at.taken():
            clock.now += 2.0
    with at.taken():
        assert 19 <= crowd(at, 10)[-1] <= 22


def test_nobody_is_sent_away_for_longer_than_a_few_minutes() -> None:
    at = turns()
    with at.taken():
        told = crowd(at, 5000)
    assert max(told) <= LONGEST
    assert min(told[2000:]) >= LONGEST / 2


def test_turns_that_have_passed_are_not_counted() -> None:
    clock = Clock()
    at = turns(clock=clock)
    with at.taken():
        crowd(at, 400)
        clock.now += 3600
        assert crowd(at, 1) == [1]


def test_one_who_waits_gets_the_place_that_becomes_free() -> None:
    at = Turns(places=1, waiting=1, patience=30.0)
    inside, told = threading.Event(), []

    def wait() -> None:
        with at.taken() as seconds:
            told.append(seconds)

    waiter = threading.Thread(target=wait)
    with at.taken():
        waiter.start()
        while not at._queued:  # the other thread is on its way
            inside.wait(0.001)
        with at.taken() as seconds:
            assert seconds > 0  # no more may wait: sent away without waiting
    waiter.join(10)
    assert told == [0]


def test_who_waited_in_vain_is_sent_away() -> None:
    at = Turns(places=1, waiting=1, patience=0.01)
    with at.taken(), at.taken() as seconds:
        assert seconds > 0


def test_never_more_than_the_places_are_inside() -> None:
    at = Turns(places=2, waiting=2, patience=5.0)
    lock, now, most, entered = threading.Lock(), 0, 0, 0
    start = threading.Barrier(12)

    def come() -> None:
        nonlocal now, most, entered
        start.wait()
        for _ in range(50):
            with at.taken() as seconds:
                if seconds:
                    continue
                with lock:
                    now, entered = now + 1, entered + 1
                    most = max(most, now)
                with lock:
                    now -= 1

    threads = [threading.Thread(target=come) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most <= 2
    assert entered >= 50
    assert (at._working, at._queued) == (0, 0)


def test_a_busy_answer_costs_no_look_at_the_caller_and_no_database() -> None:
    """Without a database in this test: asking it for anything would fail."""
    entered: list[str] = []

    def house(request: HttpRequest) -> HttpResponse:
        entered.append(request.path)
        return HttpResponse("in")

    door = AdmissionMiddleware(house)
    door.turns = turns()
    request = RequestFactory().post(PATH, b"{}", content_type="application/json")
    with door.turns.taken():
        answer = door(request)
        assert door(RequestFactory().get("/residents/")).status_code == 200  # a desk is not kept waiting
    assert entered == ["/residents/"]
    assert answer.status_code == 503
    seconds = int(answer["Retry-After"])
    assert seconds >= 1
    document = json.loads(answer.content)
    assert document["type"] == "/problems/busy"
    assert document["detail"] == f"平台正忙，{seconds} 秒后自动再传，记录都在手机里"


def test_the_door_stands_before_sessions_and_scopes(settings: Any) -> None:
    order = settings.MIDDLEWARE
    door = order.index("linzhan.interface.admission.AdmissionMiddleware")
    assert door < order.index("django.contrib.sessions.middleware.SessionMiddleware")
    assert door < order.index("linzhan.accounts.middleware.ScopeMiddleware")
