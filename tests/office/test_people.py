"""People at the desk: may they be assigned, who is on what, what the person sees of it (FIL-01, FIL-07, FIL-08, RSK-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from linzhan.kernel.registers import declare
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.office.people import several
from linzhan.office.people.shelf import SHELF
from linzhan.office.sending import FACES
from linzhan.policy.api import procurement, workforce
from linzhan.workforce.api import SocialWorker
from tests.factories.casework import resident
from tests.factories.employment import ANN, BEN, assignment, project, row, step
from tests.factories.places import HECHENG, TUOYUAN, ZHONGFANG
from tests.factories.policy import stated
from tests.factories.providers import provider
from tests.factories.quality import seat
from tests.factories.workforce import vetted, worker
from tests.office.conftest import Sit
from tests.papers import same_words

BAR = {"years": 2, "scope": "社会工作相关岗位", "because": "未按承诺执行"}


@dataclass(frozen=True)
class Ground:
    station: Station
    one: SocialWorker
    other: SocialWorker
    first: UUID
    second: UUID


@pytest.fixture
def ground(station: Station) -> Ground:
    with opened(EVERYTHING, ANN):
        stated(workforce.PERSON_BAR, BAR, HECHENG)
        stated(workforce.PLEDGE_BEFORE_ENTRY, True, HECHENG)
        told: dict[str, Any] = {
            "station": station.code,
            "certificate": "社会工作师",
            "registered_until": "2030-12-31",
        }
        one = worker(name="欧阳桂莲", pledged_on="2020-02-20", filed_on="2020-03-02", **told)
        other = worker(name="侯朋玲", **told)
        firm = provider(region=HECHENG)
        first, second = (
            project(HECHENG, firm.uscc, name=name, stations=(station.code,))
            for name in ("坨院项目", "禁毒项目")
        )
        assignment(one, first, role="主责", share="60", starts_on="2022-01-01")
        assignment(one, second, role="社工", share="30", starts_on="2022-01-01")
        return Ground(station, one, other, first, second)


def page(client: object, url: str) -> str:
    answer = client.get(url)  # type: ignore[attr-defined]
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def test_a_workers_file_says_in_one_look_whether_they_may_be_assigned_and_why_not(
    sit: Sit, ground: Ground
) -> None:
    county = sit()
    fine, wrong = (page(county, f"/r/workers/{each.pk}/") for each in (ground.one, ground.other))
    assert "可以派任" in fine
    assert "不得派任" in wrong
    assert "没有签订公益服务承诺书" in wrong
    assert "第一条" in wrong  # the clause
    assert "不得安排" in fine  # with minors: nobody was vetted
    assert "主责的在办个案" in fine
    with opened(EVERYTHING, ANN):
        seat("p1", TUOYUAN)
    assert "责任服务对象" not in page(sit("evaluator"), f"/r/workers/{ground.one.pk}/")


def test_the_tab_shows_every_check_the_assignments_and_the_education(sit: Sit, ground: Ground) -> None:
    told = page(sit(), f"/r/workers/{ground.one.pk}/?tab=standing")
    for text in ("从业查询", "坨院项目", "禁毒项目", "投入合计 90%", "失信限制"):
        assert text in told


def test_vetting_is_not_told_to_whoever_may_not_see_it(sit: Sit, ground: Ground) -> None:
    with opened(EVERYTHING, ANN):
        seat("p0", TUOYUAN)
    reader = sit("evaluator")
    assert "接触未成年人" not in page(reader, f"/r/workers/{ground.one.pk}/")
    assert "从业查询" not in page(reader, f"/r/workers/{ground.one.pk}/?tab=standing")


def test_pages_of_those_on_several_projects_leave_nobody_out(
    ground: Ground, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever began later stands on no later page for that: a page goes by the person."""
    monkeypatch.setattr(several, "PAGE", 1)
    with opened(EVERYTHING, ANN):
        for number in range(3):
            who = worker(name="甲乙丙"[number], station=ground.station.code, pledged_on="2020-02-20")
            for at in (ground.first, ground.second):
                assignment(who, at, role="社工", share="40", starts_on=f"202{number}-01-01")
        pages = [several.concerned(timezone.localdate(), start)[:1] for start in range(4)]
        shown = [rows[0].worker.name for each in pages for rows in each]
    assert sorted(shown) == sorted(["欧阳桂莲", "甲", "乙", "丙"])
    client = sit()
    for start in ("", "1", "²", "-1", "999999999"):
        assert client.get("/people/several-projects/", {"start": start}).status_code == 200


def test_the_team_of_a_station_and_of_a_project(sit: Sit, ground: Ground) -> None:
    county = sit()
    of_station = page(county, f"/r/stations/{ground.station.pk}/?tab=team")
    assert "欧阳" in of_station
    assert "不得派任" in of_station
    of_project = page(county, f"/r/projects/{ground.first}/?tab=team")
    assert "主责" in of_project
    assert "侯" not in of_project


