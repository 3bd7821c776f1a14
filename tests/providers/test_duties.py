"""What an institution owes the public, what its twin gave it, and who has not reported (INS-20, INS-27, INS-07)."""

from __future__ import annotations

from datetime import date

import pytest

from linzhan.kernel.registers.amending import amend, told
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.providers.api import Twinning, disclosure_checks, twinning_checks, unreported
from tests.factories.providers import provider, save_inspection
from tests.factories.standing import COUNTY, entered, stepped

ZHUZHOU = "430202000000"
pytestmark = pytest.mark.usefixtures("rulebook")


def test_zhuzhou_owes_six_items_and_huaihua_none() -> None:
    made = provider(region=ZHUZHOU)
    entered("provider-disclosures", provider=made.uscc, item="财务收支", year=2021, published_on="2022-04-01",
            channel="机构网站")  # fmt: skip
    found = {str(each.title): each for each in disclosure_checks(made, 2021, date(2022, 7, 1))}
    assert list(found) == ["组织机构", "年报公告", "财务收支", "捐资使用", "服务内容", "奖惩情况"]
    assert found["财务收支"].words == "2021 年度的 2022-04-01 公开：机构网站"
    assert {each.outcome.value for title, each in found.items() if title != "财务收支"} == {"提醒"}
    assert disclosure_checks(provider(), 2021, date(2022, 7, 1)) == []


def test_each_worker_gets_more_than_forty_days_a_year_and_a_missing_number_is_unknown() -> None:
    made = provider()
    for code, workers in (("QS1", {"workers": 2}), ("QS2", {})):
        entered("twinnings", code=code, name="牵手", region=COUNTY, provider=made.uscc, helper="深圳的机构",
                starts_on="2018-01-01", ends_on="2020-12-31", **workers)  # fmt: skip
        for day, days in (("2018-11-01", "40"), ("2019-11-01", "40.5")):
            entered("twinning-days", twinning=code, helped_on=day, topic="机构管理", workers=2, days=days)
    told = [
        (each.title, each.outcome.value, each.words)
        for each in twinning_checks(Twinning.objects.get(code="QS1"))
    ]
    assert told == [
        ("2018", "提醒", "80.0 人次工作日 / 2 名社工，人均 40.0 个，须超过 40 个"),
        ("2019", "通过", "81.0 人次工作日 / 2 名社工，人均 40.5 个，须超过 40 个"),
        ("2020", "无从判断", "没有登记帮扶"),
    ]
    assert {each.outcome.value for each in twinning_checks(Twinning.objects.get(code="QS2"))} == {"无从判断"}


def test_who_reported_or_has_a_result_or_is_young_owes_no_report() -> None:
    silent, reported, concluded = provider(), provider(), provider()
    provider(registered_on="2021-08-01")
    provider(kind="企业")
    provider(status="注销")
    file = entered("annual-inspections", provider=reported.uscc, year=2021)
    entered("annual-inspections", provider=silent.uscc, year=2021)
    stepped("annual-inspections", file, "submit", reported_on="2022-03-01")
    save_inspection(concluded, year=2021)
    assert list(unreported(2021, 6)) == [silent]


def test_a_second_report_of_a_year_is_refused_by_what_is_alike() -> None:
    """Its number is made by the platform: that one is taken would tell nobody what to do."""
    firm = provider()
    entered("annual-inspections", provider=firm.uscc, year=2021)
    other = entered("annual-inspections", provider=firm.uscc, year=2020)
    again = save_one(REGISTERS["annual-inspections"], {"provider": firm.uscc, "year": 2021})
    moved = amend(REGISTERS["annual-inspections"], other, {"year": 2021})
    expected = "已经登记过“承接机构代码”、“年度”都相同的一条，同样的只登记一条；要改的请打开那一条"
    assert (told(again), told(moved)) == (expected, expected)
