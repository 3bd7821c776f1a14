"""双随机、一公开 as registers: who may be drawn to inspect, the draws, and what was drawn (INS-08)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Link, Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Origin, Sheet
from linzhan.kernel.sheets.making import (
    beside,
    choice,
    count,
    day,
    key,
    long_text,
    reference,
    region,
    text,
    yes_no,
)
from linzhan.providers.columns import provider_column
from linzhan.providers.drawing import BY_STEPS, keep_drawn, keep_draws
from linzhan.providers.enums import Conclusion, DrawStage, OrganisationKind
from linzhan.providers.models import DrawnInstitution, Inspector, InspectorConflict, RandomInspection
from linzhan.providers.rights import EDIT_INSPECTIONS, VIEW_INSPECTIONS
from linzhan.providers.services import note_findings
from linzhan.providers.steps import DRAW_STEPS


def _told(name: str, header: str, hint: str, **more: object) -> Column:
    """What the draw itself says: nobody types it."""
    return beside(Column(name=name, header=header, help=hint, **more), Origin.PLATFORM)  # type: ignore[arg-type]  # as Column takes them


INSPECTORS = register(
    Register(
        key="inspectors",
        starter=False,
        beside=True,
        numbered="JR",
        sheet=Sheet(
            name="检查人员",
            by_headers=False,
            columns=(
                key("人员编号"),
                region(hint="在哪个地方的检查人员库"),
                text("name", "姓名", required=True),
                text("unit", "单位", required=True),
                text("speciality", "专长", hint="如 财务、社会工作、登记管理"),
                yes_no("active", "在库", dated=False, hint="离岗的填否，以后不再抽到"),
                Column(
                    name="conflicts",
                    header="回避机构",
                    kind=Kind.REFERENCE,
                    refers_to="承接机构",
                    several=True,
                    help="任职、服务过或有利害关系的机构；抽到这些机构时自动换下一位",
                ),
                long_text("conflict_reason", "回避原因"),
            ),
        ),
        model=Inspector,
        links={"conflicts": Link(model=InspectorConflict, owner="inspector", target="provider")},
        place=("region",),
        own_place=True,
        title="name",
        view=VIEW_INSPECTIONS,
        edit=EDIT_INSPECTIONS,
        listed=("name", "unit", "speciality", "region", "active"),
        filters=("active",),
        searched=("code", "name", "unit"),
        nav="机构",
    )
)

DRAWS = register(
    Register(
        key="random-inspections",
        starter=False,
        numbered="SS",
        steps=DRAW_STEPS,
        sheet=Sheet(
            name="双随机抽查",
            by_headers=False,
            columns=(
                key("抽查编号"),
                text("name", "抽查名称", required=True),
                region(hint="在哪个地方登记的机构里抽"),
                Column(name="year", header="年度", kind=Kind.YEAR, required=True),
                choice("stage", "阶段", "/".join(DrawStage.values)),
                Column(
                    name="kinds",
                    header="抽查的机构类型",
                    kind=Kind.CHOICE,
                    several=True,
                    choices=tuple(OrganisationKind.values),
                    help="不填的从全部类型里抽",
                ),
                Column(
                    name="percent", header="抽查比例", kind=Kind.DECIMAL, minimum=0, maximum=100, unit="%"
                ),
                count("number", "抽查家数", unit="家", hint="比例和家数都填的，取较多的一个"),
                Column(
                    name="per_subject",
                    header="每家检查人员数",
                    kind=Kind.INTEGER,
                    minimum=1,
                    maximum=10,
                    unit="人",
                ),
                text("accounting_firm", "会计师事务所"),
                text("seed", "随机种子", hint="事先说好取自哪里的公开数字，如当天的开奖号码；公布之后才抽取"),
                text("seed_source", "种子来源"),
                day("seeded_on", "种子公布日期"),
                _told("population", "抽查总体", "抽取时在册机构的信用代码，凭它可以重做一遍"),
                _told("population_count", "总体家数", "抽取时在册的家数", kind=Kind.INTEGER, unit="家"),
                day("drawn_on", "抽取日期", not_before="seeded_on"),
                day("published_on", "名单公开日期", not_before="drawn_on"),
                text("published_at", "公开渠道", max_length=500, hint="网址或公告栏"),
                day("closed_on", "结果公开日期", not_before="published_on"),
            ),
        ),
        model=RandomInspection,
        place=("region",),
        own_place=True,
        derived=frozenset(BY_STEPS),
        examine=keep_draws,
        view=VIEW_INSPECTIONS,
        edit=EDIT_INSPECTIONS,
        listed=("name", "year", "region", "stage", "population_count", "drawn_on", "published_on"),
        filters=("stage", "year"),
        searched=("code", "name"),
        nav="机构",
    )
)

DRAWN = register(
    Register(
        key="drawn-institutions",
        starter=False,
        beside=True,
        sheet=Sheet(
            name="抽查对象",
            by_headers=False,
            columns=(
                key("对象编号", hint="检查登记后，“检查”里有同一编号的一条"),
                reference("draw", "抽查编号", "双随机抽查", required=True),
                provider_column(required=True),
                _told("place", "抽取序号", "按摘要从小到大的次序", kind=Kind.INTEGER),
                _told("digest", "抽取摘要", "sha256(种子|信用代码)，公开可验"),
                _told(
                    "inspectors",
                    "检查人员",
                    "按 sha256(种子|信用代码|人员编号) 从小到大，避开回避的",
                    several=True,
                ),
                _told("excluded", "回避人员", "排在前面但须回避的", several=True),
                choice("conclusion", "检查结论", "/".join(Conclusion.values)),
                day("inspected_on", "检查日期"),
                long_text("findings", "发现问题"),
            ),
        ),
        model=DrawnInstitution,
        place=("draw",),
        examine=keep_drawn,
        after_write=note_findings,
        title="code",
        view=VIEW_INSPECTIONS,
        edit=EDIT_INSPECTIONS,
        listed=("draw", "place", "provider", "inspectors", "conclusion", "inspected_on"),
        filters=("conclusion", "draw"),
        searched=("code",),
        nav="机构",
    )
)
