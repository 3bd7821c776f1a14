"""Where, when and of whom somebody wants to know the standing of institutions. The address holds it all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from linzhan.kernel import places
from linzhan.office.figures.asked import own_region, sees_an_area

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    region: str
    on: date
    purchaser: str

    def url(self, base: str, **more: str) -> str:
        given = {"region": self.region, "on": self.on.isoformat(), "purchaser": self.purchaser, **more}
        return f"{base}?{urlencode({name: value for name, value in given.items() if value})}"


def asked(request: HttpRequest, home: str = "") -> Asked:
    """What the address asks; without it the reader's own place today, an institution's where it is registered."""
    wanted = request.GET.get("region", "").strip()
    if not places.is_code(wanted):
        wanted = own_region(request) if sees_an_area(request) or not home else home
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        on = timezone.localdate()
    return Asked(wanted, on, request.GET.get("purchaser", "").strip()[:LONGEST])
