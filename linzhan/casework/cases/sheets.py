"""Cases, their goals and the notes of their sessions, as registers (SVC-10, SVC-14)."""

from __future__ import annotations

from dataclasses import replace

from linzhan.casework.cases.enums import (
    CRISIS,
    GOAL_LEVELS,
    Approach,
    CloseReason,
    Complexity,
    Model,
    RiskChange,
    SessionMode,
    Source,
    Stage,
)
from linzhan.casework.cases.models import CaseFile, CaseGoal, CaseMember, SessionNote
from linzhan.casework.cases.rights import EDIT_CASES, VIEW_CASES
from linzhan.casework.cases.services import keep_sessions, note_faults
from linzhan.casework.cases.steps import CASE_STEPS
from linzhan.casework.residents.enums import ConsentMethod, GivenBy
from linzhan.kernel.registers.declare import Link, Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import IDENTITY_ALIASES, choice, day, key, long_text, reference, text
from linzhan.network.api import station_column

LEVELS = "；".join(f"{level} {word}" for level, word in GOAL_LEVELS.items())


def told(name: str, header: str, hint: str = "", *, required: bool = False) -> Column:
    """What was said or judged in confidence; two versions from two devices are kept one below the other."""
    return replace(long_text(name, header, required=required, level=Level.L4, hint=hint), merges="append")


def whole(name: str, header: str, low: int, high: int, hint: str) -> Column:
    return Column(name=name, header=header, kind=Kind.INTEGER, minimum=low, maximum=high, help=hint)


CASE_FILES = register(
    Register(
        key="case-files",
        starter=False,
        numbered="GA",
        steps=CASE_STEPS,
        sheet=Sheet(
            name="个案档案",
            by_headers=False,
            columns=(
                key("个案编号", hint="个案服务记录的“个案小组编号”填它，同一个案的记录就连在一起"),
                reference("resident", "服务对象编号", "服务对象", required=True, hint="为谁开的个案"),
                Column(
                    name="members",
                    header="同案家人对象编号",
                    kind=Kind.REFERENCE,
                    refers_to="服务对象",
                    several=True,
                    help="家庭个案里一同服务的家人，须已在“服务对象”中登记",
                ),
                station_column(required=True),
                Column(
                    name="worker",
                    header="主责社工证件号",
                    kind=Kind.REFERENCE,
                    refers_to="社工",
                    required=True,
                    aliases=IDENTITY_ALIASES,
                    level=Level.L4,
                    help="谁主责这个个案；计划和结案不能由他（她）自己核准",
                ),
                choice("stage", "阶段", "/".join(Stage.values)),
                choice("source", "个案来源", "/".join(Source.values)),
                day("opened_on", "接案日期", hint="办理“接案”时自动记下"),
                told("problem", "主要问题", "服务对象自己怎么说，社工看到什么"),
                choice(
                    "complexity",
                    "复杂程度",
                    "/".join(Complexity.values),
                    hint="简单：预计不超过 3 次；复杂：要多方合作",
                ),
                whole("crisis", "危机等级", 1, 4, "；".join(f"{n} {word}" for n, word in CRISIS.items())),
                day(
                    "consented_on", "同意日期", hint="同意接受个案服务、同意记录的日期；不同意不影响其他服务"
                ),
                choice(
                    "consent_by",
                    "同意人",
                    "/".join(GivenBy.values),
                    hint="未满 14 周岁由监护人同意；14—17 周岁还要听本人的",
                ),
                choice(
                    "consent_method",
                    "同意方式",
                    "/".join(ConsentMethod.values),
                    hint="签字和口头加见证同样有效",
                ),
                told("child_view", "本人意愿", "14—17 周岁：他（她）自己愿不愿意，怎么说的"),
                told("biological", "身体与健康"),
                told("psychological", "心理与情绪"),
                told("social", "家庭与社会关系"),
                told("strengths", "优势与资源", "服务对象和家庭做得到什么，身边有谁"),
                told("risk_view", "风险评估", "有什么危险，依据是什么"),
                told("baseline", "基线测量", "量表名称、得分和日期；不用量表的写明理由"),
                choice("model", "介入模式", "/".join(Model.values)),
                Column(
                    name="approaches",
                    header="服务方法",
                    kind=Kind.CHOICE,
                    several=True,
                    choices=tuple(Approach.values),
                    help="计划用哪些方法，可选多个",
                ),
                text("frequency", "服务频率", hint="如 每周一次，每次约 50 分钟"),
                day("expected_end", "预计结案日期"),
                day("agreed_on", "对象同意计划日期", hint="与服务对象一起商定计划的日期"),
                day("plan_approved_on", "计划核准日期", hint="督导核准时自动记下"),
                day("suspended_on", "暂停日期", hint="办理“暂停”时自动记下"),
                day("resume_on", "预计恢复日期"),
                told("endline", "结果测量", "同一量表的前后得分；不再测的写明理由"),
                told("evaluation", "评估意见", "变化、效果、没有做到的和原因"),
                whole("satisfaction", "对象满意度", 1, 5, "服务对象对个案服务的评价，1—5 分，5 分最满意"),
                text("receiver", "转介接收方", hint="接收的单位或部门"),
                day("referral_consented_on", "转介同意日期", hint="服务对象同意把必要资料转给接收方的日期"),
                day("receipt_on", "回执日期", hint="接收方回复的日期"),
                told("receipt", "回执内容"),
                told("report", "结案报告", "过程、目标达成、服务对象的变化和评价"),
                told("followup_plan", "随访安排", "谁在什么时候、怎样回访"),
                text("few_sessions", "节次不足原因"),
                choice("close_reason", "结案原因", "/".join(CloseReason.values)),
                day(
                    "closed_on",
                    "结案日期",
                    not_before="opened_on",
                    hint="核准结案时自动记下，取最后一次服务的日期",
                ),
                reference("reopens", "原个案编号", "个案档案", hint="结案后又重开的，写明是接着哪一个"),
            ),
        ),
        model=CaseFile,
        links={"members": Link(model=CaseMember, owner="case", target="resident")},
        place=("station",),
        ends="closed_on",
        title="code",
        view=VIEW_CASES,
        edit=EDIT_CASES,
        listed=("code", "resident", "stage", "worker", "station", "opened_on", "complexity", "crisis"),
        filters=("stage", "worker", "station", "complexity"),
        searched=("code",),
        nav="服务",
        beside=True,
    )
)

