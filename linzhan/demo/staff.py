"""The people of the stations and the holders of certificates elsewhere (FIG-006…009)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from linzhan.demo.ground import City
from linzhan.demo.institutions import Institutions
from linzhan.demo.persons import Person, Population
from linzhan.demo.published import CERTIFIED
from linzhan.demo.stations import Network, Station
from linzhan.demo.telling import Story, Table, day_between, dice, in_proportion, shared, weighted, working_day

HEAD, FRONT_LINE, OTHER = "站长", "一线社工", "其他"
ASSISTANT, INTERMEDIATE, SENIOR = CERTIFIED
COLUMNS = (
    "identity_number name sex phone education major political_status provider station post employment hired_on left_on"
    " certificate certificate_number passed_on registered_until pay_grade filed_on leaving_filed_on pledged_on"
)
UNTIL = date(2022, 5, 20)
HOME = "431202005"  # 坨院街道, where the demo accounts are at home: a team of three
UNFILED = "431223"  # the county that forgets to file its hires
CERTIFIED_STAFF = 198  # holders who work at stations; the others hold posts elsewhere
SECOND = (0.72, 0.17)  # the share of township stations with a second and a third worker
EDUCATION = (("大专", 46), ("本科", 42), ("高中", 8), ("硕士研究生", 4))
MAJORS = (
    ("社会工作", 20),
    ("公共事业管理", 12),
    ("法学", 8),
    ("会计", 10),
    ("教育学", 14),
    ("护理学", 8),
    ("汉语言文学", 12),
    ("其他", 16),
)


@dataclass(slots=True)
class Worker:
    """Somebody on a station's post, or (``station`` None) a holder elsewhere."""

    person: Person
    station: Station | None
    post: str
    hired_on: date
    left_on: date | None = None
    provider: str = ""
    certificate: str = "无"
    passed_on: date | None = None

    @property
    def identity_number(self) -> str:
        return self.person.identity_number

    def on_post(self, day: date) -> bool:
        return self.hired_on <= day and (self.left_on is None or day < self.left_on)


@dataclass(slots=True)
class Staff:
    """All workers; ``of_station`` those of a station, its head first."""

    workers: list[Worker] = field(default_factory=list)
    of_station: dict[str, list[Worker]] = field(default_factory=dict)
    holders: list[Worker] = field(default_factory=list)

    def engaged(self, station: Station, day: date) -> list[Worker]:
        return [each for each in self.of_station.get(station.code, ()) if each.on_post(day)]


def hire(city: City, network: Network, found: Institutions, people: Population) -> Staff:
    """Who works where, who holds what."""
    chance, staff = dice("staff"), Staff()
    for station in network.staffed:
        team = _team(chance, station, people)
        staff.of_station[station.code] = team
        staff.workers += team
        station.head = team[0].person.name
    _holders(chance, city, found, people, staff)
    _certify(chance, staff)
    return staff


def _team(chance: Random, station: Station, people: Population) -> list[Worker]:
    """A head from the first day on; others later, of whom some leave."""
    begin = station.opened_on
    team = [Worker(_adult(chance, people), station, HEAD, begin)]
    extra = {"市级指导中心": 5, "县级社工总站": 2}.get(station.tier)
    if extra is None:
        extra = 2 if station.region.startswith(HOME) else sum(chance.random() < share for share in SECOND)
    for number in range(extra):
        early = number == 0 and chance.random() < 0.75
        last = max(begin, date(2020, 2, 3) if early else date(2021, 11, 15))
        hired = working_day(day_between(chance, begin, last))
        team.append(Worker(_adult(chance, people), station, _post(station, number), hired))
    if chance.random() < 0.3 and station.opened_on.year < 2021:
        team += _turnover(chance, station, people)
    return team


def _post(station: Station, number: int) -> str:
    if station.tier == "市级指导中心":
        return ("督导", "督导", "项目主管", "行政财务", FRONT_LINE)[number]
    if station.tier == "县级社工总站":
        return ("项目主管", "行政财务")[number]
    return FRONT_LINE


def _turnover(chance: Random, station: Station, people: Population) -> list[Worker]:
    """Somebody who left, and as a rule a successor."""
    hired = working_day(day_between(chance, station.opened_on, date(2020, 6, 30)))
    left = min(working_day(hired + timedelta(150 + chance.randrange(560))), UNTIL)
    found = [Worker(_adult(chance, people), station, FRONT_LINE, hired, left)]
    follows = working_day(left + timedelta(3 + chance.randrange(60)))
    if chance.random() < 0.7 and follows < UNTIL:
        found.append(Worker(_adult(chance, people), station, FRONT_LINE, follows))
    return found


def _adult(chance: Random, people: Population) -> Person:
    return people.person(chance, 1970, 1998, women=0.72)


