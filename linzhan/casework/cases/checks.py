"""What is looked at before a case is taken on: whoever leads the case of a child is vetted (``domain.md`` §3.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.utils import timezone

from linzhan.casework.children import child_checks
from linzhan.kernel.checks import Checked
from linzhan.kernel.sheets.cells import convert
from linzhan.kernel.sheets.columns import Column, Kind

OPENED: Final = Column(name="opened_on", header="接案日期", kind=Kind.DATE)


def intake_checks(row: Mapping[str, Any]) -> Sequence[Checked]:
    """A child, or a family with a child: the vetting and the bars of the worker who leads the case.

    Of a case that was taken on before it was written here, the answer that held on that day will do.
    """
    persons = [row["resident"].id, *(each.id for each in row["members"] or ())]
    today, opened_on = timezone.localdate(), convert(OPENED, row["opened_on"])
    begun_on = opened_on if isinstance(opened_on, date) else today
    return child_checks(
        row["worker"].id, persons, region=str(row["region_code"]), begun_on=begun_on, on=today
    )
