"""What a page's address asks for: a period, a place, a day. The address holds the state of the page."""

from __future__ import annotations

from datetime import date

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.accounts.api import LINE_OF_ROLE, Line
from linzhan.casework.api import ServiceRecord
from linzhan.kernel import places
from linzhan.kernel.periods import Grain, Period, PeriodFault, parse_period
from linzhan.kernel.scope import current_scope

KEPT = 300  # seconds
POINTS = {Grain.MONTH: 12, Grain.QUARTER: 8, Grain.HALF: 6, Grain.YEAR: 5, Grain.WEEK: 12, Grain.DAY: 14}


def period_of(request: HttpRequest) -> Period:
    """The period of ``?period=``; where it is missing or unreadable the month that has the last records."""
    try:
        return parse_period(request.GET["period"])
    except (KeyError, PeriodFault):
        return latest_month(request)


def latest_month(request: HttpRequest) -> Period:
    """The month of the last service within the reader's scope, at most the running one; kept for a while.

    Somebody who has just brought in last year's registers wants to see last year, not an empty month.
    """
    today = timezone.localdate()
    appointment = request.appointment  # type: ignore[attr-defined]
    key = f"latest-month:{appointment.pk if appointment else ''}"
    day: date | None = cache.get(key)
    if day is None:
        newest = ServiceRecord.objects.filter(started_at__lt=timezone.now()).order_by("-started_at", "-id")
        if sees_an_area(request):
            low, high = places.bounds(own_region(request))
            newest = newest.filter(region_code__gte=low, region_code__lt=high)
        found = newest.values_list("started_at", flat=True).first()
        day = timezone.localdate(found) if found else today
        cache.set(key, day, KEPT)
    return Period.of(min(day, today), Grain.MONTH)


def told_period(request: HttpRequest, period: Period, as_of: date) -> str:
    """The period of a page in words; where it is not the running month but the usual one, that it is."""
    told = _("%(period)s，截至 %(day)s") % {"period": period.label, "day": as_of.isoformat()}
    usual = period == latest_month(request) and timezone.localdate() > period.end
    return told + (_("；最近有服务记录的月份") if usual else "")


def with_period(request: HttpRequest, path: str = "") -> HttpResponseRedirect | None:
    """Where to go instead when the address says no period: the address holds the state of the page."""
    try:
        parse_period(request.GET["period"])
    except (KeyError, PeriodFault):
        query = request.GET.copy()
        query["period"] = latest_month(request).text
        return HttpResponseRedirect(f"{path or request.path}?{query.urlencode()}")
    return HttpResponseRedirect(f"{path}?{request.GET.urlencode()}") if path else None


def series_of(period: Period) -> list[Period]:
    """The periods of a trend that ends with ``period``, oldest first: twelve months, eight quarters …"""
    found = [period]
    for _number in range(POINTS.get(period.grain, 4) - 1):
        found.append(found[-1].previous())
    return found[::-1]


def own_region(request: HttpRequest) -> str:
    """Where the reader's own area begins, of an evaluator the first place they see; else that of their appointment."""
    appointment = request.appointment  # type: ignore[attr-defined]
    if appointment is None:
        return places.NATION
    reached = current_scope().regions
    return reached[0] if in_rounds(request) and reached else str(appointment.region_code)


def in_rounds(request: HttpRequest) -> bool:
    """Whether the reader sees only where they evaluate now (EVL-11); nothing where they evaluate nobody."""
    appointment = request.appointment  # type: ignore[attr-defined]
    return appointment is not None and LINE_OF_ROLE[appointment.role] is Line.ROUND


def sees_an_area(request: HttpRequest) -> bool:
    """Whether the reader works along the line of area (or sees everything); evaluators do, as far as they see."""
    appointment = request.appointment  # type: ignore[attr-defined]
    areas = (Line.AREA, Line.EVERYTHING, Line.ROUND)
    return appointment is not None and LINE_OF_ROLE[appointment.role] in areas


def region_of(request: HttpRequest, code: str = "") -> str:
    """The place asked for, within the reader's area; any other is as if it did not exist."""
    wanted = code or request.GET.get("region", "").strip() or own_region(request)
    if not places.is_code(wanted) or not current_scope().covers_region(wanted):
        raise Http404
    return wanted


def day_of(request: HttpRequest, name: str = "on") -> date:
    """The day of ``?on=``, today where it is missing or no date."""
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return timezone.localdate()
