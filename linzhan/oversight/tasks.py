"""Background work of oversight (procrastinate looks for ``tasks`` in every app)."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue

from linzhan.kernel import places
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.oversight.plausibility.running import check, sign_ahead
from linzhan.oversight.warning.declaring import RULES
from linzhan.oversight.warning.keeping import raise_unnoted
from linzhan.oversight.warning.running import run


@app.periodic(cron="20 18 * * *")
@app.task(name="linzhan.oversight.nightly", queueing_lock="linzhan.oversight.nightly")
def run_every_night(timestamp: int) -> None:
    """All rules and checks over all places (``domain.md`` §13, §14), at 02:20 in Shanghai: the queue counts in UTC."""
    del timestamp
    with opened(EVERYTHING, Actor(origin="夜间预警")):
        run(places.NATION, timezone.localdate(), why="夜间")
    today, step = timezone.localdate(), partial(opened, EVERYTHING, Actor(origin="夜间核对"))
    signed = sign_ahead(places.NATION, today, step)
    with step():
        check(places.NATION, today, signed=signed)


@app.periodic(cron="*/10 * * * *")
@app.task(name="linzhan.oversight.raise", queueing_lock="linzhan.oversight.raise")
def raise_every_ten_minutes(timestamp: int) -> None:
    """What nobody took note of in time goes to the next tier."""
    del timestamp
    with opened(EVERYTHING, Actor(origin="预警上报")):
        raise_unnoted(timezone.now())


@app.periodic(cron="8-58/10 * * * *")
@app.task(name="linzhan.oversight.hours", queueing_lock="linzhan.oversight.hours")
def ask_what_counts_hours(timestamp: int) -> None:
    """Terms of minutes and hours run out between two writes: a report that nobody made within two hours (RW04)."""
    del timestamp
    with opened(EVERYTHING, Actor(origin="定时预警")):
        run(places.NATION, timezone.localdate(), rules=[each for each in RULES if each.hours], why="定时")


@app.periodic(cron="5 * * * *")
@app.task(name="linzhan.oversight.hourly", queueing_lock="linzhan.oversight.hourly")
def ask_every_hour(timestamp: int) -> None:
    """Rules that must not wait for the night become true by the clock as well (a milestone's day)."""
    del timestamp
    with opened(EVERYTHING, Actor(origin="每小时预警")):
        run(
            places.NATION,
            timezone.localdate(),
            rules=[each for each in RULES if each.wakes and not each.hours],
            why="每小时",
        )


@app.task(name="linzhan.oversight.ask")
def ask_now(*, region: str, rules: list[str]) -> None:
    """The rules that must not wait, of the place where something was written."""
    with opened(EVERYTHING, Actor(origin="即时预警")):
        run(region, timezone.localdate(), rules=[RULES[each] for each in rules], why="即时")


def ask_soon(region: str, rules: list[str]) -> None:
    """Have a worker ask ``rules`` of ``region`` once this transaction is in; one order at a time waits."""
    named: list[JSONValue] = [*rules]
    lock = f"linzhan.oversight.ask.{region}.{'.'.join(rules)}"
    try:
        with transaction.atomic():
            ask_now.configure(queueing_lock=lock).defer(region=region, rules=named)
    except AlreadyEnqueued:
        return
