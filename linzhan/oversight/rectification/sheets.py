"""整改 and what stands beside it, as registers (RSK-05, RSK-07; API path ``rectifications``)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Level, Sheet
from linzhan.kernel.sheets.making import (
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
from linzhan.network.api import station_column
from linzhan.oversight.enums import Severity
from linzhan.oversight.models import (
    ProviderComplaint,
    Rectification,
    RectificationAnswer,
    RectificationItem,
    RectificationMeans,
)
from linzhan.oversight.rectification.enums import (
    SETTLED,
    AnswerAbout,
    AnswerStage,
    CheckWay,
    ComplaintMatter,
    ComplaintStage,
    ItemStage,
    Means,
    MeansStage,
    OrderStage,
    Origin,
    Risk,
)
from linzhan.oversight.rectification.keeping import (
    keep_answers,
    keep_complaints,
    keep_items,
    keep_means,
    keep_orders,
)
from linzhan.oversight.rectification.rights import (
    ANSWER_RECTIFICATIONS,
    ORDER_RECTIFICATIONS,
    SEE_COMPLAINTS,
    VIEW_RECTIFICATIONS,
)
from linzhan.oversight.rectification.services import begin_items, follow_items
from linzhan.oversight.rectification.steps import (
    ANSWER_STEPS,
    COMPLAINT_STEPS,
    ITEM_STEPS,
    MEANS_STEPS,
    ORDER_STEPS,
)
from linzhan.procurement.api import PROJECT
from linzhan.providers.api import provider_column

NO_NAMES = "请勿写服务对象的姓名和身份信息"
SEVERITIES = "/".join(Severity.values)


def _order() -> Column:
    return reference("order", "整改编号", "整改", required=True)


ORDERS = register(
    Register(
        key="rectifications",
        starter=False,
        numbered="ZG",
        steps=ORDER_STEPS,
        sheet=Sheet(
            name="整改",
            by_headers=False,
            columns=(
                key("整改编号"),
                text("title", "整改事项", required=True, hint="一句话说明要改什么"),
                choice("origin", "来源", "/".join(Origin.values)),
                reference("alert", "预警编号", "预警", hint="由预警下达的"),
                reference("evaluation", "评估编号", "评估", hint="由评估结果下达的"),
                reference("drawn", "抽查对象编号", "抽查对象", hint="由双随机抽查下达的"),
                reference("complaint", "投诉编号", "机构投诉举报", hint="由投诉举报下达的；被整改单位看不到投诉"),
                station_column(hint="整改的是哪个站点；站点、项目、机构至少填一项"),
                PROJECT,
                provider_column(hint="被整改的机构；填了站点或项目的自动带出"),
                text("purchaser", "购买主体", hint="整改后仍不合格的，禁入只约束这个购买主体的项目"),
                text("authority", "下达单位", required=True),
                text("document_number", "文号", max_length=100),
                day("issued_on", "下达日期", required=True),
                choice("severity", "级别", SEVERITIES, required=True, hint="期限按级别由当地规定得出"),
                long_text("finding", "发现的问题", required=True, hint=NO_NAMES),
                long_text("basis", "依据和条款", required=True),
                day("due_on", "整改期限", not_before="issued_on", hint="不填的按级别得出"),
                day("plan_due", "报计划期限"),
                choice("stage", "阶段", "/".join(OrderStage.values)),
                long_text("plan", "整改计划", hint=NO_NAMES),
                long_text("evidence", "整改情况和证据", hint=NO_NAMES),
                choice("check_way", "核查方式", "/".join(CheckWay.values)),
                day("checked_on", "核查日期", not_before="issued_on"),
                long_text("check_finding", "核查情况"),
                count("returned", "退回次数", unit="次"),
                count("failures", "不合格次数", unit="次"),
                day("passed_on", "通过日期"),
                day("look_back_from", "回头看起始"),
                day("look_back_by", "回头看期限"),
                day("look_back_on", "回头看日期"),
                long_text("look_back_finding", "回头看情况"),
                reference("sanction", "拟定的处理", "机构处理"),
            ),
        ),
        model=Rectification,
        place=("station", "project", "provider"),
        by_doer=True,
        examine=keep_orders,
        after_write=begin_items,
        title="title",
        derived=frozenset(
            {"origin", "plan_due", "plan", "evidence", "check_way", "checked_on", "check_finding", "returned",
             "failures", "passed_on", "look_back_from", "look_back_by", "look_back_on", "look_back_finding",
             "sanction"}
        ),
        view=VIEW_RECTIFICATIONS,
        edit=ORDER_RECTIFICATIONS,
        settled=SETTLED,
        listed=("title", "provider", "station", "severity", "stage", "issued_on", "due_on", "failures"),
        filters=("stage", "severity", "origin", "provider", "station"),
        searched=("code", "title", "document_number"),
        nav="监督",
        nav_order=41,
    )
)  # fmt: skip

ITEMS = register(
    Register(
        key="rectification-items",
        starter=False,
        numbered="ZX",
        steps=ITEM_STEPS,
        sheet=Sheet(
            name="整改项",
            by_headers=False,
            columns=(
                key("整改项编号"),
                _order(),
                long_text("finding", "发现的问题", required=True, hint=NO_NAMES),
                long_text("basis", "依据和条款", required=True),
                choice("severity", "级别", SEVERITIES, required=True),
                choice("risk", "风险类别", "/".join(Risk.values), hint="按资金筹集、使用、监管三个阶段归类"),
                text("owner", "责任人或责任岗位"),
                day("opened_on", "提出日期"),
                day("due_on", "整改期限", not_before="opened_on", hint="不填的按级别得出"),
                long_text("measure", "整改措施"),
                long_text("evidence", "完成情况和证据", hint=NO_NAMES),
                day("reported_on", "上报日期"),
                choice("stage", "状态", "/".join(ItemStage.values)),
                long_text("check_finding", "核查情况"),
                day("cleared_on", "销号日期"),
                reference("repeats", "反弹自", "整改项"),
            ),
        ),
        model=RectificationItem,
        place=("order",),
        examine=keep_items,
        after_write=follow_items,
        title="finding",
        derived=frozenset(
            {"measure", "evidence", "reported_on", "check_finding", "cleared_on", "repeats", "opened_on"}
        ),
        view=VIEW_RECTIFICATIONS,
        edit=ORDER_RECTIFICATIONS,
        settled=(ItemStage.CLEARED.value, ItemStage.DROPPED.value),
        listed=("finding", "order", "severity", "risk", "owner", "stage", "due_on", "cleared_on"),
        filters=("stage", "severity", "risk", "order"),
        searched=("code",),
        nav="监督",
        nav_order=42,
    )
)

MEANS = register(
    Register(
        key="rectification-means",
        starter=False,
        numbered="DC",
        steps=MEANS_STEPS,
        sheet=Sheet(
            name="督促措施",
            by_headers=False,
            columns=(
                key("措施编号"),
                _order(),
                choice("kind", "措施", "/".join(Means.values), required=True),
                choice("stage", "状态", "/".join(MeansStage.values)),
                long_text("content", "事由和内容", required=True, hint="写明事实、理由和依据的条款"),
                day("held_on", "约谈或督查日期"),
                text("place", "地点"),
                text("attendees", "参加人员"),
                text("document_number", "文号", max_length=100),
                day("notified_on", "告知日期"),
                day("reply_by", "陈述申辩截止", not_before="notified_on"),
                long_text("reply", "被督促单位意见"),
                day("replied_on", "意见日期"),
                long_text("response", "对意见的答复"),
                day("starts_on", "实施日期"),
                day("lifted_on", "解除日期", not_before="starts_on"),
            ),
        ),
        model=RectificationMeans,
        place=("order",),
        examine=keep_means,
        title="kind",
        derived=frozenset(
            {"notified_on", "reply_by", "reply", "replied_on", "response", "starts_on", "lifted_on"}
        ),
        view=VIEW_RECTIFICATIONS,
        edit=ORDER_RECTIFICATIONS,
        listed=("kind", "order", "stage", "held_on", "document_number", "reply_by", "starts_on"),
        filters=("kind", "stage", "order"),
        searched=("code", "document_number"),
        nav="监督",
        beside=True,
    )
)

ANSWERS = register(
    Register(
        key="rectification-answers",
        starter=False,
        numbered="ZS",
        steps=ANSWER_STEPS,
        sheet=Sheet(
            name="整改申辩",
            by_headers=False,
            columns=(
                key("申辩编号"),
                _order(),
                choice("about", "针对", "/".join(AnswerAbout.values), required=True),
                day("stated_on", "提出日期"),
                long_text("statement", "陈述申辩内容", required=True, hint=NO_NAMES),
                choice("stage", "状态", "/".join(AnswerStage.values)),
                long_text("response", "答复"),
                day("answered_on", "答复日期"),
            ),
        ),
        model=RectificationAnswer,
        place=("order",),
        examine=keep_answers,
        title="code",
        derived=frozenset({"response", "answered_on", "stated_on"}),
        view=VIEW_RECTIFICATIONS,
        edit=ANSWER_RECTIFICATIONS,
        listed=("about", "order", "statement", "stated_on", "stage", "answered_on"),
        filters=("stage", "order"),
        searched=("code",),
        nav="监督",
        beside=True,
    )
)

COMPLAINTS = register(
    Register(
        key="provider-complaints",
        starter=False,
        numbered="TS",
        steps=COMPLAINT_STEPS,
        sheet=Sheet(
            name="机构投诉举报",
            by_headers=False,
            columns=(
                key("投诉编号"),
                region(header="受理行政区划"),
                reference("institution", "被投诉机构代码", "承接机构", required=True),
                day("received_on", "收到日期", required=True),
                text("channel", "渠道", hint="电话、来信、12345 转办等"),
                yes_no("anonymous", "匿名", dated=False, hint="匿名的不登记姓名和联系方式"),
                text("complainant", "投诉人", level=Level.L4),
                text("contact", "联系方式", level=Level.L4),
                choice("matter", "事项", "/".join(ComplaintMatter.values), required=True),
                long_text("content", "内容", required=True, level=Level.L4, hint=NO_NAMES),
                choice("stage", "状态", "/".join(ComplaintStage.values)),
                day("admitted_on", "受理日期", not_before="received_on"),
                long_text("conclusion", "核查结论", level=Level.L4),
                day("concluded_on", "结论日期", not_before="admitted_on"),
                day("told_on", "告知投诉人日期", not_before="received_on"),
            ),
        ),
        model=ProviderComplaint,
        place=("region",),
        own_place=True,
        examine=keep_complaints,
        happens="received_on",
        title="code",
        derived=frozenset({"admitted_on", "conclusion", "concluded_on", "told_on"}),
        view=SEE_COMPLAINTS,
        edit=SEE_COMPLAINTS,
        listed=("code", "institution", "matter", "stage", "received_on", "concluded_on"),
        filters=("stage", "matter", "institution"),
        searched=("code",),
        order="-received_on",
        nav="监督",
    )
)
