"""Contracts: the counties' station projects since 2018, and what city and counties bought besides (FIG-028…031)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from linzhan.demo import published
from linzhan.demo.ground import City, County
from linzhan.demo.institutions import Institutions, Provider
from linzhan.demo.services import Done
from linzhan.demo.staff import Staff
from linzhan.demo.stations import Network, Station, lots_of
from linzhan.demo.telling import Story, Table, dice, in_proportion, working_day

YEARS = (2018, 2019, 2020, 2021, 2022)
PAID_YEARS = YEARS[:-1]
LAGGING = "431227"  # the county whose project of 2021 falls behind, and whose last instalment is withheld
BEHIND, WITHHELD = 0.55, 0.15
UNIT = 100  # yuan: contracts are made in hundreds
COLUMNS = (
    "code name kind purchaser region provider method stations contract_amount starts_on ends_on staff professional_posts"
    " budget_salaries budget_supervision budget_services budget_management status target_registrations target_visits"
    " target_cases target_groups target_activities target_person_times target_satisfaction"
)
SHARES = (
    ("budget_salaries", 72),
    ("budget_supervision", 4),
    ("budget_services", 14),
    ("budget_management", 10),
)
BY_CITY = (  # what the reply names, in its order: topic, type, how often, weight of one contract
    ("社工人才培训", "培训", 6, 9),
    ("农村留守人群关爱服务", "专项服务", 5, 14),
    ("困境儿童成长陪伴服务", "专项服务", 4, 14),
    ("基层社工站督导", "督导", 4, 26),
    ("社会工作主题宣传", "专项服务", 3, 6),
    ("灾后社区重建服务", "专项服务", 2, 18),
    ("侗文化保育与社区营造", "专项服务", 2, 12),
    ("社会工作服务项目评估", "评估", 4, 12),
    ("社会工作服务地方标准制定", "专项服务", 1, 10),
    ("社会组织财务审计与规范化评估", "评估", 2, 8),
)
BY_COUNTIES = (
    "独居老人关爱",
    "留守儿童陪伴",
    "残障家庭支持",
    "社区邻里营造",
    "困难家庭帮扶",
    "婚姻家庭支持",
    "易地搬迁社区融入",
)
SMALL = (
    ("公益创投", "邻里互助"),
    ("民生微项目", "楼道适老改造"),
    ("公益创投", "乡村阅读角"),
    ("民生微项目", "一键呼叫安装"),
)


@dataclass(slots=True)
class Contract:
    """One contract; ``paid`` is what reached the provider by the end of 2021, of a station project."""

    code: str
    name: str
    kind: str
    purchaser: str
    region: str
    provider: Provider
    method: str
    starts_on: date
    ends_on: date
    amount: int = 0
    paid: int = 0
    year: int = 0
    county: County | None = None
    stations: list[Station] = field(default_factory=list)

    @property
    def is_of_stations(self) -> bool:
        return self.kind == "社工站运营"


def project_code(county: County, lot: int, year: int) -> str:
    """The project that pays the stations of a lot in a year."""
    return f"{county.six}-ZD{year}-{lot + 1}"


def draw_up(city: City, network: Network, found: Institutions) -> list[Contract]:
    """All contracts with their amounts."""
    stations = list(_of_stations(city, network))
    _pay(stations)
    return [*stations, *_of_city(city, found), *_of_counties(city, found)]


def _of_stations(city: City, network: Network) -> list[Contract]:
    return [
        _station_contract(county, lot, year, network)
        for year in YEARS
        for county in city.counties
        for lot in range(lots_of(county))
    ]


def _station_contract(county: County, lot: int, year: int, network: Network) -> Contract:
    starts_on = date(year, 7, 1) if year == YEARS[0] else date(year, 1, 1)
    own = [each for each in network.of(county) if each.lot == lot and each.opened_on.year <= year]
    general = [each for each in network.general if each.county is county and each.opened_on.year <= year]
    name = f"{county.name}乡镇（街道）社会工作服务站项目" + (
        f"（第{lot + 1}标段）" if lots_of(county) > 1 else ""
    )
    stations = own + (general if lot == 0 else [])
    some = next(each for each in network.of(county) if each.lot == lot)
    return Contract(
        code=project_code(county, lot, year),
        name=f"{year}年{name}",
        kind="社工站运营",
        purchaser=f"{county.name}民政局",
        region=county.code,
        provider=some.provider,
        method="公开招标" if year != YEARS[0] else "竞争性磋商",
        starts_on=starts_on,
        ends_on=date(year, 12, 31),
        year=year,
        county=county,
        stations=stations,
    )


def _pay(contracts: list[Contract]) -> None:
    """Exactly what the reply says was paid until the end of 2021; the last year is let at last year's price."""
    chance = dice("prices")
    paid = [each for each in contracts if each.year in PAID_YEARS]
    weights = [
        max(1, len(each.stations)) * (0.5 if each.year == YEARS[0] else 1) * (0.9 + chance.random() / 5)
        for each in paid
    ]
    for contract, part in zip(paid, in_proportion(published.PAID_TO_STATIONS // UNIT, weights), strict=True):
        contract.paid = contract.amount = part * UNIT
        if contract.year == PAID_YEARS[-1] and contract.code.startswith(LAGGING):
            contract.amount = round(contract.paid / (1 - WITHHELD) / UNIT) * UNIT
    last = {each.code: each.amount for each in paid if each.year == PAID_YEARS[-1]}
    for contract in contracts:
        if contract.year == YEARS[-1]:
            contract.amount = last[contract.code.replace(f"ZD{YEARS[-1]}", f"ZD{PAID_YEARS[-1]}")]


def _of_city(city: City, found: Institutions) -> list[Contract]:
    """Contracts of the city's bureau since 2015 (FIG-030)."""
    chance = dice("contracts of the city")
    told = [(topic, kind, weight, nth) for topic, kind, times, weight in BY_CITY for nth in range(times)]
    amounts = in_proportion(
        published.PURCHASED_BY_CITY // UNIT,
        [weight * (0.8 + chance.random() * 0.4) for *_rest, weight, _nth in told],
    )
    contracts: list[Contract] = []
    for (topic, kind, _weight, nth), part in zip(told, amounts, strict=True):
        year = min(2022, 2015 + nth * 2 + chance.randrange(2)) if kind != "督导" else 2018 + nth
        provider = _experienced(chance, found.agencies, year)
        contract = _special(
            f"{city.code[:6]}-ZX{len(contracts) + 1:03d}",
            f"{year}年{topic}项目",
            kind,
            city,
            provider,
            chance,
            year,
        )
        contract.amount = part * UNIT
        contracts.append(contract)
    return contracts


def _of_counties(city: City, found: Institutions) -> list[Contract]:
    """A contract for special services with each of the 33 institutions (FIG-028), and a few small ones."""
    chance = dice("contracts of the counties")
    charities = [
        each for each in found.others if each.kind != "社区社会组织" and each.registered_on.year < 2021
    ]
    providers = found.agencies + charities[: published.PURCHASED_FROM - len(found.agencies)]
    told = [(each, "专项服务", f"{chance.choice(BY_COUNTIES)}项目", 10.0) for each in providers]
    told += [(chance.choice(providers), kind, f"{topic}项目", 2.0) for kind, topic in SMALL * 2]
    rest = (published.PURCHASED - published.PURCHASED_BY_CITY) // UNIT
    amounts = in_proportion(rest, [weight * (0.7 + chance.random() * 0.6) for *_rest, weight in told])
    contracts: list[Contract] = []
    for (provider, kind, topic, _weight), part in zip(told, amounts, strict=True):
        county = next(
            (each for each in city.counties if each.code == provider.region), None
        ) or chance.choice(city.counties)
        year = max(2017, provider.registered_on.year + 1) + chance.randrange(6)
        contract = _special(
            f"{county.six}-ZX{len(contracts) + 1:03d}",
            f"{min(year, 2022)}年{topic}",
            kind,
            county,
            provider,
            chance,
            min(year, 2022),
        )
        contract.amount = part * UNIT
        contracts.append(contract)
    return contracts


def _experienced(chance: Random, agencies: list[Provider], year: int) -> Provider:
    known = [each for each in agencies if each.registered_on.year < year]
    return chance.choice(known)


def _special(
    code: str, name: str, kind: str, place: City | County, provider: Provider, chance: Random, year: int
) -> Contract:
    starts_on = working_day(date(year, 3, 1) + timedelta(chance.randrange(75)))
    method = chance.choice(("定向委托", "竞争性谈判", "竞争性磋商", "单一来源", "邀请招标"))
    ends_on = starts_on + timedelta(364 if chance.random() < 0.5 else 240)
    return Contract(
        code, name, kind, f"{place.name}民政局", place.code, provider, method, starts_on, ends_on, year=year
    )


def tell_contracts(story: Story, contracts: list[Contract], staff: Staff, done: dict[str, Done]) -> None:
    """The register of projects: all as running first, then closed in the March after their end."""
    table, chance = Table("projects", COLUMNS), dice("targets")
    for contract in contracts:
        table.add(
            **_facts(contract),
            **_posts(chance, contract, staff),
            **_targets(chance, contract, done.get(contract.code)),
        )
    story.tell(table, date(2018, 6, 29))
    for year in range(2015, 2022):
        later = Table("projects", "code region status")
        for contract in contracts:
            if contract.ends_on.year == year:
                later.add(code=contract.code, region=contract.region, status="结项")
        story.tell(later, date(year + 1, 3, 1))


def _facts(contract: Contract) -> dict[str, object]:
    found: dict[str, object] = {
        "code": contract.code,
        "name": contract.name,
        "kind": contract.kind,
        "purchaser": contract.purchaser,
        "region": contract.region,
        "provider": contract.provider.uscc,
        "method": contract.method,
        "stations": tuple(each.code for each in contract.stations) or None,
        "contract_amount": Decimal(contract.amount),
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "status": "执行",
    }
    if contract.is_of_stations:
        found.update({name: Decimal(contract.amount * share) / 100 for name, share in SHARES})
    return found


def _posts(chance: Random, contract: Contract, staff: Staff) -> dict[str, object]:
    """Four in five are to be professional posts; the lagging project has too few."""
    if not contract.is_of_stations:
        number = 2 + chance.randrange(4)
        return {"staff": number, "professional_posts": number - (chance.random() < 0.3)}
    number = sum(len(staff.engaged(station, contract.ends_on)) for station in contract.stations)
    share = 0.68 if contract.code.startswith(LAGGING) else 0.82 + chance.random() * 0.16
    return {"staff": number, "professional_posts": round(number * share)}


def _targets(chance: Random, contract: Contract, done: Done | None) -> dict[str, object]:
    """The targets of 2021: near to what was done, and well above it in the lagging county."""
    if done is None:
        return {}
    reached = BEHIND if contract.code.startswith(LAGGING) else 0.88 + chance.random() * 0.24
    wanted = {
        "target_registrations": done.registrations,
        "target_visits": done.visits,
        "target_cases": len(done.cases),
        "target_groups": len(done.groups),
        "target_activities": done.activities,
        "target_person_times": done.person_times,
    }
    return {
        **{name: max(1, round(number / reached)) for name, number in wanted.items()},
        "target_satisfaction": Decimal(90),
    }
