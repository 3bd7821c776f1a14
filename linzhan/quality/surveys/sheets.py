"""Satisfaction surveys as a register (EVL-03, EVL-22). Who was drawn and the answers are no register: no form, file
or export brings them together."""

from __future__ import annotations

from dataclasses import replace

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Sheet
from linzhan.kernel.sheets.making import choice, count, day, key, period, region, text, texts
from linzhan.quality.models import SatisfactionSurvey
from linzhan.quality.rights import EDIT_SURVEYS, VIEW_SURVEYS
from linzhan.quality.surveys.enums import Audience, SurveyStage
from linzhan.quality.surveys.keeping import keep_surveys
from linzhan.quality.surveys.steps import SURVEY_STEPS

SURVEYS = register(
    Register(
        key="satisfaction-surveys",
        starter=False,
        numbered="MYD",
        steps=SURVEY_STEPS,
        sheet=Sheet(
            name="满意度调查",
            by_headers=False,
            columns=(
                key("调查编号"),
                text("name", "调查名称", required=True, hint="如 2021 年下半年服务对象满意度调查"),
                region(hint="在哪个地方调查"),
                choice("audience", "调查对象", "/".join(Audience.values), required=True),
                period("服务时段", "如 2021H2；这段时间接受过服务的在册对象才会被抽到"),
                replace(
                    texts(
                        "questions",
                        "题目",
                        max_length=200,
                        by_line=True,
                        hint="一行一题，写成“评分：您对社工的服务满意吗”；题型有评分（1 到 5）、是否、文字",
                    ),
                    required=True,
                ),
                texts(
                    "respondents",
                    "受访部门",
                    max_length=200,
                    by_line=True,
                    hint="只在调查相关部门时填，一行一个；只评某个站点的写成“城南街道办事处=站点编号”",
                ),
                texts(
                    "askers",
                    "访问人员账号",
                    max_length=64,
                    hint="请第三方访问时填他们的账号，几个账号用、隔开；没写在这里的第三方看不到应访名单",
                ),
                count("per_station", "每站抽取", unit="人", hint="不填按当地规定的允许误差计算"),
                text(
                    "seed",
                    "随机种子",
                    hint="抽样前公开产生的数字；和本次调查的密钥一起决定抽到谁，能看名单的人都能重抽核对",
                ),
                text("seed_source", "种子来源"),
                choice("stage", "状态", "/".join(SurveyStage.values)),
                day("drawn_on", "抽样日期"),
                day("closed_on", "结束日期"),
            ),
        ),
        model=SatisfactionSurvey,
        place=("region",),
        own_place=True,
        examine=keep_surveys,
        derived=frozenset({"drawn_on", "closed_on"}),
        view=VIEW_SURVEYS,
        edit=EDIT_SURVEYS,
        listed=("name", "audience", "period", "region", "stage", "drawn_on", "closed_on"),
        filters=("stage", "audience"),
        searched=("code", "name"),
        nav="评估",
    )
)
