"""What is kept of people beside the register of workers: assignments, vetting, filings, pay, posts, training (PPL, PAY, TRN, TAL).

The home county in full, the rest of the city by what its review names (FIG-007…011).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from linzhan.demo.contracts import Contract
from linzhan.demo.ground import City
from linzhan.demo.staff import HEAD, HOME, Staff, Worker
from linzhan.demo.stations import Network, Station
from linzhan.demo.telling import Story, Table, dice, working_day

ON = date(2022, 5, 20)
COUNTY = HOME[:6].ljust(12, "0")
SCALE = (("管理岗", 4200), ("督导岗", 4600), ("社工岗", 3200), ("辅助岗", 2800))
STEP, SPREAD, GRADES = 250, 400, 11
VISITORS = (
    (date(2021, 4, 15), "来访", "湖南省永州市民政局", 18),
    (date(2021, 6, 9), "来访", "山西省长治市民政局", 14),
    (date(2021, 9, 24), "线上授课交流", "陕西省渭南市", 60),
    (date(2021, 10, 28), "线上授课交流", "安徽省阜阳市", 75),
)
UNITS = (
    ("鹤城区社会福利院", "养老机构", 260, 1, "", None),
    ("坨院街道敬老院", "养老机构", 80, 0, "", None),
    ("怀化市第二人民医院", "医疗机构", None, 2, "三级", True),
    ("鹤城区人民医院", "医疗机构", None, 0, "二级", None),
)
POSTS = (
    ("鹤城区社会福利院", "社会福利", 2, 1),
    ("怀化市第二人民医院", "卫生健康", 3, 2),
    ("鹤城区司法局", "社区矫正", 2, 2),
    ("鹤城区妇女联合会", "婚姻家庭", 1, 1),
)


def tell_employment(
    story: Story,
    *,
    city: City,
    network: Network,
    staff: Staff,
    contracts: Iterable[Contract],
    projects: Mapping[str, str],
) -> None:
    """All chapters; the projects and the workers stand already."""
    here = [station for station in network.staffed if station.code.startswith(COUNTY[:6])]
    team = [(station, each) for station in here for each in staff.engaged(station, ON)]
    _assign(story, team, projects, contracts)
    _vet(story, [each for _station, each in team])
    _file(story, team, projects)
    _pay(story, [each for _station, each in team])
    _appraise(story, [each for _station, each in team][:3])
    _examine(story, staff)
    _posts(story)
    _train(story, city)
    _honour(story, city, staff)


def _tell(story: Story, register: str, rows: Iterable[Mapping[str, Any]], on: date = ON) -> None:
    """Rows as they are written; those of one register name the same columns."""
    told = list(rows)
    names = dict.fromkeys(name for row in told for name in row)
    table = Table(register, " ".join(names))
    for row in told:
        table.add(**row)
    story.tell(table, on)


def _assign(
    story: Story,
    team: list[tuple[Station, Worker]],
    projects: Mapping[str, str],
    contracts: Iterable[Contract],
) -> None:
    """Everybody on the project of their station; one gives a part of the week to another project."""
    rows: list[dict[str, Any]] = [
        {
            "code": f"PR22{number:04d}",
            "worker": each.identity_number,
            "project": projects[station.code],
            "role": "主责" if each.post == HEAD else "社工",
            "share": 60 if number == 1 else 100,
            "with_minors": each.post != HEAD,
            "starts_on": max(each.hired_on, date(2022, 1, 1)),
            "stage": "在派",
        }
        for number, (station, each) in enumerate(
            ((station, each) for station, each in team if station.code in projects), 1
        )
    ]
    other = next((c for c in contracts if c.region == COUNTY and not c.is_of_stations), None)
    if other is not None and rows:
        rows.append({**rows[0], "code": "PR220900", "project": other.code, "role": "主责", "share": 50})
    _tell(story, "assignments", rows)


def _vet(story: Story, team: list[Worker]) -> None:
    """Asked before the year began, as a rule; one answer is still on its way."""
    chance, rows = dice("vetting"), []
    for number, each in enumerate(team, 1):
        asked = working_day(date(2021, 12, 1) + timedelta(chance.randrange(30)))
        answered = None if number == 2 else asked + timedelta(2 + chance.randrange(6))
        rows.append(
            {
                "code": f"CX22{number:04d}",
                "worker": each.identity_number,
                "kind": "年度查询",
                "requested_on": asked,
                "result": "未发现" if answered else "待回复",
                "answered_on": answered,
            }
        )
    _tell(story, "vettings", rows)


def _file(story: Story, team: list[tuple[Station, Worker]], projects: Mapping[str, str]) -> None:
    """The team of the home station filed and accepted; a change of post waits; somebody asks to leave."""
    home = next(station for station, _each in team if station.region.startswith(HOME))
    own = [each for station, each in team if station is home]
    rows = [
        {
            "code": "BA220001",
            "occasion": "项目立项",
            "happened_on": date(2022, 1, 4),
            "station": home.code,
            "project": projects.get(home.code),
            "workers": tuple(each.identity_number for each in own),
            "stage": "已备案",
            "submitted_on": date(2022, 1, 7),
            "late_days": 0,
            "accepted_on": date(2022, 1, 10),
        },
        {
            "code": "BA220002",
            "occasion": "岗位变动",
            "happened_on": date(2022, 5, 6),
            "station": home.code,
            "workers": (own[-1].identity_number,),
            "content": "由社区活动调整为困难家庭探访",
            "stage": "已提交",
            "submitted_on": date(2022, 5, 18),
            "late_days": 5,
        },
    ]
    _tell(story, "staff-filings", rows)
    leaving = {
        "code": "LZ220001",
        "worker": own[-1].identity_number,
        "cause": "个人原因",
        "requested_on": date(2022, 5, 12),
        "leaves_on": date(2022, 6, 30),
        "content": "随家人迁居外地",
        "stage": "已申请",
    }
    _tell(story, "leaving-requests", [leaving])


def _pay(story: Story, team: list[Worker]) -> None:
    """The county's scale, who stands where on it, and a standard of the certificate allowance."""
    scale = [
        {
            "region": COUNTY,
            "post": post,
            "grade": grade,
            "starts_on": date(2021, 1, 1),
            "minimum": base + STEP * grade,
            "maximum": base + STEP * grade + SPREAD,
        }
        for post, base in SCALE
        for grade in range(1, GRADES + 1)
    ]
    _tell(story, "pay-scale", scale)
    chance, rows = dice("pay"), []
    for number, each in enumerate(team, 1):
        post, base = SCALE[0] if each.post == HEAD else SCALE[2]
        grade = 1 + chance.randrange(6)
        rows.append(
            {
                "code": f"XC22{number:04d}",
                "worker": each.identity_number,
                "post": post,
                "grade": grade,
                "starts_on": max(each.hired_on, date(2022, 1, 1)),
                "monthly": base + STEP * grade + chance.choice((0, 150, 300, -200)),
                "social_insurance": True,
                "housing_fund": chance.random() < 0.7,
            }
        )
    _tell(story, "pay-placements", rows)
    told = {
        "region": COUNTY,
        "rule": "职业津贴",
        "basis": "持证在岗",
        "period": "每月",
        "starts_on": date(2021, 1, 1),
    }
    _tell(
        story,
        "allowance-standards",
        [
            {**told, "grade": "助理社会工作师", "amount": 100},
            {**told, "grade": "社会工作师", "amount": 200},
            {**told, "grade": "高级社会工作师", "amount": 400},
        ],
    )
    batch = {"code": "JT220001", "region": COUNTY, "rule": "职业津贴", "starts_on": date(2022, 5, 1),
             "ends_on": date(2022, 5, 31), "stage": "拟定"}  # fmt: skip
    _tell(story, "allowance-batches", [batch])
    cost = {"code": "CB220001", "region": COUNTY, "year": 2022, "post": "社工岗", "wage": 48000,
            "reference_wage": 52000, "insurance": 13400, "other": 2200,
            "content": "参照本县教育、卫生系统同等学历专业技术人员上年平均工资"}  # fmt: skip
    _tell(story, "pay-costings", [cost])


