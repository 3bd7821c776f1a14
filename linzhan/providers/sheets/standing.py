"""Standing as registers: conditions, the year's inspection, ratings, credit, sanctions and what is said to them."""

from __future__ import annotations

from collections.abc import Iterator

from linzhan.kernel.registers.declare import Register, Told, Values, Where, register
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import choice, day, key, long_text, reference, region, text, yes_no
from linzhan.providers.columns import provider_column
from linzhan.providers.enums import (
    AnnualStage,
    Conclusion,
    Ground,
    Rating,
    RatingStage,
    SanctionKind,
    SanctionStage,
)
from linzhan.providers.models import (
    AnnualInspection,
    CreditRecord,
    RatingAward,
    RegistrationCondition,
    Sanction,
    SanctionStatement,
)
from linzhan.providers.rights import (
    ANSWER_SANCTIONS,
    DECIDE_SANCTIONS,
    EDIT_OWN,
    EDIT_PROVIDERS,
    EDIT_RATINGS,
    PROPOSE_SANCTIONS,
    VIEW_INSPECTIONS,
    VIEW_STANDING,
)
from linzhan.providers.steps import ANNUAL_STEPS, RATING_STEPS, SANCTION_STEPS

YEAR = Column(name="year", header="年度", kind=Kind.YEAR, required=True, help="检查的是哪一年度的情况")

CONDITIONS = register(
    Register(
        key="registration-conditions",
        starter=False,
        beside=True,
        numbered="TJ",
        sheet=Sheet(
            name="登记条件",
            by_headers=False,
            columns=(
                key("核查编号"),
                provider_column(required=True),
                text(
                    "item",
                    "登记条件",
                    required=True,
                    max_length=100,
                    hint="按当地规定的条目填写，见机构页“登记条件”；专职人员比例和人数由平台核对，不用填",
                ),
                yes_no("met", "是否符合", dated=False),
                long_text("evidence", "证明材料", hint="凭什么认定：材料名称、看到的情况"),
                text("document", "材料编号"),
                day("checked_on", "核查日期", required=True),
            ),
        ),
        model=RegistrationCondition,
        place=("provider",),
        happens="checked_on",
        title="item",
        view=VIEW_STANDING,
        edit=EDIT_PROVIDERS,
        listed=("item", "provider", "met", "document", "checked_on"),
        filters=("met", "provider"),
        searched=("code", "item"),
        order="-checked_on",
        nav="机构",
    )
)

ANNUAL = register(
    Register(
        key="annual-inspections",
        starter=False,
        numbered="NJ",
        steps=ANNUAL_STEPS,
        sheet=Sheet(
            name="年度检查",
            by_headers=False,
            columns=(
                key("年检编号", hint="作出结论后，“检查”里有同一编号的一条"),
                provider_column(required=True, hint="由登记机关的民政部门或机构本身登记"),
                YEAR,
                choice("stage", "阶段", "/".join(AnnualStage.values)),
                day("reported_on", "报送日期", hint="向业务主管单位报送年度工作报告书和会计报表的日期"),
                day("reviewed_on", "初审日期", not_before="reported_on"),
                long_text("opinion", "初审意见"),
                long_text("party_work", "党建工作考核"),
                choice("conclusion", "结论", "/".join(Conclusion.values[:3])),
                day("concluded_on", "结论日期", not_before="reported_on"),
                long_text("findings", "发现问题"),
                day("rectify_by", "整改期限", not_before="concluded_on"),
                long_text("rectification", "整改报告"),
                day("rectified_on", "整改完成日期", not_before="concluded_on"),
            ),
        ),
        model=AnnualInspection,
        place=("provider",),
        derived=frozenset(
            {
                "reported_on",
                "reviewed_on",
                "opinion",
                "party_work",
                "conclusion",
                "concluded_on",
                "findings",
                "rectify_by",
                "rectified_on",
            }
        ),
        title="code",
        view=VIEW_INSPECTIONS,
        edit=EDIT_OWN,
        listed=("provider", "year", "stage", "conclusion", "reported_on", "concluded_on", "rectify_by"),
        filters=("stage", "year", "conclusion", "provider"),
        searched=("code",),
        nav="机构",
    )
)

RATINGS = register(
    Register(
        key="provider-ratings",
        starter=False,
        numbered="DJ",
        steps=RATING_STEPS,
        sheet=Sheet(
            name="等级评定",
            by_headers=False,
            columns=(
                key("评定编号"),
                provider_column(required=True),
                choice("stage", "阶段", "/".join(RatingStage.values)),
                day("applied_on", "申请日期", required=True),
                choice("level", "等级", "/".join(Rating.values), hint="按评估结论填写，平台不计算"),
                Column(name="score", header="得分", kind=Kind.DECIMAL, minimum=0),
                text("assessor", "评估机构"),
                day("published_on", "公示日期", not_before="applied_on"),
                day("publish_until", "公示截止", not_before="published_on"),
                day("issued_on", "发证日期", not_before="applied_on"),
                day("valid_until", "有效期至", not_before="issued_on"),
                day("ended_on", "终止日期", not_before="issued_on", hint="降级、取消的决定日期"),
                choice("level_after", "降级后等级", "/".join(Rating.values)),
            ),
        ),
        model=RatingAward,
        place=("provider",),
        happens="applied_on",
        title="code",
        view=VIEW_STANDING,
        edit=EDIT_RATINGS,
        listed=("provider", "level", "stage", "issued_on", "valid_until", "assessor"),
        filters=("stage", "level", "provider"),
        searched=("code",),
        order="-applied_on",
        nav="机构",
    )
)

