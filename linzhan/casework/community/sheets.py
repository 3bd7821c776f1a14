"""Community organisations and negotiations as registers (SVC-19)."""

from __future__ import annotations

from linzhan.casework.columns import record_column
from linzhan.casework.community.enums import OrganisationKind, OrganisationStage
from linzhan.casework.community.models import CommunityOrganisation, Negotiation
from linzhan.casework.community.steps import ORGANISATION_STEPS
from linzhan.casework.groups.rights import EDIT_COMMUNITY, VIEW_COMMUNITY
from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Level, Sheet
from linzhan.kernel.sheets.making import choice, count, day, key, long_text, phone, text, yes_no
from linzhan.network.api import station_column

COMMUNITY_ORGANISATIONS = register(
    Register(
        key="community-organisations",
        sheet=Sheet(
            name="社区社会组织",
            by_headers=False,
            columns=(
                key("组织编号"),
                text("name", "组织名称", required=True),
                choice("kind", "组织类型", "/".join(OrganisationKind.values), required=True),
                choice("stage", "阶段", "/".join(OrganisationStage.values)),
                station_column(required=True),
                count("members", "成员人数", unit="人"),
                text("leader", "负责人", level=Level.L3),
                phone(level=Level.L3),
                day("found_on", "挖掘日期", required=True),
                day("incubated_on", "孵化日期", not_before="found_on"),
                day("filed_on", "备案日期", not_before="found_on"),
                day("registered_on", "登记日期", not_before="found_on"),
                long_text("support", "培育支持", hint="给了哪些场地、资金、培训和陪伴"),
            ),
        ),
        model=CommunityOrganisation,
        place=("station",),
        view=VIEW_COMMUNITY,
        edit=EDIT_COMMUNITY,
        listed=("name", "kind", "stage", "station", "members", "found_on", "incubated_on"),
        filters=("stage", "kind"),
        searched=("name", "code"),
        order="-found_on",
        nav="服务",
        beside=True,
        starter=False,
        numbered="ZZ",
        steps=ORGANISATION_STEPS,
    )
)

NEGOTIATIONS = register(
    Register(
        key="negotiations",
        sheet=Sheet(
            name="议事协商",
            by_headers=False,
            columns=(
                key("协商编号"),
                text("topic", "议题", required=True),
                day("held_on", "协商日期", required=True),
                station_column(required=True),
                record_column(hint="已记成活动的，填那条服务记录，不用再写一遍"),
                text("place", "地点"),
                text("parties", "参与各方", required=True, hint="如 居民代表、村委会、物业"),
                count("headcount", "参与人数", unit="人"),
                yes_no("agreed", "是否达成共识", dated=False),
                long_text("result", "协商结果"),
                long_text("follow_up", "后续事项"),
                day("due_on", "跟进期限"),
                day("done_on", "落实日期", not_before="held_on"),
            ),
        ),
        model=Negotiation,
        happens="held_on",
        place=("station",),
        title="topic",
        view=VIEW_COMMUNITY,
        edit=EDIT_COMMUNITY,
        listed=("held_on", "topic", "parties", "agreed", "due_on", "done_on", "station"),
        filters=("agreed",),
        searched=("topic", "code"),
        order="-held_on",
        nav="服务",
        beside=True,
        starter=False,
        numbered="YS",
    )
)
