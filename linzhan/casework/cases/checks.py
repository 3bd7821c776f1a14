"""What is looked at before a case is taken on: whoever leads the case of a child is vetted (``domain.md`` §3.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from linzhan.casework.children import child_checks
from linzhan.kernel.checks import Checked


def intake_checks(row: Mapping[str, Any]) -> Sequence[Checked]:
    """A child, or a family with a child: the vetting and the bars of the worker who leads the case."""
    persons = [row["resident"].id, *(each.id for each in row["members"] or ())]
    return child_checks(row["worker"].id, persons, region=str(row["region_code"]), on=timezone.localdate())
