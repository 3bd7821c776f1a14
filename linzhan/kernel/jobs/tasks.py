"""The queue's own chores: jobs of a worker that was killed, boards that have gone stale, files kept long enough."""

from __future__ import annotations

import logging

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linzhan.kernel.figures.store import refresh
from linzhan.kernel.jobs.cleaning import clean
from linzhan.kernel.scope import EVERYTHING, Actor, opened

logger = logging.getLogger(__name__)
SILENT_FOR = 60  # seconds without a heartbeat after which a worker counts as dead


@app.periodic(cron="* * * * *")
@app.task(name="linzhan.recover", queueing_lock="linzhan.recover")
async def recover(timestamp: int) -> None:
    """Put the jobs of killed workers back into the queue; their work was one transaction, so nothing is half done."""
    del timestamp
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR):
        logger.warning("job %s was left behind by a worker, trying again", stalled.id)
        await app.job_manager.retry_job(stalled)


@app.periodic(cron="* * * * *")
@app.task(name="linzhan.refresh_every_minute", queueing_lock="linzhan.refresh")
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


@app.task(name="linzhan.refresh", queueing_lock="linzhan.refresh")
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
    """After this transaction commits, have the worker refresh the boards; one waiting nudge is enough."""
    transaction.on_commit(_enqueue, robust=True)


def _enqueue() -> None:
    try:
        with transaction.atomic():
            refresh_soon.defer()
    except AlreadyEnqueued:
        logger.debug("a refresh is waiting already")
