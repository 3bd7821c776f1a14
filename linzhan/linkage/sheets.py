"""Needs, resources, volunteers and their hours, as the workbook spells them (LST-01…03, VOL-01…)."""

from __future__ import annotations

from linzhan.casework.api import ITEM
from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import (
    CODE_LENGTH,
    IDENTITY_ALIASES,
    choice,
    day,
    hours,
    key,
    long_text,
    moment,
    money,
    phone,
    region,
    text,
)
from linzhan.linkage.ground import own_ground
from linzhan.linkage.models import Need, NeedState, Resource, Volunteer, VolunteerRecord, VolunteerState
from linzhan.linkage.rights import (
    EDIT_NEEDS,
    EDIT_RESOURCES,
    EDIT_VOLUNTEERS,
    VIEW_NEEDS,
    VIEW_RESOURCES,
    VIEW_VOLUNTEERS,
)
from linzhan.network.api import station_column

L3, L4 = Level.L3, Level.L4

VOLUNTEERS = register(
    Register(
        key="volunteers",
        sheet=Sheet(
            name="志愿者",
            aliases=("志愿者台账", "志愿者名册", "志愿者花名册"),
            columns=(
                key("志愿者编号"),
                text("name", "姓名", "志愿者姓名", required=True, level=L3),
                Column(
                    name="identity_number",
                    header="证件号码",
                    kind=Kind.IDENTITY,
                    aliases=IDENTITY_ALIASES,
                    level=L4,
                    help="加密保存，只用来查重和核对身份。请把这一列设为文本格式",
                ),
                choice("sex", "性别", "男/女", level=L3),
                day("born_on", "出生日期", "出生年月日", level=L3),
                phone("phone", "联系电话", "手机号", "电话", level=L3),
                region(
                    "居住行政区划", "居住地行政区划", "居住区域", "行政区划", name="home_region", level=L3
                ),
                station_column(dated=True),
                text("skills", "专业技能", "技能特长", "特长"),
                text("service_kinds", "服务类别", "志愿服务类别"),
                Column(
                    name="national_number",
                    header="全国志愿服务系统编号",
                    kind=Kind.CODE,
                    aliases=("全国系统编号",),
                    max_length=CODE_LENGTH,
                    level=L3,
                    help="请把这一列设为文本格式",
                ),
                day("registered_on", "注册日期", "注册时间", required=True),
                Column(
                    name="worker",
                    header="联系社工证件号",
                    kind=Kind.REFERENCE,
                    refers_to="社工",
                    level=L4,
                    help="发展和联系这名志愿者的社工；当地按每名社工要求志愿者人数的，据此核对",
                ),
            ),
        ),
        model=Volunteer,
        states=VolunteerState,
        starts="registered_on",
        place=("station", "home_region"),
        view=VIEW_VOLUNTEERS,
        edit=EDIT_VOLUNTEERS,
        listed=("name", "station", "home_region", "skills", "service_kinds", "registered_on"),
        filters=("sex",),
        searched=("name", "code"),
        nav="联动",
    )
)

VOLUNTEER_RECORDS = register(
    Register(
        key="volunteer-hours",
        sheet=Sheet(
            name="志愿服务",
            aliases=("志愿服务台账", "志愿服务记录"),
            columns=(
                key("记录编号", "志愿服务记录编号"),
                Column(
                    name="volunteer",
                    header="志愿者编号",
                    kind=Kind.REFERENCE,
                    refers_to="志愿者",
                    required=True,
                    help="须已在“志愿者”中登记",
                ),
                text("activity", "活动名称", "志愿服务名称", required=True),
                long_text("content", "服务内容", "内容", required=True),
                day("served_on", "日期", "服务日期", required=True),
                hours("hours", "时长", "时长(小时)", "服务时长", hint="实际服务的小时数"),
                text("recorded_by", "记录单位", "活动组织单位", required=True),
                text("lead", "活动负责人", "负责人"),
                station_column(),
                moment("entered_at", "录入时间", "登记时间"),
            ),
        ),
        model=VolunteerRecord,
        happens="served_on",
        place=("station", "volunteer"),
        title="code",
        view=VIEW_VOLUNTEERS,
        edit=EDIT_VOLUNTEERS,
        listed=("served_on", "volunteer", "activity", "hours", "station", "recorded_by"),
        searched=("code", "activity"),
        order="-served_on",
        nav="联动",
    )
)

