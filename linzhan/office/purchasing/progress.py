"""进度: the tab of a project with its targets, what was done, milestones and amendments (TGT-12, PUR-21)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.office import parts
from linzhan.office.purchasing.showing import milestone_table, share, target_table
from linzhan.office.registers.extending import FileAsked, file_part
from linzhan.office.registers.listed import short_table
from linzhan.policy.api import consulting, purchasing
from linzhan.procurement.api import (
    EDIT_PLAN,
    EDIT_PURCHASES,
    EDIT_TARGETS,
    OF_SHEET,
    VIEW_PROGRESS,
    VIEW_PURCHASES,
    ContractChange,
    ServiceProject,
    Standing,
    notice_line,
    standings,
)


@file_part(
    "projects",
    key="progress",
    label=gettext_lazy("进度"),
    template="office/purchasing/progress.html",
    right=VIEW_PROGRESS,
    order=20,
    takes=("milestones.project", "contract-targets.project", "contract-changes.project"),
)
def progress(asked: FileAsked) -> Mapping[str, object]:
    """Counted for this moment, not read from what is kept; what the file has read is not read again."""
    identity = asked.row["id"]
    with consulting(of=(purchasing.FORECAST_DAYS, purchasing.LAG_NOTICE)):
        [standing] = standings([_project(asked.row)], timezone.localdate())
        notices = _notices(standing)
    return {
        "facts": _facts(standing),
        "notices": notices,
        "targets": target_table(standing),
        "new_target": _new(asked, EDIT_TARGETS, "contract-targets", _("登记补充指标")),
        "milestones": milestone_table(standing.milestones),
        "new_milestone": _new(asked, EDIT_PLAN, "milestones", _("登记里程碑")),
        "changes": short_table(
            asked.request,
            REGISTERS["contract-changes"],
            ContractChange.objects.filter(project=identity).order_by("-effective_on", "-pk"),
            ("code", "stage", "effective_on", "reason", "new_amount", "new_ends_on"),
            empty=parts.Empty(
                title=_("没有变更"), body=_("改金额、期限、人员或指标，登记变更并由他人批准。")
            ),
        )
        if asked.holds(VIEW_PURCHASES)
        else None,
        "new_change": _new(asked, EDIT_PURCHASES, "contract-changes", _("登记变更")),
    }


def _project(row: Mapping[str, Any]) -> ServiceProject:
    """The contract as its file page has read it, as far as its standing asks: term, place, targets."""
    names = ("id", "region_code", "starts_on", "ends_on", *OF_SHEET)
    return ServiceProject(**{name: row[name] for name in names})


def _facts(standing: Standing) -> list[parts.Fact]:
    project = standing.project
    return [
        parts.Fact(_("合同期"), f"{project.starts_on} — {project.ends_on}"),
        parts.Fact(_("时间进度"), _percent(share(standing.elapsed))),
        parts.Fact(_("完成率"), _percent(share(standing.progress))),
        parts.Fact(
            _("进度系数"),
            "—" if standing.lag is None else f"{float(standing.lag):.2f}",
            note=_("完成率÷时间进度"),
        ),
        parts.Fact(_("预计期末完成率"), _percent(share(standing.forecast), _("暂不推算"))),
    ]


def _percent(value: object, otherwise: str = "—") -> str:
    return otherwise if value is None else f"{value}%"


def _notices(standing: Standing) -> list[parts.Notice]:
    found = []
    limit = notice_line(standing.project.region_code, standing.on)
    if standing.lag is not None and limit is not None and standing.lag < limit:
        text = _("进度系数 %(lag)s，低于提醒线 %(line)s：请与机构核对原因，需要调整的登记变更") % {
            "lag": f"{float(standing.lag):.2f}",
            "line": limit,
        }
        found.append(parts.Notice(text=text, tone="warning"))
    if standing.late:
        text = _("%(late)d 个里程碑逾期，其中 %(silent)d 个没有写明原因") % {
            "late": standing.late,
            "silent": standing.unexplained,
        }
        found.append(parts.Notice(text=text, tone="warning" if standing.unexplained else "info"))
    return found


def _new(asked: FileAsked, right: str, register: str, label: str) -> parts.Action | None:
    if not asked.holds(right):
        return None
    return parts.Action(label=label, url=f"/r/{register}/new/?project={asked.row['id']}", icon="add")
