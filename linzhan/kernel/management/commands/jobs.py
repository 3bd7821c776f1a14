"""``linzhan jobs list`` and ``linzhan jobs retry``: the background work, from the server."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.jobs.running import JobFault, order_again
from linzhan.kernel.scope import EVERYTHING, Actor, opened

LISTED = 50


class Command(BaseCommand):
    help = "查看后台任务(list)，重做失败的任务(retry)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        listing = verbs.add_parser("list", help="最近的任务，新的在前")
        listing.add_argument("--state", choices=JobState.values, help="只列这种状态的")
        listing.add_argument("--limit", type=int, default=LISTED, help=f"最多列多少个，默认 {LISTED}")
        listing.add_argument("--json", action="store_true", help="以 JSON 输出")
        again = verbs.add_parser("retry", help="把失败的任务重新排队")
        again.add_argument("job", nargs="*", type=UUID, help="任务编号；不填为全部失败的任务")

    def handle(self, *args: Any, **options: Any) -> None:
        with opened(EVERYTHING, Actor(label="管理员(命令行)", origin="命令行")):
            if options["verb"] == "list":
                self._list(options)
            else:
                self._retry(options["job"])

    def _list(self, options: dict[str, Any]) -> None:
        found = Job.objects.order_by("-ordered_at", "-id")
        if options["state"]:
            found = found.filter(state=options["state"])
        rows = [_told(job) for job in found[: options["limit"]]]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            label = JobState(row["state"]).label
            self.stdout.write(
                f"{row['id']}  {row['ordered_at'][:16]}  {label}  {row['title']}  {row['message']}".rstrip()
            )
        if not rows:
            self.stdout.write("没有任务")

    def _retry(self, wanted: list[UUID]) -> None:
        failed = Job.objects.filter(state=JobState.FAILED)
        found = list(failed.filter(pk__in=wanted) if wanted else failed)
        missing = set(wanted) - {job.pk for job in found}
        if missing:
            raise CommandError(f"没有这样的失败任务：{'、'.join(map(str, sorted(missing)))}")
        for job in found:
            try:
                order_again(job)
            except JobFault as fault:
                raise CommandError(f"{job.pk}：{fault}") from None
        self.stdout.write(f"已重新排队 {len(found)} 个任务")


def _told(job: Job) -> dict[str, Any]:
    return {
        "id": str(job.pk),
        "kind": job.kind,
        "title": job.title,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "attempts": job.attempts,
        "message": job.message,
        "ordered_at": timezone.localtime(job.ordered_at).isoformat(timespec="seconds"),
    }
