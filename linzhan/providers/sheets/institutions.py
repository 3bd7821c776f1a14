"""The registers of institutions and inspections, as the workbook spells them (``contract/workbook.md``)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import choice, count, day, key, long_text, phone, region, text, yes_no
from linzhan.providers.columns import provider_column
from linzhan.providers.enums import Conclusion, InspectionKind, OrganisationKind, ProviderStatus, Rating
from linzhan.providers.models import Inspection, Provider, ProviderState
from linzhan.providers.presence import admit, keep_in_place, seen_from
from linzhan.providers.rights import EDIT_INSPECTIONS, EDIT_PROVIDERS, VIEW_INSPECTIONS, VIEW_PROVIDERS

PROVIDERS = register(
    Register(
        key="providers",
        sheet=Sheet(
            name="承接机构",
            aliases=("承接机构名录", "承接机构台账", "社会工作服务机构", "机构名录"),
            columns=(
                Column(
                    name="uscc",
                    header="统一社会信用代码",
                    kind=Kind.USCC,
                    required=True,
                    key=True,
                    aliases=("社会信用代码", "信用代码", "机构代码", "承接机构代码", "承接机构信用代码"),
                    help="登记证书上的 18 位代码；全国唯一，按它认出同一家机构",
                ),
                text(
                    "name",
                    "机构名称",
                    "机构",
                    "承接机构",
                    "承接机构名称",
                    required=True,
                    hint="登记证书上的全称",
                ),
                choice(
                    "kind", "机构类型", "/".join(OrganisationKind.values), "类型", required=True, dated=True
                ),
                region(
                    "登记机关行政区划",
                    "登记地行政区划",
                    "登记地",
                    hint="在哪一级哪个地方登记的；机构按此归属地统计，在别处服务不改变归属",
                ),
                day(
                    "registered_on",
                    "成立登记日期",
                    "登记日期",
                    "成立日期",
                    required=True,
                    hint="登记证书上的成立日期；状态自该日起算",
                ),
                text("legal_representative", "法定代表人", "法人代表", "负责人"),
                phone("phone", "联系电话", "电话", "联系方式"),
                choice(
                    "rating",
                    "评估等级",
                    "/".join(Rating.values),
                    "社会组织评估等级",
                    "等级",
                    dated=True,
                    hint="社会组织评估等级，按证书填写",
                ),
                day("rating_until", "等级有效期至", "评估等级有效期至", "等级有效期", dated=True),
                count("full_time_staff", "专职人员数", "专职人数", unit="人", dated=True),
                count(
                    "professional_staff",
                    "专业人员数",
                    "专业人数",
                    unit="人",
                    dated=True,
                    hint="持证社工或社会工作专业本科以上的专职人员",
                ),
                count(
                    "party_members",
                    "正式党员数",
                    "党员数",
                    unit="人",
                    dated=True,
                    hint="负责人、专职和长期兼职人员中的正式党员；达到当地规定人数应建立党组织",
                ),
                yes_no("has_party_organisation", "是否建立党组织", "建立党组织", "党组织"),
                yes_no("is_charity", "是否慈善组织", "慈善组织", hint="已认定为慈善组织的填是"),
                day(
                    "incubated_on",
                    "孵化起始日期",
                    "孵化开始日期",
                    "孵化日期",
                    hint="由孵化基地培育的，填开始孵化的日期",
                ),
                choice(
                    "status",
                    "状态",
                    "/".join(ProviderStatus.values),
                    "机构状态",
                    dated=True,
                    hint="不填视为正常；“正常”和“整改”计入承接机构数",
                ),
            ),
        ),
        model=Provider,
        states=ProviderState,
        starts="registered_on",
        place=("region",),
        place_open=True,
        unique_in="nation",
        stands_for="provider",
        view=VIEW_PROVIDERS,
        edit=EDIT_PROVIDERS,
        referred=seen_from,
        after_write=keep_in_place,
        admit=admit,
        listed=("name", "kind", "region", "rating", "rating_until", "has_party_organisation", "status"),
        filters=("kind", "status", "rating", "has_party_organisation", "is_charity"),
        searched=("name", "uscc", "legal_representative"),
        nav="机构",
    )
)

INSPECTIONS = register(
    Register(
        key="inspections",
        sheet=Sheet(
            name="检查",
            aliases=("检查台账", "检查审计", "监督检查"),
            columns=(
                key("检查编号"),
                choice("kind", "检查类型", "/".join(InspectionKind.values), "类型", required=True),
                Column(
                    name="year",
                    header="年度",
                    kind=Kind.YEAR,
                    required=True,
                    aliases=("检查年度", "年份"),
                    help="检查的是哪一年度的情况",
                ),
                provider_column(
                    required=True,
                    hint="承接机构的统一社会信用代码，须已在“承接机构”中登记；检查记在填报的县，同一机构服务的别的县看不到",
                ),
                choice("conclusion", "结论", "/".join(Conclusion.values), "检查结论", required=True),
                day("inspected_on", "检查日期", "检查时间", required=True, hint="受检机构数按这一天计入期间"),
                text("inspector", "检查单位", hint="实施检查的单位，委托会计师事务所的填事务所名称"),
                long_text("findings", "发现问题", "检查发现问题", "存在问题"),
            ),
        ),
        model=Inspection,
        happens="inspected_on",
        title="code",
        place=("provider",),
        by_doer=True,
        view=VIEW_INSPECTIONS,
        edit=EDIT_INSPECTIONS,
        listed=("code", "provider", "kind", "year", "conclusion", "inspected_on", "inspector"),
        filters=("kind", "year", "conclusion"),
        searched=("code", "inspector"),
        order="-inspected_on",
        nav="机构",
    )
)
