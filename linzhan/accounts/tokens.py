"""API tokens: random, shown once, kept as a digest."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from linzhan.accounts.models import Appointment, Token, User
from linzhan.kernel.scope import unscoped

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


def revoke_tokens(user_ids: Collection[UUID]) -> int:
    """End the tokens of accounts that were signed in on a lost phone; how many.

    A token is seen by its owner and by officials of its place, and a station lead is neither: whoever may
    report the phone ends what was signed in on it.
    """
    with unscoped("who signed in on a phone that was lost signs in again, wherever they work"):
        return Token.objects.filter(user_id__in=list(user_ids)).delete()[0]


def end_token(request: HttpRequest) -> None:
    """End the token that the request came with; the others of the account stay."""
    Token.objects.filter(digest=bearer_digest(request)).delete()


def bearer_digest(request: HttpRequest) -> str:
    """Digest of the request's bearer token; empty without one."""
    given = request.META.get("HTTP_AUTHORIZATION", "")
    return digest_of(given[len(PREFIX) :].strip()) if given.startswith(PREFIX) else ""
