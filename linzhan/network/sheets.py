"""The station register, as the workbook spells it (``contract/workbook.md``, 社工站)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.network.enums import DemonstrationLevel, Operation, StationKind, StationStatus, Tier
from linzhan.network.models import Station, StationState
from linzhan.network.rights import EDIT_STATIONS, VIEW_STATIONS


def _check(name: str, header: str, *aliases: str) -> Column:
    return Column(
        name=name,
        header=header,
        kind=Kind.YES_NO,
        dated=True,
        aliases=aliases,
        help="建站标准的一项;未填视为未达标",
    )


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
                    help="本县内不重复,别的表用它指明站点",
                ),
                Column(
                    name="name",
                    header="站点名称",
                    required=True,
                    max_length=100,
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
                    help="站点所在地:总站填到县,乡镇站填到乡镇(街道),社工室填到村(社区)",
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
                    help="状态从这一天起算;不填则视为一直如此",
                ),
                Column(
                    name="parent",
                    header="上级站点编号",
                    kind=Kind.REFERENCE,
                    refers_to="社工站",
                    help="指导它的上一级站点",
                ),
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
                Column(
                    name="provider",
                    header="承接机构代码",
                    kind=Kind.REFERENCE,
                    refers_to="承接机构",
                    dated=True,
                    aliases=("机构", "承接机构"),
                    help="承接机构的统一社会信用代码;该机构据此看到本站",
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
        view=VIEW_STATIONS,
        edit=EDIT_STATIONS,
        listed=("name", "tier", "region", "status", "provider", "head", "demonstration_level"),
        filters=("tier", "status", "kind", "demonstration_level"),
        searched=("name", "code", "head"),
        nav="网络",
    )
)
