"""Filings and leavings as registers (FIL-02, FIL-03)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Link, Register, register
from linzhan.kernel.sheets.columns import Level, Sheet
from linzhan.kernel.sheets.making import choice, count, day, long_text
from linzhan.network.api import station_column
from linzhan.providers.api import provider_column
from linzhan.workforce.columns import coded, project_column, worker_column, workers_column
from linzhan.workforce.filing.enums import FilingOccasion, FilingStage, LeavingCause, LeavingStage
from linzhan.workforce.filing.models import FiledWorker, LeavingRequest, StaffFiling
from linzhan.workforce.filing.services import derive_due
from linzhan.workforce.filing.steps import FILING_STEPS, LEAVING_STEPS
from linzhan.workforce.rights import EDIT_WORKERS, VIEW_WORKERS

STAFF_FILINGS = register(
    Register(
        key="staff-filings",
        starter=False,
        numbered="BA",
        steps=FILING_STEPS,
        sheet=Sheet(
            name="人员备案",
            by_headers=False,
            columns=(
                coded("备案编号", "BA"),
                choice("occasion", "事由", "/".join(FilingOccasion.values), required=True),
                day(
                    "happened_on",
                    "发生日期",
                    required=True,
                    hint="立项、入职、变动或离职的日期，期限从这一天算",
                ),
                station_column(hint="驻站人员填站点；不驻站的填承接机构"),
                provider_column(),
                project_column(hint="立项备案必填：为哪个项目组建的团队"),
                workers_column("备案人员证件号", "立项填整个团队，变动填变动的人；可填多个"),
                long_text("content", "备案内容", hint="岗位、分工或变动情况"),
                choice("stage", "状态", "/".join(FilingStage.values)),
                day("submitted_on", "提交日期", hint="办理“提交备案”时自动记下；是否及时按它算"),
                day("due_on", "备案期限", hint="按当地规定的期限自动得出"),
                count("late_days", "逾期天数", unit="日", hint="提交时自动得出"),
                day("accepted_on", "受理日期", hint="办理“受理备案”时自动记下"),
            ),
        ),
        model=StaffFiling,
        place=("station", "provider"),
        links={"workers": Link(model=FiledWorker, owner="filing", target="worker", place="target")},
        examine=derive_due,
        derived=frozenset({"submitted_on", "due_on", "late_days", "accepted_on"}),
        title="code",
        happens="happened_on",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("code", "occasion", "happened_on", "station", "provider", "stage", "due_on", "late_days"),
        filters=("occasion", "stage", "station", "provider"),
        searched=("code",),
        nav="人员",
    )
)

LEAVING_REQUESTS = register(
    Register(
        key="leaving-requests",
        starter=False,
        numbered="LZ",
        steps=LEAVING_STEPS,
        sheet=Sheet(
            name="离职申请",
            by_headers=False,
            columns=(
                coded("申请编号", "LZ"),
                worker_column(hint="谁申请离职"),
                choice(
                    "cause",
                    "离职原因",
                    "/".join(LeavingCause.values),
                    required=True,
                    hint="提前申请、补员和最长期限只约束个人原因离职",
                ),
                day("requested_on", "申请日期", required=True),
                day("leaves_on", "拟离职日期", required=True, not_before="requested_on"),
                project_column(hint="正在做的项目，可不填"),
                long_text("content", "说明", level=Level.L3),
                worker_column(
                    "接替人证件号", name="replacement", required=False, hint="接替岗位的社工，须已登记"
                ),
                choice("stage", "状态", "/".join(LeavingStage.values)),
                day("left_on", "离职日期", hint="离岗的第一天；办理“办理离职”时填写，社工登记随之更新"),
            ),
        ),
        model=LeavingRequest,
        place=("worker",),
        derived=frozenset(),
        title="code",
        ends="left_on",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("code", "worker", "cause", "requested_on", "leaves_on", "replacement", "stage", "left_on"),
        filters=("cause", "stage"),
        searched=("code",),
        nav="人员",
    )
)
