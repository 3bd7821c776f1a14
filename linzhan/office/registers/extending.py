"""What a desk adds to the file page of a register: more in its head, tabs of its own, boxes in the right rail.

There is one page for the file of a row (``screens.md``: file). A desk that has more to say about its rows
registers it here instead of building a second page::

    @file_part("residents", key="household", label=_("家庭"), template="office/residents/household.html")
    def household(asked: FileAsked) -> Mapping[str, object]: ...

A part without a ``key`` stands on the first tab: before the columns where its ``order`` is below nought,
else after them. ``takes`` names the generic tabs (``register.column``) that a part stands for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from linzhan.kernel.registers.declare import Register
from linzhan.office import parts
from linzhan.office.registers.relating import Related
from linzhan.office.requests import holds


@dataclass(frozen=True, slots=True)
class FileAsked:
    """The file that is asked for: ``row`` as the register reads it, masked for this reader.

    ``noted`` is for what the parts of one page share, so that each asks the database once.
    """

    request: HttpRequest
    register: Register
    row: Mapping[str, Any]
    noted: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"/r/{self.register.key}/{self.row['id']}/"

    def holds(self, right: str) -> bool:
        return holds(self.request, right)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadMore:
    """More for the head: what is wrong now, facts, verbs."""

    troubles: Sequence[parts.Notice] = ()
    facts: Sequence[parts.Fact] = ()
    actions: Sequence[parts.Action] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RailBox:
    """A box of the right rail: duties, facts and links under one heading."""

    title: str
    duties: Sequence[parts.Duty] = ()
    facts: Sequence[parts.Fact] = ()
    links: Sequence[parts.Action] = ()
    note: str = ""


Head = Callable[[FileAsked], HeadMore]
Rail = Callable[[FileAsked], Iterable[RailBox]]
Build = Callable[[FileAsked], Mapping[str, object]]


@dataclass(frozen=True, kw_only=True, slots=True)
class FilePart:
    key: str
    label: str | Promise
    template: str
    build: Build
    order: int
    right: str
    takes: frozenset[str]


_heads: defaultdict[str, list[Head]] = defaultdict(list)
_rails: defaultdict[str, list[tuple[int, Rail]]] = defaultdict(list)
_parts: defaultdict[str, list[FilePart]] = defaultdict(list)


def file_head(register: str) -> Callable[[Head], Head]:
    def add(build: Head) -> Head:
        _heads[register].append(build)
        return build

    return add


def file_rail(register: str, *, order: int = 50) -> Callable[[Rail], Rail]:
    def add(build: Rail) -> Rail:
        _rails[register].append((order, build))
        return build

    return add


def file_part(
    register: str,
    *,
    key: str = "",
    label: str | Promise = "",
    template: str,
    order: int = 50,
    right: str = "",
    takes: Iterable[str] = (),
) -> Callable[[Build], Build]:
    """``right`` besides that of the register; lower ``order`` stands further left."""

    def add(build: Build) -> Build:
        if key and any(part.key == key for part in _parts[register]):
            raise ValueError(f"the file of {register} has a part {key} already")
        made = FilePart(
            key=key, label=label, template=template, build=build, order=order, right=right,
            takes=frozenset(takes),
        )  # fmt: skip
        _parts[register].append(made)
        return build

    return add


def parts_of(request: HttpRequest, register: Register) -> list[FilePart]:
    """The parts that the reader may see, in order."""
    seen = [part for part in _parts[register.key] if not part.right or holds(request, part.right)]
    return sorted(seen, key=lambda part: part.order)


def untaken(register: Register, related: Iterable[Related]) -> list[Related]:
    """The generic tabs for which no part stands."""
    taken = {key for part in _parts[register.key] for key in part.takes}
    return [way for way in related if way.key not in taken]


def built(given: Sequence[FilePart], asked: FileAsked) -> list[dict[str, object]]:
    """Each part as its template is given it."""
    return [{"template": part.template, "part": part.build(asked)} for part in given]


def with_more(head: parts.PageHead, asked: FileAsked) -> parts.PageHead:
    """The head with what the desks say of the row."""
    for build in _heads[asked.register.key]:
        more = build(asked)
        head = replace(
            head,
            facts=[*head.facts, *more.facts],
            troubles=[*head.troubles, *more.troubles],
            actions=[*head.actions, *more.actions],
        )
    return head


def rail(asked: FileAsked) -> list[RailBox]:
    ordered = sorted(_rails[asked.register.key], key=lambda pair: pair[0])
    return [box for _order, build in ordered for box in build(asked)]
