"""Residents and service records, as the workbook spells them (``contract/workbook.md``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from linzhan.casework.enums import (
    DocumentType,
    EntryMode,
    Method,
    Outcome,
    RecordStatus,
    ResidentStatus,
    Risk,
    Task,
)
from linzhan.casework.models import RecordResident, RecordWorker, Resident, ResidentState, ServiceRecord
from linzhan.casework.residents.following import after_residents
from linzhan.casework.review.locking import vet_records
from linzhan.casework.review.opening import begin_records, settle_record
from linzhan.casework.review.steps import RECORD_STEPS
from linzhan.casework.rights import (
    EDIT_RECORDS,
    EDIT_RESIDENTS,
    SEE_CONFIDENTIAL,
    VIEW_RECORDS,
    VIEW_RESIDENTS,
)
from linzhan.casework.standing import held_codes
from linzhan.casework.transfers.locks import refused
from linzhan.casework.transfers.proposing import heard
from linzhan.kernel import places
from linzhan.kernel.registers.confiding import confides, keep_hidden
from linzhan.kernel.registers.declare import Link, Register, code_list, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Origin, Sheet
from linzhan.kernel.sheets.making import (
    CODE_LENGTH,
    IDENTITY_ALIASES,
    beside,
    choice,
    coordinate,
    count,
    day,
    key,
    long_text,
    moment,
    phone,
    region,
    text,
    yes_no,
)
from linzhan.kernel.sheets.spelling import compact
from linzhan.network.api import station_column
from linzhan.policy.api import menu, resident_categories
from linzhan.procurement.api import PROJECT

L3, L4 = Level.L3, Level.L4
CONFIDENTIAL, KEPT = "confidential-categories", 300  # seconds


def categories() -> Mapping[str, str]:
    """Codes and names of the categories of residents to their code (``domain.md`` §6.1)."""
    listed = resident_categories(places.NATION, timezone.localdate())
    codes = {code: code for code in held_codes()} | {entry.code: entry.code for entry in listed}
    return {compact(entry.name): entry.code for entry in listed} | codes


def hidden_categories(rights: frozenset[str]) -> frozenset[str]:
    """The categories that are confidential in themselves, for a reader without the duty (``domain.md`` §19.2)."""
    if SEE_CONFIDENTIAL in rights:
        return frozenset()
    known: frozenset[str] | None = cache.get(CONFIDENTIAL)
    if known is None:
        listed = resident_categories(places.NATION, timezone.localdate())
        known = frozenset(entry.code for entry in listed if entry.confidential)
        cache.set(CONFIDENTIAL, known, KEPT)
    return known


def keep_unseen(was: Mapping[str, Any], row: dict[str, Any], stated: frozenset[str]) -> None:
    """Whoever sees a person's categories in part does not take away what they do not see."""
    if "categories" in stated:
        keep_hidden(RESIDENTS.column("categories"), was, row)


def service_items() -> Mapping[str, str]:
    """Codes and names of the service menu to their code (``domain.md`` §9.1)."""
    listed = menu(places.NATION, timezone.localdate())
    return {compact(entry.name): entry.code for entry in listed} | {
        entry.code: entry.code for entry in listed
    }


code_list("@categories", categories)
confides("@categories", hidden_categories)
code_list("@service-items", service_items)


ITEM = Column(
    name="item",
    header="服务事项",
    kind=Kind.REFERENCE,
    refers_to="@service-items",
    aliases=("服务事项代码", "服务事项编码"),
    help="服务菜单里的代码或名称，如 B01",
)

