"""Bases of every row, and the mark that says how sensitive each field is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Left

from linzhan.kernel.ids import uuid7
from linzhan.kernel.scope import ScopedModel
from linzhan.kernel.sheets.columns import Level

if TYPE_CHECKING:
    from collections.abc import Mapping


def marks(*, L1: str = "", L2: str = "", L3: str = "", L4: str = "") -> dict[str, Level]:  # noqa: N803 -- the levels' own names
    """Sensitivity of each field (``domain.md`` §19.2), as words: ``marks(L2="code name", L3="phone")``."""
    found: dict[str, Level] = {}
    for level, names in ((Level.L1, L1), (Level.L2, L2), (Level.L3, L3), (Level.L4, L4)):
        for name in names.split():
            if name in found:
                raise ValueError(f"{name} is marked twice")
            found[name] = level
    return found


class RegionCodeField(models.CharField):  # type: ignore[type-arg]  # generic only in the stubs
    """A 12-digit division code. C collation: range tests must be leakproof to use an index under a policy."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["max_length"] = 12
        kwargs["db_collation"] = "C"
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature is untyped here


def county_of_region() -> models.GeneratedField:
    """The county part of a row's place, kept by the database: keys are unique within it."""
    return models.GeneratedField(
        expression=Left("region_code", 6),
        output_field=models.CharField(max_length=6, db_collation="C"),
        db_persist=True,
        verbose_name="县码",
    )


def unique_in_county(name: str) -> models.UniqueConstraint:
    """A row's ``code`` is its county's own."""
    return models.UniqueConstraint(fields=["code", "county_code"], name=name)


def ends_after_it_starts(
    name: str, *, starts: str = "starts_on", ends: str = "ends_on"
) -> models.CheckConstraint:
    """The end, where there is one, does not come before the start; on the same day: it never held."""
    return models.CheckConstraint(
        condition=Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": F(starts)}), name=name
    )


def one_at_a_time(name: str, *columns: str) -> ExclusionConstraint:
    """No two rows of the same ``columns`` hold on one day (``valid_from`` … before ``valid_to``)."""
    period = Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField())
    same = [(column, RangeOperators.EQUAL) for column in columns]
    return ExclusionConstraint(name=name, expressions=[*same, (period, RangeOperators.OVERLAPS)])


def one_state_at_a_time(name: str) -> ExclusionConstraint:
    """A register's row has one state on any day (the companion table of its dated columns)."""
    return one_at_a_time(name, "subject")


class Row(models.Model):
    """A row with a time-ordered key made by whoever creates it, the phone included."""

    levels: ClassVar[Mapping[str, Level]] = {}

    id = models.UUIDField("平台编号", primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class PlacedRow(Row, ScopedModel):
    """A row of a place: its division code, and its institution and station where it declares them."""

    region_code = RegionCodeField("行政区划")

    class Meta(ScopedModel.Meta):
        abstract = True


def personal(model: type[models.Model]) -> bool:
    """Whether ``model`` holds personal data (a field of level L3 or L4)."""
    levels: Mapping[str, Level] = getattr(model, "levels", {})
    return any(level in (Level.L3, Level.L4) for level in levels.values())
