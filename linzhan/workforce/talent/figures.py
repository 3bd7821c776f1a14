"""Figures of examinations, teachers, bases, places, graduates and awards (TRN-02, 03, 08, 09, 11; TAL-01, 04, 07)."""

from __future__ import annotations

from linzhan.kernel.figures import Formula, Query, fact, figure

fact(
    "exam_entries",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "enrolled_on": "date",
        "passed_on": "date",
        "level": "string",
        "passed": "boolean",
    },
    live_sql="""
        SELECT id, region_code, station_id, enrolled_on, passed_on, grade AS level, passed FROM workforce_examentry
    """,
    registers=("exam-entries",),
)
fact(
    "teachers",
    columns={"id": "uuid", "region_code": "string", "valid_from": "date", "valid_to": "date"},
    live_sql="SELECT id, region_code, joined_on AS valid_from, left_on AS valid_to FROM workforce_teacher",
)
fact(
    "training_bases",
    columns={
        "id": "uuid",
        "region_code": "string",
        "valid_from": "date",
        "valid_to": "date",
        "type": "string",
    },
    live_sql="""
        SELECT id, region_code, opened_on AS valid_from, closed_on AS valid_to, kind AS type
        FROM workforce_trainingbase
    """,
    registers=("training-bases",),
)
fact(
    "exchanges",
    columns={
        "id": "uuid",
        "region_code": "string",
        "held_on": "date",
        "direction": "string",
        "people": "int64",
    },
    live_sql="SELECT id, region_code, held_on, direction, people::bigint AS people FROM workforce_exchange",
)
fact(
    "course_places",
    columns={"id": "uuid", "region_code": "string", "year": "date", "places": "int64"},
    live_sql="""
        SELECT id, region_code, make_date(year::int, 1, 1) AS year, places::bigint AS places
        FROM workforce_courseplaces
    """,
    registers=("course-places",),
)
fact(
    "universities",
    columns={"id": "uuid", "region_code": "string", "year": "date", "graduates": "int64"},
    live_sql="""
        SELECT id, region_code, make_date(year::int, 1, 1) AS year, graduates::bigint AS graduates
        FROM workforce_university
    """,
)
fact(
    "awards",
    columns={"id": "uuid", "region_code": "string", "awarded_on": "date", "kind": "string"},
    live_sql="""
        SELECT id, region_code, awarded_on, kind FROM workforce_award WHERE recommended IS NOT TRUE
    """,
)


@figure(
    "training.exam_entries",
    "考试报名人次",
    "人次",
    definition="报名日期在期间内的社会工作者职业水平考试报名人次，可按报考等级拆分",
    timing="period",
    dims=("level",),
    known_by="exam-entries",
)
def exam_entries(q: Query) -> Formula:
    rows = q.fact("exam_entries")
    return q.count(rows.filter(q.during(rows.enrolled_on)))


@figure(
    "training.exam_passes",
    "考试通过人次",
    "人次",
    definition="通过日期在期间内的人次，可按报考等级拆分；高级的考试通过后还要评审，不等于取得证书",
    timing="period",
    dims=("level",),
    known_by="exam-entries",
)
def exam_passes(q: Query) -> Formula:
    rows = q.fact("exam_entries")
    return q.count(rows.filter(rows.passed, q.during(rows.passed_on)))


@figure(
    "training.teachers",
    "师资人数",
    "人",
    definition="截至当日在库的专家和师资人数",
    timing="date",
    known_by="teachers",
)
def teachers(q: Query) -> Formula:
    rows = q.fact("teachers")
    return q.count(rows.filter(q.holds(rows.valid_from, rows.valid_to)))


@figure(
    "training.bases",
    "培训基地数",
    "个",
    definition="截至当日的培训基地、社工学院和实习实践基地数，可按类型拆分",
    timing="date",
    dims=("type",),
    known_by="training-bases",
)
def bases(q: Query) -> Formula:
    rows = q.fact("training_bases")
    return q.count(rows.filter(q.holds(rows.valid_from, rows.valid_to)))


@figure(
    "training.exchange_people",
    "交流人次",
    "人次",
    definition="期间内各次来访、出访、授课和选派培训的人数之和，可按方式拆分",
    timing="period",
    dims=("direction",),
    known_by="exchanges",
)
def exchange_people(q: Query) -> Formula:
    rows = q.fact("exchanges")
    return q.sum(rows.filter(q.during(rows.held_on)), "people")


@figure(
    "training.course_places",
    "考前课程名额",
    "个",
    definition="年度第一天在期间内的外部课程名额之和",
    timing="period",
    known_by="course-places",
)
def course_places(q: Query) -> Formula:
    rows = q.fact("course_places")
    return q.sum(rows.filter(q.during(rows.year)), "places")


@figure(
    "workforce.graduates",
    "高校年培养人数",
    "人",
    definition="年度第一天在期间内、各高校填报的社会工作专业年培养人数之和",
    timing="period",
    known_by="universities",
)
def graduates(q: Query) -> Formula:
    rows = q.fact("universities")
    return q.sum(rows.filter(q.during(rows.year)), "graduates")


@figure(
    "workforce.awards",
    "评优表彰数",
    "项",
    definition="表彰日期在期间内的评优表彰数，可按类别拆分；只是推荐的不计",
    timing="period",
    dims=("kind",),
    known_by="awards",
)
def awards(q: Query) -> Formula:
    rows = q.fact("awards")
    return q.count(rows.filter(q.during(rows.awarded_on)))