def test_whoever_is_on_two_projects_is_listed_where_they_are_seen(sit: Sit, ground: Ground) -> None:
    told = page(sit(), "/people/several-projects/")
    assert "坨院项目（主责）；禁毒项目（社工）" in told
    assert "90%" in told
    assert "坨院项目" not in page(sit(region=ZHONGFANG), "/people/several-projects/")


def test_a_team_costs_no_more_questions_for_more_people(sit: Sit, ground: Ground) -> None:
    county, url = sit(), f"/r/stations/{ground.station.pk}/?tab=team"
    page(county, url)
    with CaptureQueriesContext(connection) as before:
        page(county, url)
    with opened(EVERYTHING):
        for _ in range(3):
            worker(station=ground.station.code, certificate="社会工作师")
    with CaptureQueriesContext(connection) as after:
        page(county, url)
    assert len(after) == len(before)


def test_the_pledge_is_a_document_and_only_of_whom_one_sees(sit: Sit, ground: Ground) -> None:
    url = f"/workers/{ground.one.pk}/pledge/"
    printed, edited = (sit().get(f"{url}?format={each}") for each in FACES)
    words = same_words(printed.content, edited.content)
    assert f"本人{ground.one.name}，自" in words
    assert "四、在岗期间" in words
    assert "承诺人：日期：年月日所在机构（盖章）：日期：年月日" in words
    assert sit().get(url).content.startswith(b"%PDF")
    for each in FACES:
        assert sit(region=ZHONGFANG).get(f"{url}?format={each}").status_code == 404
        assert sit("evaluator").get(f"{url}?format={each}").status_code == 403


def test_the_person_sees_what_is_kept_of_them_and_answers_a_sanction(sit: Sit, ground: Ground) -> None:
    """FIL-08: told, heard, and nobody else's business."""
    with opened(EVERYTHING, ANN):
        sanction = row("staff-sanctions", worker=ground.one.pk, because="擅自离岗", facts="三月无故离岗十日")
    own = sit("station_worker", TUOYUAN, station_id=ground.station.pk, person_id=ground.one.pk)
    assert "擅自离岗" not in page(own, "/mine/employment/")  # not told yet
    with opened(EVERYTHING):
        step("staff-sanctions", sanction, "notify", reasons="违反承诺书", notified_on=timezone.localdate())
    told = page(own, "/mine/employment/")
    for text in ("擅自离岗", "违反承诺书", "坨院项目", "陈述申辩"):
        assert text in told
    own.post(f"/mine/employment/{sanction}/answer/", {"objection": "家人住院，已请假"})
    assert "家人住院" in page(own, "/mine/employment/")
    colleague = sit("station_worker", TUOYUAN, station_id=ground.station.pk, person_id=ground.other.pk)
    assert "擅自离岗" not in page(colleague, "/mine/employment/")
    url = f"/mine/employment/{sanction}/answer/"
    assert colleague.post(url, {"objection": "不是我"}).status_code == 404
    with opened(EVERYTHING):
        step("staff-sanctions", sanction, "decide", by=BEN, decision="已请假属实，但未批准")
    lead = sit("station_lead", TUOYUAN, station_id=ground.station.pk)
    assert lead.get(f"/r/staff-sanctions/{sanction}/").status_code in (403, 404)
    assert "不得从事社会工作相关岗位" in page(lead, f"/r/workers/{ground.one.pk}/")


def test_the_matrix_of_pay_stands_by_post_and_grade(sit: Sit, ground: Ground) -> None:
    with opened(EVERYTHING):
        for grade in (1, 2):
            row("pay-scale", region=HECHENG, post="社工岗", grade=grade, starts_on="2021-01-01",
                minimum=3000 + 500 * grade, maximum=4000 + 500 * grade)  # fmt: skip
    told = page(sit(), "/pay-scale/")
    assert "3,500—4,500" in told
    assert "2 级" in told


def test_the_list_of_a_payment_is_handed_out_once_it_is_approved(sit: Sit, ground: Ground) -> None:
    with opened(EVERYTHING):
        row("allowance-standards", region=HECHENG, rule="职业津贴", grade="不分等级", starts_on="2021-01-01",
            basis="持证在岗", period="每月", amount="200")  # fmt: skip
        batch = row("allowance-batches", region=HECHENG, rule="职业津贴", starts_on="2022-05-01",
                    ends_on="2022-05-31")  # fmt: skip
        step("allowance-batches", batch, "submit")
    county, url = sit(), f"/allowance-batches/{batch}/list/"
    assert county.get(url).status_code == 404
    assert "400" in page(county, f"/r/allowance-batches/{batch}/")
    with opened(EVERYTHING):
        step("allowance-batches", batch, "approve", by=BEN)
    answer = county.get(url)
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]  # a file
    assert sheet is not None
    cells = [cell.value for line in sheet.iter_rows() for cell in line]
    assert {"欧阳桂莲", "侯朋玲", "合计"} <= set(cells)
    assert sit("purchaser").get(url).status_code == 403


