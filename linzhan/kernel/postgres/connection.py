"""What a client needs to know to connect: one address for each of the two roles."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from linzhan.kernel.keys import secret
from linzhan.kernel.postgres.layout import Layout

DATABASE = "linzhan"
SUPERUSER = "postgres"
OWNER = "linzhan_owner"
APPLICATION = "linzhan_app"


@dataclass(frozen=True, slots=True, repr=False)
class Connection:
    """``postgresql://`` addresses: of the role that owns the tables, and of the application's role."""

    owner_dsn: str
    app_dsn: str

    def __repr__(self) -> str:
        return "Connection(…)"  # an address holds a password and must not reach a log


def password(layout: Layout, role: str) -> str:
    """The password of an embedded role; made on first use, except for a cluster that already has one."""
    may_create = role != SUPERUSER or not layout.cluster.exists()
    return secret(layout.keys, f"{role.replace('_', '-')}.password", length=24, may_create=may_create)


def dsn(layout: Layout, role: str, *, name: str = DATABASE) -> str:
    """The address of database ``name`` on the embedded server for ``role``."""
    return f"postgresql://{role}:{quote(password(layout, role))}@127.0.0.1:{port(layout)}/{name}"


def port(layout: Layout) -> int:
    """The port the embedded server was last started on; 0 before its first start."""
    try:
        return int(layout.port_file.read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return 0


def embedded(data: Path) -> Connection:
    """The addresses of the embedded server below ``data``, whether or not it runs at the moment."""
    layout = Layout(data)
    return Connection(owner_dsn=dsn(layout, OWNER), app_dsn=dsn(layout, APPLICATION))
