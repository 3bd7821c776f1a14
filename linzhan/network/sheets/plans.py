"""Pilots, grids, support between regions and targets, as sheets (NET-15, NET-16, NET-19, TGT-01)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from linzhan.kernel import places
from linzhan.kernel.figures.definitions import FIGURES
from linzhan.kernel.registers.declare import Register, Values, code_list, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import choice, count, day, key, long_text, reference, region, text, texts
from linzhan.network.columns import station_column
from linzhan.network.models import Grid, Pilot, RegionalTarget, SupportTie
from linzhan.network.rights import EDIT_GRIDS, EDIT_PILOTS, EDIT_TARGETS, EDIT_TIES, VIEW_NETWORK, VIEW_PLANS
from linzhan.territory.api import Level


def figures_by_text() -> Mapping[str, str]:
    """Keys of the figures catalogue, and the Chinese names that only one figure has."""
    names = Counter(each.name for each in FIGURES)
    named = {each.name: each.key for each in FIGURES if names[each.name] == 1}
    return {**named, **{each.key: each.key for each in FIGURES}}


code_list("figures", figures_by_text)

PILOTS = register(
    Register(
        key="pilots",
        starter=False,
        sheet=Sheet(
            name="试点",
            by_headers=False,
            columns=(
                key("试点编号"),
                text("name", "试点名称", required=True),
                choice(
                    "sponsor_level", "试点级别", "国家级/省级/市级/县级", required=True, hint="由哪一级确定"
                ),
                region(hint="试点地区；站点试点填站点所在地"),
                station_column(hint="站点试点填写，地区试点留空"),
                choice("stage", "阶段", "申报/实施/验收/结束"),
                day("starts_on", "开始日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on"),
                long_text("plan", "试点方案"),
                text("document", "依据文件"),
            ),
        ),
        model=Pilot,
        place=("region",),
        happens="starts_on",
        ends="ends_on",
        view=VIEW_NETWORK,
        edit=EDIT_PILOTS,
        listed=("name", "sponsor_level", "region", "station", "stage", "starts_on", "ends_on"),
        filters=("sponsor_level", "stage"),
        searched=("name", "code"),
        nav="网络",
    )
)


def check_grid(values: Values) -> Iterator[tuple[str, str]]:
    """A grid lies in a village, and a pairing says since when."""
    code = values.get("region")
    if isinstance(code, str) and places.is_code(code) and places.level_of(code) != Level.VILLAGE:
        yield "region", "网格要登记到村(社区)，请填 12 位的村(社区)区划代码或它的全称"
    if values.get("partners") and not values.get("paired_on"):
        yield "paired_on", "填了结对组织，请写明从哪一天开始结对"


GRIDS = register(
    Register(
        key="grids",
        starter=False,
        sheet=Sheet(
            name="网格",
            by_headers=False,
            columns=(
                key("网格编号"),
                text("name", "网格名称", required=True),
                region(hint="网格所在的村(社区)"),
                count("households", "户数", unit="户"),
                day("set_up_on", "设立日期"),
                day("abolished_on", "撤销日期", not_before="set_up_on"),
                texts("partners", "结对组织", hint="与本网格结对服务的社会组织、机构"),
                day("paired_on", "结对日期"),
                day("unpaired_on", "结对终止日期", not_before="paired_on"),
            ),
        ),
        model=Grid,
        place=("region",),
        happens="paired_on",
        ends="abolished_on",
        check=check_grid,
        view=VIEW_PLANS,
        edit=EDIT_GRIDS,
        listed=("name", "region", "households", "partners", "paired_on"),
        searched=("name", "code"),
        nav="网络",
    )
)

SUPPORT_TIES = register(
    Register(
        key="support-ties",
        starter=False,
        sheet=Sheet(
            name="对口支援",
            by_headers=False,
            columns=(
                key("协作编号"),
                text("name", "协作名称", required=True),
                region(hint="受援的地方"),
                choice("kind", "协作方式", "对口支援/合作协议", required=True),
                Column(name="partner_region", header="支援方行政区划", kind=Kind.REGION),
                text("partner", "支援方", hint="支援的单位或联盟名称"),
                day("starts_on", "开始日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on"),
                long_text("content", "内容"),
                text("document", "依据文件"),
            ),
        ),
        model=SupportTie,
        place=("region",),
        happens="starts_on",
        ends="ends_on",
        view=VIEW_PLANS,
        edit=EDIT_TIES,
        listed=("name", "kind", "region", "partner", "starts_on", "ends_on"),
        filters=("kind",),
        searched=("name", "partner"),
        nav="网络",
    )
)

TARGETS = register(
    Register(
        key="targets",
        starter=False,
        sheet=Sheet(
            name="建设目标",
            by_headers=False,
            columns=(
                key("目标编号"),
                text("name", "指标", required=True, hint="如 乡镇(街道)覆盖率"),
                region(),
                reference(
                    "figure",
                    "对应数据指标",
                    "@figures",
                    hint="平台能计算的指标名称或代码；留空时取按同名填报的数字",
                ),
                choice("comparison", "比较", "不低于/不高于/等于", hint="不填按不低于"),
                Column(name="wanted", header="目标值", kind=Kind.DECIMAL, required=True),
                text("unit", "单位", max_length=20),
                day("starts_on", "起算日期", hint="按时段累计的指标从哪一天起算；不填从期限当年 1 月 1 日起"),
                day("due_on", "期限", not_before="starts_on"),
                text("stage", "阶段", max_length=40, hint="如 第一年、规范年"),
                Column(name="baseline", header="基期值", kind=Kind.DECIMAL, help="起步时的数字，用来看进度"),
                text("document", "依据文件", required=True),
                text("clause", "条款"),
            ),
        ),
        model=RegionalTarget,
        place=("region",),
        view=VIEW_PLANS,
        edit=EDIT_TARGETS,
        listed=("name", "region", "comparison", "wanted", "unit", "due_on", "stage", "document"),
        searched=("name", "code"),
        order="due_on",
        nav="网络",
    )
)
