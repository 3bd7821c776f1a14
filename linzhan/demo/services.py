"""A year of service records: visits by duty, cases, groups, activities, consultations (2021).

How well a county keeps its duties is its own diligence, so that visit rates differ. Nobody serves two people
at once: every worker's day has its slots, and what does not fit moves to the next day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from linzhan.demo.ground import County
from linzhan.demo.residents import Resident
from linzhan.demo.staff import Staff, Worker
from linzhan.demo.stations import Network, Station
from linzhan.demo.telling import Table, dice, weighted, working_day

LOCAL = ZoneInfo("Asia/Shanghai")
YEAR = 2021
WRITTEN = date(2022, 1, 10)
COLUMNS = (
    "code method item started_at ended_at station project workers residents case_code outcome attendances volunteers"
    " place content satisfaction closes entered_at"
)
DILIGENCE = (
    0.97,
    0.94,
    0.91,
    0.95,
    0.88,
    0.93,
    0.84,
    0.72,
    0.9,
    0.86,
    0.92,
    0.79,
    0.96,
)  # by county, in order
LATE = (0.03, 0.05, 0.04, 0.12, 0.05, 0.03, 0.18, 0.09, 0.04, 0.06, 0.05, 0.08, 0.03)
MONTHLY = frozenset(("B01", "B02", "B03", "B04", "B05", "B06", "C01", "C03"))
SLOTS = tuple(
    time(*at) for at in ((8, 40), (9, 30), (10, 20), (11, 10), (14, 10), (15, 0), (15, 50), (16, 40))
)
MISSED = (("无人", 46), ("外出", 30), ("住院", 12), ("拒访", 12))
IN_VAIN = 0.35  # of the visits that a month lacks, so many were tried in vain
UNASKED = 0.22  # of those whom no monthly duty protects, so many are visited in a month all the same
PER_MONTH = (("咨询", 2.2), ("活动", 0.85), ("转介", 0.25), ("资源链接", 0.3))  # of a station
CASES, GROUPS = 7, 1.1  # opened by a station in the year
SESSIONS_OF_A_GROUP = 6


@dataclass(slots=True)
class Done:
    """What was done for one contract, as its targets count it."""

    registrations: int = 0
    visits: int = 0
    activities: int = 0
    person_times: int = 0
    cases: set[str] = field(default_factory=set)
    groups: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Year:
    """The records of the year and what they came to by project."""

    table: Table
    done: dict[str, Done]


def a_year(
    network: Network, staff: Staff, residents: list[Resident], scale: float, project_of: dict[str, str]
) -> Year:
    """The records; ``project_of`` names the project of each station."""
    writer = _Writer(network, staff, project_of)
    for resident in residents:
        writer.visits_to(resident)
    of_station: dict[str, list[Resident]] = {}
    for resident in residents:
        of_station.setdefault(resident.station.code, []).append(resident)
    for station in network.township:
        writer.work_of(station, of_station[station.code], scale)
    for resident in residents:
        if resident.registered_on.year == YEAR:
            writer.done_of(resident.station).registrations += 1
    return Year(writer.table, writer.done)


class _Writer:
    def __init__(self, network: Network, staff: Staff, project_of: dict[str, str]) -> None:
        self.staff, self.project_of = staff, project_of
        self.chance = dice("services")
        self.table = Table("service-records", COLUMNS)
        self.done: dict[str, Done] = {}
        self.used: dict[tuple[str, date], int] = {}
        self.counties: list[County] = [each.county for each in network.general if each.county]
        self.rank = {county.six: nth for nth, county in enumerate(self.counties)}

    def done_of(self, station: Station) -> Done:
        return self.done.setdefault(self.project_of[station.code], Done())

    def visits_to(self, resident: Resident) -> None:
        """The year of one resident, month by month: what is due, what was done, what was tried in vain."""
        diligence = DILIGENCE[self.rank[resident.station.code[:6]] % len(DILIGENCE)]
        for month in range(1, 13):
            day = date(YEAR, month, 1)
            if resident.registered_on > day or not resident.on_register(day):
                continue
            if resident.risk == "高风险":
                self._weekly(resident, month, diligence)
            elif resident.risk == "重点" or MONTHLY & set(resident.categories):
                self._monthly(resident, month, diligence)
            elif self.chance.random() < UNASKED * diligence:
                self._visit(resident, self._some_day(month), met=True)

    def _weekly(self, resident: Resident, month: int, diligence: float) -> None:
        """Every sixth day or so, and so no gap of more than seven; a careless month skips one."""
        day = date(YEAR, month, 1 + self.chance.randrange(3))
        skipped = self.chance.randrange(5) if self.chance.random() > diligence else -1
        nth = 0
        while day.month == month:
            if nth != skipped:
                self._visit(resident, day, met=True)
            day, nth = day + timedelta(6), nth + 1

    def _monthly(self, resident: Resident, month: int, diligence: float) -> None:
        if self.chance.random() < diligence:
            if self.chance.random() < 0.05:
                self._visit(resident, date(YEAR, month, 1 + self.chance.randrange(8)), met=False)
            self._visit(resident, self._some_day(month), met=True)
        elif self.chance.random() < IN_VAIN:
            self._visit(resident, self._some_day(month), met=False)

    def _some_day(self, month: int) -> date:
        return working_day(date(YEAR, month, 1 + self.chance.randrange(25)))

    def _visit(self, resident: Resident, day: date, *, met: bool) -> None:
        if not resident.on_register(day):
            return
        outcome = weighted(self.chance, [("见到本人", 88), ("见到家属", 12)] if met else MISSED)
        worker = (
            resident.worker
            if resident.worker.on_post(day)
            else self.staff.of_station[resident.station.code][0]
        )
        item = {"A": "A01", "B": "B01", "C": "C02", "D": "D01"}.get(resident.categories[0][0], "E01")
        content = self.chance.choice(SEEN[item] if met else NOT_SEEN)
        done = self.done_of(resident.station)
        done.visits += 1
        done.person_times += 1
        self._write(
            resident.station,
            worker,
            day,
            15 + self.chance.randrange(30),
            "探访",
            item,
            content,
            residents=(resident.code,),
            outcome=outcome,
        )

    def work_of(self, station: Station, residents: list[Resident], scale: float) -> None:
        """Everything but visits of one station, in proportion to ``scale``."""
        for month in range(1, 13):
            for method, number in PER_MONTH:
                for _nth in range(self._times(number * scale)):
                    self._small(station, month, method)
        for nth in range(self._times(CASES * scale)):
            self._case(station, self.chance.choice(residents), nth)
        for nth in range(self._times(GROUPS * scale)):
            self._group(station, residents, nth)

    def _times(self, number: float) -> int:
        return int(number) + (self.chance.random() < number % 1)

    def _anyone(self, station: Station, day: date) -> Worker:
        return self.chance.choice(self.staff.engaged(station, day))

    def _small(self, station: Station, month: int, method: str) -> None:
        day, chance = self._some_day(month), self.chance
        done = self.done_of(station)
        minutes, more = 20 + chance.randrange(25), {}
        if method == "活动":
            minutes = 90 + chance.randrange(60)
            more = {
                "attendances": 15 + chance.randrange(65),
                "volunteers": chance.randrange(9),
                "satisfaction": _mark(chance),
            }
            done.activities += 1
            done.person_times += more["attendances"]
        elif method != "资源链接":
            done.person_times += 1
        item = chance.choice(ITEMS[method])
        self._write(
            station,
            self._anyone(station, day),
            day,
            minutes,
            method,
            item,
            chance.choice(DONE[method]),
            **more,
        )

    def _case(self, station: Station, resident: Resident, nth: int) -> None:
        """Five to nine sessions two or three weeks apart; most cases are closed within the year."""
        chance, code = self.chance, f"{station.code}-GA{nth + 1:03d}"
        day = self._some_day(1 + chance.randrange(9))
        sessions = 5 + chance.randrange(5)
        item = {"B": "B03", "C": "C04"}.get(resident.categories[0][0], "A04")
        done = self.done_of(station)
        for number in range(sessions):
            day = working_day(day)
            if day.year != YEAR or _has_left(resident, day):
                return
            closes = number == sessions - 1 and chance.random() < 0.85
            more = {"satisfaction": _mark(chance)} if closes else {}
            done.cases.add(code)
            done.person_times += 1
            worker = self._anyone(station, day)
            self._write(
                station,
                worker,
                day,
                40 + chance.randrange(30),
                "个案",
                item,
                CASE_STEPS[min(number, len(CASE_STEPS) - 1)]
                if not closes
                else "结案面谈，回顾目标达成情况，约定三十天后回访",
                residents=(resident.code,),
                case_code=code,
                closes=closes or None,
                **more,
            )
            day += timedelta(12 + chance.randrange(10))

    def _group(self, station: Station, residents: list[Resident], nth: int) -> None:
        chance, code = self.chance, f"{station.code}-XZ{nth + 1:02d}"
        members = chance.sample(residents, min(len(residents), 5 + chance.randrange(5)))
        day = self._some_day(2 + chance.randrange(8))
        topic, item = chance.choice(GROUP_TOPICS)
        done = self.done_of(station)
        done.groups.add(code)
        for number in range(SESSIONS_OF_A_GROUP):
            day = working_day(day)
            present = [each for each in members if not _has_left(each, day)]
            done.person_times += len(present)
            self._write(
                station,
                self._anyone(station, day),
                day,
                70 + chance.randrange(30),
                "小组",
                item,
                f"{topic}第{number + 1}节：{chance.choice(GROUP_STEPS)}",
                residents=tuple(each.code for each in present),
                case_code=code,
                satisfaction=_mark(chance),
                closes=True if number == SESSIONS_OF_A_GROUP - 1 else None,
            )
            day += timedelta(7)

    def _write(
        self,
        station: Station,
        worker: Worker,
        day: date,
        minutes: int,
        method: str,
        item: str,
        content: str,
        **more: object,
    ) -> None:
        begin = self._free(worker, day, minutes)
        end = begin + timedelta(minutes=minutes)
        late = LATE[self.rank[station.code[:6]] % len(LATE)]
        hours = (
            74 + self.chance.randrange(190) if self.chance.random() < late else 1 + self.chance.randrange(60)
        )
        self.table.add(
            code=f"{station.code}-{YEAR % 100}{len(self.table) + 1:06d}",
            method=method,
            item=item,
            started_at=begin,
            ended_at=end,
            station=station.code,
            project=self.project_of[station.code],
            workers=(worker.identity_number,),
            content=content,
            entered_at=end + timedelta(hours=hours),
            **more,
        )

    def _free(self, worker: Worker, day: date, minutes: int) -> datetime:
        """The worker's next free slot on ``day``; a full day leaves no choice but the evening."""
        key = (worker.identity_number, day)
        slot = self.used.get(key, 0)
        self.used[key] = slot + -(-minutes // 50)
        begin = SLOTS[slot] if slot < len(SLOTS) else time(min(18 + slot - len(SLOTS), 23))
        return datetime.combine(day, begin, LOCAL)


def _has_left(resident: Resident, day: date) -> bool:
    return resident.left_on is not None and resident.left_on < day


def _mark(chance: Random) -> int:
    return weighted(chance, [(5, 58), (4, 34), (3, 7), (2, 1)])


ITEMS = {
    "咨询": ("A02", "H05"),
    "活动": ("E05", "B06", "C06", "E02"),
    "转介": ("A06", "B05", "D02"),
    "资源链接": ("G03", "G01"),
}
SEEN = {
    "A01": (
        "了解低保政策落实情况，核对家庭收入变化，无异常",
        "查看住房和用电安全，协助整理就医票据",
        "宣讲临时救助政策，留下站点电话",
        "了解子女务工和医疗支出情况，暂无新增困难",
    ),
    "B01": (
        "老人精神状态平稳，测量血压正常，提醒按时服药",
        "陪老人聊天半小时，检查燃气和用电安全",
        "老人反映膝盖疼痛，已联系村医上门",
        "帮助老人与外地子女视频通话，老人心情好转",
        "了解一周饮食起居情况，代购生活用品",
    ),
    "C02": (
        "见到儿童本人，了解学习情况，与监护人沟通作息",
        "检查作业，叮嘱用水用电安全，与父母电话联系",
        "儿童情绪稳定，到校情况正常，提醒监护人防溺水",
        "了解委托照护情况，核对监护人联系电话",
    ),
    "D01": ("了解康复训练和辅具使用情况", "协助申请护理补贴，核对材料清单", "与照顾者交谈，缓解照护压力"),
    "E01": ("收集对社区活动的意见和建议", "了解居民参与志愿服务的意愿"),
}
NOT_SEEN = (
    "上门未见到本人，向邻居了解近况，另约时间",
    "家中无人，已电话联系，改期再访",
    "本人不在家，留下联系卡",
)
DONE = {
    "咨询": (
        "解答低保申请条件和所需材料",
        "说明临时救助办理流程",
        "解答高龄津贴发放问题",
        "倾听邻里矛盾诉求，说明调解途径",
        "解答残疾人两项补贴政策",
    ),
    "活动": (
        "开展邻里节文艺活动",
        "组织防诈骗知识讲座",
        "开展暑期防溺水安全教育",
        "举办居民议事会，商议楼道清洁",
        "重阳节为老人集体庆生",
        "开展垃圾分类亲子活动",
    ),
    "转介": ("转介至县人民医院就诊并跟进", "转介至残联申请辅具", "转介至慈善组织申请急难帮扶"),
    "资源链接": ("链接爱心企业捐赠棉被和大米", "链接志愿者为困难家庭修缮房屋", "链接学校师生结对陪伴"),
}
CASE_STEPS = (
    "接案面谈，建立关系，收集基本资料",
    "预估需要，与服务对象共同确认问题",
    "拟定服务计划，签订服务协议",
    "按计划开展面谈，调整认知和应对方式",
    "联系家属和村干部，共同支持服务对象",
)
GROUP_TOPICS = (
    ("“银龄有伴”老年支持小组", "B07"),
    ("“小苗成长”儿童成长小组", "C05"),
    ("“手牵手”照顾者互助小组", "B04"),
    ("“她力量”妇女互助小组", "F04"),
)
GROUP_STEPS = ("破冰与约定规则", "分享生活故事", "情境练习与讨论", "合作完成手工", "回顾收获与道别")
