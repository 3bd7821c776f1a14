"""Vetting, national registration, credits and sanctions as registers."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import choice, day, hours, long_text, text
from linzhan.workforce.columns import coded, worker_column
from linzhan.workforce.enums import Grade
from linzhan.workforce.rights import EDIT_WORKERS, VIEW_WORKERS
from linzhan.workforce.standing.enums import (
    CreditKind,
    CreditStage,
    RegistrationKind,
    RegistrationStage,
    SanctionStage,
    VettingKind,
    VettingResult,
)
from linzhan.workforce.standing.models import EducationCredit, GradeRegistration, StaffSanction, Vetting
from linzhan.workforce.standing.rights import EDIT_VETTINGS, HANDLE_SANCTIONS, VIEW_VETTINGS
from linzhan.workforce.standing.services import derive_validity, vetting_faults
from linzhan.workforce.standing.steps import CREDIT_STEPS, REGISTRATION_STEPS, SANCTION_STEPS

GRADES = "/".join(grade for grade in Grade.values if grade != Grade.NONE)

VETTINGS = register(
    Register(
        key="vettings",
        starter=False,
        numbered="CX",
        sheet=Sheet(
            name="从业查询",
            by_headers=False,
            columns=(
                coded("查询编号", "CX"),
                worker_column(),
                choice("kind", "查询类型", "/".join(VettingKind.values), required=True),
                day("requested_on", "申请日期", required=True),
                Column(
                    name="result",
                    header="查询结果",
                    kind=Kind.CHOICE,
                    choices=tuple(VettingResult.values),
                    level=Level.L4,
                    help="只登记结果，不登记、不上传记录内容；不填为待回复",
                ),
                day("answered_on", "结果日期", not_before="requested_on"),
                day("valid_until", "有效期至", hint="按规定的查询周期自动得出"),
            ),
        ),
        model=Vetting,
        place=("worker",),
        check=vetting_faults,
        examine=derive_validity,
        derived=frozenset({"valid_until"}),
        title="code",
        ends="valid_until",
        view=VIEW_VETTINGS,
        edit=EDIT_VETTINGS,
        listed=("code", "worker", "kind", "requested_on", "answered_on", "valid_until"),
        filters=("kind",),
        searched=("code",),
        nav="人员",
    )
)

REGISTRATIONS = register(
    Register(
        key="certificate-registrations",
        starter=False,
        numbered="DJ",
        steps=REGISTRATION_STEPS,
        sheet=Sheet(
            name="证书登记",
            by_headers=False,
            columns=(
                coded("登记编号", "DJ"),
                worker_column(),
                choice("grade", "职业资格", GRADES, required=True),
                choice("kind", "登记类型", "/".join(RegistrationKind.values), required=True),
                choice("stage", "状态", "/".join(RegistrationStage.values)),
                day("submitted_on", "提交日期", hint="在全国社会工作信息系统提交的日期"),
                day("issued_on", "出证日期", not_before="submitted_on"),
                day("until", "登记有效期至", hint="证书上的日期；出证后社工登记随之更新"),
            ),
        ),
        model=GradeRegistration,
        place=("worker",),
        title="code",
        ends="until",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("code", "worker", "grade", "kind", "stage", "submitted_on", "until"),
        filters=("stage", "kind", "grade"),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)

CREDITS = register(
    Register(
        key="education-credits",
        starter=False,
        numbered="XS",
        steps=CREDIT_STEPS,
        sheet=Sheet(
            name="学时认定",
            by_headers=False,
            columns=(
                coded("认定编号", "XS"),
                worker_column(),
                choice("kind", "类型", "/".join(CreditKind.values), required=True),
                day("gained_on", "取得日期", required=True, hint="学时按这一天计入周期"),
                hours("hours", "学时", unit="学时", hint="认定的人可以改；登记过的培训不用再报"),
                long_text("content", "内容和证明材料"),
                choice("stage", "状态", "/".join(CreditStage.values)),
                day("verified_on", "认定日期", hint="办理“认定”时自动记下"),
            ),
        ),
        model=EducationCredit,
        place=("worker",),
        derived=frozenset({"verified_on"}),
        title="code",
        happens="gained_on",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("code", "worker", "kind", "gained_on", "hours", "stage"),
        filters=("kind", "stage"),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)

SANCTIONS = register(
    Register(
        key="staff-sanctions",
        starter=False,
        numbered="SX",
        steps=SANCTION_STEPS,
        sheet=Sheet(
            name="人员失信处理",
            by_headers=False,
            columns=(
                coded("处理编号", "SX"),
                worker_column(hint="决定生效前，除经办部门和本人外没有人看得到"),
                text("because", "情形", required=True, level=Level.L4, hint="违反了什么"),
                long_text("facts", "事实", required=True, level=Level.L4, hint="时间、经过、证据"),
                long_text("reasons", "理由和依据", level=Level.L4, hint="告知本人的理由和条款"),
                choice("stage", "状态", "/".join(SanctionStage.values)),
                day("notified_on", "告知日期"),
                day("objection_until", "申辩截止", hint="告知后按规定的申辩期自动得出"),
                long_text(
                    "objection", "陈述申辩", level=Level.L4, hint="本人的话；本人也可以在“我的任职”里自己写"
                ),
                day("objected_on", "申辩日期"),
                long_text("decision", "决定和对申辩的答复", level=Level.L4),
                day("decided_on", "决定日期"),
                day("ends_on", "限制至", hint="按依据文件的年数自动得出，期满自动失效"),
            ),
        ),
        model=StaffSanction,
        place=("worker",),
        derived=frozenset({"objection_until", "objected_on", "decided_on", "ends_on"}),
        title="code",
        ends="ends_on",
        view=HANDLE_SANCTIONS,
        edit=HANDLE_SANCTIONS,
        listed=("code", "worker", "stage", "notified_on", "objection_until", "decided_on", "ends_on"),
        filters=("stage",),
        searched=("code",),
        nav="人员",
    )
)
