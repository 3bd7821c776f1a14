"""The figures of the network (``contract/figures.md``, network.*; NET-12, STN-02, TGT-02, TGT-03)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linzhan.kernel import places
from linzhan.kernel.figures import Formula, Query, fact, figure, grouping, ruling
from linzhan.network.enums import DemonstrationLevel, StationKind, StationStatus, Tier
from linzhan.policy.api import network, rulings_by_prefix
from linzhan.territory.api import Level

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table

CHECKS = (
    "has_site",
    "has_staff",
    "has_equipment",
    "has_rules",
    "has_workflow",
    "has_functions",
    "has_activities",
)
ABSENT = (StationStatus.PLANNED.value, StationStatus.CLOSED.value)
TOWNSHIP_KINDS = (StationKind.ORDINARY.value, StationKind.SPECIAL.value, "")

fact(
    "station_states",
    columns={
        "id": "uuid",
        "station_id": "uuid",
        "region_code": "string",
        "valid_from": "date",
        "valid_to": "date",
        "tier": "string",
        "status": "string",
        "kind": "string",
        "level": "string",
        "provider_id": "uuid",
        **dict.fromkeys(CHECKS, "boolean"),
    },
    live_sql=f"""
        SELECT id, subject_id AS station_id, region_code::text AS region_code, valid_from, valid_to, tier, status,
            kind, demonstration_level AS level, provider_id, {", ".join(CHECKS)}
        FROM network_stationstate
    """,
    registers=("stations",),
)
fact(
    "stations",
    columns={
        "station_id": "uuid",
        "code": "string",
        "name": "string",
        "region_code": "string",
        "present": "boolean",
    },
    live_sql="""
        SELECT id AS station_id, code, name, region_code::text AS region_code, status NOT IN ('计划', '撤销') AS present
        FROM network_station
    """,
)


@grouping("station", "站点", column="station_id")
def by_station(q: Query) -> Table:
    stations = q.fact("stations")
    return stations.select(
        key=stations.station_id,
        code=stations.code,
        name=stations.name,
        region_code=stations.region_code,
        present=stations.present,
    )


@ruling("network.build_checklist", **dict.fromkeys((f"needs_{check}" for check in CHECKS), "boolean"))
def build_checklists(on: date) -> Iterator[Mapping[str, str | bool]]:
    """Which of the seven items each region's checklist names (STN-03…06)."""
    for line in rulings_by_prefix(network.BUILD_CHECKLIST, within=places.NATION, on=on):
        named = {item.code for item in line.value or ()}
        yield {"prefix": line.prefix, **{f"needs_{check}": check in named for check in CHECKS}}


@ruling("network.count_statistical_townships", counted="boolean")
def statistical_townships(on: date) -> Iterator[Mapping[str, str | bool]]:
    for line in rulings_by_prefix(network.COUNT_STATISTICAL_TOWNSHIPS, within=places.NATION, on=on):
        yield {"prefix": line.prefix, "counted": line.value is not False}


def _divisions(q: Query, level: int) -> Table:
    rows = q.fact("divisions")
    held = rows.filter(rows.level == level, q.holds(rows.valid_from, rows.valid_to))
    return held.mutate(id=held.region_code)


def _townships(q: Query) -> Table:
    """Township-level divisions that count where they lie (TGT-02)."""
    rows = q.ruled(_divisions(q, Level.TOWNSHIP), "network.count_statistical_townships")
    return rows.filter(~rows.statistical | rows.counted.fill_null(True))


def _states(q: Query) -> Table:
    rows = q.fact("station_states")
    return rows.filter(q.holds(rows.valid_from, rows.valid_to), ~rows.status.isin(ABSENT))


def _tier(q: Query, tier: Tier) -> Table:
    rows = _states(q)
    return rows.filter(rows.tier == tier.value)


def _operating(q: Query) -> Table:
    rows = _tier(q, Tier.STATION)
    return rows.filter(rows.status == StationStatus.OPERATING.value)


def _covered(q: Query, divisions: Table, stations: Table, digits: int) -> Formula:
    """The share of ``divisions`` in which at least one of ``stations`` lies; two count once."""
    there = stations.select(covered=stations.region_code.left(digits)).distinct()
    joined = divisions.left_join(there, divisions.region_code.left(digits) == there.covered)
    rows = joined.select(joined.id, joined.region_code, met=joined.covered.notnull())
    return q.share(rows, "met", distinct="region_code", known_by="stations")