def _appraise(story: Story, team: list[Worker]) -> None:
    """Words about six things, told to the person; no score."""
    words = {
        "conduct": "尊重服务对象，注意保密",
        "quality": "遇事冷静，愿意请教",
        "skill": "探访记录完整，个案计划还可以更具体",
        "ability": "能独立带一个小组",
        "performance": "按月完成探访，重点对象没有遗漏",
        "feedback": "老人说来得勤、听得懂方言",
        "result": "合格",
    }
    rows = [
        {
            "code": f"KH21{number:04d}",
            "worker": each.identity_number,
            "year": 2021,
            "held_on": date(2021, 12, 24),
            "stage": "已确认" if number == 1 else "已反馈本人",
            **words,
        }
        for number, each in enumerate(team, 1)
    ]
    _tell(story, "appraisals", rows)


def _examine(story: Story, staff: Staff) -> None:
    """Those who passed in 2021 had enrolled that spring; some who had not passed, too."""
    chance = dice("exams")
    rows: list[dict[str, object]] = []
    for each in staff.workers:
        if each.hired_on > date(2021, 3, 31) or (each.left_on is not None and each.left_on < ON):
            continue
        passed = each.passed_on is not None and each.passed_on.year == 2021
        if not passed and (each.certificate != "无" or chance.random() > 0.3):
            continue
        rows.append(
            {
                "code": f"BK21{len(rows) + 1:04d}",
                "worker": each.identity_number,
                "year": 2021,
                "grade": each.certificate if passed else "助理社会工作师",
                "enrolled_on": date(2021, 3, 22),
                "prepared": True,
                "passed": passed,
                "passed_on": each.passed_on if passed else None,
            }
        )
    _tell(story, "exam-entries", rows)


