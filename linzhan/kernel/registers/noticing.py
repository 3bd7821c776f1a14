"""Told of writes: an app that must act at once on what another one's register wrote says so here.

The watcher runs in the transaction of the write and is given the places that it touched, no rows: what it orders
(a job) is ordered with the write or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

Watcher = Callable[[str, frozenset[str]], None]
_watchers: dict[str, list[Watcher]] = defaultdict(list)


def watch(register_key: str, watcher: Watcher) -> None:
    """Have ``watcher(register key, division codes)`` called in every write of the register's rows."""
    _watchers[register_key].append(watcher)


def notice(register_key: str, codes: Iterable[str]) -> None:
    for watcher in _watchers.get(register_key, ()):
        watcher(register_key, frozenset(codes))
