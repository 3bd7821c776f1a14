"""Groups and their members as registers (SVC-11)."""

from __future__ import annotations

from linzhan.casework.columns import resident_column, worker_column
from linzhan.casework.groups.enums import GroupKind, GroupStage, Phase
from linzhan.casework.groups.models import GroupFile, GroupFileState, GroupMember
from linzhan.casework.groups.rights import EDIT_ATTENDANCE, EDIT_GROUPS, VIEW_ATTENDANCE, VIEW_GROUPS
from linzhan.casework.groups.steps import GROUP_STEPS
from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import choice, count, day, key, long_text, money, reference, text
from linzhan.network.api import station_column
from linzhan.procurement.api import PROJECT

GROUP = "小组档案"


def score(name: str, header: str) -> Column:
    """A score before or after."""
    return Column(
        name=name, header=header, kind=Kind.DECIMAL, level=Level.L3, help="同一工具前后各测一次，用来看变化"
    )


GROUP_FILES = register(
    Register(
        key="group-files",
        sheet=Sheet(
            name=GROUP,
            by_headers=False,
            columns=(
                key("小组编号"),
                text("name", "小组名称", required=True),
                choice("kind", "小组类型", "/".join(GroupKind.values), required=True),
                choice("stage", "阶段", "/".join(GroupStage.values), dated=True),
                choice(
                    "phase", "发展期", "/".join(Phase.values), hint="筹备、形成、转折、成熟、结束，开组后填写"
                ),
                station_column(required=True, dated=True),
                PROJECT,
                worker_column("带领社工"),
                day("drafted_on", "立项日期", required=True),
                day("starts_on", "开始日期"),
                day("ends_on", "结束日期", not_before="starts_on"),
                text("theory", "理论依据"),
                text("criteria", "招募条件"),
                long_text("goals", "小组目标", hint="批准前须填写；评估时对照它"),
                count("planned_sessions", "计划节数", unit="节", hint="通常 4—8 节"),
                count("planned_size", "计划人数", unit="人", hint="通常 6—15 人，以当地规则为准"),
                text("place", "地点"),
                money("budget", "预算"),
                long_text("risk_plan", "风险预案", hint="批准前须填写"),
                long_text("evaluation", "评估结论"),
            ),
        ),
        model=GroupFile,
        states=GroupFileState,
        starts="drafted_on",
        place=("station",),
        view=VIEW_GROUPS,
        edit=EDIT_GROUPS,
        listed=("name", "kind", "stage", "phase", "station", "starts_on", "planned_sessions"),
        filters=("stage", "kind", "phase"),
        searched=("name", "code"),
        order="-drafted_on",
        nav="服务",
        starter=False,
        numbered="XZ",
        steps=GROUP_STEPS,
    )
)

GROUP_MEMBERS = register(
    Register(
        key="group-members",
        sheet=Sheet(
            name="小组成员",
            by_headers=False,
            columns=(
                key("成员编号"),
                reference("group", "小组编号", GROUP, required=True),
                resident_column(hint="已建档的填对象编号，没有建档的只填姓名"),
                text("name", "姓名", level=Level.L3),
                day("joined_on", "加入日期", required=True),
                day("left_on", "离开日期", not_before="joined_on"),
                text("measure", "测量工具", hint="前测后测用的是什么"),
                score("pre", "前测得分"),
                score("post", "后测得分"),
            ),
        ),
        model=GroupMember,
        ends="left_on",
        place=("group",),
        title="code",
        either=(("resident", "name"),),
        view=VIEW_ATTENDANCE,
        edit=EDIT_ATTENDANCE,
        listed=("group", "resident", "name", "joined_on", "left_on", "pre", "post"),
        searched=("code", "name"),
        order="-joined_on",
        nav="服务",
        beside=True,
        starter=False,
        numbered="CY",
    )
)
