"""What waits for me: questions that desks register, answered together in one query.

A question is a scoped query of the rows that wait, the day by which the first of them is due, and the
line that says so. A desk that has rows which somebody must act on registers one here; the work bench
asks those whose right the reader holds. Where a line leads to the list of its own rows, the list is
narrowed to just those (``?waiting=<key>``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, F, Min, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone

from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registry import Registry
from linzhan.office.parts import Duty
from linzhan.office.requests import at_desk

SOON = timedelta(days=7)
LAST = date.max
LIST = "/r/"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever opens the work bench."""

    user_id: str
    username: str
    role: str
    region: str
    rights: frozenset[str]
    today: date


def reader_of(request: HttpRequest) -> Reader | None:
    """Whoever asks, in the appointment at hand; None without one."""
    asking = at_desk(request)
    held = getattr(asking, "appointment", None)
    if held is None:
        return None
    return Reader(
        str(asking.user.pk),
        asking.user.get_username(),
        held.role,
        held.region_code,
        asking.rights,
        timezone.localdate(),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """``rows`` that wait; ``due`` is the column of the day they are due (``grace`` days later, or a fixed
    day); ``line`` makes the text of a count. ``always`` is shown although nothing waits."""

    rows: QuerySet[Any]
    line: Callable[[int], Duty]
    due: str | None = None
    grace: int = 0
    on: date | None = None
    always: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    right: str
    ask: Callable[[Reader], Waiting | None]


QUESTIONS: Registry[Question] = Registry("what waits", key="key")
Ask = Callable[[Reader], Waiting | None]


Many = Callable[[Reader], dict[str, Waiting]]
_many: list[Many] = []


def waiting_many(ask: Many) -> Many:
    """Register several questions at once, by key; they look at the reader's rights themselves."""
    _many.append(ask)
    return ask


def waiting(key: str, right: str) -> Callable[[Ask], Ask]:
    """Register a question for those who hold ``right``; it answers None where it does not apply."""

    def register(ask: Ask) -> Ask:
        QUESTIONS.add(Question(key, right, ask))
        return ask

    return register


def duties(reader: Reader) -> list[Duty]:
    """Everything that waits for ``reader``, by deadline; one query."""
    asked = {
        each.key: made for each in QUESTIONS if each.right in reader.rights and (made := each.ask(reader))
    }
    for several in _many:
        asked |= several(reader)
    found = [
        _line(key, asked[key], number, first, reader.today)
        for key, number, first in _counted(asked.items())
        if number or asked[key].always
    ]
    return [duty for _due, duty in sorted(found, key=lambda pair: pair[0])]


def rows_waiting(key: str, reader: Reader, register: Register) -> QuerySet[Any] | None:
    """The rows of ``register`` that the question ``key`` counts for ``reader``; None where it asks for no such."""
    if key not in QUESTIONS or QUESTIONS[key].right not in reader.rights:
        return None
    made = QUESTIONS[key].ask(reader)
    return made.rows if made is not None and made.rows.model is register.model else None


def _counted(asked: Iterable[tuple[str, Waiting]]) -> list[tuple[str, int, date | None]]:
    counts = [_count(key, each) for key, each in asked]
    if not counts:
        return []
    return list(counts[0].union(*counts[1:], all=True) if len(counts) > 1 else counts[0])


def _count(key: str, waits: Waiting) -> QuerySet[Any]:
    due: Combinable = Value(None) if waits.due is None else F(waits.due)
    first = Cast(due, DateField())  # a bare NULL would be a text to the union
    rows: QuerySet[Any] = waits.rows.order_by().values(asked=Value(key))
    counted: QuerySet[Any] = rows.annotate(number=Count("pk"), first=Min(first))
    return counted.values_list("asked", "number", "first")


def _line(key: str, waits: Waiting, number: int, first: date | None, today: date) -> tuple[date, Duty]:
    due = waits.on or (first + timedelta(days=waits.grace) if first else None)
    duty = waits.line(number)
    duty = replace(duty, url=_to_just_those(key, waits, duty.url))
    if due is None:
        return LAST, duty
    pressing: Any = "late" if due < today else "soon" if due <= today + SOON else ""
    return due, replace(duty, due=due, pressing=pressing)


def _to_just_those(key: str, waits: Waiting, url: str) -> str:
    """A list of the rows that wait is narrowed to them; what leads elsewhere stays as it is."""
    path, _mark, query = url.partition("?")
    name = path.removeprefix(LIST).removesuffix("/")
    if not path.startswith(LIST) or name not in REGISTERS or key not in QUESTIONS:
        return url
    if REGISTERS[name].model is not waits.rows.model:
        return url
    return f"{path}?{query}{'&' if query else ''}waiting={key}"