RESIDENTS = register(
    Register(
        key="residents",
        sheet=Sheet(
            name="服务对象",
            aliases=("服务对象台账", "服务对象名册", "对象台账", "服务对象档案"),
            columns=(
                key("对象编号", "服务对象编号", "档案编号"),
                text("name", "姓名", "服务对象姓名", "对象姓名", required=True, level=L3),
                choice("document_type", "证件类型", "/".join(DocumentType.values), level=L3),
                Column(
                    name="identity_number",
                    header="证件号码",
                    kind=Kind.DOCUMENT,
                    document_type="document_type",
                    aliases=(*IDENTITY_ALIASES, "公民身份号码"),
                    max_length=CODE_LENGTH,
                    level=L4,
                    help="加密保存，只用来查重和核对身份；没有证件可留空。请把这一列设为文本格式",
                ),
                choice("sex", "性别", "男/女", level=L3),
                day("born_on", "出生日期", "出生年月日", "生日", level=L3),
                Column(
                    name="categories",
                    header="对象类别",
                    kind=Kind.REFERENCE,
                    refers_to="@categories",
                    required=True,
                    several=True,
                    aliases=("服务对象类别", "人员类别", "类别"),
                    dated=True,
                    merges="append",
                    level=L3,
                    help="类别的代码或名称，可填多个；探访频次按类别和风险等级确定",
                ),
                replace(
                    choice("risk", "风险等级", "/".join(Risk.values), "风险级别", dated=True, level=L3),
                    merges="higher",
                ),
                Column(
                    name="household",
                    header="户编号",
                    kind=Kind.CODE,
                    aliases=("家庭编号", "户号"),
                    max_length=CODE_LENGTH,
                    level=L3,
                    help="同一户填同一个编号，用来计算探访户次",
                ),
                text("guardian", "监护人", "监护人姓名", level=L3),
                replace(phone("guardian_phone", "监护人电话", "监护人联系电话", level=L3), merges="newest"),
                replace(phone("phone", "联系电话", "电话", "手机号", level=L3), merges="newest"),
                region(
                    "现住行政区划",
                    "现住地行政区划",
                    "居住行政区划",
                    "行政区划",
                    name="home_region",
                    dated=True,
                    level=L3,
                    hint="现在住在哪里，尽量填到村(社区)",
                ),
                text("address", "住址", "现住址", "家庭住址", "居住地址", level=L3),
                coordinate("longitude", "经度", 180, L4),
                coordinate("latitude", "纬度", 90, L4),
                station_column(required=True, dated=True),
                Column(
                    name="worker",
                    header="责任社工证件号",
                    kind=Kind.REFERENCE,
                    refers_to="社工",
                    aliases=("责任社工身份证号", "责任社工", *IDENTITY_ALIASES),
                    dated=True,
                    level=L4,
                    help="负责这位对象的社工的证件号码",
                ),
                day("registered_on", "建档日期", "建档时间", required=True, hint="状态自该日起算"),
                day(
                    "consented_on",
                    "同意日期",
                    "知情同意日期",
                    "同意时间",
                    hint="本人或监护人同意建档服务的日期",
                ),
                choice("status", "状态", "/".join(ResidentStatus.values), "对象状态", dated=True),
            ),
        ),
        model=Resident,
        states=ResidentState,
        starts="registered_on",
        after_write=after_residents,
        settle=keep_unseen,
        place=("station",),
        view=VIEW_RESIDENTS,
        edit=EDIT_RESIDENTS,
        listed=("name", "categories", "risk", "station", "worker", "home_region", "status"),
        filters=("risk", "status", "categories"),
        searched=("name", "code"),
        nav="服务",
        merged="merged_into_id",
        numbered="D",
    )
)

