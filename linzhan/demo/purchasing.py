"""Buying at home: one purchase before its approver, one among bidders, the running contract with its plan.

The files are told whole; steps of the cast bring them where they stand (``courses``), so that each shows who
asked and who decided, and what the rules of Hunan and 怀化 said.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from linzhan.demo.contracts import BY_CITY, Contract
from linzhan.demo.courses import Course, Decision
from linzhan.demo.ground import City, County
from linzhan.demo.institutions import Institutions
from linzhan.demo.telling import Story, Table

WRITTEN = date(2022, 4, 6)
NEXT, CHILDREN, RUNNING = "CG-2023-01", "CG-2022-02", "CG-2022-01"
CHANGE = "BG-2022-01"
FILE = (
    "code name kind form purchaser buyer region project provider surveyed_on survey_population survey_method"
    " survey_findings posts_wanted service_standards appraisal_indicators budget_total budget_salaries"
    " budget_supervision budget_services budget_management fund_source plan_summary items directory_checked"
    " manual_checked expert_amount service_content service_people service_hours target_satisfaction"
)
LISTED = (
    ("社会救助", "低保、特困家庭探访和经济状况核对协助"),
    ("社会救助", "临时救助对象主动发现和个案帮扶"),
    ("养老服务", "独居、空巢老年人定期探访"),
    ("养老服务", "老年人精神慰藉和邻里互助小组"),
    ("儿童关爱", "留守儿童和困境儿童陪伴服务"),
    ("儿童关爱", "未成年人监护支持和家庭教育指导"),
    ("社区治理", "社区议事协商和社区社会组织培育"),
    ("社会事务", "残障人士社区康复支持"),
)
MILESTONES = (
    ("完成重点对象建档", date(2022, 2, 28), date(2022, 2, 25), "建档名册", ""),
    ("第一次全覆盖探访", date(2022, 3, 31), date(2022, 4, 8), "探访记录", "三月中旬封控一周，顺延到四月初"),
    ("开办邻里互助小组两个", date(2022, 5, 10), None, "", ""),
    ("中期评估", date(2022, 7, 15), None, "", ""),
    ("年终绩效评估", date(2022, 12, 10), None, "", ""),
)


def tell_purchasing(
    story: Story, city: City, found: Institutions, drawn: list[Contract], home: str
) -> tuple[Course, ...]:
    """``home`` is the county of the demo accounts."""
    county = next(each for each in city.counties if each.code == home)
    running = next(
        each for each in drawn if each.is_of_stations and each.county is county and each.year == 2022
    )
    _lists(story, city, county, drawn, running)
    _files(story, county, running)
    _beside(story, found, running)
    return _courses()


def _lists(story: Story, city: City, county: County, drawn: list[Contract], running: Contract) -> None:
    items = Table("catalogue-items", "code name category region listed_in purchasable starts_on basis")
    for number, (category, name) in enumerate(LISTED, start=1):
        items.add(
            code=f"ML-{number:02d}", name=name, category=category, region=city.code, listed_in="本地清单",
            purchasable=True, starts_on=date(2021, 1, 1), basis="演示：市民政局政府购买服务事项清单",
        )  # fmt: skip
    items.add(
        code="ML-90", name="社会救助的受理和审批", category="社会救助", region=city.code, listed_in="本地清单",
        purchasable=False, starts_on=date(2021, 1, 1), basis="演示：行政机关直接履职的事项不得购买",
    )  # fmt: skip
    story.tell(items, WRITTEN)
    classes = Table("project-classes", "project topic fields special event")
    of_city = [each for each in drawn if each.region == city.code]
    for contract in of_city:
        topic = next((each[0] for each in BY_CITY if each[0] in contract.name), None)
        special = "灾后重建" if topic and "灾后" in topic else None
        classes.add(
            project=contract.code, topic=topic, special=special, event="洪涝灾害" if special else None
        )
    classes.add(project=running.code, topic="社工站运营", fields=("社会救助", "儿童关爱", "社区治理"))
    story.tell(classes, WRITTEN)
    parts = Table("department-items", "code name department category region project starts_on")
    for code, name, department in (
        ("XC-01", "退役军人走访慰问", "退役军人事务局"),
        ("XC-02", "妇女维权咨询", "妇联"),
        ("XC-03", "残疾人辅具需求登记", "残联"),
    ):
        parts.add(
            code=code, name=name, department=department, category="入户走访", region=county.code,
            project=running.code, starts_on=date(2022, 1, 1),
        )  # fmt: skip
    story.tell(parts, WRITTEN)
    _contest(story, county)


def _contest(story: Story, county: County) -> None:
    rounds = Table("contests", "code name kind organiser region opened_on closed_on fund wanted")
    rounds.add(
        code="DS-2021", name="2021年公益创投", kind="公益创投", organiser=f"{county.name}民政局", region=county.code,
        opened_on=date(2021, 3, 1), closed_on=date(2021, 4, 15), fund=200000, wanted=4,
    )  # fmt: skip
    story.tell(rounds, WRITTEN)
    entries = Table("contest-entries", "code contest title entrant asked score award granted")
    for code, title, asked, score, award in (
        ("SB-01", "楼道适老改造", 60000, Decimal("91.5"), "资助"),
        ("SB-02", "乡村阅读角", 50000, Decimal(88), "资助"),
        ("SB-03", "一键呼叫安装", 80000, Decimal("86.5"), "资助"),
        ("SB-04", "社区菜园", 40000, Decimal(71), "未入选"),
    ):
        granted = asked - 5000 if award == "资助" else None
        entries.add(
            code=code, contest="DS-2021", title=title, entrant="社区社会组织", asked=asked, score=score, award=award,
            granted=granted,
        )  # fmt: skip
    story.tell(entries, WRITTEN)


def _files(story: Story, county: County, running: Contract) -> None:
    table = Table("purchase-files", FILE)
    common: dict[str, Any] = {
        "form": "购买项目", "purchaser": f"{county.name}民政局", "buyer": "县级民政部门", "region": county.code,
        "survey_method": "入户走访 60 户，村（社区）座谈 8 场", "directory_checked": True, "manual_checked": True,
    }  # fmt: skip
    total = running.amount * 3
    groups = _four(total)
    table.add(
        code=NEXT, name=f"2023—2025年{county.name}社会工作服务站项目", kind="社工站运营", **common,
        surveyed_on=date(2022, 4, 20), survey_population="低保、特困、独居老人和困境儿童家庭",
        survey_findings="探访已覆盖，小组和社区活动不足；两个乡镇缺儿童服务", posts_wanted=12,
        service_standards="重点对象每月至少探访一次，每站每年个案不少于 8 个",
        appraisal_indicators="建档率、月探访率、个案结案数、满意度", budget_total=total, **groups,
        fund_source="财政预算", plan_summary="三年一个周期，按年签订，逐年评估后续签",
        items=("ML-01", "ML-03", "ML-05", "ML-07"), service_content="探访、个案、小组、社区活动",
        service_people=2600, service_hours=36000, target_satisfaction=90,
    )  # fmt: skip
    table.add(
        code=CHILDREN, name=f"2022年{county.name}困境儿童暑期陪伴项目", kind="专项服务", **common,
        surveyed_on=date(2022, 3, 10), survey_population="困境儿童和留守儿童",
        survey_findings="暑期两个月无人照看，溺水和网络沉迷风险高", posts_wanted=4,
        service_standards="每周五天，每天四小时，两名社工同时在场", appraisal_indicators="开班天数、出勤率、家长满意度",
        budget_total=160000, **_four(160000), fund_source="福利彩票公益金", plan_summary="四个点，七、八两月",
        items=("ML-05",), expert_amount=156000, service_content="课业辅导、安全教育、心理支持",
        service_people=160, service_hours=1280, target_satisfaction=90,
    )  # fmt: skip
    table.add(
        code=RUNNING, name=running.name, kind=running.kind, **common, project=running.code,
        provider=running.provider.uscc, fund_source="财政预算",
    )  # fmt: skip
    story.tell(table, WRITTEN)


def _four(total: int) -> dict[str, int]:
    """The four cost groups of a budget."""
    shares = {"budget_supervision": 4, "budget_services": 14, "budget_management": 10}
    parts = {name: total * share // 100 for name, share in shares.items()}
    return {"budget_salaries": total - sum(parts.values()), **parts}


def _beside(story: Story, found: Institutions, running: Contract) -> None:
    bids = Table("bids", "code purchase bidder qualified price score rank result interest")
    offers = [each for each in found.agencies if each.registered_on.year < 2020][:3]
    for rank, (bidder, price, score) in enumerate(
        zip(offers, (152000, 155000, 158000), (Decimal("93.5"), Decimal(89), Decimal("84.5")), strict=False),
        start=1,
    ):
        bids.add(
            code=f"XY-2022-{rank}", purchase=CHILDREN, bidder=bidder.uscc, qualified=True, price=price, score=score,
            rank=rank, result="成交" if rank == 1 else "未成交", interest="无",
        )  # fmt: skip
    story.tell(bids, WRITTEN)
    panel = Table("panel-members", "code purchase name role unit drawn interest")
    for code, name, role, interest in (
        ("PS-1", "石砚田", "评审专家", "无"),
        ("PS-2", "覃有田", "评审专家", "无"),
        ("PS-3", "粟望舒", "采购人代表", None),
    ):
        panel.add(
            code=code, purchase=CHILDREN, name=name, role=role, interest=interest,
            drawn="采购人委派" if role == "采购人代表" else "专家库随机抽取",
        )  # fmt: skip
    story.tell(panel, WRITTEN)
    papers = Table("purchase-papers", "code purchase paper title number issued_on kept_at")
    papers.add(
        code="CL-1", purchase=CHILDREN, paper="会议纪要", title="县长办公会议纪要", number="〔2022〕9号",
        issued_on=date(2022, 3, 28), kept_at="采购档案柜 2022-02",
    )  # fmt: skip
    story.tell(papers, WRITTEN)
    marks = Table("milestones", "code project name due_on done_on evidence deviation")
    for number, (name, due, done, evidence, deviation) in enumerate(MILESTONES, start=1):
        marks.add(
            code=f"LC-2022-{number}", project=running.code, name=name, due_on=due, done_on=done,
            evidence=evidence or None, deviation=deviation or None,
        )  # fmt: skip
    story.tell(marks, WRITTEN)
    targets = Table("contract-targets", "code project metric quantity unit done stated_on")
    targets.add(code="ZB-1", project=running.code, metric="咨询", quantity=120)
    targets.add(
        code="ZB-2",
        project=running.code,
        metric="宣传",
        quantity=24,
        unit="篇",
        done=9,
        stated_on=date(2022, 5, 20),
    )
    story.tell(targets, WRITTEN)
    changes = Table("contract-changes", "code project changes effective_on new_activities new_groups")
    changes.add(
        code=CHANGE, project=running.code, changes=("指标",), effective_on=date(2022, 6, 1), new_activities=30,
        new_groups=10,
    )  # fmt: skip
    story.tell(changes, WRITTEN)


def _courses() -> tuple[Course, ...]:
    approved = {
        "approver": "县长办公会", "approved_on": date(2022, 3, 28), "minutes_number": "〔2022〕9号",
        "minuted_on": date(2022, 3, 28), "reported_matters": ("实施方案及资金预算", "人员招聘", "采购方式"),
    }  # fmt: skip
    negotiated = {
        "method": "竞争性磋商", "method_reason": "服务对象特殊，须与机构磋商照看和安全方案", "agency": "市公共资源代理公司",
        "trading_centre": "市公共资源交易中心",
    }  # fmt: skip
    return (
        Course(
            "purchase-files", CHILDREN,
            (
                Decision("survey", "purchaser", date(2022, 3, 12)),
                Decision("submit", "purchaser", date(2022, 3, 14)),
                Decision("approve", "county", date(2022, 3, 30), given=approved),
                Decision("propose_method", "purchaser", date(2022, 4, 1), given=negotiated),
                Decision(
                    "approve_method", "finance", date(2022, 4, 8),
                    given={"method_approver": "财政局政府采购监督管理股", "method_approved_on": date(2022, 4, 8)},
                ),
            ),
        ),
        Course(
            "purchase-files", NEXT,
            (Decision("survey", "purchaser", date(2022, 4, 22)), Decision("submit", "purchaser", date(2022, 5, 18))),
        ),
        Course(
            "contract-changes", CHANGE,
            (
                Decision(
                    "submit", "purchaser", date(2022, 5, 20),
                    given={"reason": "上半年封控，部分活动改为下半年小组", "agreed_on": date(2022, 5, 19)},
                ),
            ),
        ),
    )  # fmt: skip
