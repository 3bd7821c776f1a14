"""The database's own queue: ordered in the transaction of the cause, run by the worker, seen by people.

A job runs as the one who ordered it, in that scope and with those rights, in one transaction: killed in
the middle it leaves nothing behind and is tried again; its progress is written beside that transaction,
so that it can be watched (SYS-01, ``contract/commands.md``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from linzhan.kernel import places
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.registers.confiding import reading_with, rights_at_hand
from linzhan.kernel.registry import Registry
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, current_actor, current_scope, opened, unscoped

logger = logging.getLogger(__name__)
ATTEMPTS = 3  # a job that fails three times waits for a person


class JobFault(Exception):
    """The job cannot succeed as ordered; the message is for the person who ordered it.

    ``result`` is what they are shown beside it: where to put right what was wrong.
    """

    def __init__(self, message: str, result: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.result = result


class Progress:
    """Written on a connection of its own, at once visible to whoever watches."""

    def __init__(self, job_id: UUID) -> None:
        self.job_id = job_id
        self._beside = connection.copy()

    def __call__(self, done: int, total: int, message: str = "") -> None:
        """Say how far the work is, in its own units."""
        with self._beside.cursor() as cursor:
            cursor.execute("SELECT set_config('linzhan.everything', 'on', false)")
            cursor.execute(
                "UPDATE kernel_job SET done = %s, total = %s, message = %s WHERE id = %s",
                [done, total, message, self.job_id],
            )

    def close(self) -> None:
        self._beside.close()


Work = Callable[[Mapping[str, Any], Progress], Any]


@dataclass(frozen=True, slots=True)
class JobKind:
    key: str
    work: Work


KINDS: Registry[JobKind] = Registry("job kinds", key="key")


def job(key: str) -> Callable[[Work], Work]:
    """Register the work of a kind: ``work(payload, progress)`` returns what people are shown."""

    def add(work: Work) -> Work:
        KINDS.add(JobKind(key, work))
        return work

    return add


def order(kind: str, title: str, payload: Mapping[str, Any]) -> Job:
    """Order a job as the current actor in the current scope, in the current transaction."""
    KINDS[kind]
    scope, actor, rights = current_scope(), current_actor(), rights_at_hand()
    ordered = Job.objects.create(
        kind=kind,
        title=title,
        payload=dict(payload),
        as_who={
            "scope": asdict(scope),
            "actor": asdict(actor),
            "rights": None if rights is None else sorted(rights),
        },
        region_code=scope.regions[0] if scope.regions else places.NATION,
        ordered_by=actor.id or None,
    )
    ordered.task_id = run_job.defer(job_id=str(ordered.pk))
    ordered.save(update_fields=["task_id"])
    return ordered


def order_again(failed: Job) -> Job:
    """Put a failed job into the queue once more, as whoever ordered it; :class:`JobFault` if it is not failed."""
    if failed.state != JobState.FAILED:
        raise JobFault("只有失败的任务可以重做")
    if failed.kind not in KINDS:
        raise JobFault("这种任务已经不再支持")
    failed.state, failed.attempts, failed.message, failed.done = JobState.WAITING, 0, "", 0
    failed.started_at = failed.ended_at = None
    failed.task_id = run_job.defer(job_id=str(failed.pk))
    failed.save(update_fields=["state", "attempts", "message", "done", "started_at", "ended_at", "task_id"])
    return failed


@app.task(name="linzhan.run_job", retry=RetryStrategy(max_attempts=ATTEMPTS, wait=5))
def run_job(*, job_id: str) -> None:
    """The one task of the queue: look the job up and do its work as who ordered it."""
    started = _start(UUID(job_id))
    if started is None:
        return
    progress = Progress(started.pk)
    try:
        with opened(_scope(started), Actor(**started.as_who["actor"])), reading_with(_rights(started)):
            result = KINDS[started.kind].work(started.payload, progress)
            _finish(started.pk, JobState.DONE, result, "")
    except JobFault as fault:
        with opened(EVERYTHING):
            _finish(started.pk, JobState.FAILED, fault.result, str(fault))
    except Exception:
        logger.exception("job %s failed", job_id)
        last = started.attempts >= ATTEMPTS
        with opened(EVERYTHING):
            state = JobState.FAILED if last else JobState.WAITING
            _finish(
                started.pk,
                state,
                None,
                "系统出错，已记入日志；数据没有改动" if last else "出错，稍后自动重试",
            )
        raise
    finally:
        progress.close()


def _scope(ordered: Job) -> Scope:
    kept: dict[str, Any] = ordered.as_who["scope"]
    names = ("regions", "providers", "stations", "people", "circles")
    lines = {name: tuple(kept.get(name, ())) for name in names}
    return Scope(**lines, everything=bool(kept["everything"]))


def _rights(ordered: Job) -> frozenset[str] | None:
    """Those with which it was ordered: it sees, and so replaces, no more than its orderer did."""
    kept = ordered.as_who.get("rights")
    return None if kept is None else frozenset(kept)


def _start(job_id: UUID) -> Job | None:
    with transaction.atomic(), unscoped("a worker takes up a job"):
        found = Job.objects.select_for_update().filter(pk=job_id).first()
        if found is None or found.state == JobState.DONE:
            return None
        found.state, found.started_at = JobState.RUNNING, timezone.now()
        found.attempts += 1
        found.save(update_fields=["state", "started_at", "attempts"])
        return found


def _finish(job_id: UUID, state: JobState, result: Any, message: str) -> None:
    fields: dict[str, Any] = {"state": state, "ended_at": timezone.now()}
    if result is not None:
        fields["result"] = result
    if message:
        fields["message"] = message
    with unscoped("a worker lays down a job"):
        Job.objects.filter(pk=job_id).update(**fields)


def run_now(ordered: Job) -> Job:
    """Run an ordered job in this process (commands and tests), then read it again."""
    run_job.func(job_id=str(ordered.pk))
    with opened(EVERYTHING):
        return Job.objects.get(pk=ordered.pk)
