"""The figures of oversight (``contract/figures.md``, alerts.*, rectifications.*, disclosure.*, appeals.*).

Appeals have no register yet: their figures are unknown (null), never 0. Alerts are counted by rule and severity,
rectifications item by item (RSK-07); of whom they are is told to nobody by a count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linzhan.kernel import places
from linzhan.kernel.figures import Formula, Query, fact, figure, ruling
from linzhan.oversight.audiences import NARROW
from linzhan.policy.api import oversight, rulings_by_prefix

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "disclosures",
    columns={
        "id": "uuid",
        "region_code": "string",
        "provider_id": "uuid",
        "station_id": "uuid",
        "month": "date",
        "published_on": "date",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, provider_id, station_id, month, published_on
        FROM oversight_disclosure
    """,
)
_MATTER = {
    "id": "uuid",
    "region_code": "string",
    "station_id": "uuid",
    "rule": "string",
    "severity": "string",
    "opened_on": "date",
    "due_on": "date",
    "closed_on": "date",
    "satisfied": "boolean",
}
_NARROW = ", ".join(f"'{rule}'" for rule in NARROW)  # not even their number is told (ADR 0025)
fact(
    "alerts",
    columns=_MATTER,
    live_sql=f"""
        SELECT id, region_code::text AS region_code, station_id, rule::text AS rule, severity, opened_on,
            (due_at AT TIME ZONE 'Asia/Shanghai')::date AS due_on, closed_on, NULL::boolean AS satisfied
        FROM oversight_alert WHERE rule NOT IN ({_NARROW})
    """,
)
fact(
    "rectifications",
    columns=_MATTER,
    live_sql="""
        SELECT id, region_code::text AS region_code, station_id, NULL::text AS rule, severity, opened_on, due_on,
            cleared_on AS closed_on, NULL::boolean AS satisfied
        FROM oversight_rectificationitem WHERE stage <> '已撤销'
    """,
    registers=("rectifications", "rectification-items"),
)
fact(
    "appeals",
    columns=_MATTER,
    live_sql="""
        SELECT NULL::uuid AS id, NULL::text AS region_code, NULL::uuid AS station_id, NULL::text AS rule,
            NULL::text AS severity, NULL::date AS opened_on, NULL::date AS due_on, NULL::date AS closed_on,
            NULL::boolean AS satisfied
        WHERE false
    """,
)


@ruling("oversight.disclosure_day", due_day="int64")
def disclosure_days(on: date) -> Iterator[Mapping[str, str | int | None]]:
    for line in rulings_by_prefix(oversight.DISCLOSURE_DAY, within=places.NATION, on=on):
        yield {"prefix": line.prefix, "due_day": line.value}


@figure(
    "disclosure.on_time",
    "公开及时率",
    "%",
    definition="每个运营站点每月应公开一次(上月情况，当地规定的日期前，默认 15 日)；按时公开的次数÷应公开次数；"
    "机构公开即视为其所承接站点已公开",
    timing="period",
    known_by=("disclosures", "stations"),
)
def on_time(q: Query) -> Formula:
    """Due: an operating township station and a month whose package falls due within the period (DSC-01)."""
    rows = q.ruled(_due(q), "oversight.disclosure_day").view()
    made = q.fact("disclosures")
    by_station = made.filter(made.station_id.notnull()).select("station_id", "month", "published_on")
    by_provider = made.filter(made.station_id.isnull()).select("provider_id", "month", "published_on")
    first_station = by_station.group_by("station_id", "month").aggregate(own=by_station.published_on.min())
    first_provider = by_provider.group_by("provider_id", "month").aggregate(
        theirs=by_provider.published_on.min()
    )
    joined = rows.left_join(first_station, ["station_id", "month"]).drop("station_id_right", "month_right")
    joined = joined.left_join(first_provider, ["provider_id", "month"])
    published = q.ibis.least(joined.own.fill_null(joined.theirs), joined.theirs.fill_null(joined.own))
    late_by = published.delta(joined.due_month, unit="day") + 1 - joined.due_day
    met = (late_by <= 0).fill_null(False)
    return q.share(joined.select("station_id", "region_code", id=joined.station_id, met=met), "met")


