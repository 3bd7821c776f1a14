"""Who are you: a user name and a password, looked up through the narrow door."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from django.utils import timezone

from linzhan.accounts.lookup import account, caller
from linzhan.accounts.models import User


class AccountBackend(BaseBackend):
    """Spends the same time on an unknown name as on a wrong password.

    The public password of the demo city opens the demo city's accounts and nothing else.
    """

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 -- Django passes it
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        found = account(username=username.strip())
        if found is None:
            User().set_password(password)
            return None
        fits = found.check_password(password)
        return found if fits and (found.is_demo or password != settings.DEMO_PASSWORD) else None

    def get_user(self, user_id: UUID) -> User | None:
        """The account of a session, asked for anew by every request: what was ended is ended at once."""
        found = caller(user_id, timezone.localdate())
        if found is None:
            return None
        found.user.appointments_today = found.appointments
        return found.user
