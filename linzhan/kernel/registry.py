"""Registries: what the apps contribute to the house at start-up, under names that are taken once."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Generic, TypeVar

E = TypeVar("E")


class AlreadyRegistered(ValueError):
    """Two entries claim one name."""


class NotRegistered(LookupError):
    """No entry has this name; the message names those that come near."""


class Registry(Generic[E]):
    """Entries by name, in the order of their registration.

    ``title`` is what the messages call the registry; ``key`` is the attribute of an entry that
    holds its name (``code``, ``key``, ``name`` …).
    """

    def __init__(self, title: str, *, key: str = "name") -> None:
        self.title = title
        self._key = key
        self._entries: dict[str, E] = {}

    def add(self, entry: E) -> E:
        """Register ``entry`` and hand it back; :class:`AlreadyRegistered` where its name is taken."""
        name = str(getattr(entry, self._key))
        if name in self._entries:
            raise AlreadyRegistered(
                f"{self.title}: {name!r} is already registered, as {self._entries[name]!r}"
            )
        self._entries[name] = entry
        return entry

    def get(self, name: str) -> E:
        """The entry called ``name``; :class:`NotRegistered` where there is none."""
        try:
            return self._entries[name]
        except KeyError:
            raise NotRegistered(self._unknown(name)) from None

    def names(self) -> tuple[str, ...]:
        """The names, in the order of their registration."""
        return tuple(self._entries)

    def __getitem__(self, name: str) -> E:
        return self.get(name)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[E]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def _unknown(self, name: str) -> str:
        if not self._entries:
            return f"{self.title}中没有“{name}”：尚未登记任何条目"
        near = get_close_matches(name, self._entries, n=3)
        hint = (
            f"是否指 {'、'.join(near)}？"
            if near
            else f"共有 {len(self)} 项，例如 {'、'.join(self.names()[:3])}"
        )
        return f"{self.title}中没有“{name}”；{hint}"
