"""Events: past-tense facts, delivered after commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction

from linzhan.kernel import events
from linzhan.kernel.events import Event, publish, subscribe, wiring


@dataclass(frozen=True, kw_only=True)
class DoorOpened(Event):
    door: int


@pytest.fixture
def heard() -> Iterator[list[int]]:
    list_: list[int] = []

    @subscribe(DoorOpened)
    def hear(event: DoorOpened) -> None:
        list_.append(event.door)

    yield list_
    del events._handlers[DoorOpened]


@pytest.mark.django_db(transaction=True)
def test_an_event_is_delivered_after_commit(heard: list[int]) -> None:
    with transaction.atomic():
        publish(DoorOpened(door=3))
        assert heard == []
    assert heard == [3]


@pytest.mark.django_db(transaction=True)
def test_an_event_of_a_change_that_was_rolled_back_is_never_delivered(heard: list[int]) -> None:
    with transaction.atomic():
        publish(DoorOpened(door=3))
        transaction.set_rollback(True)
    assert heard == []


def test_the_wiring_names_every_handler(heard: list[int]) -> None:
    assert wiring()["DoorOpened"] == [f"{__name__}.heard.<locals>.hear"]
