"""How commands read what several of them take: ``--region`` and a day (``contract/commands.md``)."""

from __future__ import annotations

from datetime import date

from django.core.management.base import CommandError
from django.utils import timezone

from linzhan.kernel import places
from linzhan.kernel.registers.resolving import region_codes
from linzhan.kernel.sheets.cells import CellFault


def region_said(text: str | None, *, otherwise: str = places.NATION, status: int = 1) -> str:
    """The code of a division given by code or path; CommandError with ``status`` where there is none."""
    if not text:
        return otherwise
    found = region_codes([text])[text]
    if isinstance(found, CellFault):
        raise CommandError(f"--region：{found.message}", returncode=status)
    return found


def day_said(text: str | None, *, option: str = "--on", status: int = 1) -> date:
    """The day, today where none is given; CommandError with ``status`` where it cannot be read."""
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        raise CommandError(f"{option}：看不懂日期“{text}”，应写作 2021-06-30", returncode=status) from None
