"""How a new record begins, and what a change of one that counts already makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from linzhan.casework.enums import RecordStatus
from linzhan.policy.api import casework, rulings_for

OWN_WORDS = frozenset({"status", "returned_reason"})


def _required_at(regions: set[str]) -> set[str]:
    found = rulings_for(casework.REVIEW_REQUIRED, regions, timezone.localdate())
    return {region for region, ruling in found.items() if ruling.value}


def begin_records(columns: dict[str, Sequence[Any]]) -> None:
    """Where the place wants records looked at first, a new one waits (``casework.review_required``)."""
    regions = columns["region_code"]
    strict = _required_at(set(regions))
    if strict:
        columns["status"] = [
            RecordStatus.WAITING.value if region in strict and status == RecordStatus.ACCEPTED else status
            for region, status in zip(regions, columns["status"], strict=True)
        ]


def settle_record(was: Mapping[str, Any], row: dict[str, Any], stated: frozenset[str]) -> None:
    """A record that was accepted and is changed afterwards waits again, where records are looked at first."""
    if row["status"] != RecordStatus.ACCEPTED or stated & OWN_WORDS:
        return
    if was.get("status") == RecordStatus.ACCEPTED and _required_at({row["region_code"]}):
        row["status"] = RecordStatus.WAITING.value