RECORDS = register(
    Register(
        key="service-records",
        sheet=Sheet(
            name="服务记录",
            aliases=("服务台账", "服务记录台账", "探访台账", "个案台账", "小组台账", "活动台账"),
            columns=(
                key("记录编号", "服务记录编号"),
                choice("method", "服务方式", "/".join(Method.values), "服务类型", required=True),
                ITEM,
                moment("started_at", "开始时间", "服务开始时间", required=True),
                moment("ended_at", "结束时间", "服务结束时间", required=True, not_before="started_at"),
                station_column(required=True),
                PROJECT,
                Column(
                    name="workers",
                    header="社工证件号",
                    kind=Kind.REFERENCE,
                    refers_to="社工",
                    required=True,
                    several=True,
                    aliases=("社工身份证号", "社工证件号码", *IDENTITY_ALIASES),
                    level=L4,
                    help="社工的证件号码，可填多个，用分号或顿号隔开",
                ),
                Column(
                    name="residents",
                    header="对象编号",
                    kind=Kind.REFERENCE,
                    refers_to="服务对象",
                    several=True,
                    aliases=("服务对象编号",),
                    level=L3,
                    help="服务了哪些对象，可填多个；面向公众的活动可留空",
                ),
                Column(
                    name="case_code",
                    header="个案小组编号",
                    kind=Kind.CODE,
                    aliases=("个案编号", "小组编号", "个案(小组)编号"),
                    max_length=CODE_LENGTH,
                    help="同一个案或小组的各次服务填同一个编号",
                ),
                choice("outcome", "探访结果", "/".join(Outcome.values), level=L3),
                count("attendances", "服务人次", "参加人次", unit="人次", hint="不填时按对象人数计"),
                count("volunteers", "志愿者人数", "志愿者数", unit="人"),
                text("place", "地点", "服务地点", level=L3),
                coordinate("longitude", "经度", 180, L4),
                coordinate("latitude", "纬度", 90, L4),
                replace(long_text("content", "内容", "服务内容", required=True, level=L4), merges="append"),
                Column(
                    name="satisfaction",
                    header="满意度",
                    kind=Kind.INTEGER,
                    minimum=1,
                    maximum=5,
                    aliases=("满意度评分",),
                    help="1—5 分,5 分最满意；没有评分就留空",
                ),
                yes_no(
                    "closes", "是否结案", "结案", dated=False, hint="这次服务结束了整个个案或小组，填“是”"
                ),
                replace(moment("entered_at", "录入时间", "登记时间"), origin=Origin.STAMPED),
                beside(
                    replace(
                        choice(
                            "tasks",
                            "职业任务",
                            "/".join(Task.values),
                            "服务标签",
                            hint="这次服务做了社会工作十三项职业任务中的哪几项，用来统计服务内容",
                        ),
                        several=True,
                    )
                ),
                beside(
                    count("travel_minutes", "路途分钟", unit="分钟", hint="往返路上用的时间，用来说明工作量")
                ),
                beside(
                    count(
                        "paperwork_minutes", "文书分钟", unit="分钟", hint="整理记录用的时间，用来说明工作量"
                    )
                ),
                beside(text("late_reason", "补录原因", hint="超过补录时限的，写一句原因；没有网络不算补录")),
                beside(moment("made_at", "设备时间", hint="手机上写下这条记录的时间"), Origin.PLATFORM),
                beside(choice("entry_mode", "录入方式", "/".join(EntryMode.values)), Origin.DERIVED),
                beside(choice("status", "审核状态", "/".join(RecordStatus.values)), Origin.PLATFORM),
                beside(
                    long_text("returned_reason", "退回原因", level=L3, hint="站长退回或作废时写的原因"),
                    Origin.PLATFORM,
                ),
            ),
        ),
        model=ServiceRecord,
        links={
            "residents": Link(
                model=RecordResident, owner="record", target="resident", copies=("started_at", "method")
            ),
            "workers": Link(model=RecordWorker, owner="record", target="worker", copies=("started_at",)),
        },
        happens="started_at",
        place=("station",),
        title="code",
        steps=RECORD_STEPS,
        stage="status",
        begin=begin_records,
        vet=vet_records,
        settle=settle_record,
        view=VIEW_RECORDS,
        edit=EDIT_RECORDS,
        listed=("started_at", "method", "item", "station", "residents", "workers", "outcome"),
        filters=("method", "outcome", "item", "status", "entry_mode", "tasks"),
        searched=("code",),
        refuse=refused,
        heard=heard,
        order="-started_at",
        nav="服务",
        numbered="F",
    )
)
