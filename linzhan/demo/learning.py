"""Supervision in 2020–2021 and training (FIG-010, 011, 014…018)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from linzhan.demo import published
from linzhan.demo.ground import City
from linzhan.demo.persons import Person, Population
from linzhan.demo.staff import Staff, Worker
from linzhan.demo.stations import Network, Station
from linzhan.demo.telling import Story, Table, day_between, dice, in_proportion, shared, weighted, working_day

DOUBLES = 450  # sessions held for two stations of a county together
LONGEST = 6  # half hours
FORMS = (("现场", 45), ("团体", 30), ("个别", 22), ("危机", 3))
TOPICS = (("服务", 40), ("方法", 28), ("情绪", 12), ("行政", 14), ("伦理", 6))
TRAININGS = (  # name, type, first day, days, hours; the headcounts are shared out of FIG-010
    ("民政系统慈社口负责人业务培训班", "业务培训", date(2018, 10, 16), 3, 24),
    ("乡镇（街道）社工站一线社工上岗培训", "业务培训", date(2018, 11, 20), 4, 32),
    ("社工站项目骨干社工培训", "业务培训", date(2019, 4, 23), 3, 24),
    ("村（社区）干部社会工作知识培训（第一期）", "业务培训", date(2019, 6, 11), 2, 16),
    ("社工机构负责人能力建设培训", "业务培训", date(2019, 9, 17), 3, 24),
    ("农村留守儿童关爱保护专题培训", "业务培训", date(2019, 11, 5), 2, 16),
    ("社会工作者继续教育（2020年）", "继续教育", date(2020, 7, 14), 5, 40),
    ("社会救助领域社会工作服务培训", "业务培训", date(2020, 9, 8), 3, 24),
    ("村（社区）干部社会工作知识培训（第二期）", "业务培训", date(2020, 10, 27), 2, 16),
    ("社会工作者继续教育（2021年春）", "继续教育", date(2021, 4, 13), 5, 40),
    ("社会工作者继续教育（2021年秋）", "继续教育", date(2021, 9, 14), 5, 40),
    ("个案管理与小组工作实务培训", "业务培训", date(2021, 10, 19), 3, 24),
)
EXAMS = (
    (date(2022, 3, 22), "第一期"),
    (date(2022, 4, 12), "第二期"),
    (date(2022, 5, 10), "第三期"),
    (date(2022, 5, 17), "第四期"),
)


@dataclass(slots=True)
class Supervision:
    """Who supervises which stations."""

    stations_of: dict[str, list[Station]] = field(default_factory=dict)
    supervisors: list[Person] = field(default_factory=list)


@dataclass(slots=True)
class _Session:
    stations: list[Station]
    half_hours: int = 3


def tell_supervision(story: Story, network: Network, staff: Staff, people: Population) -> Supervision:
    """Ten supervisors, 220 stations, 3,785 station-times, 5,375 hours."""
    chance, found = dice("supervision"), Supervision()
    sessions = _sessions(chance, network)
    _spread_hours(chance, sessions)
    found.supervisors = [
        people.person(chance, 1972, 1990, women=0.6) for _nth in range(published.SUPERVISORS)
    ]
    supervisor_of = _assign(network, found)
    table = Table(
        "supervisions",
        "code held_on supervisor supervisor_identity mode form stations workers hours topic content",
    )
    supervised = _supervised(staff, network)
    for number, session in enumerate(sessions, 1):
        day = working_day(day_between(chance, published.SUPERVISED_FROM, published.SUPERVISED_UNTIL))
        supervisor = supervisor_of[session.stations[0].code[:6]]
        table.add(
            code=f"DD{number:05d}",
            held_on=day,
            supervisor=supervisor.name,
            supervisor_identity=supervisor.identity_number,
            mode="线上" if chance.random() < 0.38 else "线下",
            form="团体" if len(session.stations) > 1 else weighted(chance, FORMS),
            stations=tuple(each.code for each in session.stations),
            workers=tuple(
                w.identity_number for s in session.stations for w in supervised[s.code] if w.on_post(day)
            )
            or None,
            hours=Decimal(session.half_hours) / 2,
            topic=weighted(chance, TOPICS),
            content=chance.choice(CONTENTS),
        )
    story.tell(table, date(2021, 12, 31))
    return found


def _sessions(chance: Random, network: Network) -> list[_Session]:
    """Every station its share of the station-times; some are taken two at a time within a county."""
    times = dict(
        zip(
            (s.code for s in network.supervised),
            shared(published.STATION_TIMES, published.STATIONS),
            strict=True,
        )
    )
    sessions: list[_Session] = []
    for _nth in range(DOUBLES):
        first = chance.choice(network.township)
        second = chance.choice(
            [each for each in network.township if each.county is first.county and each is not first]
        )
        if times[first.code] < 2 or times[second.code] < 2:
            continue
        sessions.append(_Session([first, second]))
        times[first.code] -= 1
        times[second.code] -= 1
    sessions += [
        _Session([station]) for station in network.supervised for _time in range(times[station.code])
    ]
    return sessions


def _spread_hours(chance: Random, sessions: list[_Session]) -> None:
    """Half an hour to three hours, exactly the published sum."""
    rest = published.SUPERVISION_HOURS * 2 - sum(each.half_hours for each in sessions)
    step = 1 if rest > 0 else -1
    for session in chance.sample(sessions, abs(rest)):
        session.half_hours += step
    for one, other in zip(chance.sample(sessions, 900), chance.sample(sessions, 900), strict=True):
        if one.half_hours < LONGEST and other.half_hours > 2:
            one.half_hours += 1
            other.half_hours -= 1


def _assign(network: Network, found: Supervision) -> dict[str, Person]:
    """Counties to supervisors, the largest first, each to whoever has the fewest stations."""
    of_county: dict[str, list[Station]] = {}
    for station in network.supervised:
        of_county.setdefault(station.code[:6], []).append(station)
    load = {person.identity_number: 0 for person in found.supervisors}
    chosen: dict[str, Person] = {}
    for six, stations in sorted(of_county.items(), key=lambda each: (-len(each[1]), each[0])):
        person = min(found.supervisors, key=lambda each: load[each.identity_number])
        load[person.identity_number] += len(stations)
        found.stations_of.setdefault(person.identity_number, []).extend(stations)
        chosen[six] = person
    return chosen


def _supervised(staff: Staff, network: Network) -> dict[str, list[Worker]]:
    """The 312: every head, and as many second workers who were there all the time."""
    chosen = {each.code: [staff.of_station[each.code][0]] for each in network.supervised}
    wanted = published.SUPERVISED_WORKERS - len(chosen)
    for station in network.supervised:
        for worker in staff.of_station[station.code][1:]:
            if wanted and worker.left_on is None and worker.hired_on < published.SUPERVISED_FROM:
                chosen[station.code].append(worker)
                wanted -= 1
    return chosen


def tell_trainings(story: Story, city: City, staff: Staff) -> None:
    """Twelve courses up to 2021 with 1,312 attendances, four before the examination of 2022 with 342."""
    chance = dice("trainings")
    table = Table(
        "trainings",
        "code name kind organiser sponsor_level region starts_on ends_on hours participants workers",
    )
    people = in_proportion(published.TRAINED, [70 + chance.randrange(90) for _each in TRAININGS])
    for (name, kind, day, days, hours), number in zip(TRAININGS, people, strict=True):
        _course(table, chance, city, staff, name, kind, day, days, hours, number)
    for (day, term), number in zip(EXAMS, shared(published.EXAMINEES, len(EXAMS)), strict=True):
        _course(
            table,
            chance,
            city,
            staff,
            f"社会工作者职业水平考试考前培训（{term}）",
            "考前培训",
            day,
            3,
            24,
            number,
        )
    story.tell(table, date(2022, 5, 20))


def _course(
    table: Table,
    chance: Random,
    city: City,
    staff: Staff,
    name: str,
    kind: str,
    day: date,
    days: int,
    hours: int,
    number: int,
) -> None:
    """Some of those present are named: holders of certificates first where it is their duty."""
    there = [each for each in staff.workers if each.on_post(day)]
    if kind == "继续教育":
        there.sort(key=lambda each: (each.certificate == "无", chance.random()))
    else:
        chance.shuffle(there)
    named = there[: min(number, len(there)) * (100 if kind == "继续教育" else 60) // 100]
    table.add(
        code=f"PX{day:%Y%m%d}",
        name=name,
        kind=kind,
        organiser=f"{city.name}民政局",
        sponsor_level="市",
        region=city.code,
        starts_on=day,
        ends_on=day + timedelta(days - 1),
        hours=Decimal(hours),
        participants=number,
        workers=tuple(each.identity_number for each in named) or None,
    )


CONTENTS = (
    "讨论低保家庭走访记录的写法，约定统一的评估要点",
    "就一名独居老人的个案计划逐条商议，明确下次探访目标",
    "复盘留守儿童小组，讨论成员退出与补充的处理",
    "梳理站点档案目录，补齐个案表格",
    "回应社工的倦怠情绪，商定减压与互助安排",
    "讨论与村（社区）干部的分工边界和转介流程",
    "演练危机个案的上报步骤，核对联系人名单",
    "围绕保密与知情同意的两难案例开展讨论",
)
