"""Training plans, examinations, teachers, bases, programmes and awards as registers (TRN, TAL, CPE-04, SYS-08)."""

from __future__ import annotations

from typing import Any

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import (
    choice,
    count,
    day,
    long_text,
    money,
    phone,
    reference,
    region,
    text,
    texts,
    yes_no,
)
from linzhan.providers.api import provider_column
from linzhan.workforce.columns import coded, worker_column, year
from linzhan.workforce.enums import SponsorLevel
from linzhan.workforce.rights import EDIT_WORKERS, VIEW_WORKERS
from linzhan.workforce.talent.enums import (
    Audience,
    AwardKind,
    BaseKind,
    Direction,
    ExamGrade,
    IncentiveKind,
    Layer,
    ProgrammeKind,
)
from linzhan.workforce.talent.models import (
    Award,
    CoursePlaces,
    ExamEntry,
    Exchange,
    IncentiveItem,
    TalentParticipant,
    TalentProgramme,
    Teacher,
    TrainingBase,
    TrainingPlan,
    University,
)
from linzhan.workforce.talent.rights import EDIT_TALENT, VIEW_TALENT


def _of_region(key: str, name: str, numbered: str, columns: tuple[Column, ...], **more: Any) -> Register:
    """A register whose rows say themselves which division they belong to."""
    return register(
        Register(
            key=key,
            starter=False,
            numbered=numbered,
            sheet=Sheet(name=name, by_headers=False, columns=(coded("编号", numbered), *columns)),
            **{
                "place": ("region",),
                "view": VIEW_TALENT,
                "edit": EDIT_TALENT,
                "nav": "人员",
                "beside": True,
                **more,
            },
        )
    )


TRAINING_PLANS = _of_region(
    "training-plans",
    "培训计划",
    "JH",
    (
        text("name", "计划名称", required=True),
        region(),
        year(),
        choice("layer", "阶段", "/".join(Layer.values), required=True),
        Column(
            name="audience", header="对象", kind=Kind.CHOICE, several=True, choices=tuple(Audience.values)
        ),
        count("people", "计划人数", unit="人"),
        count("hours", "计划学时", unit="学时"),
        long_text("content", "内容"),
    ),
    model=TrainingPlan,
    listed=("name", "region", "year", "layer", "audience", "people", "hours"),
    filters=("year", "layer"),
    searched=("name", "code"),
)

