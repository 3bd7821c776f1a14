"""The books of the demo county in its last year: what was given, promised, asked for, taken back and checked.

Written through the steps, each in the name of the account whose step it is, so that the queues of purchaser,
finance and county have something in them and the ledger its entries.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from linzhan.demo.city import Cast
from linzhan.demo.doing import step, write
from linzhan.procurement.api import FundMovement, ServiceProject

YEAR = 2022
BUDGET, RELIEF = "财政预算", "社会救助专项经费"


def tell_books(cast: Cast) -> None:
    """Everything of the demo county; the accounts are there already."""
    projects = list(
        ServiceProject.objects.filter(
            region_code=cast.county, kind="社工站运营", starts_on__year__gte=YEAR - 1
        ).order_by("starts_on", "code")
    )
    if not projects:
        return
    last, now = projects[0], projects[-1]
    _allocate(cast)
    _commit(now)
    _instalments(now)
    _taken_back(now)
    _bank(now)
    _close(cast)
    _beside(cast, last, now)


def _allocate(cast: Cast) -> None:
    told = ((BUDGET, "县", 2_600_000, "县财预〔2022〕8号"), (RELIEF, "省", 900_000, "省级救助补助资金通知"))
    for number, (source, level, amount, document) in enumerate(told, 1):
        row = write(
            "finance", "allocations", code=f"XD-2022-{number}", allotted_on=date(YEAR, 1, 20), region=cast.county,
            year=YEAR, source=source, fund_level=level, amount=Decimal(amount), document=document,
        )  # fmt: skip
        step("county", "allocations", row, "allot", date(YEAR, 1, 21))
    write(
        "finance", "allocations", code="XD-2022-3", allotted_on=date(YEAR, 5, 18), region=cast.county, year=YEAR,
        source="福利彩票公益金", fund_level="市", amount=Decimal(120_000), document="市级福彩公益金安排",
    )  # fmt: skip


def _commit(project: ServiceProject) -> None:
    part = project.contract_amount * 7 // 10
    told = ((BUDGET, "县", part), (RELIEF, "省", project.contract_amount - part))
    for number, (source, level, amount) in enumerate(told, 1):
        row = write(
            "purchaser", "funding-lines", code=f"AP-2022-{number}", project=project.pk, year=YEAR, source=source,
            fund_level=level, amount=amount, basis="2022 年度合同",
        )  # fmt: skip
        if number == 1:
            step("finance", "funding-lines", row, "commit", date(YEAR, 1, 28))


def _instalments(project: ServiceProject) -> None:
    """The second and third instalment, one of which waits for its evaluation."""
    whole = project.contract_amount
    planned = (
        (2, "按期", date(YEAR, 6, 10), whole * 2 // 10),
        (3, "末期评估", date(YEAR, 12, 20), whole // 10),
    )
    for number, upon, due, amount in planned:
        row = write(
            "provider", "payments", code=f"BF-2022-{number}", project=project.pk, instalment=number, due_upon=upon,
            due_on=due, amount=amount, source=BUDGET, fund_level="县",
        )  # fmt: skip
        if number == 2:
            told = "一至五月探访、个案、小组和社区活动按计划完成，明细见服务记录"
            step("provider", "payments", row, "request", date(YEAR, 5, 20), delivered=told)


def _taken_back(project: ServiceProject) -> None:
    spent = (
        FundMovement.objects.filter(project=project, kind="支出", head="管理").order_by("moved_on").first()
    )
    if spent is not None:
        row = write(
            "finance", "fund-returns", code="CJ-2022-1", movement=spent.pk, returned_on=date(YEAR, 5, 12), kind="冲销",
            amount=min(spent.amount, Decimal(300)), reason="办公用品发票重复入账",
        )  # fmt: skip
        step("county", "fund-returns", row, "approve", date(YEAR, 5, 13))
    write(
        "purchaser", "clawbacks", code="ZH-2022-1", project=project.pk, cause="结余收回", amount=Decimal(2_000),
        found_on=date(YEAR, 5, 16), reason="上一年度培训费结余", clause="合同第九条",
    )  # fmt: skip


def _bank(project: ServiceProject) -> None:
    """The county's statement: a payment that is in the books, a fee that is not."""
    paid = FundMovement.objects.filter(project=project, kind="拨付").order_by("moved_on").first()
    if paid is not None:
        write(
            "finance", "bank-lines", code="YH-2022-001", happened_on=paid.moved_on, region=project.region_code,
            paid_out=paid.amount, summary="社工站项目首期款", voucher=paid.voucher or None, balance=Decimal(1_000_000),
        )  # fmt: skip
    write(
        "finance", "bank-lines", code="YH-2022-002", happened_on=date(YEAR, 3, 21), region=project.region_code,
        paid_out=Decimal("35.50"), summary="账户手续费",
    )  # fmt: skip


def _close(cast: Cast) -> None:
    for month in (10, 11, 12):
        row = write("finance", "money-months", region=cast.county, month=f"2021-{month}")
        step("finance", "money-months", row, "close", date(YEAR, 1, 10))


def _beside(cast: Cast, last: ServiceProject, now: ServiceProject) -> None:
    """Matching, delegated work, funds, guides, advice and checks."""
    here = {"region": cast.county}
    write(
        "finance", "matching-funds", code="PT-2022-1", project=now.pk, payer="市财政", fund_level="市", source=BUDGET,
        year=YEAR, promised=Decimal(80_000), arrived=Decimal(50_000), arrived_on=date(YEAR, 4, 2),
    )  # fmt: skip
    write(
        "county", "delegated-work", code="FS-2022-1", **here, department="区残联", matter="残疾人需求入户核查",
        handed_on=date(YEAR, 3, 1), year=YEAR, promised=Decimal(30_000), arrived=Decimal(15_000),
    )  # fmt: skip
    write(
        "county", "special-funds", code="JJ-2022-1", **here, name="社会工作服务项目基金", kind="服务项目基金",
        holder="区慈善会", source="社会资金", founded_on=date(2020, 9, 1), year=YEAR, amount=Decimal(200_000),
        used=Decimal(46_000), purpose="支持站点开展困境儿童和独居老人服务",
    )  # fmt: skip
    for year in (YEAR - 1, YEAR):
        write(
            "finance", "budget-inclusions", **here, year=year, fund_level="县", included=True, line="社会工作服务",
            document=f"{year} 年部门预算批复",
        )  # fmt: skip
    write(
        "county", "finance-guides", code="ZY-2021", **here, name="基层社工站项目财务指引", version="修订版",
        issued_on=date(2021, 4, 6), in_force_on=date(2021, 5, 1), issuer="省民政厅",
        summary="专款专用、分账核算；费用四类；报销凭证；每月公开",
    )  # fmt: skip
    write(
        "finance", "finance-advice", code="CD-2022-1", project=now.pk, held_on=date(YEAR, 4, 14), adviser="财务督导组",
        form="一对一", topics="项目分账、工资和社保列支", found="管理费分摊依据不全", advice="补齐分摊表",
        done_on=date(YEAR, 4, 28),
    )  # fmt: skip
    write(
        "county", "operator-checks", code="JC-2022-1", project=last.pk, checked_on=date(YEAR, 1, 18),
        sections="慈社、救助、规财、纪检", services="合格", money="合格", personnel="基本合格",
        found="两名社工更换后备案迟了", due_on=date(YEAR, 2, 18), done_on=date(YEAR, 2, 10),
    )  # fmt: skip
