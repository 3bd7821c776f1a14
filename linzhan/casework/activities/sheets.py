"""Activities, what came of the day, and publicity as registers (SVC-12, SVC-26; OBJ-08)."""

from __future__ import annotations

from collections.abc import Iterator

from linzhan.casework.activities.enums import ActivityStage, Medium, PublicityMoment
from linzhan.casework.activities.models import ActivityDetail, ActivityFile, Publicity
from linzhan.casework.activities.rules import outnumbered
from linzhan.casework.activities.services import follow
from linzhan.casework.activities.steps import ACTIVITY_STEPS
from linzhan.casework.columns import item_column, record_column, worker_column
from linzhan.casework.groups.rights import EDIT_GROUPS, VIEW_GROUPS
from linzhan.casework.groups.sheets import GROUP
from linzhan.kernel.registers.declare import Register, Values, register
from linzhan.kernel.sheets.columns import Sheet
from linzhan.kernel.sheets.making import choice, count, day, key, long_text, money, reference, text
from linzhan.network.api import station_column
from linzhan.procurement.api import PROJECT

ACTIVITY = "活动档案"
PARTS = ("elders", "minors", "disabled", "on_relief")


def number(values: Values, name: str) -> int | None:
    value = values.get(name)
    return value if isinstance(value, int) else None


def check_detail(values: Values) -> Iterator[tuple[str, str]]:
    """No group of those present is larger than all of them; one person may be in several groups."""
    parts = {name: number(values, name) for name in PARTS}
    for name in outnumbered(number(values, "present"), parts):
        yield name, "比到场人数还多，请核对"


ACTIVITY_FILES = register(
    Register(
        key="activity-files",
        sheet=Sheet(
            name=ACTIVITY,
            by_headers=False,
            columns=(
                key("活动编号"),
                text("name", "活动名称", required=True),
                choice("stage", "阶段", "/".join(ActivityStage.values)),
                item_column(),
                station_column(required=True),
                PROJECT,
                worker_column("负责社工"),
                day("planned_on", "计划日期", required=True),
                long_text("need_basis", "需求依据", hint="依据哪次走访、调研或诉求；批准前须填写"),
                long_text("aim", "活动目标", hint="批准前须填写"),
                text("target_group", "面向人群"),
                text("place", "地点"),
                count("headcount_plan", "计划人数", unit="人"),
                count("volunteers_plan", "计划志愿者", unit="人"),
                money("budget", "预算"),
                long_text("safety_plan", "安全预案", hint="批准前须填写"),
                text("partners", "合作单位"),
                long_text("report", "活动总结"),
            ),
        ),
        model=ActivityFile,
        happens="planned_on",
        place=("station",),
        view=VIEW_GROUPS,
        edit=EDIT_GROUPS,
        listed=("name", "planned_on", "stage", "station", "target_group", "headcount_plan"),
        filters=("stage", "item"),
        searched=("name", "code"),
        order="-planned_on",
        nav="服务",
        beside=True,
        starter=False,
        numbered="HD",
        steps=ACTIVITY_STEPS,
    )
)

ACTIVITY_DETAILS = register(
    Register(
        key="activity-details",
        sheet=Sheet(
            name="活动详情",
            by_headers=False,
            columns=(
                record_column(key=True, hint="这次活动的服务记录；服务人次记在那里，这里记人数"),
                reference("activity", "活动编号", ACTIVITY, hint="事先有计划的填；临时的活动留空"),
                count("registered", "报名人数", unit="人"),
                count("present", "到场人数", unit="人", hint="到场的人数，一人只计一次"),
                count("elders", "其中老年人", unit="人"),
                count("minors", "其中未成年人", unit="人"),
                count("disabled", "其中残疾人", unit="人"),
                count("on_relief", "其中救助对象", unit="人"),
                count("indirect", "间接受益人数", unit="人", hint="没有到场但因此受益的人，如参加者的家人"),
                long_text("incidents", "突发情况", hint="没有就留空；伤害事件请用紧急上报"),
                money("expense", "支出"),
                count("feedback_forms", "反馈表份数", unit="份"),
            ),
        ),
        model=ActivityDetail,
        place=("record",),
        title="record",
        check=check_detail,
        after_write=follow,
        view=VIEW_GROUPS,
        edit=EDIT_GROUPS,
        listed=("record", "activity", "registered", "present", "indirect", "expense", "feedback_forms"),
        nav="服务",
        beside=True,
        starter=False,
    )
)

PUBLICITY = register(
    Register(
        key="publicity",
        sheet=Sheet(
            name="宣传记录",
            by_headers=False,
            columns=(
                key("宣传编号"),
                text("title", "标题", required=True),
                choice(
                    "moment",
                    "时机",
                    "/".join(PublicityMoment.values),
                    required=True,
                    hint="服务开展前、中、后",
                ),
                choice("medium", "媒介", "/".join(Medium.values), required=True),
                day("published_on", "发布日期", required=True),
                station_column(required=True),
                reference("activity", "活动编号", ACTIVITY),
                reference("group", "小组编号", GROUP),
                text("link", "链接"),
                count("reach", "触达人数", unit="人", hint="由谁统计就以谁的数为准；不知道就留空"),
            ),
        ),
        model=Publicity,
        happens="published_on",
        place=("station",),
        title="title",
        view=VIEW_GROUPS,
        edit=EDIT_GROUPS,
        listed=("published_on", "title", "moment", "medium", "activity", "station", "reach"),
        filters=("moment", "medium"),
        searched=("title", "code"),
        order="-published_on",
        nav="服务",
        beside=True,
        starter=False,
        numbered="XC",
    )
)