def test_every_register_of_people_is_on_the_shelf_and_opens(sit: Sit, ground: Ground) -> None:
    """Whoever may open one finds it there, and nobody finds one that they may not."""
    named = {key for keys in SHELF.values() for key in keys.split()}
    own = {each.key for each in REGISTERS if each.model.__module__.startswith("linzhan.workforce")}
    assert named == own
    county = sit()
    told = page(county, "/people/")
    between_two = {"supervision-notes", "supervision-ratings"}
    assert not any(f'"/r/{key}/"' in told for key in between_two)
    for key in sorted(own - between_two):
        assert f'"/r/{key}/"' in told
        page(county, f"/r/{key}/")
        assert county.get(f"/r/{key}/new/").status_code in (200, 403)
    assert '"/r/staff-sanctions/"' not in page(sit("evaluator"), "/people/")


def test_what_was_not_filed_is_found_by_itself_and_reached_from_the_work_bench(
    sit: Sit, ground: Ground
) -> None:
    """FIL-04: for county, institution and purchaser, by clause and days over, in no order of persons."""
    day = (timezone.localdate() - timedelta(10)).isoformat()
    with opened(EVERYTHING):
        stated(workforce.FILING_DAYS, 7, HECHENG)
        stated(procurement.FILING_CLAWBACK, "由购买方按规定收回部分购买资金", HECHENG)
        worker(name="石文彬", station=ground.station.code, hired_on=day)
    county = sit()
    assert "/people/filings/" in page(county, "/")
    told = page(county, "/people/filings/")
    for text in ("石*彬", "入职", "第一条", "由购买方按规定收回部分购买资金", "逾期"):
        assert text in told
    assert "石文彬" not in told
    assert f"happened_on={day}" in told  # the way to the filing, begun with what is known
    assert "occasion=" in told
    purchaser = page(sit("purchaser"), "/people/filings/")
    assert "提出资金追回" in purchaser
    assert "staff-filings/new" not in purchaser
    lead = sit("station_lead", TUOYUAN, station_id=ground.station.pk)
    assert lead.get("/people/filings/").status_code == 403
    assert "石" not in page(sit(region=ZHONGFANG), "/people/filings/")


def test_the_list_of_what_was_not_filed_costs_the_same_for_more(sit: Sit, ground: Ground) -> None:
    county, url = sit(), "/people/filings/"
    page(county, url)
    with CaptureQueriesContext(connection) as before:
        page(county, url)
    with opened(EVERYTHING):
        for _ in range(3):
            worker(station=ground.station.code)
    with CaptureQueriesContext(connection) as after:
        page(county, url)
    assert len(after) == len(before) <= 15


WORKERS_FILE, WORKERS_CHECKS, TEAM, UNFILED, VETTINGS_DUE = 13, 18, 13, 11, 12


def test_the_pages_of_people_ask_no_more_than_they_did(sit: Sit, ground: Ground) -> None:
    """Everything counted: session, caller, scope, running jobs; what a page may cost is said here."""
    county, one = sit(), f"/r/workers/{ground.one.pk}/"
    for url, most in (
        (one, WORKERS_FILE),
        (f"{one}?tab=standing", WORKERS_CHECKS),
        (f"/r/stations/{ground.station.pk}/?tab=team", TEAM),
        ("/people/filings/", UNFILED),
        ("/people/vettings-due/", VETTINGS_DUE),
    ):
        page(county, url)
        with CaptureQueriesContext(connection) as asked:
            page(county, url)
        assert len(asked) <= most, url


def test_whoever_works_with_children_and_was_not_vetted_is_listed_for_an_inquiry(
    sit: Sit, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """domain.md §3.5: from the work bench to the list, from the list to the form."""
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})
    with opened(EVERYTHING):
        unasked = worker(name="石文彬", station=ground.station.code)
        asked = worker(name="伍家宝", station=ground.station.code)
        vetted(asked)
        born = (timezone.localdate() - timedelta(3650)).isoformat()
        for one in (unasked, asked):
            resident(ground.station, born_on=born, worker=one.pk)
        resident(ground.station, born_on="1950-01-01", worker=ground.one.pk)
    county = sit()
    assert "/people/vettings-due/" in page(county, "/")
    told = page(county, "/people/vettings-due/")
    assert "石*彬" in told
    assert f"/r/vettings/new/?worker={unasked.pk}" in told
    assert "伍*宝" not in told
    assert "欧阳" not in told  # answers for a grown-up only
    assert sit("evaluator").get("/people/vettings-due/").status_code == 403
