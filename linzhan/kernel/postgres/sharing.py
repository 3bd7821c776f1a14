"""Who uses the server: the first one in starts it, the last one out stops it.

Two locks of the operating system, which a ``kill -9`` releases by itself. ``users`` is held shared
by everybody who uses the server; ``gate`` is held alone, for the moment of coming in or going out.
Whoever can turn the shared lock into an exclusive one on the way out is the last.
A server whose users were all killed runs on until the next one comes and goes.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linzhan.kernel import keys
from linzhan.kernel.postgres import server
from linzhan.kernel.postgres.connection import Connection, embedded
from linzhan.kernel.postgres.layout import Layout

ROLES_REVISION = 1  # raise it when ``roles.ensure`` does something new to an existing cluster


@contextmanager
def shared(data: Path, *, durable: bool = True) -> Iterator[Connection]:
    """Use the embedded server below ``data``: made, started and shared as needed.

    Raises ``DatabaseUnavailable`` (Chinese message) when it cannot be had.
    """
    layout = Layout(data.resolve())
    layout.create()
    users = _enter(layout, durable=durable)
    try:
        yield embedded(layout.data)
    finally:
        _leave(layout, users)


def _enter(layout: Layout, *, durable: bool) -> int:
    with _gate(layout):
        users = _open(layout.run / "postgres.users")
        try:
            fcntl.flock(users, fcntl.LOCK_SH)
            if not layout.cluster.exists():
                keys.secret(layout.keys, keys.FIELDS)  # before there is data that could depend on it
            server.make(layout)
            server.start(layout, durable=durable)
            if not _has_roles(layout):
                from linzhan.kernel.postgres import roles  # noqa: PLC0415 - psycopg takes half a second

                roles.ensure(layout)
                _stamp(layout).write_text(_expected_stamp(layout), encoding="ascii")
        except BaseException:
            _stop_if_last(layout, users)
            raise
        return users


def _has_roles(layout: Layout) -> bool:
    stamp = _stamp(layout)
    return stamp.exists() and stamp.read_text(encoding="ascii") == _expected_stamp(layout)


def _stamp(layout: Layout) -> Path:
    return layout.run / "postgres.roles"


def _expected_stamp(layout: Layout) -> str:
    return f"{ROLES_REVISION} {layout.cluster.stat().st_ino}"


def _leave(layout: Layout, users: int) -> None:
    with _gate(layout):
        _stop_if_last(layout, users)


def _stop_if_last(layout: Layout, users: int) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        server.stop(layout)
    finally:
        os.close(users)


@contextmanager
def _gate(layout: Layout) -> Iterator[None]:
    descriptor = _open(layout.run / "postgres.gate")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
