"""A handful of case files at the home station, in different stages, tied to the services that were given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from linzhan.demo.courses import Course, Decision
from linzhan.demo.residents import Resident
from linzhan.demo.services import LOCAL
from linzhan.demo.staff import Worker
from linzhan.demo.stations import Station
from linzhan.demo.telling import Story, Table, dice

MOST = 8  # cases of the year that get a file
FILE = (
    "code resident station worker stage source opened_on problem complexity crisis consented_on consent_by consent_method"
    " child_view biological psychological social strengths risk_view baseline model approaches frequency expected_end"
    " agreed_on plan_approved_on endline evaluation satisfaction report followup_plan"
    " close_reason closed_on"
)
OPEN = ("结案审核", "介入", "计划", "评估", "预估")  # of cases that the year left open, in turn
FRESH = ("介入", "计划", "接案", "草稿", "预估")  # of cases that have begun since
FIRST_TALK, LONG = timedelta(days=6), timedelta(minutes=50)
WRITTEN = ("草稿", "接案", "预估", "计划", "介入", "评估", "结案审核", "结案")
DRAFT = WRITTEN[0]
TEAM = ("lead", "worker")  # who the team is among the cast


@dataclass(frozen=True, slots=True)
class Session:
    """A case session of the year, as the records tell it."""

    code: str
    day: datetime
    resident: str
    content: str
    closes: bool


def tell_cases(
    story: Story,
    records: Table,
    home: Station,
    team: Sequence[Worker],
    residents: Sequence[Resident],
    on: date,
) -> tuple[Course, ...]:
    """Files, goals and notes for the cases of ``home`` in the year's ``records``, and some that are new.

    Gives the steps by which each came to its stage.
    """
    teller = _Teller(home, team, {each.code: each for each in residents}, on)
    held = _sessions(records, home)
    turns = iter(OPEN * MOST)
    for code, sessions in sorted(held.items())[:MOST]:
        stage = "结案" if any(each.closes for each in sessions) else next(turns)
        teller.of_the_year(code, sessions, stage)
    taken = {sessions[0].resident for sessions in held.values()}
    free = [
        each for each in residents if each.station is home and each.code not in taken and each.left_on is None
    ]
    for number, (stage, resident) in enumerate(zip(FRESH, free, strict=False), 1):
        teller.fresh(f"{home.code}-GA22{number:02d}", resident, stage)
    for table in (teller.vettings, teller.files, teller.goals, teller.records, teller.notes):
        story.tell(table, on)
    return tuple(teller.courses)


def _sessions(records: Table, home: Station) -> dict[str, list[Session]]:
    columns = {
        name: records.stated(name)
        for name in ("code", "method", "station", "started_at", "residents", "case_code", "content", "closes")
    }
    found: dict[str, list[Session]] = defaultdict(list)
    for values in zip(*columns.values(), strict=True):
        row = dict(zip(columns, values, strict=True))
        if row["method"] == "个案" and row["station"] == home.code and row["residents"]:
            found[row["case_code"]].append(
                Session(
                    row["code"], row["started_at"], row["residents"][0], row["content"], bool(row["closes"])
                )
            )
    return found


class _Teller:
    def __init__(
        self, home: Station, team: Sequence[Worker], residents: Mapping[str, Resident], on: date
    ) -> None:
        self.home, self.team, self.residents, self.on = home, team, residents, on
        self.chance = dice("cases")
        self.files = Table("case-files", FILE)
        self.courses: list[Course] = []
        self.vettings = Table("vettings", "code worker kind requested_on answered_on result")
        self.goals = Table("case-goals", "code case goal indicator due_on weight baseline level")
        self.records = Table(
            "service-records",
            "code method started_at ended_at station workers residents outcome content entered_at case_code",
        )
        self.notes = Table(
            "session-notes",
            "record case number mode aims process response reflection next_step risk_change",
        )

    def of_the_year(self, code: str, sessions: Sequence[Session], stage: str) -> None:
        first, last = sessions[0].day.date(), sessions[-1].day.date()
        self._file(code, self.residents[sessions[0].resident], stage, first, last)
        for number, each in enumerate(sessions, 1):
            self._note(code, number, each)

    def _note(self, code: str, number: int, each: Session) -> None:
        told = STEPS[min(number, len(STEPS)) - 1]
        self.notes.add(
            record=each.code,
            case=code,
            number=number,
            mode=self.chance.choice(("入户", "入户", "到站", "电话")) if number > 1 else "入户",
            aims=told[0],
            process=f"{each.content}。{told[1]}",
            response=told[2],
            next_step=told[3],
            reflection=self.chance.choice(REFLECTIONS),
            risk_change=self.chance.choice(("不变", "不变", "降低")),
        )

    def fresh(self, code: str, resident: Resident, stage: str) -> None:
        """A case of the last two weeks; who assessed somebody has met them once."""
        worker, hour = self.team[len(self.files) % len(self.team)], 9 + len(self.files) % 6
        self._file(code, resident, stage, self.on - timedelta(14), self.on)
        if WRITTEN.index(stage) < WRITTEN.index("预估"):
            return
        begins = datetime.combine(self.on - FIRST_TALK, time(hour), LOCAL)
        talk = Session(f"{code}-F1", begins, resident.code, "个案面谈：入户了解近况", closes=False)
        self.records.add(
            code=talk.code, method="个案", started_at=begins, ended_at=begins + LONG, station=self.home.code,
            workers=(worker.identity_number,), residents=(resident.code,), outcome="见到本人",
            content=talk.content, entered_at=begins + 2 * LONG, case_code=code,
        )  # fmt: skip
        self._note(code, 1, talk)

    def _file(self, code: str, resident: Resident, stage: str, first: date, last: date) -> None:
        at, turn = WRITTEN.index(stage), len(self.files) % len(self.team)
        theme = THEMES["child" if resident.is_child else "adult"]
        values: dict[str, Any] = {
            "code": code,
            "resident": resident.code,
            "station": self.home.code,
            "worker": self.team[turn].identity_number,
            "stage": DRAFT,
            "problem": theme["problem"],
            "complexity": self.chance.choice(("简单", "一般", "一般", "复杂")),
        }
        parts = [
            part(self, resident, theme, first, last) for after, part in PARTS if at >= WRITTEN.index(after)
        ]
        for part in parts:
            values |= part
        self.files.add(**values)
        self.vettings.add(
            code=f"CX-{code}", worker=values["worker"], kind="年度查询", result="未发现",
            requested_on=first - timedelta(20), answered_on=first - timedelta(6),
        )  # fmt: skip
        returned = turn == 0 and not any("return_plan" in _names(each) for each in self.courses)
        self.courses.append(_course(code, TEAM[turn], at, first, last, returned=returned))
        if at >= WRITTEN.index("预估"):
            self._goals(code, theme, first, scored=at >= WRITTEN.index("评估"))

    def _goals(self, code: str, theme: Mapping[str, Any], first: date, *, scored: bool) -> None:
        for number, (goal, indicator, weight) in enumerate(theme["goals"], 1):
            self.goals.add(
                code=f"{code}-M{number}",
                case=code,
                goal=goal,
                indicator=indicator,
                due_on=first + timedelta(150),
                weight=weight,
                baseline=-2,
                level=self.chance.choice((-1, 0, 1, 1)) if scored else None,
            )

    def intake(
        self, resident: Resident, theme: Mapping[str, Any], first: date, _last: date
    ) -> dict[str, Any]:
        return {
            "source": self.chance.choice(("探访发现", "自求", "派单")),
            "opened_on": first,
            "crisis": 1,
            "consented_on": first,
            "consent_by": "监护人" if resident.is_child else "本人",
            "consent_method": "签字",
            "child_view": theme.get("view"),
        }

    def assessment(self, _resident: Resident, theme: Mapping[str, Any], *_days: date) -> dict[str, Any]:
        return {
            name: theme[name]
            for name in ("biological", "psychological", "social", "strengths", "risk_view", "baseline")
        }

    def plan(self, _resident: Resident, theme: Mapping[str, Any], first: date, _last: date) -> dict[str, Any]:
        return {
            "model": theme["model"],
            "approaches": theme["approaches"],
            "frequency": "每两周一次，每次约 50 分钟",
            "expected_end": first + timedelta(180),
            "agreed_on": first + timedelta(12),
        }

    def approval(
        self, _resident: Resident, _theme: Mapping[str, Any], first: date, _last: date
    ) -> dict[str, Any]:
        return {"plan_approved_on": first + timedelta(14)}

    def evaluation(self, _resident: Resident, theme: Mapping[str, Any], *_days: date) -> dict[str, Any]:
        return {"endline": theme["endline"], "evaluation": theme["evaluation"], "satisfaction": 5}

    def closing(self, _resident: Resident, theme: Mapping[str, Any], *_days: date) -> dict[str, Any]:
        return {
            "report": theme["report"],
            "followup_plan": "结案后 30 天、90 天电话回访，由主责社工负责",
            "close_reason": "目标达成",
        }

    def end(self, _resident: Resident, _theme: Mapping[str, Any], _first: date, last: date) -> dict[str, Any]:
        return {"closed_on": last}


def _names(course: Course) -> set[str]:
    return {each.step for each in course.decisions}


def _course(code: str, by: str, at: int, first: date, last: date, *, returned: bool) -> Course:
    """The steps to stage ``at``; ``returned``: the plan went back once before it was approved."""
    planned, approved = first + timedelta(12), first + timedelta(14)
    late = max(last, approved)
    again = [
        Decision("return_plan", "supervisor", planned, "目标再具体些：由谁、怎么看出变化"),
        Decision("plan", by, approved),
    ]
    ways = [
        [Decision("intake", by, first)],
        [Decision("assess", by, first + timedelta(9))],
        [Decision("plan", by, planned)],
        [
            *(again if returned else []),
            Decision("approve_plan", "supervisor", approved, "计划可行，注意与家人商量分工"),
        ],
        [Decision("evaluate", by, late)],
        [Decision("submit_closing", by, late)],
        [Decision("close", "supervisor", late + timedelta(2), "同意结案，按约定回访")],
    ]
    return Course("case-files", code, tuple(each for way in ways[:at] for each in way))


PARTS = (
    ("接案", _Teller.intake),
    ("预估", _Teller.assessment),
    ("计划", _Teller.plan),
    ("介入", _Teller.approval),
    ("评估", _Teller.evaluation),
    ("结案审核", _Teller.closing),
    ("结案", _Teller.end),
)
THEMES: dict[str, dict[str, Any]] = {
    "adult": {
        "problem": "近半年少出门，睡眠差，与子女联系少，对低保复核手续感到焦虑",
        "biological": "慢性病，按时服药，行动方便",
        "psychological": "情绪低落，觉得给家里添麻烦",
        "social": "子女在外务工，与邻居来往减少",
        "strengths": "会做针线和腌菜，年轻时是村里的宣传员",
        "risk_view": "没有自伤想法；独自在家，跌倒风险中等",
        "baseline": "自评健康问卷 12 分",
        "model": "任务中心",
        "approaches": ("家庭支持", "心理疏导"),
        "goals": (
            ("每周至少出门三次，与邻居有来往", "出门次数，由本人记在日历上", 2),
            ("与子女每周通话一次", "通话次数", 1),
        ),
        "endline": "自评健康问卷 6 分",
        "evaluation": "睡眠好转，重新参加站里的手工活动，与女儿约定每周日通话",
        "report": "前后面谈多次，以任务中心模式分步完成出门和通话任务，两个目标基本达成，服务对象表示可以自己坚持",
    },
    "child": {
        "problem": "父母在外务工，近来作业拖欠，与祖母顶嘴，常一个人待在房间",
        "view": "愿意和社工聊，希望不要告诉老师",
        "biological": "身体健康，晚睡",
        "psychological": "想念父母，不愿多说",
        "social": "与祖母同住，父母每月通话一次，有一个要好的同学",
        "strengths": "喜欢画画，数学好",
        "risk_view": "没有危险行为；上网时间长",
        "baseline": "不用量表：年龄小，以观察和老师评价为准",
        "model": "优势视角",
        "approaches": ("家庭支持", "能力建设"),
        "goals": (
            ("每天放学后先完成作业", "老师和祖母各记一次", 1),
            ("每周与父母视频一次，说说这一周", "视频次数", 2),
        ),
        "endline": "不用量表：老师评价作业按时完成",
        "evaluation": "与祖母约好上网时间，主动给父母看画",
        "report": "通过画画建立关系，与父母、祖母、老师商定作息和视频时间，两个目标达成",
    },
}
STEPS = (
    ("建立关系，了解情况", "说明保密和记录，听服务对象讲近况", "起初拘谨，后来说得多", "下次请家人一起谈"),
    ("一起看清问题", "画出家庭关系图，列出最想改变的三件事", "认同先从小事做起", "商定目标"),
    ("商定目标和计划", "把目标写在纸上，各留一份", "愿意试一试", "从本周开始记录"),
    ("看任务完成得怎样", "回顾一周记录，找出做到的和没做到的", "为做到的高兴", "继续任务，减少提醒"),
    ("巩固变化，准备结束", "谈结束后的安排和可以找的人", "有些不舍，表示能自己坚持", "按约定回访"),
)
REFLECTIONS = (
    "要放慢节奏，多听少劝",
    "家人的参与比预想的管用，下次再邀请",
    "注意自己的着急，和督导讨论界限",
    "本次目标定得偏大，拆小后更容易完成",
)
