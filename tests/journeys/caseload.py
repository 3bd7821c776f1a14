"""A phone with a made-up caseload: what its screens are looked at with. The server is :class:`phoning.Desk`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Final

from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.phoning import PASSWORD, PIN, Desk, Line, reached

Row = dict[str, Any]
MOBILE_320: Final[ViewportSize] = {"width": 320, "height": 640}
MOBILE_390: Final[ViewportSize] = {"width": 390, "height": 844}


def identity(number: int) -> str:
    return f"00000000-0000-7000-8000-{number:012d}"


def day(offset: int) -> str:
    return (date.today() + timedelta(days=offset)).isoformat()  # noqa: DTZ011 -- the phone's own calendar


NO_TELEPHONE: Final = """document.addEventListener("click", (event) => {
  if (event.target.closest?.("a[href^='tel:']")) event.preventDefault();
}, true)"""  # a browser on a desk waits for ever for what would open the telephone

VILLAGES: Final = ("柳溪村", "石桥村", "桥南社区")
PEOPLE: Final = (
    ("王桂英", "wgy wangguiying", ["B01", "B07"], "高风险", 84),
    ("陈德明", "cdm chendeming", ["A03"], "重点", 71),
    ("李小满", "lxm lixiaoman", ["C07"], "重点", 11),
    ("赵秀兰", "zxl zhaoxiulan", ["B02"], "一般", 76),
    ("周有福", "zyf zhouyoufu", ["A01", "D02"], "一般", 58),
    ("何春梅", "hcm hechunmei", ["E05"], "一般", 39),
    ("吴长贵", "wcg wuchanggui", ["B01"], "重点", 81),
    ("孙丽华", "slh sunlihua", ["D03"], "重点", 46),
    ("郑大山", "zds zhengdashan", ["A01"], "普通", 63),
    ("刘玉珍", "lyz liuyuzhen", ["B04"], "高风险", 88),
)


def residents() -> list[Row]:
    return [
        {
            "id": identity(at), "code": f"DX-{at:04d}", "name": name, "pinyin": pinyin, "sex": "女" if at % 2 else "男",
            "born_on": f"{date.today().year - age}-03-0{at % 9 + 1}", "categories": categories, "risk": risk,  # noqa: DTZ011
            "phone": f"138000010{at:02d}", "address": f"{at} 组 {at * 3} 号", "home_region": f"99010100100{at % 3 + 1}",
            "village": VILLAGES[at % 3], "household": f"H{at}", "guardian": "李大爷" if age < 18 else "",
            "guardian_phone": "13800009999" if age < 18 else "", "status": "在册", "worker": identity(900),
            "consented": True, "last_note": "近来腿脚不便，儿子在外务工",
        }
        for at, (name, pinyin, categories, risk, age) in enumerate(PEOPLE, 1)
    ]  # fmt: skip


def duties() -> list[Row]:
    due = (-4, 0, -9, 3, 6, 1, -2, 2, 30, 0)
    return [
        {
            "id": identity(at), "due_on": day(offset), "last_on": None if at == 10 else day(offset - 30), "rule": "VF04",
            "first_contact": at == 10, "reason": "住院后首次联系" if at == 10 else "每月探访一次", "mode": "入户",
        }
        for at, offset in enumerate(due, 1)
    ]  # fmt: skip


def records() -> list[Row]:
    return [
        {
            "id": identity(100 + at), "code": f"FW-{at:03d}", "method": "探访", "item": "B01", "residents": [identity(at)],
            "started_at": f"{day(-20 - at)}T09:30:00+08:00", "ended_at": f"{day(-20 - at)}T10:00:00+08:00",
            "outcome": "见到本人", "place": "家里", "content": "见到本人；六项都正常。",
            "status": "已退回" if at == 2 else "已通过", "returned_reason": "请补充与家属联系的情况" if at == 2 else "",
            **({"sent": sent(at)} if at == 2 else {}),
        }
        for at in range(1, 6)
    ]  # fmt: skip


def todos() -> list[Row]:
    """A referral that has two steps, and a follow-up of a closed case."""
    received = {
        "name": "receive", "label": "对方已接收",
        "fields": [{"name": "received_on", "label": "接收日期", "kind": "date", "required": True},
                   {"name": "receipt", "label": "回执", "kind": "line", "required": True}],
    }  # fmt: skip
    refused = {
        "name": "refuse", "label": "对方退回",
        "fields": [{"name": "note", "label": "退回原因", "kind": "long", "required": True}],
    }  # fmt: skip
    return [
        {"id": identity(750), "register": "referral-files", "title": "陈德明 · 转介到县人民医院", "about": "紧急",
         "stage": "已发出", "due_on": None, "steps": [received, refused]},
        {"id": f"{identity(400)}:1", "register": "", "title": "郑大山 · 结案后随访", "about": "第 1 次，打电话或上门都算",
         "stage": "", "due_on": day(2), "resident": identity(9), "steps": []},
    ]  # fmt: skip


def sent(at: int) -> list[Row]:
    """What the platform holds of a returned visit, as :mod:`linzhan.casework.review.reopening` tells it."""
    record = {
        "method": "探访", "item": "B01", "residents": [identity(at)], "started_at": f"{day(-20 - at)}T09:30:00+08:00",
        "ended_at": f"{day(-20 - at)}T09:55:00+08:00", "outcome": "见到家属", "place": "家里", "travel_minutes": 30,
        "content": "见到家属；六项都正常。", "station": identity(800), "workers": [identity(900)],
    }  # fmt: skip
    checks = dict.fromkeys(("health", "mood", "home", "living", "care", "income"), "正常")
    detail = {"record": identity(100 + at), "mode": "入户", "met": "儿媳", "events": ["跌倒"], **checks}
    return [
        {"register": "service-records", "id": identity(100 + at), "values": record},
        {"register": "visit-details", "id": identity(200 + at), "values": detail},
    ]


def scale() -> Row:
    texts = ("做事提不起劲或没有兴趣", "感到心情低落、沮丧或绝望", "有不如死掉或用某种方式伤害自己的念头")
    options = [
        {"label": label, "score": at}
        for at, label in enumerate(("完全不会", "好几天", "一半以上天数", "几乎每天"))
    ]
    return {
        "id": "PHQ-9@1", "code": "PHQ-9", "version": "1", "name": "抑郁筛查（PHQ-9）", "purpose": "看近两周的情绪", "licence": "可自由使用",
        "frame": "最近两周，这些情况有多少天困扰您？", "by": "社工询问", "minutes": 3, "scoring": "sum", "multiplier": 1,
        "items": [{"id": str(at), "text": text, "reverse": False, "options": options} for at, text in enumerate(texts, 1)],
        "bands": [{"low": 0, "high": 4, "name": "无", "severity": "good"}, {"low": 5, "high": 9, "name": "轻度", "severity": "bad"}],
        "rules": [{"act": "crisis", "items": ["3"], "at_least": 1, "signal": "CR", "say": "提到不想活：现在就当面核实安全"}],
    }  # fmt: skip


def listed(*pairs: tuple[str, str], **more: Any) -> list[Row]:
    return [{"code": code, "name": name, **more} for code, name in pairs]


def seats() -> list[Row]:
    """A round that is being scored, with a line of each kind."""
    kinds = (
        ("S1", "在岗社工达到应配人数", "5", "达标封顶", "达到 2 得满分，不足按比例"),
        ("A3", "制度和场地", "5", "清单", "逐项核对：有场地、有人员"),
        ("V3", "抽查个案、小组", "15", "专家评分", "评委打分，每方至少 3 人"),
        ("R1", "服务对象满意度", "10", "满意度", "从 60 到 95 分按比例得分，样本不少于 30 份或全部"),
    )
    lines = [
        {"code": code, "name": name, "full": full, "rule": rule, "words": words, "platform": code == "S1",
         "items": ["有场地", "有人员"] if rule == "清单" else [], "figure": "在岗社工", "basis": "，截至 2021-12-31"}
        for code, name, full, rule, words in kinds
    ]  # fmt: skip
    return [
        {
            "id": identity(960),
            "round": "2021 年度社工站评估",
            "period": "2021",
            "side": "第三方",
            "due": day(5),
            "lines": lines,
        }
    ]


def assessed() -> list[Row]:
    """One to score, with something of everything, and one to keep away from."""
    first = {
        "id": f"{identity(960)}:{identity(961)}", "seat": identity(960), "subject": identity(961), "code": "PG-0001",
        "name": "柳溪镇社会工作服务站", "statement": "平台看不到的是：站里自己办了老年食堂。", "known": {"S1": "2"},
        "files": {"V3": ["GA-001", "GA-004"]}, "given": {"A3": {"met": ["有场地"], "reason": "现场察看"}},
    }  # fmt: skip
    away = {
        "id": f"{identity(960)}:{identity(962)}",
        "seat": identity(960),
        "subject": identity(962),
        "code": "PG-0002",
    }
    return [first, {**away, "name": "石桥镇社会工作服务站", "away": "在这里任职，或近年在这里工作过"}]


def feeds() -> dict[str, list[Row]]:
    """What a worker of the made-up station holds."""
    members = [
        {"id": identity(300 + at), "resident": identity(at), "name": PEOPLE[at - 1][0]}
        for at in (1, 4, 7, 10)
    ]
    return {
        "me": [
            {
                "id": identity(900),
                "name": "林小站",
                "role": "station_worker",
                "rights": [],
                "worker": {"id": identity(900), "name": "林小站"},
                "stations": [
                    {"id": identity(800), "code": "ST-01", "name": "柳溪镇社工站", "region": "990101001000"}
                ],
                "projects": [],
                "parameters": {"late_days": 3},
                "hours": [
                    {"label": "本周服务", "value": "11 小时 20 分"},
                    {"label": "本周路上", "value": "4 小时"},
                ],
                "hotlines": [
                    {"name": "报警", "number": "110"},
                    {"name": "急救", "number": "120"},
                    {"name": "政务服务热线", "number": "12345"},
                    {"name": "民政服务热线", "number": "12349"},
                ],
            }
        ],
        "residents": residents(),
        "seats": seats(),
        "assessed": assessed(),
        "duties": duties(),
        "records": records(),
        "scales": [scale()],
        "incidents": [
            {
                "id": "help",
                "signals": [],
                "contacts": [{"name": "县未保中心", "number": "0999-1234567"}],
                "do_not": [],
            },
            {
                "id": identity(650),
                "code": "BG-01",
                "stage": "已上报",
                "signals": ["M6"],
                "seen_at": f"{day(0)}T08:10:00+08:00",
                "practice": False,
                "due": [{"clock": "县级接收", "at": f"{day(0)}T08:40:00+08:00"}],
            },
        ],
        "cases": [
            {
                "id": identity(400),
                "code": "GA-01",
                "resident": identity(3),
                "stage": "介入",
                "goals": [
                    {"id": identity(401), "goal": "每周按时上学五天", "indicator": "到校记录"},
                    {"id": identity(402), "goal": "与父母每周通话一次", "indicator": "孩子自述"},
                ],
            },
        ],
        "groups": [
            {
                "id": identity(500),
                "code": "XZ-01",
                "name": "银龄手工小组",
                "stage": "进行中",
                "phase": "形成期",
                "members": members,
            }
        ],
        "activities": [
            {
                "id": identity(600),
                "code": "HD-01",
                "name": "九九重阳义诊",
                "planned_on": day(0),
                "place": "柳溪村文化广场",
                "item": "E05",
            }
        ],
        "todos": todos(),
        "programmes": [
            {
                "id": identity(700),
                "code": "KC-01",
                "name": "四点半课堂",
                "method": "活动",
                "place": "站里",
                "members": members[:2],
                "slots": [
                    {
                        "id": identity(701 + at),
                        "weekday": name,
                        "begins": "16:30",
                        "ends": "18:00",
                        "topic": "课业辅导",
                    }
                    for at, name in enumerate(("周一", "周二", "周三", "周四", "周五", "周六", "周日"))
                ],
            }
        ],
        "lists": [
            {
                "id": "categories",
                "items": listed(
                    ("A01", "最低生活保障对象"),
                    ("A03", "特困人员(分散供养)"),
                    ("B01", "独居老年人"),
                    ("B02", "空巢老年人"),
                    ("B04", "失能(失智)老年人"),
                    ("B07", "高龄老年人"),
                    ("C04", "困境儿童:家庭贫困"),
                    ("C07", "农村留守儿童"),
                    ("D02", "重度残疾人"),
                    ("D03", "严重精神障碍患者/康复者"),
                    ("E05", "留守妇女"),
                ),
            },
            {
                "id": "service-items",
                "items": [
                    *listed(
                        ("B01", "特殊困难老年人探访关爱"),
                        ("A01", "主动发现与困难排查"),
                        ("D01", "残疾人家庭探访"),
                        methods=["探访"],
                        serves=["B*"],
                    ),
                    *listed(("C02", "家庭探访与监护督促"), methods=["探访"], serves=["C*"]),
                    *listed(("B03", "精神慰藉与丧亲支持"), ("C04", "心理疏导与个案"), methods=["个案"]),
                    *listed(("B07", "老年社团与社区参与"), methods=["小组"]),
                    *listed(("E05", "文化与邻里活动"), methods=["活动"]),
                    *listed(("A02", "政策宣讲与代办协助"), methods=["咨询"]),
                ],
            },
            {
                "id": "regions",
                "items": listed(
                    ("990101001000", "柳溪镇"),
                    ("990101001001", "柳溪村"),
                    ("990101001002", "石桥村"),
                    ("990101001003", "桥南社区"),
                ),
            },
        ],
    }


@contextmanager
def phone(
    browser: Browser, size: ViewportSize = MOBILE_390, **besides: list[dict[str, Any]]
) -> Iterator[tuple[Page, Desk]]:
    """A signed-in phone at 今日 and the server behind it, which tells ``besides`` as well; both end with the block."""
    desk = Desk(feeds={key: [*rows, *besides.get(key, [])] for key, rows in feeds().items()})
    context = browser.new_context(
        viewport=size, has_touch=True, is_mobile=True, locale="zh-CN", timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )  # fmt: skip
    context.add_init_script(NO_TELEPHONE)
    troubles: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    with reached(Line(desk)) as address:
        try:
            page.goto(f"{address}/field/")
            page.get_by_label("账号").fill("linxiaozhan")
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录").tap()
            page.get_by_label("6 位数字").fill(PIN)
            page.get_by_label("再输一次").fill(PIN)
            page.get_by_role("button", name="设好，开始使用").tap()
            expect(page.locator("[data-duty]").first).to_be_visible()
            yield page, desk
        finally:
            context.close()
    assert troubles == [], troubles


def to(page: Page, path: str) -> None:
    """To another address of the app, as a link would."""
    page.evaluate("path => { location.hash = path }", path)
    page.wait_for_function("path => location.hash.startsWith('#' + path)", arg=path.partition("?")[0])
    page.wait_for_timeout(150)