CREDIT = register(
    Register(
        key="credit-records",
        starter=False,
        numbered="XY",
        sheet=Sheet(
            name="信用记录",
            by_headers=False,
            columns=(
                key("信用编号"),
                region(name="region", header="记录机关行政区划", hint="哪个地方记录的"),
                provider_column(required=True),
                choice("kind", "性质", "良好/提示/失信", required=True),
                text("title", "事项", required=True),
                text("source", "来源", hint="如 登记机关、行业组织、人民法院"),
                long_text("content", "内容"),
                day("recorded_on", "记录日期", required=True),
                day("until", "有效期至", not_before="recorded_on"),
                text("document", "依据文件"),
            ),
        ),
        model=CreditRecord,
        place=("region",),
        own_place=True,
        happens="recorded_on",
        ends="until",
        title="title",
        view=VIEW_STANDING,
        edit=DECIDE_SANCTIONS,
        listed=("title", "kind", "provider", "source", "recorded_on", "until"),
        filters=("kind", "provider"),
        searched=("code", "title"),
        order="-recorded_on",
        nav="机构",
    )
)


def nameless_bars(told: Told) -> Iterator[tuple[int, str, str]]:
    """A bar names whose projects it is from (RSK-09)."""
    for number, (kind, purchaser) in enumerate(
        zip(told.column("kind"), told.column("purchaser"), strict=True)
    ):
        if kind == SanctionKind.BAR and purchaser in (MISSING, CLEAR, None, ""):
            yield number, "purchaser", "禁入只约束作出处理的购买方：请写明是哪个购买方的项目"


SANCTIONS = register(
    Register(
        key="provider-sanctions",
        starter=False,
        numbered="CL",
        steps=SANCTION_STEPS,
        sheet=Sheet(
            name="机构处理",
            by_headers=False,
            columns=(
                key("处理编号"),
                region(
                    header="处理机关行政区划",
                    hint="在哪个地方作出、约束哪个地方；登记机关的名单和处罚在各地都有效",
                ),
                provider_column(required=True),
                choice("kind", "处理种类", "/".join(SanctionKind.values), required=True),
                choice("stage", "阶段", "/".join(SanctionStage.values)),
                text("authority", "处理机关", required=True),
                text(
                    "purchaser",
                    "约束的购买方",
                    hint="禁入只约束这个购买方的项目，须与项目上的购买主体写法一致",
                ),
                Column(
                    name="grounds",
                    header="情形",
                    kind=Kind.CHOICE,
                    several=True,
                    choices=tuple(Ground.values),
                    help="可选多个；当地规定了哪些情形，办理时会核对",
                ),
                long_text("facts", "事实和理由", required=True),
                text("document", "依据文件", required=True, hint="法规或政策文件的名称和文号"),
                text("clause", "条款"),
                day("notified_on", "告知日期"),
                day("reply_by", "陈述申辩截止", not_before="notified_on"),
                day("heard_on", "听证日期", not_before="notified_on"),
                long_text("hearing", "听证情况"),
                long_text("reply", "对申辩的答复", hint="采纳与否和理由"),
                text("decision_number", "决定书文号", max_length=100),
                day("decided_on", "决定日期", not_before="notified_on"),
                day("starts_on", "起始日期"),
                day(
                    "ends_on", "截止日期", not_before="starts_on", hint="自这一天起不再有效；不填的到解除为止"
                ),
                day("lifted_on", "解除日期", not_before="starts_on"),
            ),
        ),
        model=Sanction,
        place=("region",),
        own_place=True,
        derived=frozenset(
            {
                "notified_on",
                "reply_by",
                "heard_on",
                "hearing",
                "reply",
                "decision_number",
                "decided_on",
                "starts_on",
                "ends_on",
                "lifted_on",
            }
        ),
        refuse=nameless_bars,
        title="code",
        view=VIEW_STANDING,
        edit=PROPOSE_SANCTIONS,
        listed=("provider", "kind", "stage", "authority", "purchaser", "starts_on", "ends_on"),
        filters=("kind", "stage", "provider"),
        searched=("code", "decision_number"),
        nav="机构",
    )
)


def check_statement(values: Values) -> Iterator[tuple[str, str]]:
    """Something is said while it may still change the decision."""
    sanction = values.get("sanction")
    if not isinstance(sanction, Where):
        return
    told = Sanction.objects.filter(pk=sanction.id).values_list("stage", flat=True).first()
    if told == SanctionStage.PROPOSED:
        yield "sanction", "这项处理还没有告知机构，不能陈述申辩"
    elif told not in (None, SanctionStage.NOTIFIED.value, SanctionStage.HEARD.value):
        yield "sanction", "这项处理已经办结；对决定不服的，可依法申请行政复议或提起行政诉讼"


STATEMENTS = register(
    Register(
        key="sanction-statements",
        starter=False,
        beside=True,
        numbered="SB",
        sheet=Sheet(
            name="陈述申辩",
            by_headers=False,
            columns=(
                key("申辩编号"),
                reference("sanction", "处理编号", "机构处理", required=True),
                day("stated_on", "提出日期", required=True),
                long_text("statement", "陈述申辩内容", required=True),
                yes_no("wants_hearing", "要求听证", dated=False),
                text("document", "证据材料"),
            ),
        ),
        model=SanctionStatement,
        place=("sanction",),
        happens="stated_on",
        check=check_statement,
        title="code",
        view=VIEW_STANDING,
        edit=ANSWER_SANCTIONS,
        listed=("sanction", "stated_on", "wants_hearing", "document"),
        filters=("wants_hearing",),
        searched=("code",),
        order="-stated_on",
        nav="机构",
    )
)
