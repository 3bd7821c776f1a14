"""The narrow door before there is a scope: an account and its appointments, by exact key only.

Row-level security hides accounts from a request that has no scope yet. Functions owned by the
owner role answer just what signing in needs (``migrations/0002_narrow_door``,
``0003_demo_door``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
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


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the account, what it holds today, and the appointment that a token names."""

    user: User
    appointments: list[Appointment]
    appointment_id: UUID | None = None


def caller(user_id: UUID | str, on: date) -> Caller | None:
    """The active account of a session with its appointments on ``on``; one statement, asked by every request."""
    return _caller("(SELECT %s::uuid AS user_id, NULL::uuid AS appointment_id)", user_id, on)


def caller_of_token(digest: str, on: date) -> Caller | None:
    """The same of an unexpired API token, by its digest."""
    return _caller("linzhan_token(%s)", digest, on)


def _caller(source: str, key: UUID | str, on: date) -> Caller | None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.appointment_id, {_columns(User, 'u')}, {_columns(Appointment, 'a')} FROM {source} AS t"
            " CROSS JOIN LATERAL linzhan_account(t.user_id, NULL) AS u"
            " LEFT JOIN LATERAL linzhan_appointments(u.id, %s) AS a ON true ORDER BY a.id",
            [key, on],
        )
        rows = cursor.fetchall()
    if not rows:
        return None
    width = 1 + len(User._meta.concrete_fields)
    held = [_made(Appointment, row[width:]) for row in rows if row[width] is not None]
    return Caller(_made(User, rows[0][1:width]), held, rows[0][0])


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
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_columns(model, 'r')} FROM {source} AS r", arguments)
        return [_made(model, row) for row in cursor.fetchall()]


@cache
def _columns(model: type[models.Model], alias: str) -> str:
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


def _made(model: type[models.Model], row: Sequence[Any]) -> Any:
    return model.from_db("default", [field.attname for field in model._meta.concrete_fields], row)
