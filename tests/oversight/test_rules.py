"""Every rule on rows made by hand: what it raises, and the innocent one beside it (``domain.md`` §13)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from linzhan.casework.api.cases import CaseFile
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.network.api import Station
from linzhan.oversight import parameters as named
from linzhan.oversight.plausibility.declaring import CHECKS
from linzhan.oversight.warning.declaring import RULES
from linzhan.policy.api import RatioRule
from linzhan.procurement.api import ServiceProject
from linzhan.providers.api import Provider
from linzhan.quality.api import SatisfactionSurvey, SurveyResult
from linzhan.workforce.api import SocialWorker
from tests.factories.cases import case_file
from tests.factories.casework import record, resident
from tests.factories.network import station
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, HUANGJINAO, ZHONGFANG, ZHONGFANG_TOWN
from tests.factories.policy import stated
from tests.factories.procurement import base, movement, project
from tests.factories.providers import provider, save_inspection
from tests.factories.rows import made
from tests.factories.workforce import identity_number, save_session, worker
from tests.oversight.conftest import ON, asked, found

pytestmark = pytest.mark.usefixtures("hunan")


def day(back: int) -> str:
    return (ON - timedelta(days=back)).isoformat()


@pytest.fixture
def town(hunan: None) -> Station:
    return station(name="坨院街道社工站")


@pytest.fixture
def number() -> str:
    return identity_number()


@pytest.fixture
def staff(town: Station, number: str) -> SocialWorker:
    return worker(identity_number=number, station=town.code, filed_on="2020-03-02")


def subjects(rule: str, on: date = ON) -> set[UUID | None]:
    return {each.subject_id for each in found(rule, on)}


def test_rw01_a_visit_past_its_day_is_raised_and_one_made_in_time_is_not(
    town: Station, staff: SocialWorker, number: str
) -> None:
    late = resident(town, risk="高风险", worker=number)
    met = resident(town, risk="高风险")
    for who, back in ((late, 9), (met, 3)):
        record(town, number, on=day(back), residents=(who,), outcome="见到本人")
    [one] = found("RW01")
    assert (one.subject_id, one.severity, one.person_id, one.facts["late_days"]) == (late, 4, staff.pk, 2)
    assert "已逾期 2 日" in one.message


def test_rw01_without_a_register_of_services_nothing_is_said(town: Station) -> None:
    resident(town, risk="高风险")
    answer = asked("RW01")
    assert (answer.asked, list(answer.findings)) == (False, [])
    assert answer.lacking == ("431202000000",)


def change(who: UUID, when: str) -> None:
    made(
        "major-changes",
        code=f"BG{when}",
        resident=who,
        kind="亲人或照料人去世",
        happened_at=when,
        found_at=when,
    )


def test_rw02_a_major_change_without_contact_for_a_day(
    town: Station, staff: SocialWorker, number: str
) -> None:
    alone, met, fresh = (resident(town) for _ in range(3))
    change(alone, f"{day(3)} 09:00")
    change(met, f"{day(3)} 09:01")
    change(fresh, f"{day(0)} 09:02")
    record(town, number, on=day(2), residents=(met,), outcome="见到本人")
    [one] = found("RW02")
    assert (one.subject_id, one.severity) == (alone, 4)


def test_rw03_two_visits_that_met_nobody(town: Station, staff: SocialWorker, number: str) -> None:
    unmet, met = resident(town), resident(town)
    for who, outcomes in ((unmet, ("见到本人", "无人", "拒访")), (met, ("无人", "拒访", "见到家属"))):
        for back, outcome in zip((30, 20, 10), outcomes, strict=True):
            record(town, number, on=day(back), residents=(who,), outcome=outcome)
    [one] = found("RW03")
    assert (one.subject_id, one.since, len(one.rows)) == (unmet, ON - timedelta(days=20), 2)
    assert found("RW03", visits=3) == []


def intervening(case: UUID, **values: str) -> None:
    CaseFile.objects.filter(pk=case).update(stage="介入", plan_approved_on="2021-10-01", **values)


def test_rw07_a_case_that_stands_still_and_one_that_does_not(
    town: Station, staff: SocialWorker, number: str
) -> None:
    still, going = (case_file(town, staff, resident(town), code=code) for code in ("GA-1", "GA-2"))
    intervening(still)
    intervening(going)
    record(town, number, on=day(31), method="个案", case_code="GA-1")
    record(town, number, on=day(30), method="个案", case_code="GA-2")
    [one] = found("RW07")
    assert (one.key, one.facts["idle"]) == (str(still), 31)


def test_rw08_a_case_beyond_its_planned_end(town: Station, staff: SocialWorker) -> None:
    over, near = (case_file(town, staff, resident(town)) for _ in range(2))
    intervening(over, expected_end=day(31))
    intervening(near, expected_end=day(30))
    [one] = found("RW08")
    assert (one.key, one.severity) == (str(over), 1)


def test_rw09_two_major_changes_within_a_season(town: Station) -> None:
    often, seldom = resident(town), resident(town)
    change(often, f"{day(80)} 09:00")
    change(often, f"{day(5)} 09:00")
    change(seldom, f"{day(95)} 09:03")
    change(seldom, f"{day(5)} 09:03")
    [one] = found("RW09")
    assert (one.subject_id, one.facts["times"]) == (often, 2)


def test_rw10_a_category_that_expires_or_was_not_looked_at(town: Station) -> None:
    for code, more in (
        ("RD-1", {"expires_on": (ON + timedelta(days=30)).isoformat(), "verified_on": day(10)}),
        ("RD-2", {"expires_on": (ON + timedelta(days=31)).isoformat(), "verified_on": day(10)}),
        ("RD-3", {"verified_on": day(366)}),
        ("RD-4", {"verified_on": day(365)}),
    ):
        made(
            "resident-categories",
            code=code,
            resident=resident(town),
            category="VF01",
            starts_on="2019-01-01",
            **more,
        )
    assert {each.facts["code"] for each in found("RW10")} == {"RD-1", "RD-3"}


def test_rw13_leavers_of_a_year_against_the_mean_of_its_months(town: Station) -> None:
    losing, steady, small = provider(name="白露"), provider(name="仲夏"), provider(name="惠风")
    for of, leavers, staying in ((losing, 2, 3), (steady, 1, 5), (small, 1, 1)):
        for _ in range(leavers):
            worker(provider=of.uscc, station=town.code, left_on="2021-07-01")
        for _ in range(staying):
            worker(provider=of.uscc, station=town.code)
    [one] = found("RW13")
    assert one.subject_id == losing.pk
    assert (one.facts["gone"], one.facts["heads"], one.severity) == (2, 4.0, 2)  # 5 for six months, then 3


def test_rw14_filings_that_are_missing_or_came_late(town: Station) -> None:
    late = worker(station=town.code, hired_on="2021-05-03", filed_on="2021-05-11")
    missing = worker(station=town.code, hired_on="2021-06-01")
    worker(station=town.code, hired_on="2021-05-03", filed_on="2021-05-10")
    worker(station=town.code, hired_on="2021-12-28")
    worker(station=town.code, hired_on="2021-06-01", post="其他")
    by_worker = {each.subject_id: each for each in found("RW14")}
    assert set(by_worker) == {late.pk, missing.pk}
    assert by_worker[late.pk].past
    assert not by_worker[missing.pk].past


def test_rw14_leavings_count_where_their_filing_is_kept(town: Station) -> None:
    left: dict[str, Any] = {"hired_on": "2018-01-01", "filed_on": "2018-01-02", "left_on": "2021-03-01"}
    quiet = worker(station=town.code, **left)
    assert found("RW14") == []
    worker(station=town.code, **left, leaving_filed_on="2021-03-05")
    assert subjects("RW14") == {quiet.pk}


def test_rw15_full_time_for_two_institutions_in_one_month(town: Station) -> None:
    other = station(CHENGNAN)
    one, same, second = provider(), provider(), provider()
    first, beside, foreign = (project(provider=each.uscc) for each in (one, one, second))
    numbers = [identity_number() for _ in range(3)]
    kinds = ("全职", "全职", "兼职")
    people = [
        worker(identity_number=n, station=town.code, employment=kind)
        for n, kind in zip(numbers, kinds, strict=True)
    ]
    codes = {pk: ServiceProject.objects.get(pk=pk).code for pk in (first, beside, foreign)}
    for number, projects in zip(numbers, ((first, foreign), (first, beside), (first, foreign)), strict=True):
        for back, of in zip((20, 19), projects, strict=True):
            record(other, number, on=day(back), project=codes[of])
    [raised] = found("RW15")
    assert raised.subject_id == people[0].pk
    assert {each[0] for each in raised.rows} == {"projects"}
    assert same.pk != second.pk


def test_rw17_a_registration_that_ended_or_is_about_to(town: Station) -> None:
    gone = worker(station=town.code, certificate="社会工作师", registered_until="2021-03-31")
    soon = worker(station=town.code, certificate="社会工作师", registered_until="2022-03-31")
    worker(station=town.code, certificate="社会工作师", registered_until="2022-04-01")
    worker(station=town.code, certificate="社会工作师", registered_until="2021-03-31", left_on="2021-06-01")
    assert subjects("RW17") == {gone.pk, soon.pk}


def test_rw18_a_station_that_serves_without_supervision(
    town: Station, staff: SocialWorker, number: str
) -> None:
    led, idle = station(CHENGNAN), station(HUANGJINAO)
    for at in (town, led):
        record(at, number, on=day(60))
        record(at, number, on=day(5))
    record(idle, number, on=day(60))
    save_session(led, held_on=day(45))
    save_session(town, held_on=day(46))
    [one] = found("RW18")
    assert (one.subject_id, one.facts["days"]) == (town.pk, 46)


def test_rw19_progress_behind_time_today_and_a_week_ago(
    town: Station, staff: SocialWorker, number: str
) -> None:
    slow = project(code="P-S", target_activities=20, stations=(town.code,))
    project(code="P-F", target_activities=2, stations=(town.code,))
    young = project(code="P-Y", target_activities=20, starts_on="2021-12-20", ends_on="2022-12-31")
    for code in ("P-S", "P-F"):
        for back in (100, 90):
            record(town, number, on=day(back), method="活动", project=code)
    [one] = found("RW19")
    assert (one.subject_id, one.severity) == (slow, 3)
    assert young not in subjects("RW19")


def test_rw20_most_of_the_work_in_the_last_weeks(town: Station, staff: SocialWorker, number: str) -> None:
    rushed, even = project(code="P-R"), project(code="P-E")
    for code, early, late in (("P-R", 5, 5), ("P-E", 7, 3)):
        for n in range(early):
            record(town, number, on=f"2021-0{n + 1}-10", project=code)
        for n in range(late):
            record(town, number, on=f"2021-12-0{n + 1}", project=code)
    assert found("RW20") == []  # thirty records are asked for
    assert [each.subject_id for each in found("RW20", least=10)] == [rushed]
    assert rushed != even


def spent(code: str, **heads: int) -> UUID:
    made_project = project(code=code, contract_amount=1000)
    for head, amount in heads.items():
        movement(project=code, head=head, amount=amount)
    return made_project


def test_rw21_spending_apart_from_time_and_a_project_of_which_nothing_is_booked() -> None:
    behind = spent("P-1", 薪酬=790)
    spent("P-2", 薪酬=800)
    spent("P-3")
    assert subjects("RW21") == {behind}


def test_rw22_too_little_for_salaries_or_too_much_for_management() -> None:
    poor, heavy = spent("P-1", 薪酬=69, 服务活动=31), spent("P-2", 薪酬=80, 管理=20)
    spent("P-3", 薪酬=70, 管理=15, 服务活动=15)
    assert subjects("RW22") == {poor, heavy}
    assert found("RW22", date(2021, 6, 30)) == []  # too early to tell


def test_rw23_a_fund_over_the_cap_of_its_base_and_one_below() -> None:
    cap = RatioRule(percent=Decimal(2), base="社会救助工作经费", fund="社会救助工作经费", meaning="earmark")
    stated(named.FUNDING_RATIO, cap, HUAIHUA, variant="社会救助工作经费")
    for region, amount in (("431202000000", 26000), (ZHONGFANG, 17000)):
        base("社会救助工作经费", 2021, 1_000_000, region=region)
        movement(region, source="社会救助工作经费", amount=amount)
    [one] = found("RW23")
    assert (one.subject_code, one.severity, one.facts["share"]) == ("431202000000", 3, "2.600")
    assert found("RW23", region=ZHONGFANG) == []


def test_rw25_a_contract_that_ends_with_nothing_decided(town: Station) -> None:
    other = station(CHENGNAN)
    ending = project(ends_on="2022-03-01", stations=(town.code,))
    project(ends_on="2022-03-02", stations=(town.code,))
    project(ends_on="2022-01-31", stations=(other.code,))
    project(starts_on="2022-02-01", ends_on="2022-12-31", status="采购", stations=(other.code,))
    assert subjects("RW25") == {ending}


def test_rw26_inspections_that_failed_or_are_missing() -> None:
    failed, missing, fine, idle = (provider() for _ in range(4))
    for each in (failed, missing, fine):
        project(provider=each.uscc)
    save_inspection(failed, year=2020, conclusion="不合格", inspected_on="2021-05-20")
    save_inspection(fine, year=2020, inspected_on="2021-05-20")
    save_inspection(missing, year=2019, inspected_on="2020-05-20")
    assert subjects("RW26") == {failed.pk, missing.pk}
    assert idle.pk not in subjects("RW26")
    assert subjects("RW26", date(2021, 5, 31)) == {failed.pk}  # the day itself is in time


def test_rw26_where_no_inspection_is_known_nothing_is_missing() -> None:
    project()
    save_inspection(provider(), year=2020, inspected_on="2021-05-20")
    assert found("RW26") == []


def test_rw27_a_rating_that_ended_while_the_institution_works(town: Station) -> None:
    ended, valid, idle = (
        provider(rating="3A", rating_until=until) for until in ("2021-06-30", "2021-12-31", "2020-01-01")
    )
    for each in (ended, valid):
        project(provider=each.uscc)
    assert subjects("RW27") == {ended.pk}
    assert idle.pk not in subjects("RW27")


def disclosed(of: Provider, month: str, on: str) -> None:
    made("disclosures", code=f"GK{of.uscc}{month}", provider=of.uscc, month=month, published_on=on)


def test_rw28_months_that_nobody_made_public() -> None:
    silent, open_, other = (provider() for _ in range(3))
    for each, kind in ((silent, "社工站运营"), (open_, "社工站运营"), (other, "专项服务")):
        project(provider=each.uscc, kind=kind, starts_on="2021-10-01")
    disclosed(open_, "2021-10", "2021-11-18")
    disclosed(open_, "2021-11", "2021-12-15")
    [one] = found("RW28")
    assert (one.subject_id, one.facts["names"]) == (silent.pk, "2021-10、2021-11")
    assert found("RW28", date(2021, 11, 15)) == []  # the day itself is in time
    assert subjects("RW28", date(2021, 11, 16)) == {silent.pk, open_.pk}
    assert found("RW28", date(2021, 11, 18), grace=3) == []  # grace is the place's own to give
    assert len(found("RW28", date(2021, 11, 19), grace=3)) == 1


def test_rw30_records_that_were_written_down_late(town: Station, staff: SocialWorker, number: str) -> None:
    other = station(CHENGNAN)
    for at, late in ((town, 4), (other, 3)):
        for n in range(10):
            entered = "2021-12-20 12:00" if n < late else "2021-12-10 12:00"
            record(at, number, on="2021-12-09", entered_at=entered)
    assert found("RW30") == []  # ten records say nothing
    assert [each.subject_id for each in found("RW30", least=10)] == [town.pk]


def test_rw30_satisfaction_that_fell_far_and_is_low(town: Station, staff: SocialWorker, number: str) -> None:
    other = station(CHENGNAN)
    for at in (town, other):
        record(at, number, on="2021-12-09")
    asked = [
        SatisfactionSurvey.objects.create(
            region_code=HECHENG, code=f"MYD-{day}", name="满意度", audience="服务对象", period="2021"
        )
        for day in ("2021-06-30", "2021-12-20")
    ]
    for at, means in ((town, (95, 84)), (other, (90, 84))):
        for survey, mean in zip(asked, means, strict=True):
            closed_on = date.fromisoformat(survey.code[4:])
            SurveyResult.objects.create(
                region_code=at.region_code, station_id=at.pk, survey=survey, about="站点", audience="服务对象",
                closed_on=closed_on, drawn=50, answered=40, scored=40, mean=mean,
            )  # fmt: skip
    [one] = found("RW30")  # the other is low too, and fell by six only
    assert (one.subject_id, one.facts["mean"], one.facts["before"]) == (town.pk, 84, 95)
    assert "满意度 84" in one.message
    assert found("RW30", date(2021, 12, 19)) == []  # it was not closed yet


def test_a_rule_keeps_to_the_place_it_is_asked_of(town: Station) -> None:
    far = station(ZHONGFANG_TOWN)
    here, there = (worker(station=at.code, hired_on="2021-06-01") for at in (town, far))
    assert [each.subject_id for each in found("RW14")] == [here.pk]
    assert [each.subject_id for each in found("RW14", region=ZHONGFANG)] == [there.pk]


def test_every_rule_says_what_it_is() -> None:
    for rule in RULES:
        assert rule.needs
        assert all(register in REGISTERS for register in (*rule.needs, *rule.wakes))
        assert str(rule.formula)
        assert str(rule.action)


def test_how_a_rule_judges_is_told_with_the_numbers_of_the_place() -> None:
    """A threshold that a place decides stands in the sentence; a rule names no number that it asks for."""
    stated(named.CASE_IDLE_DAYS, 21, HECHENG)
    rule = RULES["RW07"]
    assert "超过 21 日没有面谈" in rule.method(HECHENG, ON)
    assert "超过 30 日没有面谈" in rule.method(ZHONGFANG, ON)
    assert "{" in str(rule.formula)
    for each in (*RULES, *CHECKS):
        assert "{" not in each.method(HECHENG, ON)


def test_every_rule_has_an_example_that_fires_and_one_beside_it() -> None:
    tested = {
        f"RW{number}"
        for path in Path(__file__).parent.glob("test_*.py")
        for number in re.findall(r'(?:def test_rw|found\("RW)(\d\d)', path.read_text("utf-8"))
    }
    assert set(RULES.names()) <= tested
