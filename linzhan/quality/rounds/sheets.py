"""Schemes' rounds as registers: rounds, those evaluated, the team, scores and objections (EVL-03…12)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, code_list, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import (
    CODE_LENGTH,
    choice,
    count,
    day,
    key,
    long_text,
    period,
    reference,
    region,
    text,
    texts,
    yes_no,
)
from linzhan.quality.enums import SubjectKind
from linzhan.quality.models import (
    EvaluationRound,
    EvaluationScore,
    RoundEvaluator,
    RoundSubject,
    ScoreObjection,
)
from linzhan.quality.rights import (
    EDIT_ROUNDS,
    EDIT_SCORES,
    EDIT_TEAM,
    RAISE_OBJECTIONS,
    VIEW_OBJECTIONS,
    VIEW_ROUNDS,
    VIEW_SCORES,
    VIEW_TEAM,
)
from linzhan.quality.rounds.enums import Application, ObjectionStage, Publication, RoundKind, RoundStage
from linzhan.quality.rounds.keeping import (
    BY_STEPS_ONLY,
    keep_objections,
    keep_rounds,
    keep_scores,
    keep_subjects,
    keep_team,
)
from linzhan.quality.rounds.steps import OBJECTION_STEPS, ROUND_STEPS
from linzhan.quality.schemes import catalogue

code_list("@evaluation-schemes", catalogue.keys)


def number(name: str, header: str, *, places: int = 2, unit: str = "", hint: str = "") -> Column:
    return Column(name=name, header=header, kind=Kind.DECIMAL, places=places, minimum=0, unit=unit, help=hint)


def line(hint: str = "方案里计分项的编号，如 S3-1") -> Column:
    return Column(
        name="line",
        header="计分项",
        kind=Kind.CODE,
        required=True,
        key=True,
        max_length=40,
        help=hint,
    )


ROUNDS = register(
    Register(
        key="evaluation-rounds",
        starter=False,
        numbered="PG",
        steps=ROUND_STEPS,
        sheet=Sheet(
            name="评估轮次",
            by_headers=False,
            columns=(
                key("轮次编号"),
                text("name", "轮次名称", required=True, hint="如 2026 年度社工站评估"),
                region(hint="在哪个地方评估；它下面的站点、机构都可能参评"),
                choice(
                    "kind",
                    "评估类型",
                    "/".join(RoundKind.values),
                    required=True,
                    hint="季度赛由赛季开赛时建立，结果不进评估结果台账",
                ),
                period("评估期", "如 2021、2021H1、2021Q3、2021-01..2021-09；平台按它取数"),
                Column(
                    name="scheme",
                    header="评估方案",
                    kind=Kind.REFERENCE,
                    refers_to="@evaluation-schemes",
                    required=True,
                    help="平台自带的或本地已发布的方案；通知后按当时的方案评到底，以后改方案不影响本轮",
                ),
                text("evaluator", "评估机构", required=True, hint="谁来评：第三方机构或内部评估小组"),
                number("draw_percent", "抽取比例", unit="%", hint="不填比例也不填数量就是全部参评"),
                count("draw_number", "抽取数量", unit="个"),
                count("draw_each", "每县至少", unit="个"),
                text(
                    "seed",
                    "随机种子",
                    hint="抽取前公开产生的数字，如当天福彩开奖号码；任何人都能按它重抽核对",
                ),
                text("seed_source", "种子来源"),
                texts(
                    "left_out",
                    "全轮不计的计分项",
                    hint="平台没有这项资料、也无法查证的，对所有对象都不计，其余按比例折算",
                ),
                long_text("left_out_reason", "不计的理由"),
                choice("stage", "阶段", "/".join(RoundStage.values)),
                day("notified_on", "通知日期"),
                day("self_due", "自评截止"),
                day("scoring_due", "评分截止", not_before="self_due"),
                day("told_on", "告知日期"),
                day("objection_by", "申诉截止"),
                day("finalised_on", "定稿日期"),
                choice(
                    "publication",
                    "公布范围",
                    "/".join(Publication.values),
                    hint="只公布站点、机构、项目的结果，不涉及个人",
                ),
                Column(
                    name="uses",
                    header="结果运用",
                    kind=Kind.CHOICE,
                    several=True,
                    choices=tuple(Application.values),
                    help="结果用在哪里；拨付、续签、奖补、整改各在自己的台账办理",
                ),
                long_text("use_note", "运用说明"),
                day("published_on", "公布日期"),
                long_text("summary", "总结"),
            ),
        ),
        model=EvaluationRound,
        place=("region",),
        own_place=True,
        derived=frozenset(BY_STEPS_ONLY),
        examine=keep_rounds,
        view=VIEW_ROUNDS,
        edit=EDIT_ROUNDS,
        listed=("name", "kind", "period", "region", "scheme", "stage", "evaluator", "objection_by"),
        filters=("stage", "kind"),
        searched=("code", "name"),
        nav="评估",
    )
)

SUBJECTS = register(
    Register(
        key="round-subjects",
        starter=False,
        numbered="DX",
        sheet=Sheet(
            name="评估对象",
            by_headers=False,
            columns=(
                key("对象序号"),
                reference("round", "轮次编号", "评估轮次", required=True),
                choice("subject_kind", "对象类型", "/".join(SubjectKind.values), required=True),
                Column(
                    name="subject",
                    header="对象编号",
                    kind=Kind.REFERENCE,
                    refers_to="?subject_kind",
                    required=True,
                    help="项目编号、站点编号、县的区划代码或机构的信用代码，按对象类型填",
                ),
                text("name", "对象名称"),
                long_text(
                    "statement",
                    "自评说明",
                    hint="只写平台看不到的情况；平台已有的数据不用报送，也不用重复上传",
                ),
                texts("vetoes", "一票否决事项", max_length=200, hint="方案里列明的事项；须写明依据"),
                long_text("veto_reason", "否决依据"),
                number("bonus", "加分", unit="分"),
                long_text("bonus_reason", "加分理由"),
                number("penalty", "扣分", unit="分"),
                long_text("penalty_reason", "扣分理由"),
                long_text("reply", "陈述意见"),
                day("replied_on", "陈述日期"),
            ),
        ),
        model=RoundSubject,
        place=("subject",),
        by_doer=True,
        title="name",
        examine=keep_subjects,
        view=VIEW_ROUNDS,
        edit=EDIT_ROUNDS,
        listed=("code", "round", "subject_kind", "name", "replied_on"),
        filters=("round", "subject_kind"),
        searched=("code", "name"),
        nav="评估",
        beside=True,
    )
)

TEAM = register(
    Register(
        key="round-evaluators",
        starter=False,
        numbered="PW",
        sheet=Sheet(
            name="评估人员",
            by_headers=False,
            columns=(
                key("人员序号"),
                reference("round", "轮次编号", "评估轮次", required=True),
                text("name", "姓名", required=True, level=Level.L3, max_length=64),
                Column(
                    name="username",
                    header="账号",
                    kind=Kind.CODE,
                    max_length=64,
                    help="本人登录平台用的账号；填了才能自己在平台上评分",
                ),
                text(
                    "side", "评价方", required=True, max_length=64, hint="方案里的评价方，如 第三方、购买方"
                ),
                text("organisation", "单位", required=True),
                text("speciality", "专业", hint="业务、财务、行业等"),
                day(
                    "declared_on",
                    "独立性声明日期",
                    hint="声明与参评对象没有任职、服务和利害关系；没有声明的不能评分",
                ),
                texts(
                    "avoids",
                    "须回避的对象",
                    max_length=200,
                    hint="声明须回避的站点编号、机构信用代码、项目编号或名称；平台已知的任职会自动回避",
                ),
                long_text("avoids_reason", "回避原因"),
            ),
        ),
        model=RoundEvaluator,
        place=("round",),
        examine=keep_team,
        view=VIEW_TEAM,
        edit=EDIT_TEAM,
        listed=("name", "round", "side", "organisation", "speciality", "declared_on"),
        filters=("round",),
        searched=("code", "organisation"),
        nav="评估",
        beside=True,
    )
)

SCORES = register(
    Register(
        key="evaluation-scores",
        starter=False,
        sheet=Sheet(
            name="评分",
            by_headers=False,
            columns=(
                reference("subject", "对象序号", "评估对象", key=True),
                reference("evaluator", "人员序号", "评估人员", key=True),
                line(),
                number("points", "得分", unit="分", hint="直接评分；按实测值或清单计分的不用填"),
                number("value", "实测值", places=4, hint="查证得到的数值或问卷平均分（百分制）"),
                count("sample", "样本数", unit="份"),
                count("population", "应答总数", unit="人", hint="应答的人一共有多少；全部答了的样本少也算数"),
                texts("met", "符合的内容", max_length=200, hint="清单里符合的各项"),
                yes_no("absent", "不适用", dated=False, hint="这一项对该对象不适用，须写明理由"),
                long_text(
                    "reason",
                    "评分依据",
                    required=True,
                    level=Level.L3,
                    hint="看了什么、为什么给这个分；请勿写服务对象姓名",
                ),
            ),
        ),
        model=EvaluationScore,
        place=("subject",),
        unique_in="nation",
        title="line",
        examine=keep_scores,
        view=VIEW_SCORES,
        edit=EDIT_SCORES,
        listed=("subject", "line", "evaluator", "points", "value", "absent"),
        filters=("subject", "evaluator"),
        nav="评估",
        beside=True,
    )
)

OBJECTIONS = register(
    Register(
        key="score-objections",
        starter=False,
        numbered="SS",
        steps=OBJECTION_STEPS,
        sheet=Sheet(
            name="评估申诉",
            by_headers=False,
            columns=(
                key("申诉编号"),
                reference("subject", "对象序号", "评估对象", required=True),
                Column(
                    name="line",
                    header="计分项",
                    kind=Kind.CODE,
                    required=True,
                    max_length=CODE_LENGTH - 24,
                    help="对哪一项有异议，如 S3-1",
                ),
                long_text("grounds", "申诉理由", required=True, level=Level.L3),
                day("raised_on", "提出日期"),
                choice("stage", "状态", "/".join(ObjectionStage.values)),
                number("new_points", "更正后得分", unit="分"),
                long_text("decision", "处理意见", level=Level.L3),
                day("decided_on", "处理日期"),
            ),
        ),
        model=ScoreObjection,
        place=("subject",),
        title="code",
        derived=frozenset({"raised_on", "new_points", "decision", "decided_on"}),
        examine=keep_objections,
        view=VIEW_OBJECTIONS,
        edit=RAISE_OBJECTIONS,
        listed=("code", "subject", "line", "stage", "raised_on", "decided_on"),
        filters=("stage", "subject"),
        searched=("code",),
        nav="评估",
        beside=True,
    )
)
