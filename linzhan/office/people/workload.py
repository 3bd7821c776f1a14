"""How much lies on a worker: what they lead and when somebody last supervised them. Numbers, no marks, no comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import VIEW_RESIDENTS, Resident, ResidentStatus
from linzhan.casework.api.cases import CASE_FILES, ENDED, CaseFile, Stage
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, RailBox, file_rail
from linzhan.workforce.api import VIEW_SUPERVISIONS, SocialWorker, SupervisedWorker

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


FACTS: Final[dict[str, tuple[StrOrPromise, str]]] = {
    "led": (gettext_lazy("主责的在办个案"), "number"),
    "own": (gettext_lazy("责任服务对象"), "number"),
    "last": (gettext_lazy("最近一次督导"), "date"),
}


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values(one=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


@file_rail("workers", order=30)
def workload(asked: FileAsked) -> Iterator[RailBox]:
    """工作量: within what the reader may see of services."""
    if asked.row.get("left_on") is not None:
        return
    identity = asked.row["id"]
    wanted: dict[str, Any] = {}
    if asked.holds(CASE_FILES.view):
        led = CaseFile.objects.filter(worker_id=identity).exclude(stage__in=(*ENDED, Stage.REFERRED))
        wanted["led"] = _count(led)
    if asked.holds(VIEW_RESIDENTS):
        own = Resident.objects.filter(worker_id=identity, status=ResidentStatus.REGISTERED)
        wanted["own"] = _count(own)
    if asked.holds(VIEW_SUPERVISIONS):
        held = SupervisedWorker.objects.filter(worker_id=identity).order_by("-held_on")
        wanted["last"] = Subquery(held.values("held_on")[:1])
    found = SocialWorker.objects.filter(pk=identity).annotate(**wanted) if wanted else None
    told = None if found is None else found.values_list(*wanted).first()
    facts = [
        parts.Fact(str(FACTS[name][0]), value, FACTS[name][1])
        for name, value in zip(wanted, told or (), strict=False)
    ]
    if facts:
        yield RailBox(title=_("工作量"), facts=facts, note=_("只用来看有没有过重、该不该分担，不作比较。"))
