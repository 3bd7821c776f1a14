"""The two roles, the database and the extensions of an embedded server."""

from __future__ import annotations

import psycopg
from psycopg import sql

from linzhan.kernel.postgres.connection import APPLICATION, DATABASE, OWNER, SUPERUSER, dsn, password
from linzhan.kernel.postgres.layout import Layout

EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")


def ensure(layout: Layout) -> None:
    """Bring roles, database and extensions to what this version expects; repeating it is harmless."""
    with psycopg.connect(superuser_dsn(layout), autocommit=True) as connection:
        _role(connection, OWNER, password(layout, OWNER), "CREATEDB")
        _role(connection, APPLICATION, password(layout, APPLICATION), "NOCREATEDB")
        _database(connection)
    for name in ("template1", DATABASE):  # from the template every test database inherits them
        with psycopg.connect(superuser_dsn(layout, name=name), autocommit=True) as connection:
            extensions(connection)


def superuser_dsn(layout: Layout, *, name: str = "postgres") -> str:
    """The address of the bootstrap superuser; for this package and the test suite only."""
    return dsn(layout, SUPERUSER, name=name)


def extensions(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Install the extensions the platform needs; all three are trusted, a database owner may do it."""
    for name in EXTENSIONS:
        connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))


def _role(connection: psycopg.Connection[tuple[object, ...]], name: str, word: str, right: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    statement = "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS {} PASSWORD {}"
    if known is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
    connection.execute(sql.SQL(statement).format(sql.Identifier(name), sql.SQL(right), sql.Literal(word)))


def _database(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
    if known is None:
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(statement.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
