"""Kinds of fields that the tables of purchases share."""

from __future__ import annotations

from django.db import models


def told(label: object) -> models.TextField[str, str]:
    """What somebody wrote at length."""
    return models.TextField(label, blank=True, default="")  # type: ignore[arg-type]  # a lazy text


def word(
    label: object, choices: type[models.TextChoices] | None = None, length: int = 200
) -> models.CharField[str, str]:
    listed = choices.choices if choices is not None else None
    return models.CharField(label, max_length=length, choices=listed, blank=True, default="")  # type: ignore[arg-type]  # as above


def day(label: object) -> models.DateField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.DateField(label, null=True, blank=True)  # type: ignore[arg-type]  # as above


def number(label: object) -> models.PositiveIntegerField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.PositiveIntegerField(label, null=True, blank=True)  # type: ignore[arg-type]  # as above


def yes_no(label: object) -> models.BooleanField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.BooleanField(label, null=True, blank=True)  # type: ignore[arg-type]  # as above


def percent(label: object) -> models.DecimalField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.DecimalField(label, max_digits=5, decimal_places=2, null=True, blank=True)  # type: ignore[arg-type]  # as above
