"""A managed server, given by ``DATABASE_URL``: the address of the role that owns the database.

The application's role is given by ``LINZHAN_APP_DATABASE_URL`` or made by the owner, if it may make roles.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from linzhan.kernel.keys import secret
from linzhan.kernel.postgres import roles
from linzhan.kernel.postgres.connection import APPLICATION, Connection
from linzhan.kernel.postgres.layout import DatabaseUnavailable, Layout

HOW_TO = (
    f"请由数据库管理员执行 CREATE ROLE {APPLICATION} LOGIN PASSWORD '…'，"
    f"再把它的连接地址写入 LINZHAN_APP_DATABASE_URL。"
)


def managed(data: Path, owner_dsn: str, app_dsn: str = "") -> Connection:
    """Prepare the managed database at ``owner_dsn`` and return the addresses of both roles.

    Raises ``DatabaseUnavailable`` when it cannot be reached, when the extensions are missing, or when
    the application's role is absent and the owner may not make it, or could pass by row-level security.
    """
    layout = Layout(data.resolve())
    layout.create()
    try:
        with psycopg.connect(owner_dsn, autocommit=True, connect_timeout=10) as connection:
            roles.extensions(connection)
            if not app_dsn:
                app_dsn = application_dsn(layout.data, owner_dsn)
                _make_application_role(connection, app_dsn)
        with psycopg.connect(app_dsn, connect_timeout=10) as connection:
            _check_powerless(connection)
    except psycopg.Error as error:
        raise DatabaseUnavailable(f"无法使用 DATABASE_URL 指定的数据库：{str(error).strip()}") from error
    return Connection(owner_dsn=owner_dsn, app_dsn=app_dsn)


def application_dsn(data: Path, owner_dsn: str) -> str:
    """The address of the application's role that we make ourselves; its password lies among our keys."""
    word = secret(Layout(data).keys, f"managed-{APPLICATION.replace('_', '-')}.password", length=24)
    parts = urlsplit(owner_dsn)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{APPLICATION}:{quote(word, safe='')}@{place}"))


def _make_application_role(connection: psycopg.Connection[tuple[object, ...]], app_dsn: str) -> None:
    if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone():
        return
    word = unquote(urlsplit(app_dsn).password or "")
    statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
    try:
        connection.execute(statement.format(sql.Identifier(APPLICATION), sql.Literal(word)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise DatabaseUnavailable(f"DATABASE_URL 的账户无权创建应用账户。{HOW_TO}") from error


def _check_powerless(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    row = connection.execute(
        "SELECT rolsuper OR rolbypassrls OR EXISTS ("
        "SELECT 1 FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'MEMBER'))"
        " FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row is None or row[0]:
        raise DatabaseUnavailable(
            f"应用账户权限过大（超级用户、可绕过行级安全或为库的所有者），不能使用。{HOW_TO}"
        )
