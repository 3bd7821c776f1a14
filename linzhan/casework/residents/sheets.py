"""The registers of the resident's file, as a sheet spells them (``domain.md`` §6, §19.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from linzhan.casework.enums import Risk
from linzhan.casework.residents import completing, services
from linzhan.casework.residents.details import (
    DETAIL_BY_NAME,
    DETAILS,
    SURVEYED,
    joined,
    newest,
    resident_column,
    several,
    worker_column,
)
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
    choice,
    count,
    day,
    key,
    long_text,
    moment,
    phone,
    region,
    text,
)
from linzhan.network.api import station_column

L3, L4 = Level.L3, Level.L4
SERVICE: Final = "服务"

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
        beside=True,
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
        beside=True,
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
        beside=True,
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
        beside=True,
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
        beside=True,
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
        beside=True,
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
        vet=services.drop_repeated_needs,
        after_write=services.after_surveys,
        view=VIEW_RISK,
        edit=EDIT_RISK,
        listed=("resident", "surveyed_on", "worker", "need_kinds", "urgency"),
        filters=("urgency",),
        searched=("code",),
        nav=SERVICE,
        beside=True,
    )
)  # fmt: skip
