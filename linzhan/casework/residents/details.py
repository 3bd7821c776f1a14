"""What a sheet of the resident's file asks: the columns that several sheets share, and the details of a person.

How two phones that changed the same column are brought together stands at the column (``merges``): lists and
notes are joined, of a phone number the newest stands (``domain.md`` §19.3).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from linzhan.casework.residents import enums as lists
from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.kernel.sheets.making import IDENTITY_ALIASES, choice, count, day, long_text, phone, text, texts

L3, L4 = Level.L3, Level.L4


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
    *("living", "marital", "education", "employment", "income", "housing"),
    *("emergency_contact", "emergency_phone"),
    *("health", "chronic", "care_ability", "care_resources", "social_security", "policies"),
    *("guardianship", "school", "attendance"),
)
"""What a home survey asks of the person's details."""
