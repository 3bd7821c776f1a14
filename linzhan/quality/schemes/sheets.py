"""Schemes of places as a register; what a scheme scores is designed on its own page (EVL-01, CFG-13)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Origin, Sheet
from linzhan.kernel.sheets.making import choice, day, key, long_text, region, text
from linzhan.quality.enums import SubjectKind
from linzhan.quality.models import EvaluationScheme
from linzhan.quality.rights import EDIT_SCHEMES, VIEW_SCHEMES
from linzhan.quality.schemes.enums import SchemeStage
from linzhan.quality.schemes.keeping import keep_schemes
from linzhan.quality.schemes.steps import SCHEME_STEPS

SCHEMES = register(
    Register(
        key="evaluation-schemes",
        starter=False,
        numbered="FA",
        steps=SCHEME_STEPS,
        sheet=Sheet(
            name="评估方案",
            by_headers=False,
            columns=(
                key("方案编号"),
                text("name", "方案名称", required=True),
                region(hint="在哪个地方施行；它下面的地方也可以用"),
                choice("subject", "对象类型", "/".join(SubjectKind.values), required=True),
                long_text("note", "说明", hint="依据的文件、这一版改了什么"),
                choice("stage", "状态", "/".join(SchemeStage.values)),
                Column(
                    name="version",
                    header="版本",
                    kind=Kind.INTEGER,
                    minimum=1,
                    maximum=999,
                    origin=Origin.PLATFORM,
                ),
                day("published_on", "发布日期"),
            ),
        ),
        model=EvaluationScheme,
        place=("region",),
        own_place=True,
        examine=keep_schemes,
        view=VIEW_SCHEMES,
        edit=EDIT_SCHEMES,
        listed=("name", "version", "subject", "region", "stage", "published_on"),
        filters=("stage", "subject"),
        searched=("code", "name"),
        nav="评估",
        beside=True,
    )
)
