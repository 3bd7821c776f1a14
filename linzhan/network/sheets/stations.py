"""The station register, as the workbook spells it (``contract/workbook.md``, 社工站), and the station's file."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import reference, text, texts, yes_no
from linzhan.network.columns import station_column
from linzhan.network.enums import DemonstrationLevel, Operation, StationKind, StationStatus, Tier
from linzhan.network.following import follow_stations
from linzhan.network.models import Station, StationProfile, StationState
from linzhan.network.plates import sign
from linzhan.network.rights import EDIT_PROFILES, EDIT_STATIONS, VIEW_PROFILES, VIEW_STATIONS


def _check(name: str, header: str, *aliases: str) -> Column:
    return yes_no(name, header, *aliases, hint="建站标准的一项；未填视为未达标")


STATIONS = register(
    Register(
        key="stations",
        sheet=Sheet(
            name="社工站",
            columns=(
                Column(
                    name="code",
                    header="站点编号",
                    kind=Kind.CODE,
                    required=True,
                    key=True,
                    max_length=40,
                    aliases=("站点编码", "社工站编号"),
                    help="本县内不重复，别的表用它指明站点",
                ),
                Column(
                    name="name",
                    header="站点名称",
                    required=True,
                    max_length=100,
                    dated=True,
                    aliases=("社工站名称",),
                    help="对外挂牌的名称",
                ),
                Column(
                    name="tier",
                    header="层级",
                    kind=Kind.CHOICE,
                    required=True,
                    choices=tuple(Tier.values),
                    dated=True,
                    help="决定它计入哪一级的站点数与覆盖率",
                ),
                Column(
                    name="region",
                    header="行政区划",
                    kind=Kind.REGION,
                    required=True,
                    dated=True,
                    aliases=("所属行政区划", "区划代码"),
                    help="站点所在地:总站填到县，乡镇站填到乡镇(街道)，社工室填到村(社区)",
                ),
                Column(
                    name="kind",
                    header="站点类别",
                    kind=Kind.CHOICE,
                    choices=tuple(StationKind.values),
                    dated=True,
                    help="安置点站不计入乡镇覆盖率",
                ),
                Column(
                    name="status",
                    header="状态",
                    kind=Kind.CHOICE,
                    required=True,
                    choices=tuple(StationStatus.values),
                    dated=True,
                    help="“运营”才计入运营站点与覆盖率",
                ),
                Column(
                    name="opened_on",
                    header="启用日期",
                    kind=Kind.DATE,
                    aliases=("启用时间",),
                    help="状态从这一天起算；不填则视为一直如此",
                ),
                reference("parent", "上级站点编号", "社工站", hint="指导它的上一级站点"),
                Column(name="address", header="地址", max_length=200),
                Column(
                    name="longitude", header="经度", kind=Kind.DECIMAL, places=6, minimum=-180, maximum=180
                ),
                Column(name="latitude", header="纬度", kind=Kind.DECIMAL, places=6, minimum=-90, maximum=90),
                Column(name="area", header="专用面积", kind=Kind.DECIMAL, minimum=0, unit="平方米"),
                Column(
                    name="operation",
                    header="运营方式",
                    kind=Kind.CHOICE,
                    choices=tuple(Operation.values),
                    dated=True,
                ),
                reference(
                    "provider",
                    "承接机构代码",
                    "承接机构",
                    "机构",
                    "承接机构",
                    dated=True,
                    hint="承接机构的统一社会信用代码；该机构据此看到本站",
                ),
                Column(name="head", header="站长", max_length=40),
                Column(
                    name="demonstration_level",
                    header="示范级别",
                    kind=Kind.CHOICE,
                    choices=tuple(DemonstrationLevel.values),
                    dated=True,
                ),
                _check("has_site", "有场地"),
                _check("has_staff", "有人员"),
                _check("has_equipment", "有设施设备", "有设备"),
                _check("has_rules", "有规章制度", "有制度"),
                _check("has_workflow", "有工作流程"),
                _check("has_functions", "有服务功能", "有服务", "有功能"),
                _check("has_activities", "有活动"),
            ),
        ),
        model=Station,
        states=StationState,
        starts="opened_on",
        place=("region",),
        stands_for="station",
        sign=sign,
        after_write=follow_stations,
        view=VIEW_STATIONS,
        edit=EDIT_STATIONS,
        listed=("name", "tier", "region", "status", "provider", "head", "demonstration_level"),
        filters=("tier", "status", "kind", "demonstration_level"),
        searched=("name", "code", "head"),
        nav="网络",
    )
)

STATION_PROFILES = register(
    Register(
        key="station-profiles",
        starter=False,
        sheet=Sheet(
            name="站点档案",
            by_headers=False,
            columns=(
                station_column(key=True, hint="一个站点一份档案"),
                texts("zones", "功能区块", hint="如 综合接待区、专业服务区；当地规定的必备区块缺哪项会列出"),
                texts("rooms", "功能室", hint="如 个案室、小组室、多功能室"),
                text("host_facility", "依托场所", hint="站点设在哪里，如 便民服务中心、敬老院"),
                texts("merged_with", "整合职能", hint="与哪些站点合并设置，如 慈善超市、未成年人保护工作站"),
                text("route", "建站路径", hint="当地文件的分类，如 利用现有场所赋能"),
                texts("unified_items", "已统一事项", hint="标识、制度、服务等已按统一要求落实的事项"),
                texts("shared_resources", "共享资源", hint="与其他基层平台共享的事项，如 场所、人员、信息"),
                text("liaison_office", "联系处室", hint="包点联系本站的机关处室"),
                text("liaison_character", "特色定位"),
                text("special_field", "特色领域", hint="特色站填写，如 戒毒康复、社区矫正、医务健康"),
                text("partner_department", "共建部门", hint="与哪个部门共建"),
                text("brand", "服务品牌"),
                yes_no("practice_place", "实习实训基地", dated=False, hint="是否接收学生实习"),
                texts("practice_partners", "实习合作单位", hint="合作的院校"),
                text("standard_number", "执行标准号", max_length=100, hint="建站执行的地方或国家标准编号"),
            ),
        ),
        model=StationProfile,
        place=("station",),
        unique_in="nation",
        title="station",
        view=VIEW_PROFILES,
        edit=EDIT_PROFILES,
        listed=("station", "host_facility", "route", "zones", "unified_items", "brand", "practice_place"),
        filters=("practice_place",),
        searched=("brand", "host_facility"),
        nav="网络",
    )
)