NEEDS = register(
    Register(
        key="needs",
        sheet=Sheet(
            name="需求",
            aliases=("需求清单", "需求台账"),
            columns=(
                key("需求编号"),
                choice("source", "来源", "探访/诉求/网格/热线/自填/调研", "需求来源", required=True),
                day("raised_on", "提出日期", "提出时间", required=True),
                region(name="raised_region"),
                station_column(),
                Column(
                    name="resident",
                    header="对象编号",
                    kind=Kind.REFERENCE,
                    refers_to="服务对象",
                    aliases=("服务对象编号",),
                    level=L3,
                    help="谁的需求；公共需求留空",
                ),
                choice(
                    "kind",
                    "需求类型",
                    "社区营造/生活服务/文化活动/公益慈善/救助/养老/儿童/助残/心理/其他",
                    "类型",
                    required=True,
                ),
                ITEM,
                Column(
                    name="urgency",
                    header="紧急程度",
                    kind=Kind.INTEGER,
                    required=True,
                    minimum=1,
                    maximum=4,
                    help="1—4,4 最紧急；派单时限按它确定",
                ),
                Column(name="quantity", header="数量", kind=Kind.DECIMAL, minimum=0, aliases=("需求数量",)),
                day("deadline", "截止日期", "截止时间"),
                long_text("content", "内容", "需求内容", required=True, level=L3),
                choice("status", "状态", "新/已核实/已匹配/服务中/已办结/未满足", "需求状态", dated=True),
            ),
        ),
        model=Need,
        states=NeedState,
        starts="raised_on",
        place=("station", "raised_region"),
        title="code",
        view=VIEW_NEEDS,
        edit=EDIT_NEEDS,
        listed=("raised_on", "kind", "urgency", "content", "raised_region", "station", "status", "deadline"),
        filters=("kind", "status", "source", "urgency"),
        searched=("code",),
        order="-raised_on",
        nav="联动",
    )
)

RESOURCES = register(
    Register(
        key="resources",
        sheet=Sheet(
            name="资源",
            aliases=("资源清单", "资源台账"),
            columns=(
                key("资源编号"),
                text("name", "资源名称", required=True),
                text("owner", "提供方", "资源提供方", "提供单位", required=True),
                choice("kind", "资源类型", "人力/物资/资金/场地/专业/政策", "类型", required=True),
                ITEM,
                region("覆盖行政区划", "行政区划", "覆盖区域", hint="哪里可以使用这项资源"),
                Column(
                    name="quantity",
                    header="数量",
                    kind=Kind.DECIMAL,
                    required=True,
                    minimum=0,
                    aliases=("资源数量",),
                    dated=True,
                ),
                text("unit", "单位", "计量单位", required=True, hint="数量的单位，如 人、个、场"),
                money("value", "折价金额", "折价金额(元)", "折价"),
                day("valid_from", "有效期起", "有效期开始", required=True),
                day(
                    "valid_until",
                    "有效期止",
                    "有效期至",
                    "有效期结束",
                    not_before="valid_from",
                    hint="长期有效就留空",
                ),
                text("contact", "联系人", level=L3),
                phone(level=L3),
            ),
        ),
        model=Resource,
        place=("region",),
        whose=own_ground,
        view=VIEW_RESOURCES,
        edit=EDIT_RESOURCES,
        listed=("name", "kind", "owner", "quantity", "unit", "value", "region", "valid_until"),
        filters=("kind",),
        searched=("name", "code", "owner"),
        nav="联动",
    )
)
