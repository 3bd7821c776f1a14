"""What rows about institutions have in common: whose they are, and who sees them besides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region
from linzhan.kernel.scope import Scope
from linzhan.providers.models.institutions import Provider, SeenWherePresent, present_within

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PRESENT = "EXISTS (SELECT FROM providers_providerpresence p WHERE p.provider_id = {table}.provider_id)"


def word(label: StrOrPromise, length: int = 200) -> models.CharField[str, str]:
    """A line of text that may be empty."""
    return models.CharField(label, max_length=length, blank=True, default="")


def words(label: StrOrPromise) -> models.TextField[str, str]:
    """A text of any length that may be empty."""
    return models.TextField(label, blank=True, default="")


def list_of(label: StrOrPromise) -> ArrayField[list[str], list[str]]:
    """Several choices of one list."""
    return ArrayField(models.CharField(max_length=100), verbose_name=label, default=list, blank=True)


def maybe_day(label: StrOrPromise) -> models.DateField[str | None, str | None]:
    return models.DateField(label, null=True, blank=True)


def maybe_count(label: StrOrPromise) -> models.PositiveIntegerField[int | None, int | None]:
    return models.PositiveIntegerField(label, null=True, blank=True)


def yuan(label: StrOrPromise) -> models.DecimalField[str | None, str | None]:
    return models.DecimalField(label, max_digits=14, decimal_places=2, null=True, blank=True)


def institution() -> models.ForeignKey[Provider, Provider]:
    return models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+", verbose_name=_("承接机构"))


def quoted(values: Iterable[str]) -> str:
    """Values of our own closed lists for SQL."""
    return ", ".join(f"'{each}'" for each in values)


class CodedRow(PlacedRow):
    """A row with a code of its own within its county."""

    county_code = county_of_region()
    code = models.CharField(_("编号"), max_length=64, db_collation="C")

    class Meta(PlacedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.code


class InstitutionRow(CodedRow):
    """What an institution is or does, kept by its registrar and itself, seen wherever it works (ADR 0012)."""

    provider = institution()

    objects: ClassVar[SeenWherePresent[Self]] = SeenWherePresent("provider")

    class Meta(CodedRow.Meta):
        abstract = True

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        return Q(provider__in=present_within(value))

    @classmethod
    def policy_besides(cls) -> str:
        return PRESENT.format(table=cls._meta.db_table)


class PublicOnceRow(CodedRow):
    """Kept by its place and the institution; seen where the institution works once its stage is a public result."""

    public_stages: ClassVar[tuple[str, ...]] = ()

    provider = institution()

    class Meta(CodedRow.Meta):
        abstract = True

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        return Q(stage__in=cls.public_stages, provider__in=present_within(value))

    @classmethod
    def policy_besides(cls) -> str:
        present = PRESENT.format(table=cls._meta.db_table)
        return f"(stage IN ({quoted(cls.public_stages)}) AND {present})"
