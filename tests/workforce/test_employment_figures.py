"""Figures of assignments, vetting, pay, posts and talent on small hand-made cases, on both engines."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.employment import BEN, assignment, project, row, step
from tests.factories.figures import fraction, parts, value
from tests.factories.providers import provider
from tests.factories.workforce import COUNTY, TOWN, station, worker

pytestmark = pytest.mark.usefixtures("everywhere")
DAY: dict[str, Any] = {"as_of": date(2022, 5, 20)}


def test_whoever_is_on_two_projects_is_one_person_on_several() -> None:
    """RSK-02: full-time or not, running them or not."""
    stand, firm = station().code, provider().uscc
    one, other = worker(station=stand), worker(station=stand)
    first, second = project(TOWN, firm), project(TOWN, firm)
    assignment(one, first, share="60")
    ended = assignment(one, second, share="40")
    assignment(other, first, full_time=True)
    step("assignments", ended, "end", ends_on="2022-06-30")
    assert value("workforce.assigned", COUNTY, **DAY) == 2
    assert value("workforce.several_projects", COUNTY, **DAY) == 1
    assert value("workforce.several_projects", COUNTY, as_of=date(2022, 7, 1)) == 0
    assert value("workforce.over_share", COUNTY, **DAY) == 0
    row("assignments", worker=other.pk, project=second, role="社工", starts_on="2022-01-01", share="10")
    assert value("workforce.over_share", COUNTY, **DAY) == 0  # planned is not assigned


def test_a_vetting_counts_while_it_holds_and_the_latest_decides() -> None:
    stand, firm = station().code, provider().uscc
    one, other = worker(station=stand), worker(station=stand)
    for each in (one, other):
        row("vettings", worker=each.pk, kind="年度查询", requested_on="2021-07-01", answered_on="2021-07-05",
            result="未发现")  # fmt: skip
        assignment(each, project(TOWN, firm), with_minors=True)
    assert fraction("workforce.vetted_rate", COUNTY, **DAY) == (2, 2)
    row("vettings", worker=one.pk, kind="年度查询", requested_on="2022-05-01", answered_on="2022-05-02",
        result="不得从事")  # fmt: skip
    assert fraction("workforce.vetted_rate", COUNTY, **DAY) == (1, 2)
    assert fraction("workforce.vetted_rate", COUNTY, as_of=date(2022, 7, 6)) == (0, 2)


def test_pay_follows_the_nearest_scale_of_its_post_and_grade() -> None:
    """PAY-02: a scale without amounts is followed by nobody."""
    stand = station().code
    paid, under, elsewhere, _unplaced = (worker(station=stand) for _ in range(4))
    for region, post, low, high in (
        ("431200000000", "社工岗", "3000", "9000"),
        (COUNTY, "社工岗", "4000", "5000"),
        ("431224000000", "社工岗", "1000", "9000"),
    ):
        row("pay-scale", region=region, post=post, grade=3, starts_on="2021-01-01", minimum=low, maximum=high)
    told = {"post": "社工岗", "grade": 3, "starts_on": "2022-01-01", "social_insurance": True}
    row("pay-placements", worker=paid.pk, monthly="4500", housing_fund=True, **told)
    row("pay-placements", worker=under.pk, monthly="3500", housing_fund=False, **told)
    row("pay-placements", worker=elsewhere.pk, monthly="4500", **{**told, "grade": 4})  # no line of the scale
    assert fraction("workforce.on_scale_rate", COUNTY, **DAY) == (1, 4)
    assert fraction("workforce.insured_rate", COUNTY, **DAY) == (1, 4)


def test_posts_are_counted_by_field_while_they_stand() -> None:
    """PPL-12, PPL-13."""
    row("work-posts", region=COUNTY, employer="区医院", field="卫生健康", number=3, opened_on="2021-01-01")
    row("work-posts", region=COUNTY, employer="区一中", field="教育辅导", number=2, opened_on="2021-01-01",
        closed_on="2022-01-01")  # fmt: skip
    assert parts("workforce.posts", COUNTY, "field", **DAY) == {"卫生健康": 3}
    assert value("workforce.posts", COUNTY, as_of=date(2021, 12, 31)) == 5


def test_hospitals_of_the_second_grade_on_have_a_section() -> None:
    for grade, has in (("二级", True), ("三级", None), ("一级", None)):
        row("post-units", name=f"{grade}医院", region=COUNTY, kind="医疗机构", grade=grade, has_section=has)
    assert fraction("workforce.hospital_sections", COUNTY, **DAY) == (1, 2)


def test_examinations_places_graduates_and_awards() -> None:
    """TRN-03, SYS-08, TAL-04, TAL-07."""
    one = worker(station=station().code)
    row("exam-entries", worker=one.pk, year=2021, grade="社会工作师", enrolled_on="2021-03-01", passed=True,
        passed_on="2021-12-20")  # fmt: skip
    row("course-places", region=COUNTY, year=2021, platform="社工网校", places=100, worth="55000")
    row("universities", region=COUNTY, year=2021, name="某学院", graduates=60)
    for recommended in (True, None):
        row("awards", kind="优秀社工", title="年度优秀社工", region=COUNTY, awarded_on="2021-11-01",
            recommended=recommended)  # fmt: skip
    assert parts("training.exam_entries", COUNTY, "level") == {"社会工作师": 1}
    assert value("training.exam_passes", COUNTY) == 1
    assert value("training.course_places", COUNTY) == 100
    assert value("workforce.graduates", COUNTY) == 60
    assert value("workforce.awards", COUNTY) == 1
    for kept in (
        ("teachers", {"name": "高某", "region": COUNTY, "joined_on": "2021-01-01"}),
        ("training-bases", {"name": "基地", "region": COUNTY, "kind": "培训基地", "opened_on": "2021-01-01"}),
        (
            "exchanges",
            {"region": COUNTY, "held_on": "2021-05-01", "direction": "来访", "partner": "永州", "people": 12},
        ),
    ):
        row(kept[0], **kept[1])
    assert value("training.teachers", COUNTY, **DAY) == value("training.bases", COUNTY, **DAY) == 1
    assert value("training.exchange_people", COUNTY) == 12


def test_a_filing_that_nobody_submitted_is_not_in_time() -> None:
    """FIL-03: also of a change of post, which the older figure does not know."""
    one, today = worker(station=station().code), timezone.localdate()
    told = {"occasion": "岗位变动", "happened_on": today, "station": one.station_id, "workers": (one.pk,)}
    filed, _unfiled = row("staff-filings", **told), row("staff-filings", **told)
    step("staff-filings", filed, "submit")
    step("staff-filings", filed, "accept", by=BEN)
    assert fraction("workforce.filings_on_time", COUNTY, str(today.year)) == (1, 2)
