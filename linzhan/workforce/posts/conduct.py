"""Appraisal, codes of conduct and misconduct as registers (PPL-17, PPL-23, EVL-22)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import choice, day, long_text, region, text
from linzhan.workforce.columns import coded, worker_column, year
from linzhan.workforce.posts.enums import AppraisalResult, AppraisalStage, ConductStage
from linzhan.workforce.posts.models import Appraisal, ConductCase, ConductCode
from linzhan.workforce.posts.rights import APPRAISE, EDIT_POSTS, HANDLE_CONDUCT
from linzhan.workforce.posts.steps import APPRAISAL_STEPS, CONDUCT_STEPS, CONTENTS
from linzhan.workforce.rights import VIEW_WORKERS

L3, L4 = Level.L3, Level.L4

APPRAISALS = register(
    Register(
        key="appraisals",
        starter=False,
        numbered="KH",
        steps=APPRAISAL_STEPS,
        sheet=Sheet(
            name="定期考核",
            by_headers=False,
            columns=(
                coded("考核编号", "KH"),
                worker_column(hint="考核写在纸面上、讲给本人听，不打分、不排名"),
                year(),
                day("held_on", "考核日期", required=True),
                *(long_text(name, header, level=L3) for name, header in CONTENTS.items()),
                Column(
                    name="result",
                    header="考核结果",
                    kind=Kind.CHOICE,
                    choices=tuple(AppraisalResult.values),
                    level=L3,
                ),
                long_text("answer", "本人意见", level=L3, hint="本人怎么看，原话记下"),
                choice("stage", "状态", "/".join(AppraisalStage.values)),
            ),
        ),
        model=Appraisal,
        place=("worker",),
        title="code",
        happens="held_on",
        view=APPRAISE,
        edit=APPRAISE,
        listed=("code", "worker", "year", "held_on", "stage"),
        filters=("year", "stage"),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)

CONDUCT_CODES = register(
    Register(
        key="conduct-codes",
        starter=False,
        numbered="SZ",
        sheet=Sheet(
            name="职业守则",
            by_headers=False,
            columns=(
                coded("守则编号", "SZ"),
                text("title", "名称", required=True),
                region(),
                text("issued_by", "发布单位"),
                day("issued_on", "发布日期"),
                long_text("content", "内容"),
            ),
        ),
        model=ConductCode,
        place=("region",),
        title="title",
        view=VIEW_WORKERS,
        edit=EDIT_POSTS,
        listed=("title", "region", "issued_by", "issued_on"),
        searched=("title", "code"),
        nav="人员",
        beside=True,
    )
)

CONDUCT_CASES = register(
    Register(
        key="conduct-cases",
        starter=False,
        numbered="WJ",
        steps=CONDUCT_STEPS,
        sheet=Sheet(
            name="违纪处置",
            by_headers=False,
            columns=(
                coded("处置编号", "WJ"),
                worker_column(hint="除经办部门和本人外没有人看得到"),
                day("received_on", "受理日期", required=True),
                long_text("matter", "反映的问题", required=True, level=L4),
                long_text("findings", "核查情况", level=L4),
                long_text("answer", "本人说明", level=L4),
                long_text("handling", "处置意见", level=L4),
                choice("stage", "状态", "/".join(ConductStage.values)),
                day("closed_on", "办结日期", hint="办理时自动记下"),
            ),
        ),
        model=ConductCase,
        place=("worker",),
        derived=frozenset({"closed_on"}),
        title="code",
        happens="received_on",
        view=HANDLE_CONDUCT,
        edit=HANDLE_CONDUCT,
        listed=("code", "worker", "received_on", "stage", "closed_on"),
        filters=("stage",),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)
