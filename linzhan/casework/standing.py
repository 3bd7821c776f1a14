"""Codes of categories that files hold already: whoever adds to a list is not judged by what stood in it before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_held: ContextVar[frozenset[str]] = ContextVar("linzhan_held_categories", default=frozenset())


@contextmanager
def holding(codes: Iterable[str]) -> Iterator[None]:
    """The block writes lists that hold ``codes``; the ended ones among them stay as they are."""
    token = _held.set(frozenset(codes))
    try:
        yield
    finally:
        _held.reset(token)


def held_codes() -> frozenset[str]:
    return _held.get()
