"""Posts, appointments, origin, appraisal and conduct as registers (PPL-04, 09…15, 17, 20, 22, 23)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import choice, count, day, long_text, reference, region, text, yes_no
from linzhan.workforce.columns import coded, worker_column
from linzhan.workforce.posts import conduct  # noqa: F401 -- registers what it declares
from linzhan.workforce.posts.enums import (
    AppointmentStage,
    HospitalGrade,
    KeyField,
    Origin,
    ReviewResult,
    Seat,
    Task,
    UnitKind,
    Way,
)
from linzhan.workforce.posts.models import (
    JobDescription,
    PersonOrigin,
    PostAppointment,
    PostUnit,
    Recruitment,
    SeniorReview,
    WorkPost,
)
from linzhan.workforce.posts.rights import EDIT_POSTS, VIEW_POSTS
from linzhan.workforce.posts.services import derive_needed
from linzhan.workforce.posts.steps import APPOINTMENT_STEPS
from linzhan.workforce.rights import EDIT_WORKERS, VIEW_WORKERS

L3, L4 = Level.L3, Level.L4


def several(name: str, header: str, choices: list[str], hint: str = "") -> Column:
    return Column(name=name, header=header, kind=Kind.CHOICE, several=True, choices=tuple(choices), help=hint)


POST_UNITS = register(
    Register(
        key="post-units",
        starter=False,
        numbered="SG",
        sheet=Sheet(
            name="设岗单位",
            by_headers=False,
            columns=(
                coded("单位编号", "SG"),
                text("name", "单位名称", required=True),
                region(),
                choice("kind", "单位类型", "/".join(UnitKind.values), required=True),
                count("beds", "床位数", unit="张", hint="养老机构填写"),
                count(
                    "needed",
                    "应配社工",
                    unit="人",
                    hint="按当地每名社工对应的床位数自动得出（满一档配一名，至少一名）",
                ),
                count("workers", "现有社工", unit="人"),
                choice(
                    "grade", "医院等级", "/".join(HospitalGrade.values), hint="二级及以上应设医务社会工作部门"
                ),
                yes_no(
                    "mainly",
                    "以社会工作服务为主",
                    dated=False,
                    hint="主要提供社会工作服务的事业单位应设部门和岗位",
                ),
                yes_no("has_section", "设有社工部门", dated=False),
            ),
        ),
        model=PostUnit,
        place=("region",),
        examine=derive_needed,
        derived=frozenset({"needed"}),
        view=VIEW_POSTS,
        edit=EDIT_POSTS,
        listed=("name", "kind", "region", "beds", "needed", "workers", "grade", "has_section"),
        filters=("kind", "grade", "has_section"),
        searched=("name", "code"),
        nav="人员",
        beside=True,
    )
)

WORK_POSTS = register(
    Register(
        key="work-posts",
        starter=False,
        numbered="GW",
        sheet=Sheet(
            name="社工岗位",
            by_headers=False,
            columns=(
                coded("岗位编号", "GW"),
                region(),
                reference("unit", "设岗单位编号", "设岗单位", hint="已登记的设岗单位；其他的填用人单位"),
                text("employer", "用人单位"),
                choice("field", "领域", "/".join(KeyField.values), required=True),
                yes_no("full_time", "专职", dated=False),
                Column(
                    name="number", header="岗位数", kind=Kind.INTEGER, required=True, minimum=0, unit="个"
                ),
                count("filled", "在岗人数", unit="人"),
                day("opened_on", "设立日期", required=True),
                day("closed_on", "撤销日期", not_before="opened_on"),
            ),
        ),
        model=WorkPost,
        place=("region",),
        either=(("unit", "employer"),),
        title="code",
        ends="closed_on",
        view=VIEW_POSTS,
        edit=EDIT_POSTS,
        listed=("code", "field", "unit", "employer", "region", "full_time", "number", "filled", "opened_on"),
        filters=("field", "full_time"),
        searched=("code", "employer"),
        nav="人员",
        beside=True,
    )
)

JOB_DESCRIPTIONS = register(
    Register(
        key="job-descriptions",
        starter=False,
        numbered="SM",
        sheet=Sheet(
            name="岗位说明书",
            by_headers=False,
            columns=(
                coded("说明书编号", "SM"),
                text("name", "岗位名称", required=True),
                region(),
                several("tasks", "职业任务", Task.values, "从职业任务清单里选，可多选"),
                long_text("duties", "岗位职责"),
                long_text("qualification", "任职条件"),
            ),
        ),
        model=JobDescription,
        place=("region",),
        view=VIEW_POSTS,
        edit=EDIT_POSTS,
        listed=("name", "region", "tasks"),
        searched=("name", "code"),
        nav="人员",
        beside=True,
    )
)

POST_APPOINTMENTS = register(
    Register(
        key="post-appointments",
        starter=False,
        numbered="PQ",
        steps=APPOINTMENT_STEPS,
        sheet=Sheet(
            name="专业岗位聘任",
            by_headers=False,
            columns=(
                coded("聘任编号", "PQ"),
                worker_column(),
                text("employer", "聘用单位", required=True),
                Column(
                    name="level",
                    header="专业技术岗位等级",
                    kind=Kind.INTEGER,
                    required=True,
                    minimum=1,
                    maximum=13,
                    help="聘任时按当地规定核对职业资格：如高级 5—7 级、社工师 8—10 级、助理 11—13 级",
                ),
                day("appointed_on", "聘任日期", required=True),
                day("ended_on", "解聘日期", not_before="appointed_on"),
                choice("stage", "状态", "/".join(AppointmentStage.values)),
            ),
        ),
        model=PostAppointment,
        place=("worker",),
        title="code",
        ends="ended_on",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("code", "worker", "employer", "level", "appointed_on", "stage"),
        filters=("level", "stage"),
        searched=("code", "employer"),
        nav="人员",
        beside=True,
    )
)

SENIOR_REVIEWS = register(
    Register(
        key="senior-reviews",
        starter=False,
        numbered="GJ",
        sheet=Sheet(
            name="高级评审",
            by_headers=False,
            columns=(
                coded("评审编号", "GJ"),
                worker_column(),
                day("exam_passed_on", "考试通过日期", required=True, hint="高级社会工作师先考试、后评审"),
                day("exam_valid_until", "考试成绩有效期至", not_before="exam_passed_on"),
                day("applied_on", "申报日期", not_before="exam_passed_on"),
                day("reviewed_on", "评审日期", not_before="exam_passed_on"),
                choice(
                    "result", "评审结果", "/".join(ReviewResult.values), hint="通过后请在“社工”里更新职业资格"
                ),
            ),
        ),
        model=SeniorReview,
        place=("worker",),
        title="code",
        happens="exam_passed_on",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("code", "worker", "exam_passed_on", "exam_valid_until", "reviewed_on", "result"),
        filters=("result",),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)

ORIGINS = register(
    Register(
        key="person-origins",
        starter=False,
        numbered="LY",
        sheet=Sheet(
            name="人员来源",
            by_headers=False,
            columns=(
                coded("来源编号", "LY"),
                worker_column(),
                choice(
                    "origin",
                    "来源",
                    "/".join(Origin.values),
                    required=True,
                    hint="“本土新招培养对象”用来核对外来机构的承接条件",
                ),
                day("starts_on", "认定日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on"),
                long_text("content", "说明"),
            ),
        ),
        model=PersonOrigin,
        place=("worker",),
        title="code",
        ends="ends_on",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("worker", "origin", "starts_on", "ends_on"),
        filters=("origin",),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)

RECRUITMENTS = register(
    Register(
        key="recruitments",
        starter=False,
        numbered="JR",
        sheet=Sheet(
            name="进入方式",
            by_headers=False,
            columns=(
                coded("编号", "JR"),
                worker_column(),
                choice("way", "进入方式", "/".join(Way.values), required=True),
                several("seats", "任职", Seat.values, "在党组织、村(居)委会任职，或任人大代表、政协委员"),
                text("place", "村(社区)或单位"),
                day("starts_on", "起始日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on"),
            ),
        ),
        model=Recruitment,
        place=("worker",),
        title="code",
        ends="ends_on",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("worker", "way", "seats", "place", "starts_on"),
        filters=("way",),
        searched=("code", "place"),
        nav="人员",
        beside=True,
    )
)
