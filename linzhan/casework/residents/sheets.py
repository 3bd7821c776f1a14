"""The registers of the resident's file, as a sheet spells them (``domain.md`` §6, §19.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from linzhan.casework.enums import Risk
from linzhan.casework.residents import completing, services
from linzhan.casework.residents import enums as lists
from linzhan.casework.residents.enums import ChangeKind, ConsentMethod, GivenBy, Purpose, SurveyNeed
from linzhan.casework.residents.models import (
    CategoryBasis,
    Consent,
    HomeSurvey,
    Household,
    MajorChange,
    ResidentDetail,
    RiskReview,
)
from linzhan.casework.residents.rights import EDIT_RISK, VIEW_RISK
from linzhan.casework.rights import EDIT_RESIDENTS, VIEW_RESIDENTS
from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import (
    IDENTITY_ALIASES,
    choice,
    count,
    day,
    key,
    long_text,
    moment,
    phone,
    region,
    text,
    texts,
)
from linzhan.network.api import station_column

L3, L4 = Level.L3, Level.L4
SERVICE: Final = "服务"


def resident_column(*, is_key: bool = False, hint: str = "") -> Column:
    """对象编号: whom a row is about; it stands where that person stands."""
    return Column(
        name="resident",
        header="对象编号",
        kind=Kind.REFERENCE,
        refers_to="服务对象",
        required=True,
        key=is_key,
        aliases=("服务对象编号",),
        level=L3,
        help=hint or "这一条说的是谁",
    )


def worker_column(header: str) -> Column:
    return Column(
        name="worker",
        header=header,
        kind=Kind.REFERENCE,
        refers_to="社工",
        aliases=IDENTITY_ALIASES,
        level=L4,
    )


def several(name: str, header: str, choices: str, *, level: Level = L3, hint: str = "") -> Column:
    """Any number of ``choices``; two lists from afar are joined."""
    return Column(
        name=name,
        header=header,
        kind=Kind.CHOICE,
        choices=tuple(choices.split("/")),
        several=True,
        level=level,
        help=hint,
        merges="append",
    )


def joined(column: Column) -> Column:
    return replace(column, merges="append")


def newest(column: Column) -> Column:
    return replace(column, merges="newest")


def personal(column: Column, level: Level = L3) -> Column:
    return replace(column, level=level)


DETAILS: Final = (
    text("nation", "民族", level=L3, max_length=40),
    choice("marital", "婚姻状况", lists.MARITAL, level=L3),
    choice("education", "文化程度", lists.EDUCATION, level=L3),
    choice("employment", "就业状况", lists.EMPLOYMENT, level=L3),
    text("unemployed_reason", "未就业原因", level=L3),
    text("income", "主要收入来源", level=L3, hint="如 低保金、务农、子女供养；用来判断救助需要"),
    choice("separation", "人户分离", lists.SEPARATION, level=L3, hint="户口与人是否都在本地"),
    personal(text("hukou_address", "户籍地址", level=L3)),
    newest(phone("landline", "固定电话", level=L3)),
    newest(text("emergency_contact", "紧急联系人", level=L3, hint="出事时先打给谁")),
    newest(phone("emergency_phone", "紧急联系电话", level=L3)),
    choice("living", "居住方式", lists.LIVING, level=L3, hint="建议风险等级时会用到"),
    personal(count("sons", "儿子", unit="人")),
    personal(count("daughters", "女儿", unit="人")),
    choice("housing", "住房", lists.HOUSING, level=L3),
    choice("health", "健康状况", lists.HEALTH, level=L4, hint="重病会建议列为高风险"),
    joined(personal(texts("chronic", "慢性病", hint="如 高血压、糖尿病"), L4)),
    joined(long_text("mental", "精神状况", level=L4)),
    several("disability_types", "残疾类别", lists.DISABILITIES, level=L4),
    choice("disability_grade", "残疾等级", lists.DISABILITY_GRADES, level=L4),
    choice("care_ability", "生活自理能力", lists.CARE_ABILITY, level=L4),
    several("care_resources", "照料资源", lists.CARE_RESOURCES, hint="平时由谁照料"),
    several("social_security", "社会保障", lists.SOCIAL_SECURITY),
    joined(
        personal(
            texts(
                "policies", "享受的政策", hint="如 低保金、残疾人两项补贴、医疗救助；两项以上列为政策叠加享受"
            )
        )
    ),
    joined(long_text("social_resources", "社会支持", level=L3, hint="亲友、邻里、志愿者、单位能帮什么")),
    joined(long_text("goals", "服务目标", level=L3)),
    choice("guardian_relation", "监护人关系", lists.GUARDIANS, level=L3, hint="未成年人填写"),
    choice(
        "guardianship", "监护能力", lists.GUARDIANSHIP, level=L4, hint="未成年人填写；建议风险等级时会用到"
    ),
    choice("father", "父亲情况", lists.PARENT, level=L4, hint="未成年人填写"),
    choice("mother", "母亲情况", lists.PARENT, level=L4, hint="未成年人填写"),
    newest(day("parents_contacted_on", "父母最近联系日期", level=L3, hint="外出父母最近一次与孩子联系")),
    text("school", "就读学校", level=L3),
    text("grade", "年级", level=L3, max_length=40),
    choice("attendance", "到校情况", lists.ATTENDANCE, level=L3),
    text("carer", "委托照护人", level=L3, hint="父母外出委托谁照护（未成年人保护法第二十二条）"),
    newest(phone("carer_phone", "委托照护人电话", level=L3)),
    day("care_agreed_on", "委托照护协议日期", level=L3),
    text("child_director", "儿童主任", level=L3),
    joined(
        personal(texts("external_ids", "其他系统编号", hint="系统名:编号，如 金民工程:123；避免重复填报"))
    ),
)
DETAIL_BY_NAME: Final = {column.name: column for column in DETAILS}
SURVEYED: Final = (
    *(
        "living",
        "marital",
        "education",
        "employment",
        "income",
        "housing",
        "emergency_contact",
        "emergency_phone",
    ),
    *("health", "chronic", "care_ability", "care_resources", "social_security", "policies"),
    *("guardianship", "school", "attendance"),
)
"""What a home survey asks of the person's details."""

