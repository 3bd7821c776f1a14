"""API tokens: random, shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from linzhan.accounts.models import Appointment, Token, User

LIFETIME = timedelta(days=30)
PREFIX = "Bearer "


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue_token(*, user: User, appointment: Appointment | None) -> str:
    """A new token of ``user`` for ``appointment``; the caller's only chance to see it."""
    token = secrets.token_urlsafe(32)
    Token.objects.create(
        user=user,
        appointment=appointment,
        region_code=user.region_code,
        digest=digest_of(token),
        expires_at=timezone.now() + LIFETIME,
    )
    return token


def revoke_tokens(user_id: UUID) -> int:
    """End the tokens of an account, as far as the actor's scope reaches; how many."""
    return Token.objects.filter(user_id=user_id).delete()[0]


def bearer_digest(request: HttpRequest) -> str:
    """Digest of the request's bearer token; empty without one."""
    given = request.META.get("HTTP_AUTHORIZATION", "")
    return digest_of(given[len(PREFIX) :].strip()) if given.startswith(PREFIX) else ""
