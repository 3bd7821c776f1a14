"""How an institution lives, as registers: organs, organisations, income, students, support, exit (INS-11…43)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import choice, count, day, key, long_text, money, region, text
from linzhan.providers.columns import provider_column
from linzhan.providers.enums import (
    SUPPORT_KINDS,
    ExitStage,
    Ground,
    TradeNoticeKind,
    TradeNoticeOutcome,
    TradeNoticeStage,
)
from linzhan.providers.models import (
    GovernanceOrgan,
    Internship,
    MassOrganisation,
    PaidIncome,
    ProviderDisclosure,
    ProviderExit,
    Support,
    TradeNotice,
)
from linzhan.providers.rights import (
    EDIT_OWN,
    EDIT_PROGRAMMES,
    EDIT_PROVIDERS,
    VIEW_PROVIDERS,
    VIEW_STANDING,
)
from linzhan.providers.steps import EXIT_STEPS, TRADE_NOTICE_STEPS

ORGANS = register(
    Register(
        key="governance-organs",
        starter=False,
        beside=True,
        numbered="ZL",
        sheet=Sheet(
            name="治理机构",
            by_headers=False,
            columns=(
                key("治理编号"),
                provider_column(required=True),
                choice("kind", "机构", "理事会/监事会/监事/会员大会", required=True),
                text("head", "负责人"),
                count("members", "成员数", unit="人"),
                day("elected_on", "产生日期", required=True, hint="换届另填一行"),
                day("term_ends_on", "任期届满", not_before="elected_on"),
                count("meetings", "上年会议次数", unit="次"),
                text("rules", "议事规则", hint="制度名称或文号"),
            ),
        ),
        model=GovernanceOrgan,
        place=("provider",),
        happens="elected_on",
        ends="term_ends_on",
        title="kind",
        view=VIEW_PROVIDERS,
        edit=EDIT_OWN,
        listed=("provider", "kind", "members", "elected_on", "term_ends_on", "meetings"),
        filters=("kind", "provider"),
        searched=("code",),
        order="-elected_on",
        nav="机构",
    )
)

MASS = register(
    Register(
        key="mass-organisations",
        starter=False,
        beside=True,
        numbered="QT",
        sheet=Sheet(
            name="群团组织",
            by_headers=False,
            columns=(
                key("组织编号"),
                provider_column(required=True),
                choice("kind", "组织类型", "党支部/联合党支部/共青团/工会/妇女组织", required=True),
                text("head", "负责人"),
                count("members", "成员数", unit="人"),
                day("set_up_on", "成立日期", required=True),
                day("ended_on", "撤销日期", not_before="set_up_on"),
            ),
        ),
        model=MassOrganisation,
        place=("provider",),
        happens="set_up_on",
        ends="ended_on",
        title="kind",
        view=VIEW_PROVIDERS,
        edit=EDIT_OWN,
        listed=("provider", "kind", "members", "set_up_on", "ended_on"),
        filters=("kind", "provider"),
        searched=("code",),
        order="-set_up_on",
        nav="机构",
    )
)

INCOMES = register(
    Register(
        key="paid-incomes",
        starter=False,
        beside=True,
        numbered="SR",
        sheet=Sheet(
            name="有偿服务收入",
            by_headers=False,
            columns=(
                key("收入编号"),
                provider_column(required=True),
                text("service", "服务项目", required=True),
                Column(name="month", header="月份", kind=Kind.MONTH, required=True),
                money("amount", "收入", required=True),
                text("standard", "收费标准", hint="如 40 元/小时；经谁核定"),
                count("people", "服务人次", unit="人次"),
            ),
        ),
        model=PaidIncome,
        place=("provider",),
        happens="month",
        title="service",
        view=VIEW_STANDING,
        edit=EDIT_OWN,
        listed=("provider", "service", "month", "amount", "standard", "people"),
        filters=("provider",),
        searched=("code", "service"),
        order="-month",
        nav="机构",
    )
)

INTERNSHIPS = register(
    Register(
        key="internships",
        starter=False,
        beside=True,
        numbered="SX",
        sheet=Sheet(
            name="实习实训",
            by_headers=False,
            columns=(
                key("实习编号"),
                provider_column(required=True),
                text("school", "学校", required=True),
                text("major", "专业"),
                Column(
                    name="students", header="人数", kind=Kind.INTEGER, required=True, minimum=1, unit="人"
                ),
                count("hours", "每人实习时数", unit="小时"),
                text("supervisor", "带教督导"),
                day("starts_on", "开始日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on"),
            ),
        ),
        model=Internship,
        place=("provider",),
        happens="starts_on",
        ends="ends_on",
        title="school",
        view=VIEW_PROVIDERS,
        edit=EDIT_OWN,
        listed=("provider", "school", "major", "students", "hours", "starts_on", "ends_on"),
        filters=("provider",),
        searched=("code", "school"),
        order="-starts_on",
        nav="机构",
    )
)

SUPPORTS = register(
    Register(
        key="provider-supports",
        starter=False,
        beside=True,
        numbered="FC",
        sheet=Sheet(
            name="扶持优惠",
            by_headers=False,
            columns=(
                key("扶持编号"),
                region(hint="哪个地方给的扶持"),
                provider_column(required=True),
                choice("kind", "扶持方式", SUPPORT_KINDS, required=True),
                text("title", "事项", required=True),
                text("giver", "提供单位"),
                money("amount", "金额", hint="减免的填减免额；提供场所的填折价，没有折价的留空"),
                day("starts_on", "开始日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on"),
                text("document", "依据文件"),
            ),
        ),
        model=Support,
        place=("region",),
        happens="starts_on",
        ends="ends_on",
        title="title",
        view=VIEW_STANDING,
        edit=EDIT_PROGRAMMES,
        listed=("title", "kind", "provider", "giver", "amount", "starts_on", "ends_on"),
        filters=("kind", "provider"),
        searched=("code", "title"),
        order="-starts_on",
        nav="机构",
    )
)

EXITS = register(
    Register(
        key="provider-exits",
        starter=False,
        beside=True,
        numbered="TC",
        steps=EXIT_STEPS,
        sheet=Sheet(
            name="机构退出",
            by_headers=False,
            columns=(
                key("退出编号"),
                provider_column(required=True, hint="由登记机关的民政部门办理；办结后机构状态改为“注销”"),
                choice("stage", "阶段", "/".join(ExitStage.values)),
                choice("way", "退出方式", "申请注销/撤销登记/责令退出", required=True),
                Column(
                    name="grounds",
                    header="情形",
                    kind=Kind.CHOICE,
                    several=True,
                    choices=tuple(Ground.values),
                ),
                long_text("reason", "原因", required=True),
                day("proposed_on", "提出日期", required=True),
                long_text("handover", "人员和项目移交", hint="社工、服务对象和未完项目由谁接手"),
                long_text("records", "档案移交", hint="档案交到哪里，谁接收"),
                day("done_on", "办结日期", not_before="proposed_on"),
            ),
        ),
        model=ProviderExit,
        place=("provider",),
        happens="proposed_on",
        title="code",
        view=VIEW_STANDING,
        edit=EDIT_PROVIDERS,
        listed=("provider", "way", "stage", "grounds", "proposed_on", "done_on"),
        filters=("stage", "way"),
        searched=("code",),
        order="-proposed_on",
        nav="机构",
    )
)

DISCLOSED = register(
    Register(
        key="provider-disclosures",
        starter=False,
        beside=True,
        numbered="GK",
        sheet=Sheet(
            name="机构信息公开",
            by_headers=False,
            columns=(
                key("公开编号"),
                provider_column(required=True),
                text(
                    "item",
                    "公开内容",
                    required=True,
                    max_length=100,
                    hint="如 组织机构、年报公告、财务收支、捐资使用、服务内容、奖惩情况；按当地规定的条目填写",
                ),
                Column(name="year", header="所属年度", kind=Kind.YEAR, required=True),
                day("published_on", "公开日期", required=True),
                text("channel", "渠道"),
                text("url", "网址", max_length=2000),
            ),
        ),
        model=ProviderDisclosure,
        place=("provider",),
        happens="published_on",
        title="item",
        view=VIEW_PROVIDERS,
        edit=EDIT_OWN,
        listed=("provider", "item", "year", "published_on", "channel"),
        filters=("provider", "year"),
        searched=("code", "item"),
        order="-published_on",
        nav="机构",
    )
)

TRADE_NOTICES = register(
    Register(
        key="trade-notices",
        starter=False,
        numbered="YT",
        steps=TRADE_NOTICE_STEPS,
        sheet=Sheet(
            name="行业预警调处",
            by_headers=False,
            columns=(
                key("预警调处编号"),
                provider_column(required=True),
                choice("kind", "种类", "/".join(TradeNoticeKind.values), required=True),
                choice("stage", "状态", "/".join(TradeNoticeStage.values)),
                text("association", "行业组织", required=True, hint="提出预警或主持调处的社会工作行业组织"),
                text("other_party", "另一方", hint="调处的另一方，如购买方、村社区；不写服务对象姓名"),
                long_text("matter", "事由", required=True, hint="看到的情况，不写服务对象姓名"),
                long_text("advice", "提示和建议"),
                day("raised_on", "提出日期", required=True),
                day("reply_by", "答复截止", required=True, not_before="raised_on"),
                long_text("reply", "机构意见"),
                day("replied_on", "答复日期", not_before="raised_on"),
                choice("outcome", "结果", "/".join(TradeNoticeOutcome.values)),
                long_text("result", "处理情况"),
                day("settled_on", "办结日期", not_before="raised_on"),
            ),
        ),
        model=TradeNotice,
        place=("provider",),
        derived=frozenset({"reply", "replied_on", "outcome", "result", "settled_on"}),
        happens="raised_on",
        title="code",
        view=VIEW_STANDING,
        edit=EDIT_PROGRAMMES,
        listed=("provider", "kind", "stage", "association", "raised_on", "reply_by", "outcome"),
        filters=("kind", "stage", "provider"),
        searched=("code", "association"),
        order="-raised_on",
        nav="机构",
    )
)
