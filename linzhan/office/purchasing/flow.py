"""Where a purchase stands on its way, what its file and its project say of each other, and the way between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import Referred
from linzhan.kernel.registers.stepping import taken_of
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head, file_part
from linzhan.procurement.api import (
    EDIT_PURCHASES,
    VIEW_PURCHASES,
    PurchaseFile,
    PurchaseStage,
)

LINE: Final = (
    PurchaseStage.SURVEYED, PurchaseStage.APPROVED, PurchaseStage.TENDERING, PurchaseStage.AWARDED,
    PurchaseStage.SIGNED, PurchaseStage.STAFFED, PurchaseStage.RUNNING, PurchaseStage.MID, PurchaseStage.FINAL,
    PurchaseStage.CLOSED, PurchaseStage.DECIDED,
)  # fmt: skip
BETWEEN: Final = {
    PurchaseStage.IDEA: -1, PurchaseStage.SUBMITTED: 0, PurchaseStage.METHOD: 1, PurchaseStage.DRAFTED: 3,
    PurchaseStage.PLANNED: 5, PurchaseStage.SETTLING: 8, PurchaseStage.RENEWING: 9,
    PurchaseStage.SUSPENDED: 6, PurchaseStage.DISPUTED: 6, PurchaseStage.ENDING: 6, PurchaseStage.TERMINATED: 6,
    PurchaseStage.DROPPED: -1,
}  # fmt: skip
ASIDE: Final = (
    PurchaseStage.SUSPENDED, PurchaseStage.DISPUTED, PurchaseStage.ENDING, PurchaseStage.TERMINATED,
    PurchaseStage.DROPPED,
)  # fmt: skip
COMPARED: Final = ("contract_amount", "ends_on", "provider_id")


@file_part("purchase-files", template="office/purchasing/flow.html", right=VIEW_PURCHASES, order=-10)
def flow(asked: FileAsked) -> Mapping[str, object]:
    """需求调查 → … → 续签, with the day each was reached."""
    stage = PurchaseStage(str(asked.row["stage"] or PurchaseStage.IDEA))
    here = LINE.index(stage) if stage in LINE else BETWEEN[stage]
    days = {
        entry.target: timezone.localdate(entry.at).isoformat()
        for entry in taken_of(asked.register, asked.row["id"])
    }
    found = []
    for place, each in enumerate(LINE):
        state: Literal["done", "current", "todo", "problem"] = "todo"
        if place < here or (place == here and stage == PurchaseStage.DECIDED):
            state = "done"
        elif place == here:
            state = "problem" if stage in ASIDE else "current"
        name = stage.label if place == here and stage in BETWEEN else each.label
        found.append(parts.Step(name=str(name), state=state, note=days.get(each, "")))
    return {"line": found}


@file_head("purchase-files")
def folder_of_file(asked: FileAsked) -> HeadMore:
    """All documents of the purchase at one press."""
    address = reverse("office:purchase-folder", args=[asked.row["id"]])
    return HeadMore(
        actions=[
            parts.Action(label=_("卷宗 PDF"), url=address, icon="export"),
            parts.Action(label=_("卷宗压缩包"), url=f"{address}?as=zip", icon="export"),
        ]
    )


@file_head("purchase-files")
def of_file(asked: FileAsked) -> HeadMore:
    """Where the register of projects says otherwise than the file."""
    project = asked.row.get("project")
    if not isinstance(project, Referred):
        return HeadMore()
    facts = [parts.Fact(_("进度"), _("查看"), url=f"/r/projects/{project.id}/?tab=progress")]
    both = {f"of_{name}": F(f"project__{name}") for name in COMPARED}
    said = PurchaseFile.objects.filter(pk=asked.row["id"]).values(*COMPARED, **both).first()
    if said and any(said[name] is not None and said[name] != said[f"of_{name}"] for name in COMPARED):
        text = _("项目台账里的合同金额、结束日期或承接机构与采购档案不同；以项目台账为准，请核对后登记变更")
        return HeadMore(facts=facts, troubles=[parts.Notice(text=text, tone="warning")])
    return HeadMore(facts=facts)


@file_head("projects")
def of_project(asked: FileAsked) -> HeadMore:
    """The purchase file of a project, or the way to make one afterwards."""
    if not asked.holds(VIEW_PURCHASES):
        return HeadMore()
    files = PurchaseFile.objects.filter(project=asked.row["id"]).exclude(stage=PurchaseStage.DROPPED)
    for identity, stage in files.values_list("pk", "stage")[:1]:
        url = f"/r/{REGISTERS['purchase-files'].key}/{identity}/"
        return HeadMore(facts=[parts.Fact(_("采购档案"), stage, url=url)])
    if not asked.holds(EDIT_PURCHASES):
        return HeadMore()
    action = parts.Action(
        label=_("补建采购档案"), url=reverse("office:file-one", args=[asked.row["id"]]), post=True, icon="add"
    )
    return HeadMore(actions=[action])
