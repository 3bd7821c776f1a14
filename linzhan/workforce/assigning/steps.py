"""The way of an assignment: planned, checked and made, ended (PUR-26)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.checks import Checked
from linzhan.kernel.sheets.days import day_of
from linzhan.kernel.steps import Steps, step
from linzhan.workforce.assigning.checks import assignment_checks
from linzhan.workforce.assigning.enums import AssignmentRole
from linzhan.workforce.assigning.enums import AssignmentStage as A
from linzhan.workforce.filing.checks import named_id
from linzhan.workforce.rights import EDIT_WORKERS


def own_checks(row: Mapping[str, Any]) -> list[Checked]:
    """Everything that is asked of the person, for this project, share and role."""
    share = row["share"]
    return assignment_checks(
        row["worker"].id,
        region=str(row["region_code"]),
        on=day_of(row["starts_on"]) or timezone.localdate(),
        with_minors=bool(row["with_minors"]),
        share=Decimal(100)
        if share is None and row["full_time"]
        else None
        if share is None
        else Decimal(share),
        project_id=named_id(row["project"]),
        runs=row["role"] == AssignmentRole.RUNS,
    )


ASSIGNMENT_STEPS: Final = Steps(
    _("项目派任"),
    states={stage.value: stage.label for stage in A},
    initial=[A.PLANNED],
    steps=[
        step("assign", _("派任"), A.PLANNED, A.ASSIGNED, right=EDIT_WORKERS, checks=own_checks),
        step("end", _("结束派任"), A.ASSIGNED, A.ENDED, right=EDIT_WORKERS, ends_on=_("结束日期")),
        step("drop", _("作废"), A.PLANNED, A.DROPPED, right=EDIT_WORKERS, note=_("原因")),
    ],
)
