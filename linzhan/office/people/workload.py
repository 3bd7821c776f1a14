"""How much lies on a worker: what they lead and when somebody last supervised them. Numbers, no marks, no comparison."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from linzhan.casework.api import VIEW_RESIDENTS, Resident, ResidentStatus
from linzhan.casework.api.cases import CASE_FILES, ENDED, CaseFile, Stage
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, RailBox, file_rail
from linzhan.workforce.api import VIEW_SUPERVISIONS, SupervisedWorker


@file_rail("workers", order=30)
def workload(asked: FileAsked) -> Iterator[RailBox]:
    """工作量: within what the reader may see of services."""
    if asked.row.get("left_on") is not None:
        return
    facts, identity = [], asked.row["id"]
    if asked.holds(CASE_FILES.view):
        led = CaseFile.objects.filter(worker_id=identity).exclude(stage__in=(*ENDED, Stage.REFERRED)).count()
        facts.append(parts.Fact(_("主责的在办个案"), led, "number"))
    if asked.holds(VIEW_RESIDENTS):
        own = Resident.objects.filter(worker_id=identity, status=ResidentStatus.REGISTERED).count()
        facts.append(parts.Fact(_("责任服务对象"), own, "number"))
    if asked.holds(VIEW_SUPERVISIONS):
        held = SupervisedWorker.objects.filter(worker_id=identity).order_by("-held_on")
        last = held.values_list("held_on", flat=True).first()
        facts.append(parts.Fact(_("最近一次督导"), last, "date"))
    if facts:
        yield RailBox(title=_("工作量"), facts=facts, note=_("只用来看有没有过重、该不该分担，不作比较。"))
