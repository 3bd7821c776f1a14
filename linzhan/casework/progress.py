"""How far the contracts have come: targets against accepted records (``projects.target_progress``; TGT-12, PUR-21).

Defined here and not with the projects: what was done is casework's, and casework stands above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.casework.enums import Method
from linzhan.kernel.figures import Formula, Query, figure

if TYPE_CHECKING:
    from ibis.expr.types import Table

# Target column of the contract to how it is counted: records of a method, or distinct case numbers.
COUNTED = {
    "target_visits": (Method.VISIT, "records"),
    "target_cases": (Method.CASE, "cases"),
    "target_groups": (Method.GROUP, "cases"),
    "target_activities": (Method.ACTIVITY, "records"),
}


def _covered(q: Query) -> Table:
    """Contracts that share a day with the period, and until when they count."""
    rows = q.fact("projects")
    rows = rows.filter(q.within(rows.region_code), rows.starts_on <= q.end, rows.ends_on >= q.start)
    until = q.ibis.least(rows.ends_on, q.end)
    since = q.ibis.greatest(rows.starts_on, q.start)
    return rows.mutate(until=until, since=since)


def _done(q: Query, projects: Table) -> Table:
    """What accepted records within contract and period came to, by project."""
    records = q.fact("service_records")
    joined = projects.select("project_id", "since", "until").join(records, "project_id")
    joined = joined.filter(joined.day >= joined.since, joined.day <= joined.until)
    counts = {
        target: (
            (joined.method == method.value).sum()
            if how == "records"
            else joined.case_code.nullif("").nunique(where=joined.method == method.value)
        )
        for target, (method, how) in COUNTED.items()
    }
    return joined.group_by("project_id").aggregate(
        **{f"did_{target.removeprefix('target_')}": count for target, count in counts.items()},
        did_person_times=joined.person_times.sum(),
        did_satisfaction=joined.satisfaction.mean() * 20,
    )


def _registered(q: Query, projects: Table) -> Table:
    """Files opened within contract and period at the stations a project covers."""
    states, stations = q.fact("resident_states"), q.fact("project_stations")
    first = states.group_by("resident_id", "station_id").aggregate(opened=states.valid_from.min())
    at = projects.select("project_id", "since", "until").join(
        stations.select("project_id", "station_id"), "project_id"
    )
    joined = at.join(first, "station_id")
    joined = joined.filter(joined.opened >= joined.since, joined.opened <= joined.until)
    return joined.group_by("project_id").aggregate(did_registrations=joined.resident_id.nunique())


PARTS = ("registrations", "visits", "cases", "groups", "activities", "person_times", "satisfaction")


def _progress(q: Query) -> Table:
    """A row per project with targets: mean of the capped parts, and the one target's own numbers."""
    projects = _covered(q)
    rows = projects.left_join(_done(q, projects), "project_id")
    rows = rows.drop("project_id_right").left_join(_registered(q, projects), "project_id")
    shares, counted, done, wanted = [], [], [], []
    for part in PARTS:
        target = rows[f"target_{part}"].cast("float64")
        did = rows[f"did_{part}"].cast("float64").fill_null(0.0)
        stated = (rows[f"target_{part}"] > 0).fill_null(False)
        share = q.ibis.least(did / target.nullif(0.0), q.ibis.literal(1.0))
        shares.append(q.ibis.ifelse(stated, share, 0.0))
        counted.append(q.ibis.ifelse(stated, 1, 0))
        done.append(q.ibis.ifelse(stated, did, 0.0))
        wanted.append(q.ibis.ifelse(stated, target, 0.0))
    targets = sum(counted[1:], counted[0])
    single = targets == 1
    rows = rows.mutate(
        targets=targets,
        progress=100 * sum(shares[1:], shares[0]) / targets.nullif(0),
        numerator=q.ibis.ifelse(single, sum(done[1:], done[0]), None),
        denominator=q.ibis.ifelse(single, sum(wanted[1:], wanted[0]), None),
    )
    return rows.filter(rows.targets > 0)


@figure(
    "projects.target_progress",
    "合同指标完成率",
    "%",
    definition="各项合同指标“完成数÷目标数”(每项最多按 1 计)的平均，未写权重的各项等权；"
    "完成数只计写明本项目编号、在合同期与本期内的已通过记录",
    timing="period",
    known_by=("projects", "service-records"),
)
def target_progress(q: Query) -> Formula:
    rows = _progress(q)
    return q.per(
        "project",
        rows.select(
            "id",
            "project_id",
            "region_code",
            value=rows.progress,
            numerator=rows.numerator,
            denominator=rows.denominator,
        ),
    )


@figure(
    "projects.lag",
    "进度系数",
    "–",
    definition="合同指标完成率÷合同期已过的比例；小于 1 表示慢于时间",
    timing="period",
    known_by=("projects", "service-records"),
)
def lag(q: Query) -> Formula:
    rows = _progress(q)
    whole = rows.ends_on.delta(rows.starts_on, unit="day") + 1
    passed = rows.until.delta(rows.starts_on, unit="day") + 1
    elapsed = passed.cast("float64") / whole
    return q.per(
        "project",
        rows.select(
            "id",
            "project_id",
            "region_code",
            value=rows.progress / 100 / elapsed,
            numerator=rows.progress / 100,
            denominator=elapsed,
        ),
    )
