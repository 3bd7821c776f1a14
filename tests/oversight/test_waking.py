"""Rules that must not wait: asked when a row is written, in the same transaction ordered, done by the worker (RSK-01)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from linzhan.oversight.models import Alert, AlertRun
from linzhan.oversight.tasks import ask_every_hour, ask_now, ask_what_counts_hours
from linzhan.oversight.warning.declaring import RULES
from tests.factories.casework import resident
from tests.factories.network import station
from tests.factories.places import HECHENG
from tests.factories.rows import made

pytestmark = pytest.mark.usefixtures("hunan")


def ordered() -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'linzhan.oversight.ask'")
        return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]


def test_a_major_change_orders_its_rules_at_once_and_the_worker_raises_the_alert() -> None:
    town = station()
    who = resident(town)
    long_ago = timezone.localtime() - timedelta(hours=30)
    assert ordered() == []
    when = f"{long_ago:%Y-%m-%d %H:%M}"
    made("major-changes", code="BG1", resident=who, kind="火灾", happened_at=when, found_at=when)
    made("major-changes", code="BG2", resident=who, kind="火灾", happened_at=when, found_at=when)
    [order] = ordered()  # the second finds the first one waiting
    assert order == {"region": HECHENG, "rules": ["RW02", "RW06", "RW09"]}
    begun = timezone.now()
    ask_now.func(region=HECHENG, rules=["RW02", "RW06", "RW09"])
    assert timezone.now() - begun < timedelta(seconds=5)
    assert sorted(Alert.objects.values_list("rule", flat=True)) == ["RW02", "RW02", "RW09"]
    ask_now.func(region=HECHENG, rules=["RW02", "RW06", "RW09"])
    assert Alert.objects.count() == 3
    assert AlertRun.objects.count() == 1  # what had nothing to say leaves no trace


def test_terms_of_hours_run_out_without_a_write_and_are_seen_between_the_hours() -> None:
    """RW02, RW04 and RW05 count hours: asked every ten minutes; those of days wait for the hour (RSK-01)."""
    assert {each.code for each in RULES if each.hours} == {"RW02", "RW04", "RW05"}
    town = station()
    who = resident(town)
    for code, hours in (("BG1", 30), ("BG2", 29)):  # two within ninety days are RW09, which counts days
        when = f"{timezone.localtime() - timedelta(hours=hours):%Y-%m-%d %H:%M}"
        made("major-changes", code=code, resident=who, kind="火灾", happened_at=when, found_at=when)
    ask_what_counts_hours.func(timestamp=0)
    assert sorted(Alert.objects.values_list("rule", flat=True)) == ["RW02", "RW02"]
    ask_every_hour.func(timestamp=0)
    assert sorted(Alert.objects.values_list("rule", flat=True)) == ["RW02", "RW02", "RW09"]
