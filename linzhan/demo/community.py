"""Volunteers and their hours, needs and how they were met, resources, disclosure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from linzhan.demo.ground import City
from linzhan.demo.institutions import Institutions
from linzhan.demo.persons import Population
from linzhan.demo.residents import Resident
from linzhan.demo.services import LOCAL
from linzhan.demo.stations import Network, Station
from linzhan.demo.telling import Story, Table, day_between, dice, in_proportion, weighted, working_day

VOLUNTEERS_AT_FULL_SCALE, HOURS_AT_FULL_SCALE, NEEDS_AT_FULL_SCALE, RESOURCES = 2400, 9000, 1200, 130
WITHOUT_LISTS = "431271"  # the zone that keeps no registers of volunteers, needs and resources
SILENT = 3  # which institution of the agencies never publishes
SKILLS = ("教育辅导", "文艺表演", "家电维修", "健康护理", "理发", "心理疏导", "法律咨询", "摄影宣传")
SERVICES = ("为老服务", "儿童陪伴", "环境整治", "政策宣传", "文化活动", "应急救援")


@dataclass(slots=True)
class Volunteer:
    code: str
    station: Station
    registered_on: date


def tell_volunteers(story: Story, network: Network, people: Population, scale: float) -> list[Volunteer]:
    """Who registered since 2019, and the hours of 2021 and the first months of 2022."""
    chance = dice("volunteers")
    stations = [each for each in network.township if not each.code.startswith(WITHOUT_LISTS)]
    numbers = in_proportion(
        round(VOLUNTEERS_AT_FULL_SCALE * scale), [0.4 + chance.random() for _each in stations]
    )
    table = Table(
        "volunteers",
        "code name identity_number sex born_on phone home_region station skills service_kinds registered_on",
    )
    found = []
    for station, number in zip(stations, numbers, strict=True):
        for nth in range(max(1, number)):
            person = people.person(chance, 1952, 2002, women=0.58)
            joined = day_between(chance, max(station.opened_on, date(2019, 3, 5)), date(2021, 12, 5))
            found.append(Volunteer(f"{station.code}-Z{nth + 1:04d}", station, joined))
            table.add(
                code=found[-1].code,
                name=person.name,
                identity_number=person.identity_number,
                sex=person.sex,
                born_on=person.born_on,
                phone=people.phone(),
                home_region=station.region,
                station=station.code,
                skills=chance.choice(SKILLS),
                service_kinds=chance.choice(SERVICES),
                registered_on=joined,
            )
    story.tell(table, date(2021, 12, 6))
    _tell_hours(story, found, scale)
    return found


def _tell_hours(story: Story, volunteers: list[Volunteer], scale: float) -> None:
    chance = dice("hours of volunteers")
    table = Table(
        "volunteer-hours", "code volunteer activity content served_on hours recorded_by station entered_at"
    )
    for nth in range(round(HOURS_AT_FULL_SCALE * scale)):
        who = chance.choice(volunteers)
        day = day_between(chance, max(who.registered_on, date(2021, 1, 5)), date(2022, 5, 15))
        kind = chance.choice(SERVICES)
        table.add(
            code=f"{who.station.code}-ZF{nth + 1:06d}",
            volunteer=who.code,
            activity=f"{kind}志愿行动",
            content=f"参与{kind}，{chance.choice(('协助签到和秩序维护', '陪伴和照护', '入户帮助', '现场服务'))}",
            served_on=day,
            hours=Decimal(chance.randrange(2, 10)) / 2,
            recorded_by=who.station.name,
            station=who.station.code,
            entered_at=datetime.combine(day + timedelta(chance.randrange(9)), time(17, 30), LOCAL),
        )
    story.tell(table, date(2022, 5, 16))


KINDS_OF_NEED = (
    ("养老", "B02", "家中浴室湿滑，希望安装扶手"),
    ("儿童", "C03", "假期无人照看，希望参加托管"),
    ("救助", "A06", "家人突发重病，希望申请临时救助"),
    ("助残", "D02", "轮椅损坏，希望更换"),
    ("生活服务", "A06", "冬季取暖困难，需要棉被和取暖器"),
    ("社区营造", "E02", "楼道照明损坏，希望协商维修"),
    ("文化活动", "E05", "希望村里恢复广场舞场地音响"),
    ("心理", "B03", "老伴去世后情绪低落，希望有人陪伴"),
    ("公益慈善", "G03", "希望募集课外书籍"),
)


@dataclass(slots=True)
class _Need:
    code: str
    row: dict[str, object]
    reached: int  # how many steps it takes: 0 new … 4 closed


def tell_needs(story: Story, residents: list[Resident], scale: float) -> None:
    """Raised through the year; what became of them is told month by month (:func:`_follow_up`)."""
    chance = dice("needs")
    raisers = [each for each in residents if not each.code.startswith(WITHOUT_LISTS) and each.left_on is None]
    per_month = in_proportion(max(12, round(NEEDS_AT_FULL_SCALE * scale)), [1.0] * 12)
    table = Table(
        "needs",
        "code source raised_on raised_region station resident kind item urgency quantity deadline content status",
    )
    of_month = []
    for month, number in enumerate(per_month, 1):
        needs = [_need(chance, month, nth, chance.choice(raisers)) for nth in range(number)]
        of_month.append(needs)
        for need in needs:
            table.add(**need.row)
    story.tell(table, date(2021, 1, 20))
    for month, needs in enumerate(of_month, 1):
        _follow_up(story, month, needs)


def _need(chance: Random, month: int, nth: int, resident: Resident) -> _Need:
    kind, item, content = chance.choice(KINDS_OF_NEED)
    day = working_day(date(2021, month, 1 + chance.randrange(18)))
    code = f"{resident.station.code}-XQ{month:02d}{nth + 1:04d}"
    row: dict[str, object] = {
        "code": code,
        "source": weighted(
            chance, [("探访", 48), ("诉求", 16), ("网格", 14), ("热线", 6), ("自填", 10), ("调研", 6)]
        ),
        "raised_on": day,
        "raised_region": resident.station.region,
        "station": resident.station.code,
        "resident": resident.code if resident.registered_on <= day else None,
        "kind": kind,
        "item": item,
        "urgency": weighted(chance, [(1, 20), (2, 48), (3, 26), (4, 6)]),
        "quantity": Decimal(1),
        "deadline": day + timedelta(30),
        "content": content,
        "status": "新",
    }
    return _Need(code, row, weighted(chance, [(0, 4), (1, 6), (2, 6), (3, 8), (4, 70), (5, 6)]))


def _follow_up(story: Story, month: int, needs: list[_Need]) -> None:
    """Verified on the 21st, matched one to three days later, settled in the month after."""
    _step(story, date(2021, month, 21), [(each, "已核实") for each in needs if each.reached])
    _step(
        story,
        date(2021, month, 22 + month % 3),
        [(each, "已匹配") for each in needs if 2 <= each.reached <= 4],
    )
    settled = {3: "服务中", 4: "已办结", 5: "未满足"}
    following = date(2021, month, 28) + timedelta(12)
    _step(story, following, [(each, settled[each.reached]) for each in needs if each.reached in settled])


def _step(story: Story, day: date, needs: list[tuple[_Need, str]]) -> None:
    table = Table("needs", "code station raised_region status")
    for need, status in needs:
        table.add(
            code=need.code,
            station=need.row["station"],
            raised_region=need.row["raised_region"],
            status=status,
        )
    story.tell(table, day)


OFFERS = (
    ("物资", "棉被和大米", "份", 120, "A06"),
    ("人力", "社区医生义诊", "人次", 0, "B05"),
    ("资金", "急难帮扶金", "元", 1, "A06"),
    ("场地", "村级活动室", "间", 0, "E05"),
    ("专业", "法律咨询", "场", 800, "A02"),
    ("专业", "心理辅导", "小时", 200, "C04"),
    ("人力", "家电维修师傅", "人次", 60, "G02"),
    ("政策", "就业技能培训名额", "个", 500, "A05"),
)


def tell_resources(story: Story, city: City) -> None:
    """What enterprises, hospitals and schools offer, by county; some offers have run out."""
    chance = dice("resources")
    table = Table(
        "resources",
        "code name owner kind item region quantity unit value valid_from valid_until contact phone",
    )
    counties = [each for each in city.counties if each.six != WITHOUT_LISTS]
    for nth in range(RESOURCES):
        county = chance.choice(counties)
        kind, name, unit, price, item = chance.choice(OFFERS)
        number = (5 + chance.randrange(30)) * (1000 if kind == "资金" else 1)
        start = working_day(day_between(chance, date(2020, 9, 1), date(2022, 3, 31)))
        owner = chance.choice(("爱心超市", "卫生院", "志愿服务联合会", "商会", "中学", "律师工作室"))
        table.add(
            code=f"{county.six}-ZY{nth + 1:04d}",
            name=name,
            owner=f"{county.name}{owner}",
            kind=kind,
            item=item,
            region=county.code,
            quantity=Decimal(number),
            unit=unit,
            value=Decimal(number * price) if price else None,
            valid_from=start,
            valid_until=start + timedelta(365) if chance.random() < 0.8 else None,
        )
    story.tell(table, date(2022, 4, 6))


def tell_disclosures(story: Story, found: Institutions) -> None:
    """Every agency's monthly package, by the 15th as a rule; one agency never publishes any."""
    chance = dice("disclosures")
    table = Table("disclosures", "code provider month published_on channel url")
    months = [date(2020 + (11 + nth) // 12, (11 + nth) % 12 + 1, 1) for nth in range(17)]
    for nth, agency in enumerate(found.agencies):
        for month in months:
            if nth == SILENT or chance.random() < 0.04:
                continue
            following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
            late = chance.random() < 0.1
            table.add(
                code=f"GK{month:%Y%m}-{nth + 1:02d}",
                provider=agency.uscc,
                month=month,
                published_on=following
                + timedelta(15 + chance.randrange(10) if late else 4 + chance.randrange(11)),
                channel=chance.choice(("机构公众号", "站点公开栏", "社会组织信息平台")),
            )
    story.tell(table, date(2022, 5, 16))
