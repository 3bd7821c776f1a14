"""Figures of groups, activities, programmes, community building and referrals, beside the contract's (SVC-11…19; OBJ-08).

The contract counts services by their records; these look into what stands beside the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linzhan.casework.facts import LOCAL
from linzhan.kernel import places
from linzhan.kernel.figures import Formula, Query, fact, figure, ruling
from linzhan.policy.api import casework, rulings_by_prefix

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "group_states",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "valid_from": "date",
        "valid_to": "date",
        "stage": "string",
    },
    live_sql="""
        SELECT subject_id AS id, region_code::text AS region_code, station_id, valid_from, valid_to, stage
        FROM casework_groupfilestate
    """,
    registers=("group-files",),
)
fact(
    "group_sessions",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "project_id": "uuid",
        "day": "date",
        "present": "int64",
    },
    live_sql=f"""
        SELECT r.id, r.region_code::text AS region_code, r.station_id, r.project_id,
            (r.started_at {LOCAL})::date AS day,
            coalesce((SELECT count(*) FILTER (WHERE a.present IS NOT FALSE) FROM casework_attendance a
                WHERE a.record_id = r.id HAVING count(*) > 0), r.attendances::bigint,
                (SELECT nullif(count(*), 0) FROM casework_recordresident n WHERE n.record_id = r.id)) AS present
        FROM casework_servicerecord r WHERE r.status = '已通过' AND r.method = '小组'
    """,
    registers=("service-records", "attendances"),
)
fact(
    "activity_details",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "project_id": "uuid",
        "day": "date",
        "present": "int64",
        "indirect": "int64",
    },
    live_sql=f"""
        SELECT d.id, d.region_code::text AS region_code, d.station_id, r.project_id,
            (r.started_at {LOCAL})::date AS day, d.present::bigint AS present, d.indirect::bigint AS indirect
        FROM casework_activitydetail d JOIN casework_servicerecord r ON r.id = d.record_id AND r.status = '已通过'
    """,
    registers=("activity-details", "service-records"),
)
fact(
    "programme_sessions",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "project_id": "uuid",
        "held_on": "date",
        "person_times": "int64",
    },
    live_sql="""
        SELECT s.id, s.region_code::text AS region_code, s.station_id, r.project_id, s.held_on,
            r.attendances::bigint AS person_times
        FROM casework_programmesession s JOIN casework_servicerecord r ON r.id = s.record_id AND r.status = '已通过'
    """,
    registers=("programme-sessions", "service-records"),
)
fact(
    "community_organisations",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "kind": "string",
        "incubated_on": "date",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, station_id, kind, incubated_on
        FROM casework_communityorganisation
    """,
    registers=("community-organisations",),
)
fact(
    "negotiations",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "held_on": "date",
        "agreed": "boolean",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, station_id, held_on, agreed FROM casework_negotiation
    """,
)
fact(
    "referral_files",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "urgency": "string",
        "sent_on": "date",
        "received_on": "date",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, station_id, urgency, sent_on, received_on
        FROM casework_referralfile WHERE sent_on IS NOT NULL
    """,
    registers=("referral-files",),
)
fact(
    "record_tasks",
    columns={
        "id": "uuid",
        "record_id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "project_id": "uuid",
        "day": "date",
        "task": "string",
    },
    live_sql=f"""
        SELECT id, id AS record_id, region_code::text AS region_code, station_id, project_id,
            (started_at {LOCAL})::date AS day, unnest(tasks)::text AS task
        FROM casework_servicerecord WHERE status = '已通过'
    """,
    registers=("service-records",),
)


@ruling("casework.group_valid_present", least="int64")
def valid_present(on: date) -> Iterator[Mapping[str, str | int | None]]:
    for line in rulings_by_prefix(casework.GROUP_VALID_PRESENT, within=places.NATION, on=on):
        yield {"prefix": line.prefix, "least": line.value}


@figure(
    "groups.by_stage",
    "小组档案数",
    "个",
    definition="截至当日未取消的小组档案数，可按阶段拆分",
    timing="date",
    dims=("stage",),
    known_by="group-files",
)
def groups_by_stage(q: Query) -> Formula:
    rows = q.fact("group_states")
    holding = rows.filter(q.holds(rows.valid_from, rows.valid_to), rows.stage != "已取消")
    return q.count(holding, "id")


def _sessions(q: Query) -> Table:
    rows = q.ruled(q.fact("group_sessions"), "casework.group_valid_present")
    rows = rows.filter(q.during(rows.day))
    return rows.mutate(met=(rows.present >= rows.least).fill_null(False))


@figure(
    "groups.valid_sessions",
    "有效小组节次",
    "节",
    definition="本期已通过的小组记录中，到场不少于当地规定人数(默认 3 人)的节数；"
    "到场按出席名单，没有名单的按服务人次，再没有的按写明的对象人数",
    timing="period",
    known_by="service-records",
)
def valid_sessions(q: Query) -> Formula:
    rows = _sessions(q)
    return q.count(rows.filter(rows.met))


@figure(
    "groups.valid_share",
    "有效节次占比",
    "%",
    definition="本期已通过的小组记录中，有效节次所占的比例",
    timing="period",
    known_by="service-records",
)
def valid_share(q: Query) -> Formula:
    return q.share(_sessions(q), "met")


