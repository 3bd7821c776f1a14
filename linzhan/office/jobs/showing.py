"""A background job as the design system draws it."""

from __future__ import annotations

from typing import Literal, cast
from uuid import UUID

from linzhan.kernel.jobs.models import Job, JobState
from linzhan.office import parts

State = Literal["waiting", "running", "done", "failed"]


def shown(job: Job) -> parts.Job:
    """Progress and, at the end, where its result is."""
    result = job.result if isinstance(job.result, dict) else {}
    return parts.Job(
        id=str(job.pk),
        label=job.title,
        state=cast("State", job.state),
        done=job.done,
        total=job.total or None,
        message=job.message,
        url=f"/jobs/{job.pk}/",
        result_url=str(result.get("url", "")),
        result_label=str(result.get("label", "")),
    )


def own(person: UUID, *, running: bool = False, limit: int = 50) -> list[Job]:
    """The person's jobs, newest first."""
    found = Job.objects.filter(ordered_by=person)
    if running:
        found = found.filter(state__in=(JobState.WAITING, JobState.RUNNING))
    return list(found.order_by("-ordered_at")[:limit])
