"""Background work of procurement (procrastinate looks for ``tasks`` in every app)."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.procurement.progress.services import keep_progress


@app.periodic(cron="41 * * * *")
@app.task(name="linzhan.procurement.keep_progress", queueing_lock="linzhan.procurement.keep_progress")
def keep_progress_every_hour(timestamp: int) -> None:
    """Lists of contracts are ordered by how far they came; the page of one counts anew."""
    del timestamp
    with opened(EVERYTHING, Actor(origin="计算项目进度")):
        keep_progress(timezone.localdate())
