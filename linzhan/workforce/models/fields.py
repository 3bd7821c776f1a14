"""Columns that several tables of the workforce share."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def identity_index(label: StrPromise | None = None, *, blank: bool = False) -> models.CharField[str, str]:
    """What tells persons apart without their number (``kernel.secrecy.blind_index``)."""
    return models.CharField(
        label or _("证件号码索引"),
        max_length=64,
        db_collation="C",
        blank=blank,
        default="" if blank else models.NOT_PROVIDED,
    )


def recorded_by() -> models.UUIDField[UUID | None, UUID | None]:
    """Who wrote the row down, filled by the database: a session at several stations is its recorder's own."""
    actor = Func(function="linzhan_actor_id", output_field=models.UUIDField())
    return models.UUIDField(_("登记人"), null=True, editable=False, db_default=actor)
