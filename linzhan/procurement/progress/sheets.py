"""Milestones and further targets of a contract, as registers (PUR-21, TGT-12)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import choice, day, key, long_text, reference, text
from linzhan.procurement.progress.enums import Metric
from linzhan.procurement.progress.models import ContractTarget, Milestone
from linzhan.procurement.progress.rights import EDIT_PLAN, EDIT_TARGETS, VIEW_PROGRESS

OF_PROJECT = reference("project", "项目编号", "项目", required=True, hint="哪一个项目")


def quantity(name: str, header: str, *, required: bool = False, hint: str = "") -> Column:
    return Column(name=name, header=header, kind=Kind.DECIMAL, minimum=0, required=required, help=hint)


MILESTONES = register(
    Register(
        key="milestones",
        starter=False,
        numbered="LC",
        sheet=Sheet(
            name="里程碑",
            by_headers=False,
            columns=(
                key("里程碑编号"),
                OF_PROJECT,
                text("name", "里程碑", required=True, hint="如 完成全部重点对象建档"),
                day("due_on", "计划完成日期", required=True),
                long_text("deliverable", "交付成果", hint="到时候拿得出什么"),
                day("done_on", "实际完成日期"),
                text("evidence", "完成依据", hint="名册、报告、验收单等"),
                long_text("deviation", "偏差原因", hint="没有按期完成的写明为什么"),
                long_text("remedy", "补救措施", hint="怎么补、到什么时候"),
            ),
        ),
        model=Milestone,
        place=("project",),
        view=VIEW_PROGRESS,
        edit=EDIT_PLAN,
        listed=("project", "name", "due_on", "done_on", "deviation"),
        searched=("name", "code"),
        order="due_on",
        nav="购买",
    )
)

TARGETS = register(
    Register(
        key="contract-targets",
        starter=False,
        numbered="ZB",
        sheet=Sheet(
            name="补充指标",
            by_headers=False,
            columns=(
                key("指标编号"),
                OF_PROJECT,
                choice(
                    "metric",
                    "指标",
                    "/".join(Metric.values),
                    required=True,
                    hint="项目台账里没有的合同指标；台账里已有的不要重复登记",
                ),
                quantity("quantity", "目标数量", required=True),
                text("unit", "单位", max_length=20),
                Column(
                    name="weight",
                    header="权重",
                    kind=Kind.INTEGER,
                    minimum=1,
                    maximum=100,
                    help="不填按 1 计",
                ),
                Column(
                    name="tolerance",
                    header="允许偏差",
                    kind=Kind.DECIMAL,
                    minimum=0,
                    maximum=100,
                    unit="%",
                    help="合同约定少做多少以内仍算完成",
                ),
                text("evidence", "计数依据", hint="凭什么计数，如 已通过的服务记录"),
                quantity("done", "登记完成数", hint="平台数不到的指标由双方核定后登记，页面上注明是登记的"),
                day("stated_on", "登记日期"),
            ),
        ),
        model=ContractTarget,
        place=("project",),
        title="metric",
        view=VIEW_PROGRESS,
        edit=EDIT_TARGETS,
        listed=("project", "metric", "quantity", "unit", "weight", "done", "stated_on"),
        filters=("metric",),
        searched=("code",),
        nav="购买",
        beside=True,
    )
)