@figure(
    "network.townships",
    "乡镇(街道)数",
    "个",
    definition="截至当日有效的乡镇级行政区划数;统计用区划(开发区、景区等)默认计入,当地规则另有规定的除外",
    timing="date",
)
def townships(q: Query) -> Formula:
    return q.count(_townships(q), "region_code")


@figure(
    "network.stations",
    "社工站数",
    "个",
    definition="截至当日状态不是“计划”“撤销”的站点数,默认只计乡镇(街道)社工站,可按层级、状态、类别拆分",
    timing="date",
    dims=("tier", "status", "kind"),
    default={"tier": Tier.STATION.value},
    known_by="stations",
)
def stations(q: Query) -> Formula:
    return q.count(_states(q), "station_id")


@figure(
    "network.stations_operating",
    "运营社工站数",
    "个",
    definition="截至当日状态为“运营”的乡镇(街道)社工站数",
    timing="date",
    known_by="stations",
)
def stations_operating(q: Query) -> Formula:
    return q.count(_operating(q), "station_id")


@figure(
    "network.coverage",
    "乡镇(街道)覆盖率",
    "%",
    definition="有至少一个运营的普通或特色乡镇站的乡镇(街道)数÷乡镇(街道)数;安置点站不提高覆盖率,同一乡镇两个站只算一次",
    timing="date",
    known_by="stations",
)
def coverage(q: Query) -> Formula:
    rows = _operating(q)
    return _covered(q, _townships(q), rows.filter(rows.kind.isin(TOWNSHIP_KINDS)), 9)


@figure(
    "network.county_centres",
    "县级总站(中心)数",
    "个",
    definition="截至当日状态不是“计划”“撤销”的县级社工总站数",
    timing="date",
    known_by="stations",
)
def county_centres(q: Query) -> Formula:
    return q.count(_tier(q, Tier.GENERAL_STATION), "station_id")


@figure(
    "network.county_centre_coverage",
    "县级总站覆盖率",
    "%",
    definition="有县级社工总站的县(市、区)数÷县(市、区)数",
    timing="date",
    known_by="stations",
)
def county_centre_coverage(q: Query) -> Formula:
    counties = _divisions(q, Level.COUNTY)
    return _covered(q, counties.filter(~counties.statistical), _tier(q, Tier.GENERAL_STATION), 6)


@figure(
    "network.village_rooms",
    "村(居)社工室数",
    "个",
    definition="截至当日状态不是“计划”“撤销”的村(社区)社工室数",
    timing="date",
    known_by="stations",
)
def village_rooms(q: Query) -> Formula:
    return q.count(_tier(q, Tier.ROOM), "station_id")


@figure(
    "network.village_coverage",
    "村(居)覆盖率",
    "%",
    definition="有至少一个社工室的村(社区)数÷村(社区)数;同一村两个室只算一次",
    timing="date",
    known_by="stations",
)
def village_coverage(q: Query) -> Formula:
    return _covered(q, _divisions(q, Level.VILLAGE), _tier(q, Tier.ROOM), 12)


@figure(
    "network.demonstration_stations",
    "示范站数",
    "个",
    definition="运营的乡镇(街道)社工站中有示范级别的站数,可按级别拆分",
    timing="date",
    dims=("level",),
    known_by="stations",
)
def demonstration_stations(q: Query) -> Formula:
    rows = _operating(q)
    return q.count(rows.filter(~rows.level.isin(("", DemonstrationLevel.NONE.value))), "station_id")


def _meets(rows: Table, check: str) -> BooleanValue:
    return ~rows[f"needs_{check}"].fill_null(False) | rows[check].fill_null(False)


@figure(
    "network.standard_met",
    "建站达标率",
    "%",
    definition="运营的乡镇(街道)社工站中,当地建站清单(默认“六有”)逐项达标的站所占比例;未填视为未达标",
    timing="date",
    known_by="stations",
)
def standard_met(q: Query) -> Formula:
    rows = q.ruled(_operating(q), "network.build_checklist")
    met = _meets(rows, CHECKS[0])
    for check in CHECKS[1:]:
        met = met & _meets(rows, check)
    return q.share(rows.mutate(met=met), "met", distinct="station_id")
