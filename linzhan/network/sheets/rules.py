"""Duties of the tiers, the norms library and its adoption, as sheets (NET-06, NET-10, STN-11)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import day, key, long_text, reference, region, text, texts
from linzhan.network.columns import station_column
from linzhan.network.enums import DutyTier, SupportFunction
from linzhan.network.models import Norm, NormAdoption, TierDuty
from linzhan.network.rights import EDIT_ADOPTIONS, EDIT_DUTIES, EDIT_NORMS, VIEW_NETWORK

TIER_DUTIES = register(
    Register(
        key="tier-duties",
        starter=False,
        sheet=Sheet(
            name="层级职责",
            by_headers=False,
            columns=(
                region(key=True, hint="在哪个地方施行；它下面的地方没有另外规定的，也照此办理"),
                Column(
                    name="tier",
                    header="层级",
                    kind=Kind.CHOICE,
                    required=True,
                    key=True,
                    choices=tuple(DutyTier.values),
                ),
                Column(
                    name="starts_on",
                    header="施行日期",
                    kind=Kind.DATE,
                    required=True,
                    key=True,
                    help="职责调整时另填一行，写新的施行日期",
                ),
                day("ends_on", "停止日期", not_before="starts_on"),
                text("body", "承担单位", hint="如 省级项目办设在哪个单位"),
                Column(
                    name="functions",
                    header="对下职能",
                    kind=Kind.CHOICE,
                    several=True,
                    choices=tuple(SupportFunction.values),
                    help="为下级提供哪些支持",
                ),
                long_text("duties", "职责"),
                text("document", "依据文件"),
                text("clause", "条款"),
            ),
        ),
        model=TierDuty,
        place=("region",),
        happens="starts_on",
        ends="ends_on",
        title="body",
        view=VIEW_NETWORK,
        edit=EDIT_DUTIES,
        listed=("tier", "body", "region", "functions", "starts_on", "ends_on"),
        filters=("tier",),
        searched=("body",),
        nav="网络",
    )
)

NORMS = register(
    Register(
        key="norms",
        starter=False,
        sheet=Sheet(
            name="站点规范",
            by_headers=False,
            columns=(
                key("规范编号"),
                text("name", "规范名称", required=True),
                region(hint="在哪个地方施行；下面各地都能查看和采用"),
                texts(
                    "topics",
                    "专题",
                    hint="如 场地设施、服务标识、制度设计、组织架构、人员配置、服务清单、督导制度、评估办法",
                ),
                text("version", "版本", max_length=40),
                text("number", "文号", max_length=100),
                text("standard_number", "标准号", max_length=100, hint="地方或国家标准的编号"),
                day("issued_on", "印发日期"),
                day("repealed_on", "废止日期", not_before="issued_on"),
            ),
        ),
        model=Norm,
        place=("region",),
        happens="issued_on",
        ends="repealed_on",
        view=VIEW_NETWORK,
        edit=EDIT_NORMS,
        listed=("name", "topics", "region", "version", "number", "issued_on", "repealed_on"),
        searched=("name", "number", "standard_number"),
        nav="网络",
    )
)

NORM_ADOPTIONS = register(
    Register(
        key="norm-adoptions",
        starter=False,
        sheet=Sheet(
            name="规范采用",
            by_headers=False,
            columns=(
                station_column(key=True),
                reference("norm", "规范编号", "站点规范", key=True, hint="须已在“站点规范”中登记"),
                day("adopted_on", "采用日期", required=True),
                day("ended_on", "停用日期", not_before="adopted_on"),
            ),
        ),
        model=NormAdoption,
        place=("station",),
        unique_in="nation",
        happens="adopted_on",
        ends="ended_on",
        title="norm",
        view=VIEW_NETWORK,
        edit=EDIT_ADOPTIONS,
        listed=("station", "norm", "adopted_on", "ended_on"),
        nav="网络",
    )
)
