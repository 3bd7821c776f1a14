"""At the home of the demo accounts: a group with its list, two activities, a 四点半课堂, an organisation, a referral.

What they rest on is the year's records: sessions, activities and contacts get their detail here. Only the
lessons are records of their own, held when a worker of the station was free at half past four.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from linzhan.demo.courses import Course, Decision
from linzhan.demo.residents import Resident
from linzhan.demo.services import LOCAL, WRITTEN, YEAR, Year
from linzhan.demo.staff import Staff
from linzhan.demo.stations import Station
from linzhan.demo.telling import Story, Table, dice

TERM = (date(YEAR, 9, 1), date(YEAR, 12, 31))
RECORDED = (date(YEAR, 11, 22), date(YEAR, 12, 17))
HOLIDAY = "2021-10-01至2021-10-07"
LESSONS = (
    ("周一", "16:30", "18:00", "课业辅导"),
    ("周二", "16:30", "18:00", "课业辅导"),
    ("周三", "16:30", "18:00", "课业辅导"),
    ("周四", "16:30", "18:00", "课业辅导"),
    ("周五", "16:30", "18:00", "兴趣课堂"),
    ("周六", "09:00", "11:00", "安全教育"),
)
CHILDREN = ("姚小满", "向晨晨", "舒可可", "滕一一", "蒲乐乐", "尹朵朵", "龙安安", "覃果果")


def _of_group(code: str, first: date, last: date) -> Course:
    """Planned by the worker, approved by the lead, through its phases to the evaluation."""
    middle = first + (last - first) / 2
    return Course(
        "group-files",
        code,
        (
            Decision("approve", "lead", first - timedelta(14), "同意，经费从项目列支"),
            Decision("recruit", "worker", first - timedelta(12)),
            Decision("start", "worker", first, given={"phase": "形成期"}),
            Decision("advance", "worker", middle, given={"phase": "成熟期"}),
            Decision("advance", "worker", last, given={"phase": "结束期"}),
            Decision("evaluate", "worker", last + timedelta(3)),
        ),
    )


def _of_activity(code: str, day: date) -> Course:
    return Course(
        "activity-files",
        code,
        (
            Decision("approve", "lead", day - timedelta(10)),
            Decision("hold", "worker", day),
            Decision("report", "worker", day + timedelta(2)),
        ),
    )


@dataclass(slots=True)
class Gatherings:
    """Tables of the home station in the order in which they are written."""

    home: Station
    tables: list[Table] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)

    def tell(self, story: Story) -> None:
        for table in self.tables:
            story.tell(table, WRITTEN)


def gather(home: Station, staff: Staff, residents: list[Resident], year: Year, project: str) -> Gatherings:
    """Prepare the tables; lessons and absences are counted in what was done for ``project``."""
    teller = _Teller(home, staff, [each for each in residents if each.station is home], year, project)
    teller.group()
    teller.activities()
    teller.lessons()
    teller.community()
    teller.contacts()
    return teller.told


class _Teller:
    def __init__(
        self, home: Station, staff: Staff, residents: list[Resident], year: Year, project: str
    ) -> None:
        self.home, self.residents, self.year, self.project = home, residents, year, project
        self.chance = dice("gatherings")
        self.workers = [each for each in staff.of_station[home.code] if each.left_on is None]
        self.told = Gatherings(home)
        self.attendances = Table("attendances", "code record resident name present")

    def code(self, kind: str, number: int = 1) -> str:
        return f"{self.home.code}-{kind}{number:03d}"

    def table(self, register: str, names: str) -> Table:
        table = Table(register, names)
        self.told.tables.append(table)
        return table

    def records(self, method: str) -> list[dict[str, Any]]:
        """The year's records of a method at home, oldest first."""
        columns = self.year.table.columns
        rows = (
            {name: values[at] for name, values in columns.items()}
            for at, station in enumerate(columns["station"])
            if station == self.home.code and columns["method"][at] == method
        )
        return sorted(rows, key=lambda row: row["started_at"])

    def was_there(self, record: str, present: bool, *, resident: str = "", name: str = "") -> None:  # noqa: FBT001 -- the mark itself
        self.attendances.add(
            code=self.code("CX", len(self.attendances) + 1),
            record=record,
            resident=resident or None,
            name=name or None,
            present=present,
        )

    def group(self) -> None:
        """The home's first group of the year, with who was there; once or twice somebody stayed away."""
        sessions = [row for row in self.records("小组") if row["case_code"]]
        if not sessions:
            return
        sessions = [row for row in sessions if row["case_code"] == sessions[0]["case_code"]]
        first, members = sessions[0]["started_at"].date(), sessions[0]["residents"]
        files = self.table(
            "group-files",
            "code name kind stage station project worker drafted_on starts_on ends_on theory criteria goals"
            " planned_sessions planned_size place budget risk_plan evaluation",
        )
        files.add(
            code=sessions[0]["case_code"],
            name=sessions[0]["content"].partition("第")[0],
            kind="支持",
            stage="草拟",
            station=self.home.code,
            project=self.project,
            worker=self.workers[0].identity_number,
            drafted_on=first - timedelta(21),
            starts_on=first,
            ends_on=sessions[-1]["started_at"].date(),
            theory="社会支持理论",
            criteria="辖区内独居、空巢或照顾压力较大的居民，自愿参加",
            goals="组员彼此认识，遇到困难知道可以找谁；至少结成三对互助伙伴",
            planned_sessions=len(sessions),
            planned_size=max(6, len(members)),
            place="社工站多功能室",
            budget=1200,
            risk_plan="提前了解身体状况，备急救包，联系村医；雨雪天改期",
            evaluation="结成四对互助伙伴，组员自评孤独感下降，建议由骨干带领后续聚会",
        )
        self.told.courses.append(
            _of_group(sessions[0]["case_code"], first, sessions[-1]["started_at"].date())
        )
        people = self.table("group-members", "code group resident joined_on measure pre post")
        for number, resident in enumerate(members, 1):
            pre = 6 + self.chance.randrange(3)
            people.add(
                code=self.code("CY", number),
                group=sessions[0]["case_code"],
                resident=resident,
                joined_on=first,
                measure="UCLA-3 孤独感量表",
                pre=pre,
                post=pre - 1 - self.chance.randrange(2),
            )
        for session in sessions:
            away = self.chance.choice(members) if self.chance.random() < 0.5 and len(members) > 4 else ""
            for resident in members:
                self.was_there(session["code"], resident != away, resident=resident)
            self.year.done[self.project].person_times -= bool(away)

    def activities(self) -> None:
        """One that was held and reported, one that is planned; what people could read of it."""
        held = self.records("活动")
        files = self.table(
            "activity-files",
            "code name stage item station project worker planned_on need_basis aim target_group place headcount_plan"
            " volunteers_plan budget safety_plan partners report",
        )
        usual = {
            "station": self.home.code,
            "project": self.project,
            "worker": self.workers[-1].identity_number,
        }
        plan = {
            "need_basis": "入户走访和居民议事会上多次提到",
            "aim": "居民互相认识，愿意一起做事",
            "safety_plan": "入口设引导员，备急救包，联系卫生院值班医生",
        }
        files.add(
            code=self.code("HD", 2), name="冬至邻里饺子宴", stage="计划", item="E05",
            planned_on=date(YEAR, 12, 21), target_group="独居和空巢老人、志愿者", place="街道文化广场",
            headcount_plan=60, volunteers_plan=8, budget=900, partners="街道妇联", **usual, **plan,
        )  # fmt: skip
        if not held:
            return
        day = held[-1]["started_at"].date()
        files.add(
            code=self.code("HD", 1), name=held[-1]["content"], stage="计划", item=held[-1]["item"], planned_on=day,
            target_group="辖区居民", place="街道文化广场", headcount_plan=80, volunteers_plan=6, budget=1500,
            report="到场踊跃，志愿者分工清楚；下次音响提前调试，给腿脚不便的老人留前排座位", **usual, **plan,
        )  # fmt: skip
        self.told.courses.append(_of_activity(self.code("HD", 1), day))
        times = held[-1]["attendances"]
        details = self.table(
            "activity-details",
            "record activity registered present elders minors disabled indirect expense feedback_forms",
        )
        present = times - times // 6
        details.add(
            record=held[-1]["code"], activity=self.code("HD", 1), registered=times + 5, present=present,
            elders=present // 2, minors=present // 6, disabled=2, indirect=present * 2, expense=1380,
            feedback_forms=max(3, present // 8),
        )  # fmt: skip
        told = self.table("publicity", "code title moment medium published_on station activity reach")
        for number, (moment, medium, after, reach) in enumerate(
            (("开展前", "微信群", -5, 420), ("开展中", "海报横幅", 0, None), ("开展后", "公众号", 2, 1860)), 1
        ):
            told.add(
                code=self.code("XC", number), title=f"{held[-1]['content']}（{moment}）", moment=moment, medium=medium,
                published_on=day + timedelta(after), station=self.home.code, activity=self.code("HD", 1), reach=reach,
            )  # fmt: skip

    def lessons(self) -> None:
        """四点半课堂: six lessons a week; the last weeks are recorded where a worker was free to hold them."""
        programmes = self.table(
            "programmes", "code name method item station project worker place term_from term_to skipped"
        )
        programmes.add(
            code=self.code("KC"), name="四点半课堂", method="活动", item="C03", station=self.home.code,
            project=self.project, worker=self.workers[0].identity_number, place="社工站儿童之家", term_from=TERM[0],
            term_to=TERM[1], skipped=(HOLIDAY,),
        )  # fmt: skip
        slots = self.table("timetable-slots", "code programme weekday begins ends topic")
        for number, (weekday, begins, ends, topic) in enumerate(LESSONS, 1):
            slots.add(
                code=self.code("KB", number), programme=self.code("KC"), weekday=weekday, begins=begins, ends=ends,
                topic=topic,
            )  # fmt: skip
        enrolled = self._enrol()
        sessions = Table("programme-sessions", "record programme slot held_on")
        day = RECORDED[0]
        while day <= RECORDED[1]:
            if day.weekday() < len(LESSONS):
                self._lesson(day, enrolled, sessions)
            day += timedelta(1)
        self.told.tables += [sessions, self.attendances]

    def _enrol(self) -> list[dict[str, str]]:
        members = self.table("programme-members", "code programme resident name pickup joined_on")
        known = [each for each in self.residents if each.is_child and each.on_register(TERM[0])][:4]
        people = [{"resident": each.code} for each in known] + [{"name": name} for name in CHILDREN]
        for number, person in enumerate(people, 1):
            members.add(
                code=self.code("MD", number), programme=self.code("KC"), pickup="奶奶" if number % 3 else "自行回家",
                joined_on=TERM[0], **person,
            )  # fmt: skip
        return people

    def _lesson(self, day: date, enrolled: list[dict[str, str]], sessions: Table) -> None:
        _weekday, begins, ends, topic = LESSONS[day.weekday()]
        begin, end = (datetime.combine(day, time.fromisoformat(at), LOCAL) for at in (begins, ends))
        worker = next(
            (each for each in self.workers if self._is_free(each.identity_number, begin, end)), None
        )
        if worker is None:
            return
        code = self.code("KT", len(sessions) + 1)
        there = [person for person in enrolled if self.chance.random() < 0.86]
        self.year.table.add(
            code=code, method="活动", item="C03", started_at=begin, ended_at=end, station=self.home.code,
            project=self.project, workers=(worker.identity_number,), place="社工站儿童之家",
            content=f"四点半课堂：{topic}", entered_at=end + timedelta(minutes=20),
        )  # fmt: skip
        sessions.add(
            record=code, programme=self.code("KC"), slot=self.code("KB", day.weekday() + 1), held_on=day
        )
        for person in enrolled:
            self.was_there(code, person in there, **person)
        done = self.year.done[self.project]
        done.activities += 1
        done.person_times += len(there)

    def _is_free(self, worker: str, begin: datetime, end: datetime) -> bool:
        columns = self.year.table.columns
        spans = zip(columns["workers"], columns["started_at"], columns["ended_at"], strict=True)
        return all(ended <= begin or started >= end for by, started, ended in spans if worker in by)

    def community(self) -> None:
        organisations = self.table(
            "community-organisations",
            "code name kind stage station members leader phone found_on incubated_on support",
        )
        organisations.add(
            code=self.code("ZZ"), name="坨院银发互助队", kind="互助服务", stage="孵化", station=self.home.code, members=18,
            leader="杨秀云", phone="19900009911", found_on=date(YEAR, 3, 10), incubated_on=date(YEAR, 6, 1), support="提供活动室和骨干培训，每月陪伴一次例会",
        )  # fmt: skip
        negotiations = self.table(
            "negotiations",
            "code topic held_on station place parties headcount agreed result follow_up due_on done_on",
        )
        negotiations.add(
            code=self.code("YS"), topic="三号楼楼道照明怎么修、谁来管", held_on=date(YEAR, 10, 14), station=self.home.code,
            place="社区议事厅", parties="居民代表、社区居委会、物业", headcount=21, agreed=True,
            result="物业一个月内换成声控灯，电费按户分摊，楼长每周查看", follow_up="换灯后回访三户高龄老人",
            due_on=date(YEAR, 11, 14), done_on=date(YEAR, 11, 9),
        )  # fmt: skip

    def contacts(self) -> None:
        """The last consultation, resource link and referral of the year with what they were about."""
        asked, given, referred = (self.records(each) for each in ("咨询", "资源链接", "转介"))
        if asked:
            table = self.table("consultations", "record channel question answer referred")
            table.add(
                record=asked[-1]["code"], channel="来站", question="家里老人住院花费大，能不能申请临时救助",
                answer="说明条件和要带的材料，帮忙拍照留存，约好下周一陪同办理", referred="街道便民服务中心",
            )  # fmt: skip
        if given:
            links = self.table("resource-links", "record donor kind what value receipt received_on")
            links.add(
                record=given[-1]["code"], donor="坨院商会", kind="物资", what="棉被 20 床、大米 40 袋", value=6800,
                receipt="HC-2021-0117", received_on=given[-1]["started_at"].date(),
            )  # fmt: skip
        if referred and self.residents:
            self._refer(referred[-1])

    def _refer(self, record: dict[str, Any]) -> None:
        day = record["started_at"].date()
        who = next((each for each in self.residents if each.on_register(day)), None)
        if who is None:
            return
        sheet = self.table(
            "referral-files",
            "code resident stage kind receiver contact urgency reason shared record consented_on sent_on received_on"
            " receipt",
        )
        sheet.add(
            code=self.code("ZJ"), resident=who.code, stage="已接收", kind="外部", receiver="鹤城区残疾人联合会",
            contact="辅具窗口", urgency="一般", reason="轮椅损坏，行动不便，申请更换辅具", shared="残疾证号、住址、联系电话",
            record=record["code"], consented_on=day, sent_on=day, received_on=day + timedelta(3),
            receipt="窗口签收，回执 2021-36",
        )  # fmt: skip