EXAM_ENTRIES = register(
    Register(
        key="exam-entries",
        starter=False,
        numbered="BK",
        sheet=Sheet(
            name="考试报名",
            by_headers=False,
            columns=(
                coded("报名编号", "BK"),
                worker_column(),
                Column(name="year", header="考试年度", kind=Kind.YEAR, required=True),
                choice("grade", "报考等级", "/".join(ExamGrade.values), required=True),
                day("enrolled_on", "报名日期", required=True),
                yes_no("prepared", "参加考前培训", dated=False),
                yes_no("passed", "通过", dated=False, hint="成绩公布后填写；高级的考试通过后还要评审"),
                day("passed_on", "通过日期", not_before="enrolled_on"),
            ),
        ),
        model=ExamEntry,
        place=("worker",),
        title="code",
        happens="enrolled_on",
        view=VIEW_WORKERS,
        edit=EDIT_WORKERS,
        listed=("worker", "year", "grade", "enrolled_on", "prepared", "passed", "passed_on"),
        filters=("year", "grade", "passed"),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)

TEACHERS = _of_region(
    "teachers",
    "师资",
    "SY",
    (
        text("name", "姓名", required=True, level=Level.L3),
        region(),
        text("employer", "工作单位"),
        text("title", "职称职务", max_length=100),
        texts("fields", "专长"),
        phone(level=Level.L3),
        day("joined_on", "入库日期", required=True),
        day("left_on", "出库日期", not_before="joined_on"),
    ),
    model=Teacher,
    ends="left_on",
    listed=("name", "region", "employer", "title", "fields", "joined_on"),
    searched=("name", "employer"),
)

TRAINING_BASES = _of_region(
    "training-bases",
    "培训基地",
    "JD",
    (
        text("name", "基地名称", required=True),
        region(),
        choice("kind", "类型", "/".join(BaseKind.values), required=True),
        text("host", "依托单位"),
        count("capacity", "可同时培训", unit="人"),
        day("opened_on", "设立日期", required=True),
        day("closed_on", "撤销日期", not_before="opened_on"),
    ),
    model=TrainingBase,
    ends="closed_on",
    listed=("name", "region", "kind", "host", "opened_on"),
    filters=("kind",),
    searched=("name", "code"),
)

EXCHANGES = _of_region(
    "exchanges",
    "交流",
    "JL",
    (
        region(),
        day("held_on", "日期", required=True),
        choice("direction", "方式", "/".join(Direction.values), required=True),
        text("partner", "对方", required=True, hint="来自或去往哪里"),
        count("people", "人数", unit="人"),
        long_text("content", "内容"),
    ),
    model=Exchange,
    happens="held_on",
    title="partner",
    listed=("held_on", "direction", "partner", "region", "people"),
    filters=("direction",),
    searched=("partner", "code"),
)

COURSE_PLACES = _of_region(
    "course-places",
    "课程名额",
    "ME",
    (
        region(),
        year(),
        text("platform", "提供方", required=True, hint="如 社工网校；课程在外部，这里只登记名额"),
        Column(name="places", header="名额", kind=Kind.INTEGER, required=True, minimum=0, unit="个"),
        count("used", "已用名额", unit="个"),
        money("worth", "折合金额"),
        long_text("content", "说明"),
    ),
    model=CoursePlaces,
    title="platform",
    listed=("platform", "region", "year", "places", "used", "worth"),
    filters=("year",),
    searched=("platform", "code"),
)

UNIVERSITIES = _of_region(
    "universities",
    "高校培养",
    "GX",
    (
        text("name", "学校名称", required=True),
        region(),
        year(),
        count("graduates", "年培养人数", unit="人", hint="本科、研究生合计"),
        count("practice_bases", "实习基地", unit="个"),
        count("founded", "师生创办机构", unit="家"),
        long_text("content", "说明"),
    ),
    model=University,
    listed=("name", "region", "year", "graduates", "practice_bases", "founded"),
    filters=("year",),
    searched=("name", "code"),
)

INCENTIVE_ITEMS = _of_region(
    "incentive-items",
    "激励政策",
    "JZ",
    (
        choice("kind", "类别", "/".join(IncentiveKind.values), required=True),
        text("title", "事项", required=True),
        region(),
        long_text("content", "内容"),
        text("document", "依据文件和条款", max_length=300),
        day("starts_on", "施行日期", required=True),
        day("ends_on", "停止日期", not_before="starts_on"),
    ),
    model=IncentiveItem,
    ends="ends_on",
    title="title",
    listed=("title", "kind", "region", "document", "starts_on"),
    filters=("kind",),
    searched=("title", "code"),
)

TALENT_PROGRAMMES = _of_region(
    "talent-programmes",
    "人才计划",
    "RC",
    (
        text("name", "计划名称", required=True),
        choice("kind", "类型", "/".join(ProgrammeKind.values), required=True),
        region(),
        year(),
        text("organiser", "组织单位"),
        count("people", "人数", unit="人", hint="没有逐人登记的填总数"),
        long_text("content", "说明"),
    ),
    model=TalentProgramme,
    listed=("name", "kind", "region", "year", "organiser", "people"),
    filters=("kind", "year"),
    searched=("name", "code"),
)

TALENT_PARTICIPANTS = _of_region(
    "talent-participants",
    "计划人员",
    "RY",
    (
        reference("programme", "人才计划编号", "人才计划", required=True),
        worker_column(required=False),
        text("name", "姓名", level=Level.L3, hint="不在社工登记里的填姓名"),
        text("employer", "工作单位"),
        text("education", "学历"),
        day("joined_on", "入选日期", required=True),
        day("left_on", "结束日期", not_before="joined_on"),
    ),
    model=TalentParticipant,
    place=("programme",),
    either=(("worker", "name"),),
    ends="left_on",
    title="code",
    listed=("programme", "worker", "name", "employer", "joined_on"),
    searched=("name", "code"),
)

AWARDS = _of_region(
    "awards",
    "评优表彰",
    "PY",
    (
        choice("kind", "类别", "/".join(AwardKind.values), required=True),
        text("title", "名称", required=True, hint="表彰或作品的名称"),
        region(),
        choice("level", "级别", "/".join(SponsorLevel.values)),
        day("awarded_on", "表彰日期", required=True),
        text("awarder", "评选单位"),
        provider_column(),
        worker_column(required=False, hint="表彰的是本地社工时填写"),
        text("work", "作品或对象", max_length=300),
        yes_no("recommended", "仅推荐", dated=False, hint="只是推荐参评、还没有评上的填“是”"),
    ),
    model=Award,
    happens="awarded_on",
    title="title",
    listed=("title", "kind", "level", "region", "awarded_on", "provider", "worker", "work"),
    filters=("kind", "level"),
    searched=("title", "work", "code"),
)
