"""One test that asks many: thousands of small tests would cost more to begin and to end than to run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any

Check = Callable[..., None]


def of_each(arguments: str, items: Iterable[Any] | Callable[[], Iterable[Any]]) -> Callable[[Check], Check]:
    """The decorated check is asked of every item; the test tells all of them that fail it.

    ``arguments`` is the name under which the check takes an item, or several for the parts of one. What else
    the check takes are fixtures; nothing is undone between two items. ``items`` may be what finds them, where
    that takes long.
    """
    taken = arguments.split()

    def make(check: Check) -> Check:
        names = [name for name in inspect.signature(check).parameters if name not in taken]

        def ask(**given: Any) -> None:
            asked_of, wrong = list(items() if callable(items) else items), []
            assert asked_of, "nothing to ask of"
            for item in asked_of:
                parts = item if len(taken) > 1 else (item,)
                try:
                    check(**given, **dict(zip(taken, parts, strict=True)))
                except Exception as fault:  # noqa: BLE001  # whatever it is, the others are asked too
                    fault.add_note(f"{arguments}: {', '.join(map(_named, parts))}")
                    wrong.append(fault)
            if wrong:
                raise ExceptionGroup(f"{len(wrong)} of {len(asked_of)}", wrong)

        ask.__name__, ask.__doc__, ask.__module__ = check.__name__, check.__doc__, check.__module__
        asked = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in names]
        ask.__signature__ = inspect.Signature(asked)  # type: ignore[attr-defined]  # read by pytest
        return ask

    return make


def _named(item: object) -> str:
    """What a reader would call it: a register's key, a column's name, a class's."""
    return str(
        next((getattr(item, name) for name in ("key", "name", "__name__") if hasattr(item, name)), item)
    )