def _due(q: Query) -> Table:
    """Operating township stations × months: ``month`` is disclosed, ``due_month`` is when it is due."""
    months, states = q.months(), q.fact("station_states")
    crossed = states.filter(states.status == "运营", states.tier == "乡镇街道社工站").cross_join(months)
    last_month = crossed.month - q.ibis.interval(months=1)
    crossed = crossed.mutate(due_month=crossed.month, disclosed=last_month.cast("date"))
    held = crossed.filter(
        q.holds(crossed.valid_from, crossed.valid_to, crossed.disclosed), crossed.month <= q.end
    )
    return held.select("station_id", "provider_id", "region_code", "due_month", month=held.disclosed)


def _opened(q: Query, register: str) -> Table:
    rows = q.fact(register)
    return rows.filter(q.during(rows.opened_on))


def _open(q: Query, register: str) -> Table:
    rows = q.fact(register)
    return rows.filter(rows.opened_on <= q.as_of, rows.closed_on.isnull() | (rows.closed_on > q.as_of))


def _closed(q: Query, register: str) -> Table:
    rows = q.fact(register)
    return rows.filter(q.during(rows.closed_on))


ALERT_DIMS = ("rule", "severity")


@figure(
    "alerts.open",
    "在办预警",
    "条",
    definition="截至当日未办结的预警数",
    timing="date",
    dims=ALERT_DIMS,
    known_by="alerts",
)
def alerts_open(q: Query) -> Formula:
    return q.count(_open(q, "alerts"))


@figure(
    "alerts.opened",
    "新增预警",
    "条",
    definition="本期新开的预警数",
    timing="period",
    dims=ALERT_DIMS,
    known_by="alerts",
)
def alerts_opened(q: Query) -> Formula:
    return q.count(_opened(q, "alerts"))


@figure(
    "alerts.closed",
    "办结预警",
    "条",
    definition="本期办结的预警数",
    timing="period",
    dims=ALERT_DIMS,
    known_by="alerts",
)
def alerts_closed(q: Query) -> Formula:
    return q.count(_closed(q, "alerts"))


@figure(
    "rectifications.open",
    "在整改",
    "项",
    definition="截至当日未清零的整改项数",
    timing="date",
    known_by="rectifications",
)
def rectifications_open(q: Query) -> Formula:
    return q.count(_open(q, "rectifications"))


@figure(
    "rectifications.cleared_rate",
    "整改清零率",
    "%",
    definition="本期新开的整改项中，期末前已清零的所占比例",
    timing="period",
    known_by="rectifications",
)
def cleared_rate(q: Query) -> Formula:
    rows = _opened(q, "rectifications")
    return q.share(rows.mutate(met=(rows.closed_on <= q.end).fill_null(False)), "met")


@figure(
    "appeals.received", "受理诉求", "件", definition="本期受理的诉求件数", timing="period", known_by="appeals"
)
def appeals_received(q: Query) -> Formula:
    return q.count(_opened(q, "appeals"))


@figure(
    "appeals.on_time",
    "诉求按时办结率",
    "%",
    definition="本期办结的诉求中，在时限内办结的所占比例",
    timing="period",
    known_by="appeals",
)
def appeals_on_time(q: Query) -> Formula:
    rows = _closed(q, "appeals")
    return q.share(rows.mutate(met=(rows.closed_on <= rows.due_on).fill_null(False)), "met")


@figure(
    "appeals.satisfied",
    "诉求满意率",
    "%",
    definition="本期办结并回访的诉求中，表示满意的所占比例",
    timing="period",
    known_by="appeals",
)
def appeals_satisfied(q: Query) -> Formula:
    rows = _closed(q, "appeals")
    return q.share(rows.filter(rows.satisfied.notnull()), "satisfied")
