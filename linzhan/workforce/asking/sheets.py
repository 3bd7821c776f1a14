"""Handbooks, questions, answers, talk rooms and who signed up, as registers (SPV-08, SPV-09, SYS-09, SYS-10)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import (
    choice,
    count,
    day,
    long_text,
    moment,
    reference,
    region,
    text,
    yes_no,
)
from linzhan.network.api import station_column
from linzhan.workforce.asking.enums import HandbookStage, QuestionStage, QuestionTopic, TalkMode, TalkStage
from linzhan.workforce.asking.models import Answer, Question, SupervisionHandbook, TalkRoom, TalkSignup
from linzhan.workforce.asking.rights import (
    ANSWER,
    ASK,
    EDIT_LEARNING,
    SIGN_UP,
    VIEW_LEARNING,
    VIEW_QUESTIONS,
    VIEW_SIGNUPS,
)
from linzhan.workforce.asking.steps import HANDBOOK_STEPS, QUESTION_STEPS, TALK_STEPS
from linzhan.workforce.columns import coded, worker_column

HANDBOOKS = register(
    Register(
        key="supervision-handbooks",
        starter=False,
        numbered="SC",
        steps=HANDBOOK_STEPS,
        sheet=Sheet(
            name="督导手册",
            by_headers=False,
            columns=(
                coded("手册编号", "SC"),
                text("name", "手册名称", required=True),
                region(hint="在哪个地方使用；下面各地都能查看，正文作为附件上传"),
                text("version", "版本", max_length=40),
                text("issuer", "编制单位"),
                day("issued_on", "发布日期"),
                day("repealed_on", "停用日期", not_before="issued_on"),
                long_text("summary", "内容提要"),
                choice("stage", "状态", "/".join(HandbookStage.values)),
            ),
        ),
        model=SupervisionHandbook,
        place=("region",),
        own_place=True,
        ends="repealed_on",
        view=VIEW_LEARNING,
        edit=EDIT_LEARNING,
        listed=("name", "version", "region", "issuer", "issued_on", "stage"),
        filters=("stage",),
        searched=("name", "code"),
        nav="人员",
        beside=True,
    )
)

QUESTIONS = register(
    Register(
        key="questions",
        starter=False,
        numbered="TW",
        steps=QUESTION_STEPS,
        sheet=Sheet(
            name="社工提问",
            by_headers=False,
            columns=(
                coded("提问编号", "TW"),
                text("title", "问题", required=True, hint="一句话说清楚；同县的社工和督导都看得到，请勿写服务对象的姓名"),
                long_text("body", "说明", hint="情况、试过什么、想问什么；请勿写能认出服务对象的内容"),
                choice("topic", "主题", "/".join(QuestionTopic.values), required=True),
                station_column(required=True),
                day("asked_on", "提问日期", required=True),
                choice("stage", "状态", "/".join(QuestionStage.values)),
                Column(
                    name="accepted", header="采纳的解答", kind=Kind.CODE, max_length=64,
                    help="解答的编号；提问的人在解答旁点“采纳”时自动填写",
                ),
            ),
        ),
        model=Question,
        place=("station",),
        derived=frozenset({"accepted"}),
        title="title",
        happens="asked_on",
        view=VIEW_QUESTIONS,
        edit=ASK,
        listed=("title", "topic", "station", "asked_on", "stage"),
        filters=("topic", "stage"),
        searched=("title", "code"),
        nav="人员",
    )
)  # fmt: skip

ANSWERS = register(
    Register(
        key="answers",
        starter=False,
        numbered="JD",
        sheet=Sheet(
            name="解答",
            by_headers=False,
            columns=(
                coded("解答编号", "JD"),
                reference("question", "提问编号", "社工提问", required=True),
                long_text("content", "解答", required=True, hint="请勿写能认出服务对象的内容"),
                day("answered_on", "解答日期", required=True),
                station_column(hint="解答人所在的站；不在站上的填行政区划"),
                Column(name="region", header="行政区划", kind=Kind.REGION, help="解答人所在的地方"),
            ),
        ),
        model=Answer,
        place=("station", "region"),
        title="code",
        happens="answered_on",
        view=VIEW_QUESTIONS,
        edit=ANSWER,
        listed=("question", "content", "answered_on"),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)

TALKS = register(
    Register(
        key="talk-rooms",
        starter=False,
        numbered="HK",
        steps=TALK_STEPS,
        sheet=Sheet(
            name="连线会客厅",
            by_headers=False,
            columns=(
                coded("场次编号", "HK"),
                text("title", "主题", required=True),
                region(hint="主办的地方；各地社工都看得到、都能报名"),
                moment("starts_at", "开始时间", required=True),
                choice("mode", "方式", "/".join(TalkMode.values), required=True),
                text("host", "主办单位", required=True),
                text("partner", "连线单位", hint="如 深圳的社工机构"),
                text("where_held", "地点或会议号"),
                long_text("topic", "内容"),
                choice("stage", "状态", "/".join(TalkStage.values)),
                count("people", "到场人数", unit="人"),
                long_text("summary", "会后纪要"),
            ),
        ),
        model=TalkRoom,
        place=("region",),
        own_place=True,
        title="title",
        happens="starts_at",
        view=VIEW_LEARNING,
        edit=EDIT_LEARNING,
        listed=("title", "starts_at", "mode", "host", "partner", "stage", "people"),
        filters=("stage", "mode"),
        searched=("title", "code"),
        order="-starts_at",
        nav="人员",
        beside=True,
    )
)

SIGNUPS = register(
    Register(
        key="talk-signups",
        starter=False,
        numbered="BM",
        sheet=Sheet(
            name="会客厅报名",
            by_headers=False,
            columns=(
                coded("报名编号", "BM"),
                reference("talk", "场次编号", "连线会客厅", required=True),
                worker_column(),
                day("signed_up_on", "报名日期", required=True),
                yes_no("attended", "到场", dated=False),
            ),
        ),
        model=TalkSignup,
        place=("worker",),
        title="code",
        happens="signed_up_on",
        view=VIEW_SIGNUPS,
        edit=SIGN_UP,
        listed=("talk", "worker", "signed_up_on", "attended"),
        filters=("attended",),
        nav="人员",
        beside=True,
    )
)
