"""The instance that is measured: its own directory below ``var/bench``, prepared like any other."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
WORKBOOK = CHECKOUT / "tests" / "data" / "hecheng-2021.xlsx"
DATA = Path(os.environ.get("LINZHAN_BENCH_DATA") or CHECKOUT / "var" / "bench")


def choose_directory() -> None:
    """Before anything of the house is imported: the settings read it once."""
    os.environ["LINZHAN_DATA"] = str(DATA)
    for name in ("DATABASE_URL", "LINZHAN_APP_DATABASE_URL", "LINZHAN_PUBLIC_URL"):
        os.environ.pop(name, None)


@contextmanager
def standing() -> Iterator[None]:
    """The database is up, Django knows it, everything is prepared; nothing is left running."""
    from config import env
    from linzhan import preparation
    from linzhan.kernel.postgres import database

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", env.settings_module(env.read()))
    with database(DATA) as connection:
        import django
        from django.conf import settings
        from django.db import connections

        django.setup()
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        preparation.prepare(connection.owner_dsn)
        empty()
        try:
            yield
        finally:
            for alias in connections:
                connections[alias].close()


def empty() -> None:
    """Take out what an earlier run left, reference data apart."""
    from django.db import connections

    from linzhan.kernel.wall import own_models

    kept = ("territory", "policy")
    tables = [m._meta.db_table for m in own_models() if m._meta.app_label not in kept]
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in tables) + " CASCADE")
