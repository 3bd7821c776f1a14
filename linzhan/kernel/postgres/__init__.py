"""The database: an embedded PostgreSQL under ``$LINZHAN_DATA``, or a managed one by its address.

Two roles from the first day: the owner, who migrates, and the application's role, which owns
nothing and passes no row-level policy by. See ``docs/adr/0001`` and ``0002``.

No Django here, so that a supervisor stays small and a command starts quickly::

    with database(data) as connection:
        ...  # connection.owner_dsn, connection.app_dsn

Several processes share one directory's server: the first one in starts it, the last one out stops it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from linzhan.kernel.postgres.connection import Connection, embedded
from linzhan.kernel.postgres.layout import DatabaseUnavailable, Layout

__all__ = ["Connection", "DatabaseUnavailable", "Layout", "addresses", "database", "is_running"]


@contextmanager
def database(
    data: Path, owner_dsn: str = "", app_dsn: str = "", *, durable: bool = True
) -> Iterator[Connection]:
    """Use the database of the instance at ``data``, ready and with both roles, for the block.

    Without ``owner_dsn`` it is the embedded server below ``data``: made, started and shared as needed
    (``durable=False`` trades safety for speed, for tests). Raises ``DatabaseUnavailable``.
    """
    if owner_dsn:
        from linzhan.kernel.postgres.managed import managed  # noqa: PLC0415 - psycopg takes its time

        yield managed(data, owner_dsn, app_dsn)
        return
    from linzhan.kernel.postgres.sharing import shared  # noqa: PLC0415 - not on every platform

    with shared(data, durable=durable) as connection:
        yield connection


def addresses(data: Path, owner_dsn: str = "", app_dsn: str = "") -> Connection:
    """The addresses that ``database`` would give, without touching any server."""
    if not owner_dsn:
        return embedded(data)
    from linzhan.kernel.postgres.managed import application_dsn  # noqa: PLC0415 - as above

    return Connection(owner_dsn=owner_dsn, app_dsn=app_dsn or application_dsn(data, owner_dsn))


def is_running(data: Path) -> bool:
    """Whether an embedded server works on the cluster below ``data`` at this moment."""
    from linzhan.kernel.postgres.server import running_pid  # noqa: PLC0415 - as above

    return running_pid(Layout(data.resolve())) is not None
