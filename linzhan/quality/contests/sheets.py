"""The contest's registers: seasons, what townships are compared by, and appraisals of lower governments."""

from __future__ import annotations

from dataclasses import replace

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import choice, count, day, key, long_text, period, region, text
from linzhan.quality.contests.enums import AppraisalItem, SeasonStage, Terrain
from linzhan.quality.contests.keeping import keep_appraisals, keep_peers, keep_seasons
from linzhan.quality.contests.steps import SEASON_STEPS
from linzhan.quality.models import ContestSeason, GovernmentAppraisal, PeerFact
from linzhan.quality.rights import (
    EDIT_APPRAISALS,
    EDIT_PEER_FACTS,
    EDIT_ROUNDS,
    VIEW_APPRAISALS,
    VIEW_SEASONS,
    VIEW_STANDINGS,
)
from linzhan.quality.rounds.enums import Publication
from linzhan.quality.rounds.sheets import number

SEASONS = register(
    Register(
        key="contest-seasons",
        starter=False,
        numbered="SJ",
        steps=SEASON_STEPS,
        sheet=Sheet(
            name="赛季",
            by_headers=False,
            columns=(
                key("赛季编号"),
                text("name", "赛季名称", required=True, hint="如 2021 年第三季度一季一赛"),
                region(hint="在哪个地方比：它下面的站点或机构都参赛"),
                period("季度", "如 2021Q3"),
                Column(
                    name="scheme",
                    header="比赛方案",
                    kind=Kind.REFERENCE,
                    refers_to="@evaluation-schemes",
                    required=True,
                    help="四个方面的方案，如平台自带的 contest-4@1；权重须与当地规定一致",
                ),
                text("organiser", "组织单位", required=True, hint="谁组织、评委来自哪里"),
                choice("stage", "阶段", "/".join(SeasonStage.values)),
                day("ranked_on", "排名日期"),
                choice(
                    "publication",
                    "公布范围",
                    "/".join(Publication.values),
                    hint="不填按当地规定；只公布站点和机构，不涉及个人",
                ),
                day("published_on", "通报日期"),
                long_text("remark", "通报附言"),
            ),
        ),
        model=ContestSeason,
        place=("region",),
        own_place=True,
        examine=keep_seasons,
        derived=frozenset({"ranked_on", "published_on"}),
        view=VIEW_SEASONS,
        edit=EDIT_ROUNDS,
        listed=("name", "period", "region", "stage", "publication", "published_on"),
        filters=("stage",),
        searched=("code", "name"),
        nav="评估",
    )
)

PEERS = register(
    Register(
        key="peer-facts",
        starter=False,
        numbered="XQ",
        sheet=Sheet(
            name="乡镇情况",
            by_headers=False,
            columns=(
                key("记录编号"),
                region(hint="乡镇(街道)"),
                replace(count("population", "常住人口", unit="人"), required=True),
                choice("terrain", "地形", "/".join(Terrain.values)),
                day("stated_on", "数据日期", required=True),
                text("source", "数据来源", required=True, hint="如 第七次人口普查公报"),
            ),
        ),
        model=PeerFact,
        place=("region",),
        examine=keep_peers,
        title="code",
        view=VIEW_STANDINGS,
        edit=EDIT_PEER_FACTS,
        listed=("region", "population", "terrain", "stated_on", "source"),
        filters=("terrain",),
        nav="评估",
        beside=True,
    )
)

APPRAISALS = register(
    Register(
        key="government-appraisals",
        starter=False,
        numbered="KH",
        sheet=Sheet(
            name="对下考核",
            by_headers=False,
            columns=(
                key("考核编号"),
                region(header="被考核地方", hint="被考核的市、县或乡镇；由上一级登记"),
                Column(name="year", header="考核年度", kind=Kind.YEAR, required=True),
                text("appraiser", "考核单位", required=True, hint="如 泉州市人民政府"),
                choice("item", "考核事项", "/".join(AppraisalItem.values), required=True),
                Column(
                    name="full",
                    header="分值",
                    kind=Kind.DECIMAL,
                    places=2,
                    minimum=0,
                    unit="分",
                    required=True,
                    help="这一事项在考核里占多少分",
                ),
                number("score", "得分", unit="分"),
                text("document", "依据文件", required=True),
                text("clause", "条款"),
                long_text("note", "说明"),
            ),
        ),
        model=GovernmentAppraisal,
        place=("region",),
        examine=keep_appraisals,
        title="code",
        view=VIEW_APPRAISALS,
        edit=EDIT_APPRAISALS,
        listed=("year", "region", "appraiser", "item", "full", "score", "document"),
        filters=("item",),
        searched=("code",),
        order="-year",
        nav="评估",
    )
)
