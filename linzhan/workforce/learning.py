"""The figures of training and professional supervision (``contract/figures.md``; TRN-01, SPV-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.kernel.figures import Formula, Query, figure

if TYPE_CHECKING:
    from ibis.expr.types import Table

TRAINING_DIMS = ("type", "sponsor_level")


def _trainings(q: Query) -> Table:
    rows = q.fact("trainings")
    return rows.filter(q.during(rows.starts_on))


def _stations(q: Query) -> Table:
    """Session × station pairs of the period."""
    rows = q.fact("supervised_stations")
    return rows.filter(q.during(rows.held_on))


@figure(
    "training.events",
    "培训期数",
    "期",
    definition="开始日期在期间内的培训期数，按培训自己的行政区划计",
    timing="period",
    dims=TRAINING_DIMS,
    known_by="trainings",
)
def events(q: Query) -> Formula:
    return q.count(_trainings(q))


@figure(
    "training.attendances",
    "培训人次",
    "人次",
    definition="期间内各期培训的参训人数之和；未填参训人数的按列名人数计，都没有的不计",
    timing="period",
    dims=TRAINING_DIMS,
    known_by="trainings",
)
def attendances(q: Query) -> Formula:
    return q.sum(_trainings(q), "people")


@figure(
    "training.persons",
    "培训人数",
    "人",
    definition="期间内各期培训列名参训的社工，同一人只计一次",
    timing="period",
    dims=TRAINING_DIMS,
    known_by="trainings",
)
def persons(q: Query) -> Formula:
    rows = q.fact("training_attendees")
    return q.count(rows.filter(q.during(rows.starts_on)), "person")


@figure(
    "training.hours",
    "培训学时",
    "学时",
    definition="期间内各期培训的学时之和，不乘以人数",
    timing="period",
    dims=TRAINING_DIMS,
    known_by="trainings",
)
def hours(q: Query) -> Formula:
    return q.sum(_trainings(q), "hours")


@figure(
    "supervision.supervisors",
    "督导人数",
    "名",
    definition="期间内开展督导的督导人数；有督导证件号的按证件号、没有的按姓名区分",
    timing="period",
    known_by="supervisions",
)
def supervisors(q: Query) -> Formula:
    return q.count(_stations(q), "supervisor")


@figure(
    "supervision.stations",
    "被督导站点",
    "个",
    definition="期间内接受过督导的站点数，同一站点只计一次",
    timing="period",
    known_by="supervisions",
)
def stations(q: Query) -> Formula:
    return q.count(_stations(q), "station_id")


@figure(
    "supervision.workers",
    "被督导社工",
    "人",
    definition="期间内列名接受督导的社工，按其本人所在站点计，同一人只计一次",
    timing="period",
    known_by="supervisions",
)
def workers(q: Query) -> Formula:
    rows = q.fact("supervised_workers")
    return q.count(rows.filter(q.during(rows.held_on), rows.station_id.notnull()), "person")


@figure(
    "supervision.station_times",
    "督导站次",
    "站次",
    definition="期间内督导次数×站点数：一次督导两个站计 2 站次",
    timing="period",
    known_by="supervisions",
)
def station_times(q: Query) -> Formula:
    return q.count(_stations(q))


@figure(
    "supervision.hours",
    "督导时数",
    "小时",
    definition="期间内督导的时长之和，一次督导多个站只计一次",
    timing="period",
    known_by="supervisions",
)
def supervision_hours(q: Query) -> Formula:
    return q.sum(_stations(q), "hours", once="session_id")
