"""What became of some alerts of the demo county: worked on, put off, a false alarm, gone up a tier.

Each in the name of the account that it lay with; what nobody took note of in time went up by itself.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from linzhan.demo.casting import row_id
from linzhan.demo.city import Cast
from linzhan.demo.doing import seen_by, step
from linzhan.kernel import places
from linzhan.oversight.api import Alert, Stage, Tier, raise_unnoted

ALERTS: Final = "alerts"
LATE: Final = 2
PUT_OFF_DAYS: Final = 14


def tell_heeding(cast: Cast) -> None:
    """The rules have been asked already."""
    station = row_id("stations", cast.station)
    for alert in _waiting("lead", Q(station_id=station, tier=Tier.STATION))[:1]:
        _took("lead", alert, "note")
        _took("lead", alert, "work", note="本周逐户核实，补上漏登的记录，周五前报结果")
    of_county = _waiting("county", Q(tier=Tier.COUNTY))
    until = timezone.localdate() + timedelta(days=PUT_OFF_DAYS)
    for alert in of_county[:1]:
        _took(
            "county", alert, "snooze", snoozed_until=until.isoformat(), note="已约定下月初现场核对，到时再看"
        )
    for alert in of_county[1:2]:
        _took("county", alert, "dismiss", ending="误报", note="材料已在系统外办结，台账补登后不再成立")
    _unnoted(cast.county)


def _waiting(username: str, lying: Q) -> list[Alert]:
    """New alerts that the account sees, the first of each rule first, so that they differ."""
    with seen_by(username):
        found = list(Alert.objects.filter(lying, stage=Stage.NEW).order_by("rule", "message", "key"))
    first = {each.rule: each for each in reversed(found)}
    return [*first.values(), *(each for each in found if each is not first[each.rule])]


def _took(username: str, alert: Alert, name: str, **given: str) -> None:
    with seen_by(username):
        step(username, ALERTS, alert.pk, name, **given)


def _unnoted(county: str) -> None:
    """The time to take note of the others has run out for some."""
    now = timezone.now()
    low, high = places.bounds(county)
    rows = Alert.objects.filter(stage=Stage.NEW, region_code__gte=low, region_code__lt=high)
    late = rows.order_by("rule", "message", "key").values_list("pk", flat=True)[:LATE]
    Alert.objects.filter(pk__in=list(late)).update(due_at=now - timedelta(hours=1))
    raise_unnoted(now, county)