def _posts(story: Story) -> None:
    """Homes and hospitals of the home county, and posts with other employers."""
    units = [
        {
            "code": f"SG22{number:03d}",
            "name": name,
            "region": COUNTY,
            "kind": kind,
            "beds": beds,
            "workers": workers,
            "grade": grade or None,
            "has_section": has,
        }
        for number, (name, kind, beds, workers, grade, has) in enumerate(UNITS, 1)
    ]
    _tell(story, "post-units", units)
    posts = [
        {
            "code": f"GW22{number:03d}",
            "region": COUNTY,
            "employer": employer,
            "field": field,
            "full_time": True,
            "number": count,
            "filled": filled,
            "opened_on": date(2020, 1, 1),
        }
        for number, (employer, field, count, filled) in enumerate(POSTS, 1)
    ]
    _tell(story, "work-posts", posts)
    job = {
        "code": "SM22001",
        "name": "一线社工",
        "region": COUNTY,
        "tasks": ("帮困扶弱", "情绪疏导", "资源链接", "社会融入"),
        "duties": "每月探访重点对象，开展个案、小组和社区服务，链接资源并记录。",
        "qualification": "大专以上学历；有助理社会工作师以上证书的优先。",
    }
    _tell(story, "job-descriptions", [job])
    code = {"code": "SZ22001", "title": "社会工作者职业道德守则（试行）", "region": COUNTY, "issued_by": "区社会工作协会",
            "issued_on": date(2021, 3, 16), "content": "尊重、保密、自决、不伤害；不收受服务对象财物。"}  # fmt: skip
    _tell(story, "conduct-codes", [code])


def _train(story: Story, city: City) -> None:
    """Plans, teachers, bases, exchanges and course places of the city (TRN-04, 08, 09, 11; SYS-08)."""
    layers = (("新入职社工岗前培训", "岗前培训", 60, 32), ("一线社工岗位培养", "岗位培养", 220, 24),
              ("社工站结对交流学习", "交流学习", 40, 16))  # fmt: skip
    plans = [
        {"code": f"JH22{n:02d}", "name": name, "region": city.code, "year": 2022, "layer": layer,
         "audience": ("社工站",), "people": people, "hours": hours}
        for n, (name, layer, people, hours) in enumerate(layers, 1)
    ]  # fmt: skip
    _tell(story, "training-plans", plans)
    teacher = {"code": "SY22001", "name": "向文博", "region": city.code, "employer": "本市高校社会工作系",
               "title": "副教授", "fields": ("个案工作", "社区工作"), "joined_on": date(2020, 9, 1)}  # fmt: skip
    _tell(story, "teachers", [teacher])
    base = {"code": "JD22001", "name": "社会工作人才培训基地", "region": city.code, "kind": "培训基地",
            "host": "市级社工服务指导中心", "capacity": 80, "opened_on": date(2020, 6, 1)}  # fmt: skip
    _tell(story, "training-bases", [base])
    exchanges = [
        {"code": f"JL21{n:02d}", "region": city.code, "held_on": day, "direction": way, "partner": who,
         "people": people}
        for n, (day, way, who, people) in enumerate(VISITORS, 1)
    ]  # fmt: skip
    _tell(story, "exchanges", exchanges)
    places = {"code": "ME22001", "region": city.code, "year": 2022, "platform": "社工网校", "places": 100,
              "worth": 55000}  # fmt: skip
    _tell(story, "course-places", [places])
    item = {"code": "JZ22001", "kind": "职业发展", "title": "建立社工晋升发展机制，给予对等职级待遇", "region": city.code,
            "starts_on": date(2021, 6, 1)}  # fmt: skip
    _tell(story, "incentive-items", [item])


def _honour(story: Story, city: City, staff: Staff) -> None:
    """The programmes that the review names, and the works that won (TAL-01, 02, 05)."""
    programmes: list[Mapping[str, object]] = [
        {"code": "RC00001", "name": "培英计划", "kind": "培养计划", "region": city.code, "year": 2018,
         "organiser": "市民政局", "people": 120, "content": "市直相关部门领导赴两所高校研修"},
        *(
            {"code": f"RC{year}", "name": "双创人才引进计划", "kind": "人才引进", "region": city.code, "year": year,
             "organiser": "市委组织部", "people": 1, "content": "社会工作硕士"}
            for year in (2014, 2017, 2020)
        ),
    ]  # fmt: skip
    _tell(story, "talent-programmes", programmes)
    senior = next(each for each in staff.workers if each.post == "督导")
    works = [
        {"code": f"PY21{n:03d}", "kind": "优秀社会工作案例", "title": "优秀社工服务案例征集", "region": city.code,
         "level": "市", "awarded_on": date(2021, 12, 10), "awarder": "市民政局", "work": f"入选作品之{n}"}
        for n in range(1, 21)
    ]  # fmt: skip
    works.append(
        {"code": "PY21021", "kind": "优秀社工", "title": "年度优秀社工", "region": city.code, "level": "市",
         "awarded_on": date(2021, 12, 10), "awarder": "市民政局", "worker": senior.identity_number}
    )  # fmt: skip
    _tell(story, "awards", works)
