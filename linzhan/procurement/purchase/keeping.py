"""What was approved stays as it was approved: later changes go through a new step or an amendment (PUR-21).

Also here: a file that names a project which stands already was made afterwards, and begins where the project is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.kernel.registers.attributes import attributes
from linzhan.kernel.registers.declare import REGISTERS, Where
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.scope import current_scope
from linzhan.procurement.enums import ProjectStatus
from linzhan.procurement.models import ServiceProject
from linzhan.procurement.purchase.columns import CONTRACT_NAMES, METHOD_NAMES, NEED_NAMES
from linzhan.procurement.purchase.enums import APPROVED_ON, DRAFT_ON, METHOD_ON, Origin, Stage
from linzhan.procurement.purchase.models import PurchaseFile

_amending: ContextVar[bool] = ContextVar("linzhan_amending_contract", default=False)
LINKED: Final = frozenset({"stations", "items"})
AFTER_FINAL: Final = frozenset(
    {Stage.SETTLING, Stage.CLOSED, Stage.RENEWING, Stage.DECIDED, Stage.TERMINATED}
)
LOCKS: Final = (
    (NEED_NAMES, APPROVED_ON, gettext_lazy("已报请立项，不能再改；要改请先退回立项")),
    (METHOD_NAMES, METHOD_ON, gettext_lazy("采购方式已报批，不能再改；要改请先退回采购方式")),
    (CONTRACT_NAMES, DRAFT_ON, gettext_lazy("合同已拟定，不能直接改；签订前请退回合同，签订后请登记“合同变更”")),
    (
        frozenset({"mid_on", "mid_by", "mid_score", "mid_result", "final_on", "final_by", "final_score"})
        | {"final_result", "finance_findings"},
        AFTER_FINAL,
        gettext_lazy("已提出结算，评估结果不能再改；要改请先退回结算"),
    ),
    (
        frozenset({"settled_on", "settled_amount", "audit_number"}),
        AFTER_FINAL - {Stage.SETTLING},
        gettext_lazy("已结项，结算不能再改"),
    ),
)  # fmt: skip
"""Columns that stand still in some stages, and what to tell somebody who would change them."""
STANDING: Final = {
    ProjectStatus.APPROVED: Stage.APPROVED,
    ProjectStatus.TENDERING: Stage.TENDERING,
    ProjectStatus.SIGNED: Stage.SIGNED,
    ProjectStatus.RUNNING: Stage.RUNNING,
    ProjectStatus.EVALUATING: Stage.RUNNING,
    ProjectStatus.CLOSED: Stage.CLOSED,
    ProjectStatus.TERMINATED: Stage.TERMINATED,
}
"""Where the file of a project begins that is made afterwards."""


@contextmanager
def amending() -> Iterator[None]:
    """For the block, signed contracts may be changed: by an approved amendment, or what follows from a step."""
    token = _amending.set(True)
    try:
        yield
    finally:
        _amending.reset(token)


def held_ground(code: str) -> Where | None:
    """The place of a purchase for an institution that holds its contract: it takes its own steps there."""
    providers = current_scope().providers
    held = PurchaseFile.objects.filter(region_code=code, provider_id__in=providers) if providers else None
    found = held.values_list("pk", "provider_id").first() if held is not None else None
    return Where(found[0], code, found[1], None) if found else None


def keep_signed(arriving: Sequence[Arriving]) -> None:
    """Refuse changes of what was approved, and let files of standing projects begin where these are."""
    stored = {
        row["id"]: row
        for row in PurchaseFile.objects.filter(
            pk__in=[each.id for each in arriving if not each.is_new]
        ).values()
    }
    for each in arriving:
        if each.is_new:
            continue
        if each.id in stored and not _amending.get():
            _refuse_locked(each, stored[each.id])
    _begin([each for each in arriving if each.is_new])


def _refuse_locked(each: Arriving, stored: Mapping[str, Any]) -> None:
    register = REGISTERS["purchase-files"]
    for names, stages, words in LOCKS:
        if stored["stage"] not in stages:
            continue
        for name in sorted((names & each.stated) - LINKED):
            own = attributes(register.column(name))
            if any(_differs(each.values.get(attribute), stored.get(attribute)) for attribute in own):
                each.refuse(name, str(words))


def _differs(now: Any, before: Any) -> bool:
    return (now or None) != (before or None) if not _is_number(now, before) else now != before


def _is_number(*values: Any) -> bool:
    return any(isinstance(value, (int, float)) or hasattr(value, "quantize") for value in values)


def _begin(new: Iterable[Arriving]) -> None:
    rows = list(new)
    named: dict[UUID, Arriving] = {
        each.values["project_id"]: each for each in rows if each.values.get("project_id")
    }
    projects = {row.pk: row for row in ServiceProject.objects.filter(pk__in=named)}
    filed = set(
        PurchaseFile.objects.filter(project__in=named)
        .exclude(stage=Stage.DROPPED)
        .values_list("project", flat=True)
    )
    for each in rows:
        identity = each.values.get("project_id")
        project = projects.get(identity) if identity else None
        each.derive("origin", Origin.PURCHASE.value if project is None else Origin.AFTERWARDS.value)
        if project is None:
            continue
        if project.pk in filed:
            each.refuse("project", _("这个项目已经有采购档案"))
        each.derive("stage", STANDING[ProjectStatus(project.status)].value)
        for name in FROM_PROJECT:
            if (value := getattr(project, name)) not in (None, ""):
                each.complete(name, value)
        each.complete("contract_code", project.code)


FROM_PROJECT: Final = (
    "method", "starts_on", "ends_on", "contract_amount", "staff", "professional_posts", "budget_salaries",
    "budget_supervision", "budget_services", "budget_management", "target_registrations", "target_visits",
    "target_cases", "target_groups", "target_activities", "target_person_times", "target_satisfaction",
)  # fmt: skip
"""What a project says under the same name as its purchase file."""
