"""All registers of people on one page, in groups: the menu keeps those that are opened every week."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.office import parts
from linzhan.office.requests import holds
from linzhan.workforce.api import VIEW_WORKERS

SHELF: Final = {
    gettext_lazy("任职"): """workers staff-filings leaving-requests assignments vettings staff-sanctions
        conduct-cases appraisals person-origins recruitments""",
    gettext_lazy(
        "证书和学习"
    ): """certificate-registrations senior-reviews exam-entries education-credits trainings
        training-plans course-places""",
    gettext_lazy(
        "督导和交流"
    ): """supervisors supervision-agreements supervisions supervision-tasks supervision-notes
        supervision-ratings supervision-handbooks questions answers talk-rooms talk-signups""",
    gettext_lazy("薪酬和津贴"): """pay-scale pay-placements promotions allowance-standards allowance-batches
        guidance-prices pay-costings""",
    gettext_lazy("岗位"): "post-units work-posts post-appointments job-descriptions conduct-codes",
    gettext_lazy(
        "人才"
    ): """talent-programmes talent-participants awards incentive-items universities teachers
        training-bases exchanges""",
}


@needs(VIEW_WORKERS)
@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """``/people/``: every register of people that the reader may open."""
    groups = []
    for title, keys in SHELF.items():
        registers = [REGISTERS[key] for key in keys.split()]
        seen = [each for each in registers if holds(request, each.view)]
        if seen:
            groups.append(_group(str(title), seen))
    context = {
        "head": parts.PageHead(
            name=_("人员台账"),
            lead=_("关于人员的全部台账。都可以从工作簿导入、按筛选导出；带步骤的在行里办理。"),
        ),
        "groups": groups,
    }
    return render(request, "office/people/shelf.html", context)


def _group(title: str, registers: list[Register]) -> parts.Table:
    return parts.Table(
        id=f"shelf-{registers[0].key}",
        caption=title,
        columns=[
            parts.TableColumn(key="name", label=_("台账"), lead=True),
            parts.TableColumn(key="steps", label=_("办理步骤")),
            parts.TableColumn(key="columns", label=_("登记什么")),
        ],
        rows=[
            parts.TableRow(
                url=f"/r/{each.key}/",
                cells={
                    "name": each.name,
                    "steps": "、".join(str(step.label) for step in each.steps or ()) or "—",
                    "columns": "、".join(
                        column.header
                        for column in each.sheet.columns
                        if not column.key and column.name != "region"
                    ),
                },
            )
            for each in registers
        ],
    )