HOUSEHOLDS = register(
    Register(
        key="households",
        starter=False,
        sheet=Sheet(
            name="家庭户",
            by_headers=False,
            columns=(
                key("户编号", "家庭编号", "户号", hint="与服务对象名册里的户编号一致，据此列出家庭成员"),
                text("head", "户主", "户主姓名", level=L3),
                newest(phone(level=L3)),
                replace(count("members_count", "家庭人口", "户内人口", unit="人"), merges="newest"),
                replace(region("现住行政区划", name="home_region", level=L3), required=False),
                text("address", "住址", level=L3),
                text("income", "主要收入来源", level=L3),
                joined(long_text("notes", "家庭情况", level=L3, hint="成员关系、主要困难")),
                station_column(required=True),
            ),
        ),
        model=Household,
        place=("station",),
        title="code",
        view=VIEW_RESIDENTS,
        edit=EDIT_RESIDENTS,
        listed=("code", "head", "members_count", "home_region", "address", "station"),
        searched=("code",),
        nav=SERVICE,
    )
)
RESIDENT_DETAILS = register(
    Register(
        key="resident-details",
        starter=False,
        sheet=Sheet(
            name="对象详情",
            by_headers=False,
            columns=(resident_column(is_key=True, hint="一人一份"), *DETAILS),
        ),
        model=ResidentDetail,
        place=("resident",),
        title="resident",
        view=VIEW_RESIDENTS,
        edit=EDIT_RESIDENTS,
        listed=("resident", "living", "care_ability", "policies", "attendance"),
        filters=("living", "care_ability", "guardianship", "attendance"),
        nav=SERVICE,
    )
)
CATEGORY_BASES = register(
    Register(
        key="resident-categories",
        starter=False,
        numbered="RD",
        sheet=Sheet(
            name="类别认定",
            by_headers=False,
            columns=(
                key("认定编号"),
                resident_column(),
                Column(
                    name="category",
                    header="对象类别",
                    kind=Kind.REFERENCE,
                    refers_to="@categories",
                    required=True,
                    level=L3,
                    help="认定后自动列入服务对象的类别；到期只提醒，不会自动去掉",
                ),
                text("basis", "认定依据", level=L3, hint="如 低保审批、残疾人证、村(居)委会证明"),
                text("document_number", "文件或证件号", level=L3),
                day("starts_on", "认定日期", required=True),
                day("expires_on", "有效期至", not_before="starts_on", hint="长期有效就留空；到期前会提醒"),
                text("source", "信息来源", level=L3, hint="如 民政审批、本人出示、部门共享"),
                newest(day("verified_on", "核实日期")),
                day(
                    "ended_on",
                    "终止日期",
                    not_before="starts_on",
                    hint="不再符合的，填终止日期，并在对象类别中去掉",
                ),
            ),
        ),
        model=CategoryBasis,
        place=("resident",),
        title="code",
        after_write=services.after_bases,
        view=VIEW_RESIDENTS,
        edit=EDIT_RESIDENTS,
        listed=("resident", "category", "basis", "starts_on", "expires_on", "verified_on"),
        filters=("category",),
        searched=("code",),
        nav=SERVICE,
    )
)
CONSENTS = register(
    Register(
        key="resident-consents",
        starter=False,
        numbered="TY",
        sheet=Sheet(
            name="知情同意",
            by_headers=False,
            columns=(
                key("同意编号"),
                resident_column(),
                choice("purpose", "同意事项", "/".join(Purpose.values), required=True),
                choice("given_by", "由谁同意", "/".join(GivenBy.values), required=True),
                text("giver", "同意人姓名", level=L3, hint="监护人或代理人同意时填写"),
                text("relation", "与本人关系", level=L3, max_length=40),
                long_text(
                    "child_view", "未成年人本人意见", level=L3, hint="14—17 周岁必填：问过孩子，孩子怎么说"
                ),
                choice(
                    "method",
                    "同意方式",
                    "/".join(ConsentMethod.values),
                    required=True,
                    hint="签字与口头并见证同等有效",
                ),
                text("witness", "见证人", level=L3, hint="口头同意时必填"),
                Column(
                    name="text_version",
                    header="告知书版本",
                    kind=Kind.CODE,
                    max_length=40,
                    help="不填时取登记时本地使用的告知书",
                ),
                day("given_on", "同意日期", required=True),
                day(
                    "withdrawn_on", "撤回日期", not_before="given_on", hint="撤回与同意一样方便，填上日期即可"
                ),
                joined(long_text("note", "说明", level=L3)),
            ),
        ),
        model=Consent,
        place=("resident",),
        title="code",
        examine=completing.examine_consents,
        after_write=services.after_consents,
        view=VIEW_RESIDENTS,
        edit=EDIT_RESIDENTS,
        listed=("resident", "purpose", "given_by", "method", "given_on", "withdrawn_on"),
        filters=("purpose", "given_by", "method"),
        searched=("code",),
        nav=SERVICE,
    )
)
RISK_REVIEWS = register(
    Register(
        key="risk-reviews",
        starter=False,
        numbered="FX",
        sheet=Sheet(
            name="风险评估",
            by_headers=False,
            columns=(
                key("评估编号"),
                resident_column(),
                choice("level", "风险等级", "/".join(Risk.values), required=True, level=L3),
                long_text(
                    "reason", "评定理由", level=L4, hint="低于原等级，或与系统建议不同时，必须写明理由"
                ),
                worker_column("评定人证件号"),
                day("reviewed_on", "评定日期", required=True),
                day(
                    "review_by",
                    "下次评定期限",
                    not_before="reviewed_on",
                    hint="不填时按等级推算：默认高风险 30 日、重点 90 日、一般 180 日",
                ),
                choice("suggested", "系统建议等级", "/".join(Risk.values), level=L4, hint="由平台填写"),
                long_text("suggested_why", "建议理由", level=L4, hint="由平台填写"),
            ),
        ),
        model=RiskReview,
        place=("resident",),
        title="code",
        derived=frozenset({"suggested", "suggested_why"}),
        examine=completing.examine_reviews,
        after_write=services.after_reviews,
        view=VIEW_RISK,
        edit=EDIT_RISK,
        listed=("resident", "level", "reviewed_on", "review_by", "worker"),
        filters=("level",),
        searched=("code",),
        nav=SERVICE,
    )
)
MAJOR_CHANGES = register(
    Register(
        key="major-changes",
        starter=False,
        numbered="BG",
        sheet=Sheet(
            name="重大变故",
            by_headers=False,
            columns=(
                key("变故编号"),
                resident_column(),
                choice("kind", "变故类型", "/".join(ChangeKind.values), required=True, level=L4),
                moment("happened_at", "发生时间", required=True),
                moment(
                    "found_at",
                    "发现时间",
                    required=True,
                    not_before="happened_at",
                    hint="首次探访时限自发现时起算",
                ),
                joined(long_text("note", "情况说明", level=L4)),
            ),
        ),
        model=MajorChange,
        place=("resident",),
        title="code",
        view=VIEW_RISK,
        edit=EDIT_RISK,
        listed=("resident", "kind", "happened_at", "found_at"),
        filters=("kind",),
        searched=("code",),
        nav=SERVICE,
    )
)
HOME_SURVEYS = register(
    Register(
        key="home-surveys",
        starter=False,
        numbered="DC",
        sheet=Sheet(
            name="入户调查",
            by_headers=False,
            columns=(
                key("调查编号"),
                resident_column(),
                day("surveyed_on", "调查日期", required=True),
                worker_column("调查人证件号"),
                count("members_count", "家庭人口", unit="人"),
                *(DETAIL_BY_NAME[name] for name in SURVEYED),
                several(
                    "need_kinds", "需求类型", "/".join(SurveyNeed.values),
                    hint="保存后逐项列入需求清单，不必另填",
                ),
                joined(long_text("need_text", "需求内容", level=L3)),
                Column(
                    name="urgency", header="紧急程度", kind=Kind.INTEGER, minimum=1, maximum=4,
                    help="1—4，4 最紧急；有需求时填写，不填按 1",
                ),
                joined(long_text("note", "备注", level=L3)),
            ),
        ),
        model=HomeSurvey,
        place=("resident",),
        title="code",
        examine=completing.examine_surveys,
        after_write=services.after_surveys,
        view=VIEW_RISK,
        edit=EDIT_RISK,
        listed=("resident", "surveyed_on", "worker", "need_kinds", "urgency"),
        filters=("urgency",),
        searched=("code",),
        nav=SERVICE,
    )
)  # fmt: skip
