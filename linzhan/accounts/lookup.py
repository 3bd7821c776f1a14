"""The narrow door before there is a scope: an account and its appointments, by exact key only.

Row-level security hides accounts from a request that has no scope yet. Functions owned by the
owner role answer just what signing in needs (``migrations/0002_narrow_door``,
``0003_demo_door``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, models

from linzhan.accounts.models import Appointment, User


def account(*, user_id: UUID | str | None = None, username: str | None = None) -> User | None:
    """The active account of this id or this exact user name."""
    found = _rows(User, "linzhan_account(%s::uuid, %s)", [user_id, username])
    return found[0] if found else None


def appointments_of(user_id: UUID | str, on: date) -> list[Appointment]:
    """The appointments of an account that hold on ``on``, oldest first."""
    return _rows(Appointment, "linzhan_appointments(%s::uuid, %s)", [user_id, on])


def account_of_token(digest: str) -> tuple[UUID, UUID | None] | None:
    """Account and appointment of an unexpired API token, by its digest."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id, appointment_id FROM linzhan_token(%s)", [digest])
        row = cursor.fetchone()
    return (row[0], row[1]) if row else None


def has_accounts() -> bool:
    """Whether anybody can sign in yet; an empty instance offers to make its first administrator."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT linzhan_has_accounts()")
        return bool(cursor.fetchone()[0])


def has_demo() -> bool:
    """Whether the demo city's accounts are here: only then is its public password good for anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT linzhan_has_demo()")
        return bool(cursor.fetchone()[0])


def _rows(model: type[models.Model], source: str, arguments: Sequence[Any]) -> list[Any]:
    names = [field.attname for field in model._meta.concrete_fields]
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {source}", arguments)
        return [model.from_db("default", names, row) for row in cursor.fetchall()]
