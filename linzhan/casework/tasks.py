"""Background work of casework (procrastinate looks for ``tasks`` in every app)."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from linzhan.casework.review.locking import lock_months
from linzhan.kernel.scope import EVERYTHING, Actor, opened


@app.periodic(cron="17 * * * *")
@app.task(name="linzhan.casework.lock_months", queueing_lock="linzhan.casework.lock_months")
def lock_months_every_hour(timestamp: int) -> None:
    """Where the rulebook names a day, the month before is closed on it; done already, it is done."""
    del timestamp
    with opened(EVERYTHING, Actor(origin="按规定锁定月份")):
        lock_months(timezone.localdate())
