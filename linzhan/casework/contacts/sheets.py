"""Consultations, referrals and resource links as registers (``domain.md`` §7.5)."""

from __future__ import annotations

from collections.abc import Iterator

from linzhan.casework.columns import record_column, resident_column
from linzhan.casework.contacts.enums import Channel, GiftKind, ReferralKind, ReferralStage, Urgency
from linzhan.casework.contacts.models import Consultation, ReferralFile, ResourceLink
from linzhan.casework.contacts.rules import NO_CHARITY, lacks_charity
from linzhan.casework.contacts.steps import REFERRAL_STEPS
from linzhan.casework.groups.rights import EDIT_CONTACTS, VIEW_CONTACTS
from linzhan.kernel.registers.declare import Register, Values, register
from linzhan.kernel.sheets.columns import Level, Sheet
from linzhan.kernel.sheets.making import choice, day, key, long_text, money, text, yes_no

L3, L4 = Level.L3, Level.L4


def check_link(values: Values) -> Iterator[tuple[str, str]]:
    """Only a charity that may appeal to the public does so (Charity Law 26–27)."""
    if lacks_charity(values):
        yield "public_fundraising", NO_CHARITY


CONSULTATIONS = register(
    Register(
        key="consultations",
        sheet=Sheet(
            name="咨询记录",
            by_headers=False,
            columns=(
                record_column(key=True, hint="这次咨询的服务记录；合同指标按它计数"),
                choice("channel", "来访方式", "/".join(Channel.values), hint="请入站、进家门，或电话网络"),
                long_text("question", "咨询问题", required=True, level=L4),
                long_text("answer", "答复", level=L4),
                text("referred", "转给", hint="介绍到哪个单位办理，没有就留空"),
            ),
        ),
        model=Consultation,
        place=("record",),
        title="record",
        view=VIEW_CONTACTS,
        edit=EDIT_CONTACTS,
        listed=("record", "channel", "referred"),
        filters=("channel",),
        nav="服务",
        beside=True,
        starter=False,
    )
)

REFERRAL_FILES = register(
    Register(
        key="referral-files",
        sheet=Sheet(
            name="转介单",
            by_headers=False,
            columns=(
                key("转介编号"),
                resident_column(required=True),
                choice("stage", "阶段", "/".join(ReferralStage.values)),
                choice(
                    "kind",
                    "转介类型",
                    "/".join(ReferralKind.values),
                    required=True,
                    hint="本机构内，或其他单位",
                ),
                text("receiver", "接收方", required=True),
                text("contact", "接收方联系人", level=L3),
                choice("urgency", "紧急程度", "/".join(Urgency.values), required=True),
                long_text("reason", "转介事由", required=True, level=L4),
                long_text("shared", "转交的资料", level=L4, hint="交给对方哪些资料，只给办事必需的"),
                record_column(hint="这次转介的服务记录；合同指标按它计数"),
                day("consented_on", "同意日期", hint="本人或监护人同意转交资料的日期"),
                yes_no(
                    "consent_overridden", "未经同意先转", dated=False, hint="危及生命安全来不及征得同意时"
                ),
                long_text("override_reason", "先转理由", level=L4),
                day("sent_on", "发出日期"),
                day("received_on", "接收日期", not_before="sent_on"),
                text("receipt", "回执", hint="接收人或回执编号"),
                day("settled_on", "结果日期", not_before="received_on"),
                long_text("result", "转介结果", level=L4),
            ),
        ),
        model=ReferralFile,
        place=("resident",),
        title="code",
        view=VIEW_CONTACTS,
        edit=EDIT_CONTACTS,
        listed=("resident", "receiver", "urgency", "stage", "sent_on", "received_on", "settled_on"),
        filters=("stage", "urgency", "kind"),
        searched=("code",),
        order="-id",
        nav="服务",
        beside=True,
        starter=False,
        numbered="ZJ",
        steps=REFERRAL_STEPS,
    )
)

RESOURCE_LINKS = register(
    Register(
        key="resource-links",
        sheet=Sheet(
            name="资源链接明细",
            by_headers=False,
            columns=(
                record_column(key=True, hint="这次资源链接的服务记录；受益对象写在那里"),
                text("donor", "提供方", required=True),
                choice("kind", "资源类型", "/".join(GiftKind.values), required=True),
                text("what", "内容和数量", required=True, hint="如 棉被 20 床"),
                money("value", "金额或折价"),
                text("receipt", "票据号"),
                day("received_on", "到账或收到日期"),
                yes_no("public_fundraising", "是否公开募捐", dated=False, hint="向社会公众募集的填“是”"),
                text("charity", "公募慈善组织", hint="公开募捐由哪个有公募资格的慈善组织开展"),
                text("charity_number", "募捐方案备案号"),
            ),
        ),
        model=ResourceLink,
        place=("record",),
        title="record",
        check=check_link,
        view=VIEW_CONTACTS,
        edit=EDIT_CONTACTS,
        listed=("record", "donor", "kind", "what", "value", "receipt", "received_on"),
        filters=("kind",),
        searched=("donor",),
        nav="服务",
        beside=True,
        starter=False,
    )
)
