"""The figures of needs, resources and volunteers (``contract/figures.md``, lists.*, volunteers.*; LST, VOL)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linzhan.kernel import places
from linzhan.kernel.figures import Formula, Query, fact, figure, ruling
from linzhan.linkage.enums import NeedStatus
from linzhan.policy.api import linkage, rulings_by_prefix
from linzhan.workforce.api import Post

if TYPE_CHECKING:
    from ibis.expr.types import Table

OFF_POST = Post.OTHER.value

fact(
    "needs",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "raised_on": "date",
        "kind": "string",
    },
    live_sql="""
        SELECT n.id, coalesce(s.region_code, n.region_code)::text AS region_code, n.station_id, n.raised_on, n.kind
        FROM linkage_need n LEFT JOIN linkage_needstate s ON s.subject_id = n.id AND s.valid_from = n.raised_on
    """,
)
fact(
    "need_states",
    columns={
        "need_id": "uuid",
        "region_code": "string",
        "valid_from": "date",
        "valid_to": "date",
        "status": "string",
    },
    live_sql="""
        SELECT subject_id AS need_id, region_code::text AS region_code, valid_from, valid_to, status
        FROM linkage_needstate
    """,
    registers=("needs",),
)
fact(
    "resources",
    columns={
        "id": "uuid",
        "region_code": "string",
        "kind": "string",
        "value": "decimal(16,2)",
        "valid_from": "date",
        "valid_until": "date",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, kind, value, valid_from, valid_until FROM linkage_resource
    """,
)
fact(
    "volunteer_states",
    columns={
        "id": "uuid",
        "volunteer_id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "valid_from": "date",
        "valid_to": "date",
    },
    live_sql="""
        SELECT subject_id AS id, subject_id AS volunteer_id, region_code::text AS region_code, station_id, valid_from,
            valid_to
        FROM linkage_volunteerstate
    """,
    registers=("volunteers",),
)
fact(
    "volunteer_records",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "volunteer_id": "uuid",
        "served_on": "date",
        "hours": "decimal(8,2)",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, station_id, volunteer_id, served_on, hours
        FROM linkage_volunteerrecord
    """,
    registers=("volunteer-hours",),
)


@ruling("linkage.volunteer_active_days", days="int64")
def active_days(on: date) -> Iterator[Mapping[str, str | int | None]]:
    for line in rulings_by_prefix(linkage.VOLUNTEER_ACTIVE_DAYS, within=places.NATION, on=on):
        yield {"prefix": line.prefix, "days": line.value}


def _raised(q: Query) -> Table:
    rows = q.fact("needs")
    return rows.filter(q.during(rows.raised_on))


@figure("lists.needs", "需求数", "件", definition="本期提出的需求件数", timing="period", known_by="needs")
def needs(q: Query) -> Formula:
    return q.count(_raised(q))


@figure(
    "lists.needs_met",
    "需求办结率",
    "%",
    definition="本期提出的需求中，期末状态为“已办结”的所占比例",
    timing="period",
    known_by="needs",
)
def needs_met(q: Query) -> Formula:
    rows, states = _raised(q), q.fact("need_states")
    closed = states.filter(
        q.holds(states.valid_from, states.valid_to), states.status == NeedStatus.CLOSED.value
    ).select(id=states.need_id, closed=q.ibis.literal(value=True))
    joined = rows.left_join(closed, "id")
    met = joined.select("id", "region_code", "station_id", met=joined.closed.fill_null(False))
    return q.share(met, "met", distinct="id")


@figure(
    "lists.resources",
    "资源数",
    "项",
    definition="有效期与本期有重合的资源项数",
    timing="period",
    known_by="resources",
)
def resources(q: Query) -> Formula:
    return q.count(_valid(q))


@figure(
    "lists.resource_value",
    "资源折价",
    "元",
    definition="有效期与本期有重合的资源的折价金额之和",
    timing="period",
    known_by="resources",
)
def resource_value(q: Query) -> Formula:
    return q.sum(_valid(q), "value")


def _valid(q: Query) -> Table:
    rows = q.fact("resources")
    return rows.filter(rows.valid_from <= q.end, rows.valid_until.isnull() | (rows.valid_until >= q.start))


@figure(
    "lists.match_hours",
    "匹配用时中位数",
    "小时",
    definition="本期核实的需求，从核实到派单(已匹配)的用时的中位数；状态按日记录，一天计 24 小时",
    timing="period",
    known_by="needs",
)
def match_hours(q: Query) -> Formula:
    states = q.fact("need_states")
    verified = states.filter(states.status == NeedStatus.VERIFIED.value, q.during(states.valid_from))
    matched = states.filter(states.status == NeedStatus.MATCHED.value).select(
        "need_id", matched_on=states.valid_from
    )
    joined = verified.join(matched, "need_id")
    joined = joined.filter(joined.matched_on >= joined.valid_from)
    hours = joined.matched_on.delta(joined.valid_from, unit="day") * 24
    return q.median(joined.select("region_code", id=joined.need_id, hours=hours), "hours")


def _volunteers(q: Query) -> Table:
    rows = q.fact("volunteer_states")
    return rows.filter(q.holds(rows.valid_from, rows.valid_to))


@figure(
    "volunteers.registered",
    "志愿者数",
    "人",
    definition="截至当日已注册的志愿者人数",
    timing="date",
    known_by="volunteers",
)
def registered(q: Query) -> Formula:
    return q.count(_volunteers(q), "volunteer_id")


@figure(
    "volunteers.active",
    "活跃志愿者",
    "人",
    definition="截至当日的 90 天(以当地规则为准，含当日)内有至少一条志愿服务记录的志愿者人数",
    timing="date",
    known_by=("volunteers", "volunteer-hours"),
)
def active(q: Query) -> Formula:
    rows = q.ruled(q.fact("volunteer_records"), "linkage.volunteer_active_days")
    back = q.as_of.delta(rows.served_on, unit="day")
    return q.count(rows.filter(back >= 0, back < rows.days), "volunteer_id")


@figure(
    "volunteers.hours",
    "志愿服务时长",
    "小时",
    definition="本期志愿服务记录的时长之和",
    timing="period",
    known_by="volunteer-hours",
)
def hours(q: Query) -> Formula:
    rows = q.fact("volunteer_records")
    return q.sum(rows.filter(q.during(rows.served_on)), "hours")


@figure(
    "volunteers.per_worker",
    "每名社工联系志愿者数",
    "人",
    definition="截至当日隶属于本地站点的志愿者人数÷在岗社工人数(岗位为“其他”的不计)",
    timing="date",
    known_by=("volunteers", "workers"),
)
def per_worker(q: Query) -> Formula:
    rows, posts = _volunteers(q), q.fact("postings")
    attached = rows.filter(rows.station_id.notnull())
    on_post = posts.filter(q.holds(posts.valid_from, posts.valid_to), posts.post != OFF_POST)
    return q.ratio(q.count(attached, "volunteer_id"), q.count(on_post, "person"), times=1)
