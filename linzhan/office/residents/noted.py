"""What the file page says of one person besides the row itself, asked for in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from linzhan.casework.api import RESIDENTS, Resident, ResidentStatus
from linzhan.casework.api.residents import (
    CategoryBasis,
    Expiry,
    MajorChange,
    Person,
    ResidentDetail,
    RiskReview,
    Suggestion,
    expiry,
    numbers,
    suggest,
)
from linzhan.kernel.registers.confiding import hidden_codes
from linzhan.office.registers.extending import FileAsked
from linzhan.office.registers.showing import options_of

KEY = "resident"
ASKED = ("living", "health", "guardianship")


@dataclass(frozen=True, slots=True)
class Basis:
    id: UUID
    category: str
    basis: str
    starts_on: date
    expires_on: date | None
    state: Expiry


@dataclass(frozen=True, slots=True)
class Noted:
    """What is known beside the row; ``review_by`` None: never reviewed, or no term."""

    today: date
    registered: bool
    names: Mapping[str, str]
    bases: tuple[Basis, ...]
    policies: tuple[str, ...]
    suggestion: Suggestion
    reviewed_on: date | None
    review_by: date | None
    texts: Mapping[str, str]

    def called(self, category: str) -> str:
        return self.names.get(category, category)


def noted(asked: FileAsked) -> Noted:
    """For the page at hand, asked once."""
    if KEY not in asked.noted:
        asked.noted[KEY] = _noted(asked)
    return cast("Noted", asked.noted[KEY])


def _noted(asked: FileAsked) -> Noted:
    today, row = timezone.localdate(), asked.row
    stored = (
        Resident.objects.filter(pk=row["id"])
        .annotate(
            bases=_rows(CategoryBasis, "id", "category", "basis", "starts_on", "expires_on", open_only=True),
            reviews=_rows(RiskReview, "reviewed_on", "review_by", order=("-reviewed_on", "-pk"), limit=1),
            told=_rows(ResidentDetail, "policies", *ASKED),
            changes=_rows(MajorChange, "kind", "happened_at", order=("-found_at", "-pk")),
        )
        .values("bases", "reviews", "told", "changes")
        .get()
    )
    told: Mapping[str, Any] = stored
    lists: dict[str, list[Any]] = {name: told[name] or [] for name in told}  # NULL: the reader sees none
    decided = numbers(row["region_code"], today)
    names = options_of(RESIDENTS.column("categories"))
    review = lists["reviews"][0] if lists["reviews"] else {}
    return Noted(
        today=today,
        registered=row.get("status") == ResidentStatus.REGISTERED.value,
        names=names,
        bases=tuple(_basis(each, today, decided.notice) for each in lists["bases"]),
        policies=tuple(policy for each in lists["told"] for policy in each["policies"]),
        suggestion=suggest(_person(row, lists), today, decided.risk, names),
        reviewed_on=_day(review.get("reviewed_on")),
        review_by=_day(review.get("review_by")),
        texts=decided.texts,
    )


def _person(row: Mapping[str, Any], found: Mapping[str, Any]) -> Person:
    told = found["told"][0] if found["told"] else {}
    changes = [
        (each["kind"], timezone.localtime(datetime.fromisoformat(each["happened_at"])).date())
        for each in found["changes"]
    ]
    stated = {name: told.get(name, "") for name in ASKED}
    return Person(
        born_on=row.get("born_on"), categories=row.get("categories") or (), changes=changes, **stated
    )


def _rows(
    model: Any, *names: str, order: tuple[str, ...] = ("pk",), limit: int = 50, **narrowed: bool
) -> ArraySubquery:
    rows: QuerySet[Any] = model.objects.filter(resident_id=OuterRef("pk")).order_by(*order)
    hidden = hidden_codes(RESIDENTS.column("categories"))
    if narrowed.get("open_only"):
        rows = rows.filter(ended_on__isnull=True).exclude(category__in=sorted(hidden))
    return ArraySubquery(rows.values(json=JSONObject(**{name: name for name in names}))[:limit])


def _basis(told: Mapping[str, Any], today: date, notice: int) -> Basis:
    until = _day(told["expires_on"])
    return Basis(
        id=UUID(told["id"]),
        category=told["category"],
        basis=told["basis"],
        starts_on=date.fromisoformat(told["starts_on"]),
        expires_on=until,
        state=expiry(until, today, notice),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
