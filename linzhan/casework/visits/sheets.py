"""Details of visits and orders to contact people, as sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from linzhan.casework.enums import Risk
from linzhan.casework.rights import EDIT_RECORDS, ORDER_CONTACTS, VIEW_RECORDS
from linzhan.casework.visits.enums import Check, LifeEvent, SafetySignal, VisitMode
from linzhan.casework.visits.models import ContactOrder, VisitDetail
from linzhan.kernel.registers.declare import Register, Values, register
from linzhan.kernel.sheets.columns import Column, Level, Sheet
from linzhan.kernel.sheets.making import (
    choice,
    count,
    day,
    key,
    long_text,
    moment,
    reference,
    region,
    text,
)

CHECKS = (
    ("health", "身体", "吃药、行动、有没有不舒服"),
    ("mood", "精神情绪", "情绪、睡眠、愿不愿意说话"),
    ("home", "居住安全", "火、电、气和房屋"),
    ("living", "生活", "吃、穿、取暖"),
    ("care", "照料与陪伴", "谁在照料，多久来一次"),
    ("income", "收入与政策", "收入有无变化，该享受的政策有没有落实"),
)


def _several(name: str, header: str, choices: Iterable[str], level: Level, hint: str) -> Column:
    return replace(choice(name, header, "/".join(choices), level=level, hint=hint), several=True)


VISIT_DETAILS = register(
    Register(
        key="visit-details",
        starter=False,
        sheet=Sheet(
            name="探访详情",
            by_headers=False,
            columns=(
                reference("record", "记录编号", "服务记录", key=True, hint="这次探访的服务记录"),
                choice(
                    "mode",
                    "探访方式",
                    "/".join(VisitMode.values),
                    hint="入户、机构探视和偶遇算见到本人的方式",
                ),
                text("met", "见到谁", level=Level.L3, hint="还见到谁，如儿媳、邻居"),
                *(
                    choice(name, header, "/".join(Check.values), level=Level.L3, hint=hint)
                    for name, header, hint in CHECKS
                ),
                _several(
                    "events",
                    "近期变故",
                    LifeEvent.values,
                    Level.L4,
                    "上次探访以来发生的事，用来判断要不要调整风险等级",
                ),
                _several(
                    "signals",
                    "安全信号",
                    SafetySignal.values,
                    Level.L4,
                    "出现任何一项都要紧急上报；M1—M9 是未成年人强制报告的九种情形",
                ),
                long_text("needs", "发现的需求", level=Level.L4, hint="转到站里的需求清单，找资源"),
                day("next_on", "下次日期", hint="到那天会排进探访任务"),
            ),
        ),
        model=VisitDetail,
        place=("record",),
        title="mode",
        view=VIEW_RECORDS,
        edit=EDIT_RECORDS,
        listed=("record", "mode", "health", "mood", "home", "living", "care", "income", "next_on"),
        filters=("mode", "health", "home"),
    )
)


def _order_faults(values: Values) -> Iterable[tuple[str, str]]:
    begins, ends = values.get("starts_at"), values.get("until_on")
    if begins and ends and ends < begins.date():
        yield "until_on", "截止日期不能早于发出的那一天"


CONTACT_ORDERS = register(
    Register(
        key="contact-orders",
        starter=False,
        numbered="ZL",
        sheet=Sheet(
            name="联系指令",
            by_headers=False,
            columns=(
                key("指令编号"),
                text("title", "事由", required=True, hint="如 7 月 12 日暴雨橙色预警"),
                region(hint="指令管到哪里，它下面的站点都会收到"),
                replace(
                    _several(
                        "risks", "联系哪些对象", Risk.values, Level.L2, "这些风险等级的在册对象都要联系到"
                    ),
                    required=True,
                ),
                moment("starts_at", "发出时间", required=True),
                replace(
                    count("hours", "时限", unit="小时", hint="发出后多少小时内联系到，电话也算"),
                    required=True,
                    minimum=1,
                    maximum=240,
                ),
                day("until_on", "截止日期", required=True, hint="过了这一天，指令自动失效"),
                text("basis", "依据", hint="文件或预案"),
            ),
        ),
        model=ContactOrder,
        place=("region",),
        own_place=True,
        happens="starts_at",
        check=_order_faults,
        view=VIEW_RECORDS,
        edit=ORDER_CONTACTS,
        title="title",
        listed=("title", "region", "risks", "starts_at", "hours", "until_on"),
        searched=("title", "code"),
        order="-starts_at",
        nav="服务",
        beside=True,
    )
)
