"""What the network publishes for figures: stations and their states, pilots, grids, the rulings they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linzhan.kernel import places
from linzhan.kernel.figures import Query, fact, grouping, ruling
from linzhan.network.enums import StationKind, StationStatus
from linzhan.policy.api import network, rulings_by_prefix

if TYPE_CHECKING:
    from ibis.expr.types import Table

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

fact(
    "pilots",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "level": "string",
        "subject": "string",
        "starts_on": "date",
        "ends_on": "date",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, station_id, sponsor_level AS level,
            CASE WHEN station_id IS NULL THEN '地区' ELSE '站点' END AS subject, starts_on, ends_on
        FROM network_pilot
    """,
)
fact(
    "grids",
    columns={
        "id": "uuid",
        "region_code": "string",
        "set_up_on": "date",
        "abolished_on": "date",
        "paired_on": "date",
        "unpaired_on": "date",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, set_up_on, abolished_on, paired_on, unpaired_on
        FROM network_grid
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


@ruling(
    "network.build_checklist",
    rests_on=(network.BUILD_CHECKLIST.code,),
    **dict.fromkeys((f"needs_{check}" for check in CHECKS), "boolean"),
)
def build_checklists(on: date) -> Iterator[Mapping[str, str | bool]]:
    """Which of the seven items each region's checklist names (STN-03…06)."""
    for line in rulings_by_prefix(network.BUILD_CHECKLIST, within=places.NATION, on=on):
        named = {item.code for item in line.value or ()}
        yield {"prefix": line.prefix, **{f"needs_{check}": check in named for check in CHECKS}}


@ruling("network.count_statistical_townships", counted="boolean")
def statistical_townships(on: date) -> Iterator[Mapping[str, str | bool]]:
    for line in rulings_by_prefix(network.COUNT_STATISTICAL_TOWNSHIPS, within=places.NATION, on=on):
        yield {"prefix": line.prefix, "counted": line.value is not False}
