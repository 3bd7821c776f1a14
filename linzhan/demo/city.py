"""The whole story in order, and whom the demo accounts stand for in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from linzhan.demo import (
    cases,
    community,
    contracts,
    dossiers,
    elsewhere,
    employment,
    gatherings,
    handing,
    institutions,
    judging,
    learning,
    money,
    purchasing,
    services,
    staff,
    standing,
    stations,
    visits,
)
from linzhan.demo.courses import Course
from linzhan.demo.ground import City
from linzhan.demo.persons import Population
from linzhan.demo.residents import Resident, tell_residents
from linzhan.demo.telling import Story

YEAR = services.YEAR


@dataclass(frozen=True, slots=True)
class Cast:
    """Keys of the rows that accounts are bound to; codes of divisions for those who see an area.

    ``courses`` are the steps that its people take once the rows are there.
    """

    county: str
    township: str
    station: str
    provider: str
    lead: str
    worker: str
    supervised: tuple[str, ...]
    volunteer: str
    resident: str
    names: dict[str, str]
    courses: tuple[Course, ...]


def tell(city: City, scale: float = 1.0) -> tuple[Story, Cast]:
    """The story of ``city``. ``scale`` (of 1) moves only residents, services, volunteers and needs."""
    story, people = Story(), Population()
    found = institutions.tell_institutions(story, city, people)
    network = stations.build(city, found)
    team = staff.hire(city, network, found, people)
    stations.tell_stations(story, city, network)
    staff.tell_staff(story, team, people)
    supervision = learning.tell_supervision(story, network, team, people)
    learning.tell_trainings(story, city, team)
    institutions.tell_inspections(story, found)
    residents = tell_residents(story, network, team, people, scale)
    projects = _projects_of(network)
    year = services.a_year(network, team, residents, scale, projects)
    home = _home(network)
    gathered = gatherings.gather(home, team, residents, year, projects[home.code])
    drawn = contracts.draw_up(city, network, found)
    contracts.tell_contracts(story, drawn, team, year.done)
    money.tell_money(story, city, drawn)
    employment.tell_employment(
        story, city=city, network=network, staff=team, contracts=drawn, projects=projects
    )
    story.tell(year.table, services.WRITTEN)
    courses = cases.tell_cases(story, year.table, home, _on_post(team, home), residents, services.WRITTEN)
    gathered.tell(story)
    volunteers = community.tell_volunteers(story, network, people, scale)
    community.tell_needs(story, residents, scale)
    community.tell_resources(story, city)
    community.tell_disclosures(story, found)
    judging.tell_evaluations(story, city, network, drawn)
    standing.tell_standing(story, city, found, f"{staff.HOME[:6]}000000")
    bought = purchasing.tell_purchasing(story, city, found, drawn, f"{staff.HOME[:6]}000000")
    elsewhere.tell_elsewhere(story)
    cast = _cast(network, team, supervision, residents, volunteers, (*courses, *gathered.courses, *bought))
    dossiers.tell_dossiers(story, residents, cast.station)
    handing.tell_doubles(story, residents, cast.station)
    returned = visits.tell_visits(
        story, station=cast.station, county=cast.county, worker=cast.worker, resident=cast.resident
    )
    return story, replace(cast, courses=(*cast.courses, *returned))


def _home(network: stations.Network) -> stations.Station:
    """The station where the demo accounts are at home."""
    return next(each for each in network.township if each.region.startswith(staff.HOME))


def _projects_of(network: stations.Network) -> dict[str, str]:
    """The project that pays each township station in the year of the records."""
    return {
        each.code: contracts.project_code(each.county, each.lot, YEAR)
        for each in network.township
        if each.county
    }


def _on_post(team: staff.Staff, home: stations.Station) -> list[staff.Worker]:
    """Its head and its first worker."""
    return [each for each in team.of_station[home.code] if each.left_on is None][:2]


def _cast(
    network: stations.Network,
    team: staff.Staff,
    supervision: learning.Supervision,
    residents: list[Resident],
    volunteers: list[community.Volunteer],
    courses: tuple[Course, ...],
) -> Cast:
    home = _home(network)
    lead, worker = _on_post(team, home)
    resident = next(
        each for each in residents if each.station is home and not each.is_child and each.left_on is None
    )
    supervisor = next(
        each for each in supervision.supervisors if home in supervision.stations_of[each.identity_number]
    )
    names = {
        "lead": lead.person.name,
        "worker": worker.person.name,
        "supervisor": supervisor.name,
        "resident": resident.person.name,
    }
    return Cast(
        county=home.region[:6].ljust(12, "0"),
        township=home.region,
        station=home.code,
        provider=home.provider.uscc,
        lead=lead.identity_number,
        worker=worker.identity_number,
        supervised=tuple(each.code for each in supervision.stations_of[supervisor.identity_number]),
        volunteer=next(each.code for each in volunteers if each.station is home),
        resident=resident.code,
        names=names,
        courses=courses,
    )
