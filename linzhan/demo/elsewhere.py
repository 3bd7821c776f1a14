"""Two counties elsewhere, so that the same purchase can be shown under three rulebooks (CFG-06, CFG-15).

海宁 and 二七 (郑州) each buy what the demo county buys: a station for three years. The need is written down without
posts, standards and indicators, which 郑州 alone refuses to go on with; 海宁 runs a contract whose milestone is
late without a reason, which it alone refuses to evaluate; 怀化 refuses its own file without minutes. The
institution is fictional, as everybody here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from linzhan.demo.telling import Story, Table
from linzhan.kernel.identity import fictional_uscc

HAINING: Final = "330481000000"
ERQI: Final = "410103000000"
NAMES: Final = {HAINING: "海宁市", ERQI: "二七区"}
WRITTEN: Final = date(2022, 5, 23)
RUNNING: Final = "330481-ZD2022-1"
OPERATOR: Final = 990_001
"""The number of the institution: far from those of the demo city."""
INPUT: Final = ((date(2022, 1, 12), "预算", 600_000, ""), (date(2022, 2, 18), "拨付", 240_000, ""),
                (date(2022, 3, 31), "支出", 118_000, "薪酬"), (date(2022, 3, 31), "支出", 14_000, "服务活动"))  # fmt: skip


def tell_elsewhere(story: Story) -> None:
    operator = fictional_uscc(OPERATOR, kind="52")
    providers = Table(
        "providers", "uscc name kind region registered_on rating rating_until full_time_staff status"
    )
    providers.add(
        uscc=operator, name="海宁市潮声社会工作服务中心", kind="社会工作服务机构", region=HAINING,
        registered_on=date(2016, 4, 8), rating="4A", rating_until=date(2026, 12, 31), full_time_staff=9, status="正常",
    )  # fmt: skip
    story.tell(providers, WRITTEN)
    projects = Table(
        "projects",
        "code name kind purchaser region provider method contract_amount starts_on ends_on staff professional_posts status"
        " target_visits target_cases target_activities",
    )
    projects.add(
        code=RUNNING, name="2022年海宁市社会工作站运营项目", kind="社工站运营", purchaser="海宁市民政局", region=HAINING,
        provider=operator, method="公开招标", contract_amount=600_000, starts_on=date(2022, 1, 1),
        ends_on=date(2022, 12, 31), staff=7, professional_posts=6, status="执行", target_visits=1200, target_cases=20,
        target_activities=48,
    )  # fmt: skip
    story.tell(projects, WRITTEN)
    _files(story, operator)
    _money(story)


def _files(story: Story, operator: str) -> None:
    table = Table(
        "purchase-files",
        "code name kind form purchaser buyer region project provider surveyed_on survey_population survey_findings"
        " budget_total budget_salaries budget_supervision budget_services budget_management fund_source plan_summary",
    )
    for region, name in NAMES.items():
        table.add(
            code=f"CG-{region[:6]}-2023", name=f"2023—2025年{name}社会工作服务站项目", kind="社工站运营", form="购买项目",
            purchaser=f"{name}民政局", buyer="县级民政部门", region=region, surveyed_on=date(2022, 5, 6),
            survey_population="低保、特困、独居老人和困境儿童家庭", survey_findings="探访不能每月到户，困境儿童缺课后照看",
            budget_total=1_800_000, budget_salaries=1_300_000, budget_supervision=60_000, budget_services=260_000,
            budget_management=180_000, fund_source="财政预算", plan_summary="三年一个周期，逐年评估后续签",
        )  # fmt: skip
    table.add(
        code="CG-330481-2022", name="2022年海宁市社会工作站运营项目", kind="社工站运营", form="购买项目",
        purchaser="海宁市民政局", buyer="县级民政部门", region=HAINING, project=RUNNING, provider=operator,
        fund_source="财政预算",
    )  # fmt: skip
    story.tell(table, WRITTEN)
    marks = Table("milestones", "code project name due_on done_on evidence")
    marks.add(
        code="LC-330481-1", project=RUNNING, name="完成重点对象建档", due_on=date(2022, 2, 28),
        done_on=date(2022, 2, 26), evidence="建档名册",
    )  # fmt: skip
    marks.add(code="LC-330481-2", project=RUNNING, name="第一次全覆盖探访", due_on=date(2022, 4, 30))
    story.tell(marks, WRITTEN)


def _money(story: Story) -> None:
    table = Table("funds", "code moved_on region kind source fund_level project head amount")
    for number, (day, kind, amount, head) in enumerate(INPUT, 1):
        table.add(
            code=f"ZJ-330481-{number}", moved_on=day, region=HAINING, kind=kind, source="财政预算", fund_level="县",
            project=RUNNING, head=head or None, amount=Decimal(amount),
        )  # fmt: skip
    story.tell(table, WRITTEN)
