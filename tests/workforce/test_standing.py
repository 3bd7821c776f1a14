"""People over their employment, through the registers: filed, checked, assigned, heard, barred, gone (FIL, RSK-02)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.kernel.checks import Outcome, StepStopped
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import Scope, acting, opened
from linzhan.kernel.steps import StepRefused
from linzhan.workforce.api import (
    LEAVING_REQUESTS,
    STAFF_FILINGS,
    Assignment,
    Filing,
    Move,
    SocialWorker,
    Vetting,
    WorkBar,
    assignment_checks,
    education_duties,
    local_trainees,
    move,
    object_to,
    sanctions_of,
    staffing_checks,
    trainee_checks,
)
from linzhan.workforce.standing.models import StaffSanction
from linzhan.workforce.standing.rights import HANDLE_SANCTIONS
from tests.factories import providers
from tests.factories.employment import ANN, BEN, assignment, project, row, step
from tests.factories.workforce import station, worker

pytestmark = pytest.mark.usefixtures("rulebook")
HAINING, HECHENG, ZHENGZHOU = "330481001000", "431202101000", "410102001000"
ON = date(2022, 5, 20)


def somebody(region: str = HAINING, **values: Any) -> SocialWorker:
    told = {"pledged_on": "2020-02-20", "filed_on": "2020-03-02", "certificate": "社会工作师", **values}
    return worker(station=station(region).code, **told)


def outcomes(one: SocialWorker, *, region: str = HAINING, **wanted: object) -> dict[str, Outcome]:
    asked = {"on": ON, "with_minors": False, "share": None, "project_id": None, **wanted}
    return {each.key: each.outcome for each in assignment_checks(one.pk, region=region, **asked)}  # type: ignore[arg-type]


def bar(one: SocialWorker, *, decided: bool = True) -> UUID:
    identity = row("staff-sanctions", worker=one.pk, because="未按承诺执行", facts="擅自离岗")
    step("staff-sanctions", identity, "notify", reasons="违反承诺书第三条", notified_on=timezone.localdate())
    if decided:
        step("staff-sanctions", identity, "object", objection="家里有急事")
        step("staff-sanctions", identity, "decide", by=BEN, decision="申辩不成立")
    return identity


def test_each_place_is_asked_its_own_rules_only() -> None:
    haining, hecheng = outcomes(somebody()), outcomes(somebody(HECHENG), region=HECHENG)
    assert set(haining) - set(hecheng) == {"pledge", "sanction", "one_project"}
    assert set(hecheng) == {"employed", "certificate", "share", "filing"}


def test_without_a_pledge_nobody_starts_in_haining_and_the_clause_says_so() -> None:
    one = somebody(pledged_on=None)
    [found] = [
        each
        for each in assignment_checks(
            one.pk, region=HAINING, on=ON, with_minors=False, share=None, project_id=None
        )
        if each.key == "pledge"
    ]
    assert found.outcome is Outcome.STOP
    assert "285" in found.clause
    assert found.overrule


def test_with_minors_only_the_vetted_are_assigned_and_nobody_may_overrule() -> None:
    one, provider = somebody(HECHENG), providers.provider()
    plan = row("assignments", worker=one.pk, project=project(HECHENG, provider.uscc), role="社工",
               starts_on="2022-05-20", with_minors=True)  # fmt: skip
    with pytest.raises(StepStopped, match="没有从业查询结果") as stopped:
        take(REGISTERS["assignments"], plan, "assign", {"overrule": "急"}, rights={"workforce.workers.edit"})
    assert not any(each.overrule for each in stopped.value.found if each.key == "vetting")
    row("vettings", worker=one.pk, kind="年度查询", requested_on="2022-03-01", result="未发现",
        answered_on="2022-03-05")  # fmt: skip
    assert step("assignments", plan, "assign").target == "在派"


def test_one_who_runs_a_project_is_found_when_a_second_is_to_be_run() -> None:
    one, provider = somebody(), providers.provider()
    first, second = (project(HAINING, provider.uscc) for _ in range(2))
    assignment(one, first, role="主责", share="50")
    with pytest.raises(StepStopped, match="已主责 1 个其他项目，合计不得超过 1 个"):
        assignment(one, second, role="主责", share="50")
    assignment(one, second, role="社工", share="50")
    assert outcomes(one, share=Decimal(10))["share"] is Outcome.STOP
    assert outcomes(one, share=Decimal(50), project_id=second)["share"] is Outcome.PASS


def test_the_same_in_a_place_without_the_rule_is_a_matter_of_shares() -> None:
    one, provider = somebody(HECHENG), providers.provider()
    assignment(one, project(HECHENG, provider.uscc), role="主责", full_time=True)
    with pytest.raises(StepStopped, match="投入合计 140%，不得超过 100%"):
        assignment(one, project(HECHENG, provider.uscc), role="主责", share="40")


def test_an_assignment_takes_time_until_its_last_day() -> None:
    one, provider = somebody(HECHENG), providers.provider()
    ended = assignment(one, project(HECHENG, provider.uscc), share="100")
    step("assignments", ended, "end", ends_on="2022-05-19")
    assert outcomes(one, region=HECHENG, share=Decimal(100))["share"] is Outcome.PASS
    assert outcomes(one, region=HECHENG, share=Decimal(1), on=date(2022, 5, 19))["share"] is Outcome.STOP
    assert Assignment.objects.get(pk=ended).stage == "已结束"


def test_the_same_person_of_another_county_counts_where_both_are_seen() -> None:
    provider = providers.provider()
    here, there = somebody(HECHENG), somebody("431221100000")
    SocialWorker.objects.filter(pk=there.pk).update(identity_number_index=here.identity_number_index)
    assignment(there, project("431221100000", provider.uscc), share="80")
    assert outcomes(here, region=HECHENG, share=Decimal(30))["share"] is Outcome.STOP
    with opened(Scope(regions=("431202000000",))):
        assert outcomes(here, region=HECHENG, share=Decimal(30))["share"] is Outcome.PASS


def test_a_team_is_told_once_a_rule_with_masked_names_and_the_minimums_of_the_place() -> None:
    team = [somebody(name="宋浩全"), somebody(name="侯朋玲", pledged_on=None), somebody(certificate="无")]
    found = {each.key: each for each in staffing_checks([each.pk for each in team], region=HAINING, on=ON)}
    assert found["pledge"].words.startswith("3 人中 1 人：侯")
    assert "侯朋玲" not in found["pledge"].words
    assert (found["full_time"].outcome, found["full_time"].words) == (Outcome.STOP, "3 人，不得少于 6 人")
    assert found["certified"].words == "2 人，不得少于 4 人"
    assert found["sanction"].words == "3 人都符合"


def test_a_team_costs_as_many_questions_as_one() -> None:
    team = [somebody(HECHENG).pk for _ in range(4)]
    counts = []
    for asked in (team[:1], team):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            staffing_checks(asked, region=HECHENG, on=ON)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_filing_is_dated_when_submitted_and_noted_when_another_accepts() -> None:
    one = somebody(filed_on=None, hired_on=timezone.localdate() - timedelta(days=10))
    filing = row("staff-filings", occasion="入职", happened_on=one.hired_on, station=one.station_id,
                 workers=(one.pk,))  # fmt: skip
    step("staff-filings", filing, "submit")
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        step("staff-filings", filing, "accept")
    taken = step("staff-filings", filing, "accept", by=BEN)
    stored = STAFF_FILINGS.model._default_manager.get(pk=filing)
    assert (stored.late_days, stored.due_on) == (3, one.hired_on + timedelta(days=7))  # type: ignore[attr-defined]
    assert taken.target == "已备案"
    assert Filing.objects.get(worker=one, occasion="入职").filed_on == timezone.localdate()


def test_a_late_filing_goes_in_and_says_how_late_and_by_which_clause() -> None:
    one = somebody(filed_on=None, hired_on=timezone.localdate() - timedelta(days=10))
    filing = row("staff-filings", occasion="入职", happened_on=one.hired_on, station=one.station_id,
                 workers=(one.pk,))  # fmt: skip
    step("staff-filings", filing, "submit")
    [said] = [each for each in StepEntry.objects.get(row_id=filing).checks if each["key"] == "limit"]
    assert (said["outcome"], "逾期 3 日" in said["words"], "285" in said["clause"]) == ("提醒", True, True)


def test_a_filing_that_was_returned_keeps_its_first_day() -> None:
    one = somebody(filed_on=None)
    filing = row("staff-filings", occasion="入职", happened_on="2022-05-01", station=one.station_id,
                 workers=(one.pk,))  # fmt: skip
    step("staff-filings", filing, "submit")
    filings = STAFF_FILINGS.model._default_manager
    filings.filter(pk=filing).update(submitted_on=date(2022, 5, 3), late_days=0)
    step("staff-filings", filing, "return", by=BEN, note="少写一人")
    step("staff-filings", filing, "submit")
    assert filings.get(pk=filing).submitted_on == date(2022, 5, 3)  # type: ignore[attr-defined]


def test_haining_fills_the_post_before_somebody_leaves_and_others_do_not_ask() -> None:
    asked = timezone.localdate() - timedelta(days=40)
    told = {"cause": "个人原因", "requested_on": asked, "leaves_on": asked + timedelta(days=40)}
    one, other = somebody(), somebody(HECHENG)
    here, there = (row("leaving-requests", worker=each.pk, **told) for each in (one, other))
    for each in (here, there):
        step("leaving-requests", each, "agree", leaves_on=asked + timedelta(days=40))
    last: dict[str, Any] = {"left_on": asked + timedelta(days=40)}
    assert step("leaving-requests", there, "leave", **last).target == "已离职"
    assert SocialWorker.objects.get(pk=other.pk).left_on == asked + timedelta(days=40)
    with pytest.raises(StepStopped, match="补员完成后方可离职"):
        step("leaving-requests", here, "leave", **last)
    step("leaving-requests", here, "replace", replacement=somebody().pk)
    assert step("leaving-requests", here, "leave", **last).target == "已离职"
    assert LEAVING_REQUESTS.model._default_manager.get(pk=here).stage == "已离职"  # type: ignore[attr-defined]


def test_nobody_replaces_themselves() -> None:
    one = somebody()
    asked = row("leaving-requests", worker=one.pk, cause="合同期满", requested_on="2022-03-01",
                leaves_on="2022-05-01")  # fmt: skip
    step("leaving-requests", asked, "agree", leaves_on="2022-05-01")
    with pytest.raises(StepRefused, match="不能是离职的本人"):
        step("leaving-requests", asked, "replace", replacement=one.pk)


def test_a_sanction_is_told_heard_and_decided_by_another_and_bars_for_two_years() -> None:
    one = somebody()
    identity = bar(one, decided=False)
    with pytest.raises(StepRefused, match="申辩期到"):
        step("staff-sanctions", identity, "decide", by=BEN, decision="属实")
    step("staff-sanctions", identity, "object", objection="家里有急事")
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        step("staff-sanctions", identity, "decide", decision="属实")
    assert not WorkBar.objects.exists()
    assert outcomes(one, on=timezone.localdate())["sanction"] is Outcome.PASS
    step("staff-sanctions", identity, "decide", by=BEN, decision="属实")
    found = WorkBar.objects.get()
    assert found.ends_on.year - found.starts_on.year == 2
    assert "285" in found.citation
    assert outcomes(one, on=timezone.localdate())["sanction"] is Outcome.STOP
    assert outcomes(one, on=found.ends_on)["sanction"] is Outcome.PASS


def test_where_no_document_bars_nobody_is_barred() -> None:
    one = somebody(HECHENG)
    identity = row("staff-sanctions", worker=one.pk, because="未按承诺执行", facts="擅自离岗")
    with pytest.raises(StepStopped, match="没有人员失信限制的规定"):
        step("staff-sanctions", identity, "notify", reasons="无", notified_on="2022-05-01")


def test_before_the_decision_others_see_nothing_and_after_it_only_the_bar() -> None:
    one = somebody()
    identity = bar(one, decided=False)
    stand, county = str(one.station_id), "330481000000"
    handling = Scope(regions=(county,), circles=(HANDLE_SANCTIONS,))
    with opened(Scope(stations=(stand,))), acting(ANN):
        assert not StaffSanction.objects.exists()
        assert outcomes(one, on=timezone.localdate())["sanction"] is Outcome.PASS
    with opened(Scope(regions=(county,))):
        assert not StaffSanction.objects.exists()
    with opened(handling):
        assert StaffSanction.objects.filter(pk=identity).exists()
    step("staff-sanctions", identity, "object", objection="无")
    step("staff-sanctions", identity, "decide", by=BEN, decision="属实")
    with opened(Scope(stations=(stand,))):
        assert not StaffSanction.objects.exists()
        assert outcomes(one, on=timezone.localdate())["sanction"] is Outcome.STOP


def test_the_person_reads_the_notice_and_answers_it_and_nobody_elses() -> None:
    one, other = somebody(), somebody()
    identity = bar(one, decided=False)
    own = Scope(stations=(str(one.station_id),), people=(str(one.pk),))
    with opened(own):
        assert [each["id"] for each in sanctions_of(one.pk)] == [identity]
        object_to(identity, "当天请过假")
        assert StaffSanction.objects.get(pk=identity).objection == "当天请过假"
    with (
        opened(Scope(stations=(str(other.station_id),), people=(str(other.pk),))),
        pytest.raises(LookupError),
    ):
        object_to(identity, "不是我")


def test_what_is_only_proposed_the_person_is_not_confronted_with_yet() -> None:
    one = somebody()
    row("staff-sanctions", worker=one.pk, because="未按承诺执行", facts="擅自离岗")
    assert sanctions_of(one.pk) == []


def test_a_lifted_sanction_bars_from_then_on_no_longer() -> None:
    one = somebody()
    identity = bar(one)
    step("staff-sanctions", identity, "lift", by=BEN, note="查明不实")
    assert outcomes(one, on=timezone.localdate())["sanction"] is Outcome.PASS


def test_a_bar_and_a_vetting_go_with_the_person_to_another_station() -> None:
    one, elsewhere = somebody(), station("330481002000")
    bar(one)
    row("vettings", worker=one.pk, kind="年度查询", requested_on="2022-03-01")
    move(moves=[Move(worker_id=one.pk, on=timezone.localdate(), station_id=elsewhere.pk)])
    assert {WorkBar.objects.get().station_id, Vetting.objects.get().station_id} == {elsewhere.pk}


def test_an_operator_from_elsewhere_needs_local_trainees_in_haining_only() -> None:
    outside = providers.provider()
    asked = {"registered_at": "431202000000", "region": HAINING, "on": ON}
    [found] = trainee_checks(outside.pk, **asked)  # type: ignore[arg-type]
    assert (found.outcome, found.words) == (Outcome.STOP, "外来机构须有 3 名本土新招培养对象，现有 0 名")
    for _ in range(3):
        one = somebody(provider=outside.uscc)
        row("person-origins", worker=one.pk, origin="本土新招培养对象", starts_on="2021-05-01")
    assert local_trainees(outside.pk, region=HAINING, on=ON) == 3
    assert trainee_checks(outside.pk, **asked)[0].outcome is Outcome.PASS  # type: ignore[arg-type]
    assert trainee_checks(outside.pk, registered_at="330481000000", region=HAINING, on=ON) == []
    assert trainee_checks(outside.pk, registered_at="110101000000", region=HECHENG, on=ON) == []


def test_a_certificate_that_is_issued_renews_the_term_of_the_worker() -> None:
    one = somebody(HECHENG, passed_on="2019-11-30", registered_until="2022-12-31")
    identity = row("certificate-registrations", worker=one.pk, grade="社会工作师", kind="再次登记")
    step("certificate-registrations", identity, "submit", submitted_on="2022-11-01")
    step("certificate-registrations", identity, "first_pass")
    step("certificate-registrations", identity, "final_pass")
    step("certificate-registrations", identity, "issue", issued_on="2022-12-01", until="2025-12-31")
    assert SocialWorker.objects.get(pk=one.pk).registered_until == date(2025, 12, 31)


def test_hours_from_elsewhere_count_once_another_has_verified_them() -> None:
    one = somebody(ZHENGZHOU)
    identity = row("education-credits", worker=one.pk, kind="讲课", gained_on="2022-04-01", hours="24")

    def done() -> Decimal:
        return next(each.done for each in education_duties([one], ON) if each.rule == "自然年·郑州")

    assert done() == 0
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        step("education-credits", identity, "verify")
    step("education-credits", identity, "verify", by=BEN)
    assert done() == 24


def test_a_post_asks_for_its_certificate_in_zhengzhou() -> None:
    one = somebody(ZHENGZHOU, certificate="助理社会工作师", passed_on="2020-11-30")
    senior = row(
        "post-appointments", worker=one.pk, employer="市第二医院", level=9, appointed_on="2022-05-01"
    )
    with pytest.raises(StepStopped, match="9 级岗位应具有社会工作师证书，现有助理社会工作师"):
        step("post-appointments", senior, "appoint")
    junior = row(
        "post-appointments", worker=one.pk, employer="市第二医院", level=12, appointed_on="2022-05-01"
    )
    assert step("post-appointments", junior, "appoint").target == "已聘"