def _holders(chance: Random, city: City, found: Institutions, people: Population, staff: Staff) -> None:
    """Holders who work elsewhere are entered with the association of their county."""
    rest = sum(CERTIFIED.values()) - CERTIFIED_STAFF
    numbers = in_proportion(rest, [len(county.townships) + 6 for county in city.counties])
    for county, number in zip(city.counties, numbers, strict=True):
        provider = found.associations[county.code].uscc
        for _nth in range(number):
            hired = working_day(day_between(chance, date(2017, 1, 3), date(2019, 12, 30)))
            staff.holders.append(Worker(_adult(chance, people), None, OTHER, hired, provider=provider))


def _certify(chance: Random, staff: Staff) -> None:
    """Exactly 389, 84 and 1 by the end of 2021: the senior one is a supervisor of the centre."""
    at_work = [each for each in staff.workers if each.hired_on < date(2021, 9, 1)]
    senior = next(each for each in at_work if each.post == "督导")
    merit = sorted(
        (each for each in at_work if each is not senior),
        key=lambda each: (each.post != HEAD) + chance.random() * 1.6,
    )
    chosen = merit[: CERTIFIED_STAFF - 1]
    chance.shuffle(chosen)
    levels = [INTERMEDIATE] * shared(CERTIFIED[INTERMEDIATE], 2)[0]
    levels += [ASSISTANT] * (len(chosen) - len(levels))
    rest = [INTERMEDIATE] * (CERTIFIED[INTERMEDIATE] - levels.count(INTERMEDIATE))
    rest += [ASSISTANT] * (CERTIFIED[ASSISTANT] - levels.count(ASSISTANT))
    for worker, level in zip([*chosen, *staff.holders], [*levels, *rest], strict=True):
        worker.certificate, worker.passed_on = level, _passed(chance, worker)
    senior.certificate, senior.passed_on = SENIOR, date(2020, 1, 10)


def _passed(chance: Random, worker: Worker) -> date:
    """Results are announced at the end of a year, to nobody under twenty."""
    first = max(2008, worker.person.born_on.year + 21)
    year = weighted(chance, [(year, 1 + (year - 2007) ** 2) for year in range(first, 2022)])
    return date(year, 11, 30) if year < 2021 else date(2021, 12, 20)


def tell_staff(story: Story, staff: Staff, people: Population) -> None:
    """The register of workers."""
    table, chance = Table("workers", COLUMNS), dice("rosters")
    for worker in [*staff.workers, *staff.holders]:
        table.add(**_facts(chance, worker, people))
    story.tell(table, date(2022, 5, 20))


def _facts(chance: Random, worker: Worker, people: Population) -> dict[str, object]:
    person, station = worker.person, worker.station
    return {
        "identity_number": person.identity_number,
        "name": person.name,
        "sex": person.sex,
        "phone": people.phone(),
        "education": weighted(chance, EDUCATION),
        "major": weighted(chance, MAJORS),
        "political_status": weighted(chance, [("群众", 60), ("中共党员", 22), ("共青团员", 18)]),
        "provider": station.provider.uscc if station else worker.provider,
        "station": station.code if station else None,
        "post": worker.post,
        "employment": "全职" if station and chance.random() < 0.92 else "兼职",
        "hired_on": worker.hired_on,
        "left_on": worker.left_on,
        "pledged_on": worker.hired_on - timedelta(1 + chance.randrange(12))
        if chance.random() < 0.85
        else None,
        "pay_grade": f"{1 + chance.randrange(6)}级" if station else None,
        **_certificate(chance, worker),
        **_filings(chance, worker),
    }


def _certificate(chance: Random, worker: Worker) -> dict[str, object]:
    passed = worker.passed_on
    if passed is None:
        return {"certificate": "无"}
    terms = 1 + (2021 - passed.year) // 3
    return {
        "certificate": worker.certificate,
        "certificate_number": f"99{passed.year}{chance.randrange(10**9):09d}",
        "passed_on": passed,
        "registered_until": date(passed.year + 3 * terms, 12, 31) if chance.random() < 0.8 else None,
    }


def _filings(chance: Random, worker: Worker) -> dict[str, object]:
    """Within seven days, as a rule; one county left a good part of its hires unfiled."""
    if worker.station is None:
        return {"filed_on": worker.hired_on}
    careless = worker.station.code.startswith(UNFILED) and worker.hired_on.year >= 2019
    found: dict[str, object] = {}
    if chance.random() >= (0.45 if careless else 0.03):
        found["filed_on"] = worker.hired_on + timedelta(_days_to_file(chance))
    if worker.left_on and chance.random() < 0.9:
        found["leaving_filed_on"] = worker.left_on + timedelta(_days_to_file(chance))
    return found


def _days_to_file(chance: Random) -> int:
    return chance.randrange(7) if chance.random() < 0.88 else 8 + chance.randrange(30)
