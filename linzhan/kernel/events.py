"""Domain events: small facts in the past tense, published by the app that owns them.

They are for what may be lost. What must survive a crash (stale marks, jobs, timers) is written in
the same transaction as its cause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.db import transaction


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. Fields are ids and plain values, never model instances."""


E = TypeVar("E", bound=Event)
_handlers: dict[type[Event], list[Callable[..., None]]] = defaultdict(list)


def subscribe(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Have the decorated function called after each commit that published ``event``."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        _handlers[event].append(handler)
        return handler

    return register


def publish(event: Event) -> None:
    """Deliver after commit, so that no handler acts on a change that was rolled back."""
    for handler in _handlers[type(event)]:
        transaction.on_commit(partial(handler, event), robust=True)


def wiring() -> dict[str, list[str]]:
    """The whole event map: event name to the handlers' full names."""
    return {
        event.__name__: sorted(f"{handler.__module__}.{handler.__qualname__}" for handler in handlers)
        for event, handlers in sorted(_handlers.items(), key=lambda pair: pair[0].__name__)
    }
