"""The network: a guidance centre, a general station in each county, a station in each township, rooms in villages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from linzhan.demo.ground import City, County, Township
from linzhan.demo.institutions import Institutions, Provider
from linzhan.demo.telling import Story, Table, day_between, dice, weighted, working_day

CENTRE, GENERAL, STATION, ROOM = "市级指导中心", "县级社工总站", "乡镇街道社工站", "村社区社工室"
CHECKS = "has_site has_staff has_equipment has_rules has_workflow has_functions has_activities".split()
COLUMNS = f"code name tier region kind status opened_on parent address area operation provider head demonstration_level {' '.join(CHECKS)}"
MANY_TOWNSHIPS = 18  # from here on a county's stations are let in two lots
POOR = "431230"  # the county whose stations do not come up to the checklist
RESETTLEMENT = ("431222", "431223", "431224", "431225", "431226")  # counties with a resettlement-site station
ROOMS_PER_VILLAGE = 0.12
SUSPENDED = ("431222", "431229")  # a station of each is suspended in spring 2022
LEVELS = (("省级", 4), ("市级", 17), ("县级", 45))  # demonstration stations, cumulative in order of merit


@dataclass(slots=True)
class Station:
    """A station with staff. ``lot`` is the county's contract lot it belongs to."""

    code: str
    name: str
    tier: str
    region: str
    county: County | None
    opened_on: date
    provider: Provider
    lot: int = 0
    township: Township | None = None
    level: str = "无"
    head: str = ""


@dataclass(slots=True)
class Network:
    centre: Station
    general: list[Station]
    township: list[Station]
    sites: list[Station]

    @property
    def supervised(self) -> list[Station]:
        """The 220 stations of the reply: see :mod:`linzhan.demo.published`."""
        return self.general + self.township

    @property
    def staffed(self) -> list[Station]:
        return [self.centre, *self.general, *self.township, *self.sites]

    def of(self, county: County) -> list[Station]:
        """The township stations of a county."""
        return [each for each in self.township if each.county is county]

    def by_code(self, code: str) -> Station:
        return next(each for each in self.staffed if each.code == code)


def build(city: City, found: Institutions) -> Network:
    """Which stations there are; they are written once their heads are known."""
    chance = dice("stations")
    centre = Station(
        f"{city.code[:6]}-00",
        f"{city.name}社会工作服务指导中心",
        CENTRE,
        city.code,
        None,
        date(2018, 6, 1),
        found.agencies[0],
    )
    general, township, sites = [], [], []
    for county in city.counties:
        opened = day_between(chance, date(2019, 2, 18), date(2019, 12, 20))
        runs = found.agency_of(county, 0)
        general.append(
            Station(
                f"{county.six}-00",
                f"{county.name}社会工作服务总站",
                GENERAL,
                county.code,
                county,
                working_day(opened),
                runs,
            )
        )
        township += [
            _of_township(chance, county, each, nth, found) for nth, each in enumerate(county.townships)
        ]
        if county.six in RESETTLEMENT:
            sites.append(_of_site(chance, county, found))
    _distinguish(chance, township)
    return Network(centre, general, township, sites)


def lots_of(county: County) -> int:
    return 2 if len(county.townships) >= MANY_TOWNSHIPS else 1


def _of_township(
    chance: Random, county: County, township: Township, nth: int, found: Institutions
) -> Station:
    """All open by the end of 2019 (FIG-032), six in ten in the first year."""
    first_year = chance.random() < 0.6
    opened = day_between(
        chance,
        *((date(2018, 7, 2), date(2018, 12, 14)) if first_year else (date(2019, 1, 7), date(2019, 11, 29))),
    )
    lot = nth % lots_of(county)
    code = f"{county.six}-{township.code[6:9]}"
    return Station(
        code,
        f"{township.name}社会工作服务站",
        STATION,
        township.code,
        county,
        working_day(opened),
        found.agency_of(county, lot),
        lot,
        township,
    )


def _of_site(chance: Random, county: County, found: Institutions) -> Station:
    township = chance.choice(county.townships)
    opened = working_day(day_between(chance, date(2022, 1, 10), date(2022, 3, 31)))
    return Station(
        f"{county.six}-A1",
        f"{township.name}安置点社工站",
        STATION,
        township.code,
        county,
        opened,
        found.agency_of(county, 0),
        0,
        township,
    )


def _distinguish(chance: Random, stations: list[Station]) -> None:
    """The best stations bear a level; the poor county has none."""
    by_merit = sorted(
        (each for each in stations if not each.code.startswith(POOR)), key=lambda _each: chance.random()
    )
    start = 0
    for level, until in LEVELS:
        for station in by_merit[start:until]:
            station.level = level
        start = until


def tell_stations(story: Story, city: City, network: Network) -> None:
    """The register of stations, and the two that were suspended later."""
    table, chance = Table("stations", COLUMNS), dice("checklists")
    centre, *others = network.staffed
    top = Table("stations", COLUMNS)
    top.add(**_facts(chance, network, centre))
    story.tell(top, date(2021, 1, 4))  # in a call of its own: a key of another county must be there already
    for station in others:
        table.add(**_facts(chance, network, station))
    for township in network.township:
        assert township.township is not None
        for code, name in township.township.villages:
            if chance.random() < ROOMS_PER_VILLAGE:
                table.add(**_room(chance, township, code, name))
    story.tell(table, date(2021, 1, 4))
    later = Table("stations", "code region status")
    for six in SUSPENDED:
        station = network.of(city.county(six))[-1]
        later.add(code=station.code, region=station.region, status="暂停")
    story.tell(later, date(2022, 3, 14))


def _facts(chance: Random, network: Network, station: Station) -> dict[str, object]:
    parent = {CENTRE: None, GENERAL: network.centre.code}.get(station.tier, f"{station.code[:6]}-00")
    return {
        "code": station.code,
        "name": station.name,
        "tier": station.tier,
        "region": station.region,
        "kind": "安置点" if station in network.sites else "普通",
        "status": "运营",
        "opened_on": station.opened_on,
        "parent": parent,
        "address": f"{station.township.name}便民服务中心一楼" if station.township else "民政服务大厅二楼",
        "area": 40 + chance.randrange(140),
        "operation": "直聘" if chance.random() < 0.06 else "政府购买",
        "provider": station.provider.uscc,
        "head": station.head or None,
        "demonstration_level": station.level,
        **_checklist(chance, station),
    }


def _checklist(chance: Random, station: Station) -> dict[str, bool | None]:
    """Most stations meet all items, those with a level always; in the poor county two in three do not."""
    chances = 0.84 if station.code.startswith(POOR) else 0.975
    if station.level != "无" or station.tier != STATION:
        chances = 1.0
    found: dict[str, bool | None] = {check: chance.random() < chances for check in CHECKS}
    found["has_activities"] = weighted(chance, [(True, 8), (False, 1), (None, 1)])
    return found


def _room(chance: Random, parent: Station, code: str, name: str) -> dict[str, object]:
    return {
        "code": f"{code}-S",
        "name": f"{name}社工室",
        "tier": ROOM,
        "region": code,
        "kind": "普通",
        "status": "运营",
        "opened_on": working_day(day_between(chance, date(2020, 4, 1), date(2022, 4, 29))),
        "parent": parent.code,
        "operation": "自建",
        "demonstration_level": "无",
        "area": 15 + chance.randrange(40),
    }
