"""Who hears what: the wiring of events is written down, and a change of it is seen (design: Who may import whom)."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path

from linzhan.kernel.events import Event, wiring

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = CHECKOUT / "docs" / "architecture" / "events.md"
PLAIN = {"UUID", "str", "int", "date", "datetime", "Decimal", "bool", "tuple", "None", "dt"}


def events(base: type[Event] = Event) -> Iterator[type[Event]]:
    """Every event of the house."""
    for each in base.__subclasses__():
        if each.__module__.startswith("linzhan."):
            yield each
        yield from events(each)


def table() -> str:
    """The table as ``docs/architecture/events.md`` must hold it."""
    handlers = wiring()
    rows = [
        f"| `{each.__module__.split('.')[1]}` | `{each.__name__}` | "
        f"{'、'.join(f'`{name}`' for name in handlers.get(each.__name__, [])) or '—'} |"
        for each in sorted(events(), key=lambda each: (each.__module__, each.__name__))
    ]
    return "\n".join(["| published by | event | heard by |", "|---|---|---|", *rows])


def test_the_wiring_is_written_down() -> None:
    assert table() in PAGE.read_text(encoding="utf-8"), f"docs/architecture/events.md must hold:\n{table()}"


def test_every_event_is_a_frozen_record_of_plain_values() -> None:
    for each in events():
        assert each.__dataclass_params__.frozen, each  # type: ignore[attr-defined]  # made by the decorator
        for field in dataclasses.fields(each):
            names = {node.id for node in ast.walk(ast.parse(str(field.type))) if isinstance(node, ast.Name)}
            assert names <= PLAIN, f"{each.__name__}.{field.name} is {field.type}"


def test_every_event_has_a_name_of_its_own() -> None:
    names = [each.__name__ for each in events()]
    assert len(names) == len(set(names))
