"""The figures of the network (``contract/figures.md``, network.*).

NET-12, NET-15, NET-16, STN-02, TGT-02, TGT-03, TGT-06, TGT-14, TGT-15.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.kernel.figures import Formula, Query, figure
from linzhan.network.enums import DemonstrationLevel, StationStatus, Tier
from linzhan.network.facts import ABSENT, CHECKS, TOWNSHIP_KINDS
from linzhan.territory.api import Level

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table


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


def _covering(q: Query) -> Table:
    """Operating stations that can cover a township: of any kind but resettlement sites (NET-12, TGT-03)."""
    rows = _operating(q)
    return rows.filter(rows.kind.isin(TOWNSHIP_KINDS))


def _covered(q: Query, divisions: Table, stations: Table, digits: int) -> Formula:
    """The share of ``divisions`` in which at least one of ``stations`` lies; two count once.

    A ratio, not a share of rows: divisions exist where nobody has begun to register stations.
    """
    rows = _marked(divisions, stations, digits)
    return q.ratio(q.count(rows.filter(rows.met), "region_code"), q.count(rows, "region_code", known_by=()))


def _marked(divisions: Table, stations: Table, digits: int) -> Table:
    """``divisions`` with ``met``: whether any of ``stations`` lies in them."""
    there = stations.select(covered=stations.region_code.left(digits)).distinct()
    joined = divisions.left_join(there, divisions.region_code.left(digits) == there.covered)
    return joined.select(joined.id, joined.region_code, met=joined.covered.notnull())


def _counties(q: Query) -> Table:
    rows = _divisions(q, Level.COUNTY)
    return rows.filter(~rows.statistical)


@figure(
    "network.townships",
    "乡镇(街道)数",
    "个",
    definition="截至当日有效的乡镇级行政区划数；统计用区划(开发区、景区等)默认计入，当地规则另有规定的除外",
    timing="date",
)
def townships(q: Query) -> Formula:
    return q.count(_townships(q), "region_code")


@figure(
    "network.stations",
    "社工站数",
    "个",
    definition="截至当日状态不是“计划”“撤销”的站点数，默认只计乡镇(街道)社工站，可按层级、状态、类别拆分",
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
    definition="有至少一个运营的普通或特色乡镇站的乡镇(街道)数÷乡镇(街道)数；安置点站不提高覆盖率，同一乡镇两个站只算一次",
    timing="date",
    known_by="stations",
)
def coverage(q: Query) -> Formula:
    return _covered(q, _townships(q), _covering(q), 9)


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
    return _covered(q, _counties(q), _tier(q, Tier.GENERAL_STATION), 6)


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
    definition="有至少一个社工室的村(社区)数÷村(社区)数；同一村两个室只算一次",
    timing="date",
    known_by="stations",
)
def village_coverage(q: Query) -> Formula:
    """A county whose villages nobody has asked for counts with their number: it has no room yet."""
    rows = _marked(_divisions(q, Level.VILLAGE), _tier(q, Tier.ROOM), 12)
    loaded = rows.select(rows.id, rows.region_code, villages=q.ibis.literal(1, "int64"))
    numbers = q.fact("villages_in_the_book")
    other = numbers.select(numbers.region_code, numbers.villages, id=numbers.region_code)
    every = loaded.union(other.select("id", "region_code", "villages"))
    covered = q.count(rows.filter(rows.met), "region_code")
    return q.ratio(covered, q.sum(every, "villages", known_by=()))


@figure(
    "network.demonstration_stations",
    "示范站数",
    "个",
    definition="运营的乡镇(街道)社工站中有示范级别的站数，可按级别拆分",
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
    definition="运营的乡镇(街道)社工站中，当地建站清单(默认“六有”)逐项达标的站所占比例；未填视为未达标",
    timing="date",
    known_by="stations",
)
def standard_met(q: Query) -> Formula:
    rows = q.ruled(_operating(q), "network.build_checklist")
    met = _meets(rows, CHECKS[0])
    for check in CHECKS[1:]:
        met = met & _meets(rows, check)
    return q.share(rows.mutate(met=met), "met", distinct="station_id")


@figure(
    "network.county_coverage",
    "县(市、区)覆盖率",
    "%",
    definition="有至少一个运营的普通或特色乡镇站的县(市、区)数÷县(市、区)数",
    timing="date",
    known_by="stations",
)
def county_coverage(q: Query) -> Formula:
    return _covered(q, _counties(q), _covering(q), 6)


@figure(
    "network.counties_fully_covered",
    "乡镇全覆盖县(市、区)数",
    "个",
    definition="所辖乡镇(街道)全部有运营的普通或特色乡镇站的县(市、区)数",
    timing="date",
    known_by="stations",
)
def counties_fully_covered(q: Query) -> Formula:
    townships = _marked(_townships(q), _covering(q), 9)
    held = townships.mutate(county=townships.region_code.left(6))
    whole = held.group_by("county").aggregate(lacking=(~held.met).sum())
    counties = _counties(q).mutate(county=q.ibis._.region_code.left(6))
    joined = counties.join(whole.filter(whole.lacking == 0), "county")
    return q.count(joined, "region_code")


@figure(
    "network.stations_opened",
    "新开站数",
    "个",
    definition="本期内首次投入运营的乡镇(街道)社工站数；暂停后恢复运营的不重复计",
    timing="period",
    known_by="stations",
)
def stations_opened(q: Query) -> Formula:
    rows = q.fact("station_states")
    run = rows.filter(rows.tier == Tier.STATION.value, rows.status == StationStatus.OPERATING.value)
    before = run.filter(run.valid_from.isnull() | (run.valid_from < q.start)).select("station_id")
    begun = run.filter(q.during(run.valid_from))
    return q.count(begun.anti_join(before, "station_id"), "station_id")


@figure(
    "network.pilots",
    "试点数",
    "个",
    definition="截至当日已开始且未结束的试点数，可按试点级别、地区或站点拆分",
    timing="date",
    dims=("level", "subject"),
    known_by="pilots",
)
def pilots(q: Query) -> Formula:
    rows = q.fact("pilots")
    return q.count(rows.filter(rows.starts_on <= q.as_of, rows.ends_on.isnull() | (rows.ends_on >= q.as_of)))


def _grids(q: Query) -> Table:
    rows = q.fact("grids")
    return rows.filter(q.holds(rows.set_up_on, rows.abolished_on))


@figure(
    "network.grids",
    "网格数",
    "个",
    definition="截至当日已设立、未撤销的网格数",
    timing="date",
    known_by="grids",
)
def grids(q: Query) -> Formula:
    return q.count(_grids(q))


@figure(
    "network.grid_coverage",
    "网格覆盖率",
    "%",
    definition="截至当日有社会组织或机构结对服务的网格数÷网格数",
    timing="date",
    known_by="grids",
)
def grid_coverage(q: Query) -> Formula:
    rows = _grids(q)
    paired = rows.paired_on.notnull() & q.holds(rows.paired_on, rows.unpaired_on)
    return q.share(rows.mutate(met=paired), "met")
