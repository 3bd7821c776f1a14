"""The queue's own chores: jobs of a worker that was killed, boards that have gone stale, files kept long enough."""

from __future__ import annotations

import logging
from time import monotonic

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linzhan.kernel import statements
from linzhan.kernel.figures.store import refresh
from linzhan.kernel.jobs.cleaning import clean
from linzhan.kernel.scope import EVERYTHING, Actor, opened

logger = logging.getLogger(__name__)
SILENT_FOR = 60  # seconds without a heartbeat after which a worker counts as dead
REFRESH = "linzhan.refresh"  # at most one of them waits
AHEAD = 1  # seconds from a write to the refresh that it orders
MARGIN = 0.2  # seconds by which clocks may differ
WAITING = """
SELECT extract(epoch FROM coalesce(scheduled_at, now()) - clock_timestamp())::float
FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo'
"""


@app.periodic(cron="* * * * *")
@app.task(name="linzhan.recover", queueing_lock="linzhan.recover")
async def recover(timestamp: int) -> None:
    """Put the jobs of killed workers back into the queue; their work was one transaction, so nothing is half done."""
    del timestamp
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR):
        logger.warning("job %s was left behind by a worker, trying again", stalled.id)
        await app.job_manager.retry_job(stalled)


@app.periodic(cron="* * * * *")
@app.task(name="linzhan.refresh_every_minute", queueing_lock=REFRESH)
def refresh_every_minute(timestamp: int) -> None:
    """What a lost nudge left stale is counted again within a minute."""
    del timestamp
    refresh_store()


@app.periodic(cron="23 * * * *")
@app.task(name="linzhan.clean", queueing_lock="linzhan.clean")
def clean_every_hour(timestamp: int) -> None:
    """Files that waited long enough are removed, and what is told of their rows."""
    del timestamp
    with opened(EVERYTHING, Actor(origin="定期清理")):
        clean()


@app.task(name="linzhan.refresh", queueing_lock=REFRESH)
def refresh_soon() -> None:
    """Count again what the last writes made stale."""
    refresh_store()


def refresh_store() -> None:
    """Recompute the stored figures that stale marks name, and drop the marks."""
    while True:  # a batch a transaction, so that nobody waits long for the lock
        with opened(EVERYTHING):
            if not refresh():
                return


def nudge() -> None:
    """After this transaction commits, have the worker refresh the boards."""
    transaction.on_commit(_enqueue, robust=True)


_covered_until = 0.0  # on this process's own clock: a refresh ordered by it begins later than this


def _enqueue() -> None:
    """Order a refresh, unless one is waiting that begins after this moment and so sees what was committed.

    It is ordered a second ahead: all writes of that second need one refresh, and no further look.
    """
    global _covered_until  # noqa: PLW0603 -- one small note for the whole process
    now = monotonic()
    if now < _covered_until:
        return
    ahead = _seconds_to_waiting_refresh()
    if ahead is None:
        try:
            with transaction.atomic():
                refresh_soon.configure(schedule_in={"seconds": AHEAD}).defer()
        except AlreadyEnqueued:
            logger.debug("a refresh is waiting already")
            return
        ahead = AHEAD
    _covered_until = now + ahead - MARGIN


def _seconds_to_waiting_refresh() -> float | None:
    """How long a refresh that waits in the queue will still wait (0: it may begin at once); None: none waits."""
    found = statements.fetch(WAITING, [REFRESH])
    return max(0.0, found[0][0]) if found else None
