"""What follows from the steps of a purchase: the project in its register, amendments, renewals, files made afterwards.

The register 项目 stays the record of contracts, whoever fills it: a signature writes the project or links the one
that an import brought; a project without a file gets one that begins where the project is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.amending import amend, told
from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.columns import PLATFORM_ID
from linzhan.kernel.steps import StepRefused
from linzhan.procurement.enums import ProjectStatus
from linzhan.procurement.models import ProjectStation, ServiceProject
from linzhan.procurement.purchase.enums import BidResult, Renewal, Stage
from linzhan.procurement.purchase.guards import NEW
from linzhan.procurement.purchase.keeping import FROM_PROJECT, amending
from linzhan.procurement.purchase.models import Bid, PurchaseFile

FILES, PROJECTS, CHANGES = "purchase-files", "projects", "contract-changes"
STATUS: Final = {
    Stage.RUNNING: ProjectStatus.RUNNING,
    Stage.MID: ProjectStatus.EVALUATING,
    Stage.FINAL: ProjectStatus.EVALUATING,
    Stage.CLOSED: ProjectStatus.CLOSED,
    Stage.TERMINATED: ProjectStatus.TERMINATED,
}
"""What the register of projects says of a stage; the other stages are none of its words."""
ON: Final = {
    Stage.RUNNING: "started_on",
    Stage.MID: "mid_on",
    Stage.FINAL: "final_on",
    Stage.CLOSED: "settled_on",
    Stage.TERMINATED: "terminated_on",
}
RENEWED: Final = (
    "name", "kind", "form", "purchaser", "buyer", "region", "posts_wanted", "service_standards",
    "appraisal_indicators", "fund_source", "service_content",
)  # fmt: skip
"""What the next purchase takes over from the one that is renewed; the need is surveyed anew."""


@stepped(FILES)
def follow_step(taken: Taken) -> None:
    """What a step means for the rest of the file and for the register of projects."""
    if taken.again:
        return
    if taken.step.name == "award":
        _take_winner(taken)
    elif taken.step.name == "sign":
        _sign(taken)
    elif taken.step.name == "decide_renewal" and taken.row["renewal"] in (Renewal.RENEW, Renewal.CONDITIONAL):
        _renew(taken)
    elif taken.target in STATUS:
        _keep_status(taken)


def _take_winner(taken: Taken) -> None:
    """The institution that won, and its price."""
    won = Bid.objects.filter(purchase=taken.row_id, result=BidResult.WON).first()
    if won is None or won.bidder_id is None:
        raise StepRefused(_("没有成交的机构"))
    price = {"awarded_amount": won.price} if won.price is not None else {}
    _write(FILES, taken.row_id, {"provider": won.bidder_id, **price})


def _sign(taken: Taken) -> None:
    """The contract becomes a project of the register: a new one, or the one an import has brought already."""
    row = taken.row
    known = ServiceProject.objects.filter(
        code=row["contract_code"], county_code=str(row["region_code"])[:6]
    ).first()
    identity = known.pk if known is not None else uuid7()
    values: dict[str, Any] = {
        PLATFORM_ID.name: identity,
        "code": row["contract_code"],
        "name": row["name"],
        "kind": row["kind"],
        "purchaser": row["purchaser"],
        "region": row["region"],
        "provider": row["provider"].id,
        "status": ProjectStatus.SIGNED.value,
        "stations": tuple(each.id for each in row["stations"]),
        **{name: row[name] for name in FROM_PROJECT},
    }
    stated = {name: value for name, value in values.items() if value not in (None, "", ())}
    _refuse_faults(save([Incoming.of(REGISTERS[PROJECTS], [stated])], today=_no_later(row["starts_on"]))[0])
    _write(FILES, taken.row_id, {"project": identity})


def _keep_status(taken: Taken) -> None:
    """The status of the project, from the day of the act."""
    project = taken.row["project"]
    if project is None:
        return
    status = STATUS[Stage(taken.target)].value
    stands = ServiceProject.objects.filter(pk=project.id).values("status", "ends_on", "starts_on").first()
    if stands is None or stands["status"] == status:
        return
    on = _no_later(taken.row.get(ON[Stage(taken.target)]))
    _refuse_faults(amend(REGISTERS[PROJECTS], project.id, {"status": status}, today=on))


def _no_later(day: date | None) -> date:
    """The day of an act; one to come is written down today."""
    today = timezone.localdate()
    return min(day, today) if day is not None else today


def _renew(taken: Taken) -> None:
    """The next purchase begins, and says which one it continues."""
    row = {name: taken.row[name] for name in RENEWED}
    stated = {name: value for name, value in row.items() if value not in (None, "", ())}
    stations = tuple(each.id for each in taken.row["stations"])
    more = {"stations": stations} if stations else {}
    next_one = {PLATFORM_ID.name: uuid7(), **stated, **more, "renewed_from": taken.row_id}
    _refuse_faults(save([Incoming.of(REGISTERS[FILES], [next_one])])[0])


@stepped(CHANGES)
def follow_change(taken: Taken) -> None:
    """An approved amendment changes the contract, from the day that was agreed."""
    if taken.again or taken.step.name != "approve":
        return
    project = ServiceProject.objects.get(pk=taken.row["project"].id)
    before = {"old_amount": project.contract_amount, "old_ends_on": project.ends_on}
    _write(CHANGES, taken.row_id, before)
    changed = {old: taken.row[new] for new, old in NEW.items() if taken.row[new] is not None}
    if not changed:
        return
    on = _no_later(taken.row["effective_on"])
    _refuse_faults(amend(REGISTERS[PROJECTS], project.pk, changed, today=on))
    file = PurchaseFile.objects.filter(project=project).exclude(stage=Stage.DROPPED).first()
    if file is not None:
        _write(FILES, file.pk, changed)


def open_afterwards(projects: Iterable[ServiceProject]) -> tuple[int, list[str]]:
    """补建采购档案: files for projects that have none; how many were made, and what stood against the others."""
    wanted = list(projects)
    filed = set(
        PurchaseFile.objects.filter(project__in=wanted)
        .exclude(stage=Stage.DROPPED)
        .values_list("project_id", flat=True)
    )
    lacking = [project for project in wanted if project.pk not in filed]
    stations: dict[UUID, list[UUID]] = {}
    for owner, station in ProjectStation.objects.filter(project__in=lacking).values_list(
        "project", "station_id"
    ):
        stations.setdefault(owner, []).append(station)
    rows = [_afterwards(project, stations.get(project.pk, [])) for project in lacking]
    if not rows:
        return 0, []
    outcome = save([Incoming.of(REGISTERS[FILES], rows)])[0]
    faults = [fault.line for each in outcome.faults.values() for fault in each]
    return outcome.created, faults


def _afterwards(project: ServiceProject, stations: list[UUID]) -> dict[str, Any]:
    row: Mapping[str, Any] = {
        PLATFORM_ID.name: uuid7(),
        "name": project.name,
        "kind": project.kind,
        "purchaser": project.purchaser,
        "region": project.region_code,
        "provider": project.provider_id,
        "project": project.pk,
        "stations": tuple(stations),
    }
    return {name: value for name, value in row.items() if value not in (None, "", ())}


def unfiled() -> Any:
    """Projects of the reader's scope that have no purchase file (已有项目)."""
    filed = PurchaseFile.objects.filter(project=OuterRef("pk")).exclude(stage=Stage.DROPPED)
    return ServiceProject.objects.filter(~Exists(filed))


def _write(register: str, identity: UUID, values: Mapping[str, Any]) -> None:
    with amending():
        _refuse_faults(amend(REGISTERS[register], identity, values))


def _refuse_faults(outcome: Outcome) -> None:
    if fault := told(outcome):
        raise StepRefused(fault)


__all__ = ["open_afterwards", "unfiled"]