@figure(
    "activities.present",
    "活动到场人数",
    "人",
    definition="本期已通过的活动记录中，活动详情写明的到场人数之和；一场之内一人计一次，不同场次不去重",
    timing="period",
    known_by="activity-details",
)
def activity_present(q: Query) -> Formula:
    rows = q.fact("activity_details")
    return q.sum(rows.filter(q.during(rows.day)), "present", empty="null")


@figure(
    "activities.indirect",
    "间接受益人数",
    "人",
    definition="本期已通过的活动记录中，活动详情写明的间接受益人数之和，与到场人数分开计",
    timing="period",
    known_by="activity-details",
)
def indirect(q: Query) -> Formula:
    rows = q.fact("activity_details")
    return q.sum(rows.filter(q.during(rows.day)), "indirect", empty="null")


@figure(
    "programmes.sessions",
    "定期服务场次",
    "场",
    definition="本期按课表开展并登记的场次(如四点半课堂)，以已通过的服务记录为准",
    timing="period",
    known_by="programme-sessions",
)
def programme_sessions(q: Query) -> Formula:
    rows = q.fact("programme_sessions")
    return q.count(rows.filter(q.during(rows.held_on)))


@figure(
    "programmes.person_times",
    "定期服务人次",
    "人次",
    definition="本期定期服务场次的服务人次之和",
    timing="period",
    known_by="programme-sessions",
)
def programme_person_times(q: Query) -> Formula:
    rows = q.fact("programme_sessions")
    return q.sum(rows.filter(q.during(rows.held_on)), "person_times", empty="null")


@figure(
    "community.organisations_incubated",
    "新孵化社区社会组织",
    "个",
    definition="孵化日期在本期的社区社会组织数",
    timing="period",
    dims=("kind",),
    known_by="community-organisations",
)
def organisations_incubated(q: Query) -> Formula:
    rows = q.fact("community_organisations")
    return q.count(rows.filter(q.during(rows.incubated_on)))


@figure(
    "community.negotiations",
    "议事协商",
    "次",
    definition="协商日期在本期的议事协商次数",
    timing="period",
    known_by="negotiations",
)
def negotiations(q: Query) -> Formula:
    rows = q.fact("negotiations")
    return q.count(rows.filter(q.during(rows.held_on)))


@figure(
    "community.agreed_share",
    "协商达成共识率",
    "%",
    definition="本期写明是否达成共识的议事协商中，达成共识的所占比例",
    timing="period",
    known_by="negotiations",
)
def agreed_share(q: Query) -> Formula:
    rows = q.fact("negotiations")
    return q.share(rows.filter(q.during(rows.held_on), rows.agreed.notnull()), "agreed")


def _sent(q: Query) -> Table:
    rows = q.fact("referral_files")
    return rows.filter(q.during(rows.sent_on))


@figure(
    "referrals.sent",
    "发出转介",
    "件",
    definition="发出日期在本期的转介单数，可按紧急程度拆分",
    timing="period",
    dims=("urgency",),
    known_by="referral-files",
)
def referrals_sent(q: Query) -> Formula:
    return q.count(_sent(q))


@figure(
    "referrals.received_share",
    "转介回执率",
    "%",
    definition="本期发出的转介单中，期末以前收到接收方回执的所占比例",
    timing="period",
    known_by="referral-files",
)
def received_share(q: Query) -> Formula:
    rows = _sent(q)
    return q.share(rows.mutate(met=(rows.received_on <= q.end).fill_null(False)), "met")


@figure(
    "referrals.receipt_days",
    "转介回执用时中位数",
    "日",
    definition="本期发出并在期末以前收到回执的转介单，从发出到收到的天数的中位数",
    timing="period",
    known_by="referral-files",
)
def receipt_days(q: Query) -> Formula:
    rows = _sent(q)
    rows = rows.filter(rows.received_on.notnull(), rows.received_on <= q.end)
    return q.median(rows.mutate(days=rows.received_on.delta(rows.sent_on, unit="day")), "days")


@figure(
    "services.by_task",
    "职业任务服务次数",
    "次",
    definition="本期已通过的服务记录按写明的职业任务(十三项)各计一次；一条记录写了几项就计几次，可按任务拆分，"
    "某项任务的占比即该项次数÷合计次数",
    timing="period",
    dims=("task",),
    known_by="service-records",
)
def by_task(q: Query) -> Formula:
    rows = q.fact("record_tasks")
    return q.count(rows.filter(q.during(rows.day)))


@figure(
    "services.tasked_share",
    "职业任务标注率",
    "%",
    definition="本期已通过的服务记录中，写明至少一项职业任务的所占比例",
    timing="period",
    known_by="service-records",
)
def tasked_share(q: Query) -> Formula:
    tasks = q.fact("record_tasks").select(id="record_id").distinct().mutate(tagged=q.ibis.literal(value=True))
    records = q.fact("service_records")
    rows = records.filter(q.during(records.day)).left_join(tasks, "id")
    return q.share(rows.mutate(met=rows.tagged.fill_null(False)), "met")