CASE_GOALS = register(
    Register(
        key="case-goals",
        starter=False,
        numbered="MB",
        sheet=Sheet(
            name="个案目标",
            by_headers=False,
            columns=(
                key("目标编号"),
                reference("case", "个案编号", "个案档案", required=True),
                told("goal", "目标", "具体、做得到：谁要有什么变化", required=True),
                told("indicator", "衡量指标", "怎么看出来达到了"),
                day("due_on", "完成日期", hint="到什么时候"),
                whole("weight", "权重", 1, 10, "几个目标里它有多重要；不填按 1 计"),
                whole("baseline", "开始时程度", -2, 2, LEVELS),
                whole("level", "达成程度", -2, 2, LEVELS),
            ),
        ),
        model=CaseGoal,
        place=("case",),
        title="code",
        view=VIEW_CASES,
        edit=EDIT_CASES,
        listed=("code", "case", "due_on", "weight", "baseline", "level"),
        searched=("code",),
        nav="服务",
        beside=True,
    )
)

SESSION_NOTES = register(
    Register(
        key="session-notes",
        starter=False,
        sheet=Sheet(
            name="过程记录",
            by_headers=False,
            columns=(
                reference(
                    "record",
                    "记录编号",
                    "服务记录",
                    key=True,
                    hint="这一次面谈的服务记录，服务方式为“个案”或“小组”",
                ),
                reference("case", "个案编号", "个案档案", hint="个案的面谈填写"),
                reference("group", "小组编号", "小组档案", hint="小组的一节填写"),
                whole("number", "节次", 1, 999, "不填时接着上一次"),
                choice("mode", "面谈方式", "/".join(SessionMode.values)),
                told("aims", "本次目标"),
                told("process", "过程摘要", "谈了什么、做了什么"),
                told("response", "对象反应"),
                told("reflection", "社工反思", "自己的判断和感受，供督导时讨论"),
                told("next_step", "下一步"),
                choice("risk_change", "风险变化", "/".join(RiskChange.values)),
            ),
        ),
        model=SessionNote,
        place=("record",),
        unique_in="nation",
        check=note_faults,
        after_write=keep_sessions,
        title="record",
        view=VIEW_CASES,
        edit=EDIT_CASES,
        listed=("record", "case", "group", "number", "mode", "risk_change"),
        filters=("mode", "risk_change"),
        nav="服务",
        beside=True,
    )
)
