"""Assignments to projects as a register (PUR-26, RSK-02)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import choice, day, long_text, yes_no
from linzhan.workforce.assigning.enums import AssignmentRole, AssignmentStage
from linzhan.workforce.assigning.models import Assignment
from linzhan.workforce.assigning.steps import ASSIGNMENT_STEPS
from linzhan.workforce.columns import coded, project_column, worker_column
from linzhan.workforce.rights import EDIT_WORKERS, VIEW_WORKERS

ASSIGNMENTS = register(
    Register(
        key="assignments",
        starter=False,
        numbered="PR",
        steps=ASSIGNMENT_STEPS,
        sheet=Sheet(
            name="项目派任",
            by_headers=False,
            columns=(
                coded("派任编号", "PR"),
                worker_column(),
                project_column(required=True, hint="一名社工在几个项目上，就登记几条"),
                choice(
                    "role",
                    "角色",
                    "/".join(AssignmentRole.values),
                    required=True,
                    hint="“主责”是这个项目由他（她）运行；一人能否主责多个项目，按当地规定核对",
                ),
                Column(
                    name="share",
                    header="投入比例",
                    kind=Kind.DECIMAL,
                    minimum=0,
                    maximum=100,
                    unit="%",
                    help="占本人工作时间的百分比；各项目合计不超过 100",
                ),
                yes_no(
                    "full_time", "专职", dated=False, hint="只做这一个项目的填“是”；没填投入比例时按 100% 计"
                ),
                yes_no(
                    "with_minors", "接触未成年人", dated=False, hint="填“是”的，须有有效的从业查询才能派任"
                ),
                day("starts_on", "开始日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on", hint="最后一天；没有定就留空"),
                choice("stage", "状态", "/".join(AssignmentStage.values)),
                long_text("content", "工作内容"),
            ),
        ),
        model=Assignment,
        place=("worker",),
        title="code",
        ends="ends_on",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("code", "worker", "project", "role", "share", "starts_on", "ends_on", "stage"),
        filters=("role", "stage", "project"),
        searched=("code",),
        nav="人员",
    )
)
