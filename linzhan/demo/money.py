"""The money of the station projects: budgets, payments, expenditure, and the bases of the 2 % rule.

The register begins with the station projects in 2018 and holds nothing else until the end of 2021, so that
``funds.paid`` of 2018–2021 is what the reply says was paid to them (FIG-031).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from random import Random

from linzhan.demo.contracts import PAID_YEARS, YEARS, Contract
from linzhan.demo.ground import City
from linzhan.demo.telling import Story, Table, dice, working_day

COLUMNS = "code moved_on region kind source fund_level project head amount summary voucher"
INSTALMENTS = ((3, 50, "首期"), (8, 30, "中期"), (12, 20, "验收后"))
HEADS = (("薪酬", 72), ("督导培训", 4), ("服务活动", 13), ("管理", 9), ("税费", 2))
RELIEF_WORK = "社会救助工作经费"
"""Hunan earmarks 2 % of it for the purchase of services; here it pays for services and activities."""
OVER, UNDER = "431224", "431227"  # spent above and well below the two per cent
WITHOUT_BASE = "431271"  # the county-level zone that keeps no such register


def tell_money(story: Story, city: City, contracts: list[Contract]) -> None:
    """Three years and a half of payments, quarterly expenditure, and the bases of 2019–2021."""
    table, chance = Table("funds", COLUMNS), dice("money")
    spent: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for contract in contracts:
        if contract.is_of_stations:
            _budget(table, contract)
            _payments(table, contract)
            _expenditure(table, chance, contract, spent)
        elif contract.year == YEARS[-1]:
            _move(
                table,
                contract,
                working_day(contract.starts_on),
                "拨付",
                "福利彩票公益金",
                contract.amount // 2,
                "首期款",
            )
    story.tell(table, date(2022, 5, 20))
    _tell_bases(story, city, spent)


def _move(
    table: Table,
    contract: Contract,
    day: date,
    kind: str,
    source: str,
    amount: int | Decimal,
    summary: str,
    head: str | None = None,
) -> None:
    number = len(table) + 1
    table.add(
        code=f"{contract.region[:6]}-{day.year}-{number:05d}",
        moved_on=day,
        region=contract.region,
        kind=kind,
        source=source,
        fund_level="市" if contract.region.endswith("00000000") else "县",
        project=contract.code,
        head=head,
        amount=Decimal(amount),
        summary=summary,
        voucher=f"{day:%Y%m}-{number % 1000:03d}" if kind != "预算" else None,
    )


def _budget(table: Table, contract: Contract) -> None:
    _move(
        table,
        contract,
        contract.starts_on,
        "预算",
        "财政预算",
        contract.amount,
        f"{contract.year}年度社工站项目预算",
    )


def _payments(table: Table, contract: Contract) -> None:
    """Instalments in whole yuan; what is withheld is missing from the last."""
    rest = contract.paid if contract.year in PAID_YEARS else contract.amount // 2
    for month, share, name in INSTALMENTS[: 3 if contract.year in PAID_YEARS else 1]:
        last = name == INSTALMENTS[-1][2] or contract.year not in PAID_YEARS
        amount = rest if last else contract.amount * share // 100
        rest -= amount
        first = month if contract.year != YEARS[0] else max(month, 7)
        source = "财政预算" if share != 30 else "社会救助专项经费"
        _move(
            table, contract, working_day(date(contract.year, first, 10)), "拨付", source, amount, f"{name}款"
        )


def _expenditure(
    table: Table, chance: Random, contract: Contract, spent: dict[tuple[str, int], Decimal]
) -> None:
    """Quarter by quarter by head; the year's expenditure stays a little below what was paid."""
    year = contract.year
    quarters = {YEARS[0]: (9, 12), YEARS[-1]: (3,)}.get(year, (3, 6, 9, 12))
    whole = contract.paid if year in PAID_YEARS else contract.amount // 4
    for month in quarters:
        for head, share in HEADS:
            part = (
                Decimal(whole * share)
                / 100
                / len(quarters)
                * Decimal(round(0.93 + chance.random() * 0.06, 3))
            )
            amount = part.quantize(Decimal("0.01"))
            source = RELIEF_WORK if head == "服务活动" else "财政预算"
            _move(table, contract, date(year, month, 25), "支出", source, amount, f"{month}月止{head}", head)
            if source == RELIEF_WORK:
                spent[contract.region, year] += amount


def _tell_bases(story: Story, city: City, spent: dict[tuple[str, int], Decimal]) -> None:
    table, chance = Table("fund-bases", "region year name amount"), dice("bases")
    for county in city.counties:
        for year in PAID_YEARS[1:]:
            percent = {OVER: 2.3, UNDER: 1.1}.get(county.six, 1.7 + chance.random() * 0.28)
            amount = (spent[county.code, year] * 100 / Decimal(round(percent, 3))).quantize(Decimal(1))
            if county.six != WITHOUT_BASE:
                table.add(region=county.code, year=year, name=RELIEF_WORK, amount=amount)
                table.add(region=county.code, year=year, name="困难群众救助补助资金", amount=amount * 9)
    story.tell(table, date(2022, 1, 17))
