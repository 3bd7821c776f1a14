"""The city in the registers: the figures of the published reply (FIG-001…035), accounts, and loading it once.

One module, because a module loads the city once.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import pairwise

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from linzhan.accounts.api import Appointment, User, has_demo, scope_of
from linzhan.casework.cases.models import CaseFile
from linzhan.casework.models import Resident
from linzhan.demo import loading, published
from linzhan.demo.services import LOCAL
from linzhan.kernel.audit import AuditEntry, RevealEntry
from linzhan.kernel.figures import asking, store
from linzhan.kernel.figures.models import StaleMark, StatedFigure, StoredFigure
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.scope import scope, unscoped
from linzhan.oversight.models import Alert, PlausibilityFlag
from linzhan.procurement.api import PROJECTS
from linzhan.quality.models import (
    ContestStanding,
    EvaluationRound,
    SatisfactionSurvey,
    ScoreObjection,
    SurveyAnswer,
    SurveyDraw,
    SurveyResult,
)

pytestmark = pytest.mark.usefixtures("loaded")
CITY = published.CITY
YEARS_OF_SUPERVISION, ALL = "2020-01-01..2021-12-31", "2015-01-01..2022-05-25"
END_OF_2021, REPLIED = date(2021, 12, 31), date(2022, 5, 25)


def values(
    figure: str, *, period: str = "", on: date | None = None, split: tuple[str, ...] = (), by: str = ""
) -> dict[tuple[str, ...], object]:
    """The parts of a figure of the city by their dimensions (and their member)."""
    asked = parse_period(period) if period else None
    day = on or (asked.end if asked else None)
    request = FigureRequest(figure=figure, region=CITY, period=asked, as_of=day, split=split, by=by)
    return {
        (*(str(part) for part in each.dims.values()), *((each.member[1],) if each.member else ())): each.value
        for each in asking.compute([request])
    }


def value(figure: str, **asked: object) -> object:
    return values(figure, **asked)[()]  # type: ignore[arg-type]  # passed through


@pytest.mark.parametrize(
    ("figure", "asked", "expected"),
    [
        pytest.param("workforce.certified", {"on": END_OF_2021}, 474, id="FIG-006"),
        pytest.param("supervision.workers", {"period": YEARS_OF_SUPERVISION}, 312, id="FIG-014"),
        pytest.param("supervision.supervisors", {"period": YEARS_OF_SUPERVISION}, 10, id="FIG-015"),
        pytest.param("supervision.stations", {"period": YEARS_OF_SUPERVISION}, 220, id="FIG-016"),
        pytest.param("supervision.station_times", {"period": YEARS_OF_SUPERVISION}, 3785, id="FIG-017"),
        pytest.param("supervision.hours", {"period": YEARS_OF_SUPERVISION}, 5375, id="FIG-018"),
        pytest.param("providers.incubated", {"period": "2017-01-01..2022-05-25"}, 177, id="FIG-026"),
        pytest.param("funds.paid", {"period": "2018-01-01..2021-12-31"}, 56_582_300, id="FIG-031"),
        pytest.param("network.coverage", {"on": date(2019, 12, 31)}, 100, id="FIG-032"),
        pytest.param("training.attendances", {"period": "2015-01-01..2021-12-31"}, 1312, id="FIG-010"),
    ],
)
def test_a_figure_comes_out_as_published(figure: str, asked: dict[str, object], expected: int) -> None:
    assert value(figure, **asked) == expected


@pytest.mark.parametrize(
    ("figure", "asked", "split", "part", "expected"),
    [
        pytest.param(
            "workforce.certified", {"on": END_OF_2021}, "level", "助理社会工作师", 389, id="FIG-007"
        ),
        pytest.param("workforce.certified", {"on": END_OF_2021}, "level", "社会工作师", 84, id="FIG-008"),
        pytest.param("workforce.certified", {"on": END_OF_2021}, "level", "高级社会工作师", 1, id="FIG-009"),
        pytest.param("training.attendances", {"period": "2022"}, "type", "考前培训", 342, id="FIG-011"),
        pytest.param(
            "providers.inspected", {"period": YEARS_OF_SUPERVISION}, "kind", "财务专项审计", 15, id="FIG-022"
        ),
        pytest.param("providers.active", {"on": REPLIED}, "type", "社会工作服务机构", 25, id="FIG-023"),
    ],
)
def test_a_part_comes_out_as_published(
    figure: str, asked: dict[str, object], split: str, part: str, expected: int
) -> None:
    assert values(figure, split=(split,), **asked)[part,] == expected  # type: ignore[arg-type]  # passed through


def test_what_city_and_counties_bought_besides_the_station_projects() -> None:
    """FIG-028 (more than 30 institutions), FIG-029 (888.94 万元), FIG-030 (576 万余元 by the city)."""
    bought = values("projects.contract_amount", period=ALL, split=("kind", "purchaser_level"))
    besides = {part: Decimal(str(amount)) for part, amount in bought.items() if part[0] != "社工站运营"}
    assert sum(besides.values()) == 8_889_400
    assert {level for _kind, level in besides} == {"市", "县"}
    assert sum(amount for part, amount in besides.items() if part[1] == "市") == 5_763_800
    assert values("projects.providers", period=ALL, split=("kind",))["专项服务",] == 33


def test_what_was_paid_went_to_station_projects() -> None:
    """FIG-031 by project: nothing else was paid before 2022."""
    paid = values("funds.paid", period="2018-01-01..2021-12-31", by="project")
    codes = {code for (code,), amount in paid.items() if amount}
    kinds = set(PROJECTS.model._default_manager.filter(code__in=codes).values_list("kind", flat=True))
    assert kinds == {"社工站运营"}
    assert sum(Decimal(str(amount)) for amount in paid.values() if amount) == 56_582_300


def test_all_counties_passed_and_ten_were_visited_by_the_province() -> None:
    """FIG-033, FIG-034."""
    split = ("kind", "subject")
    assert values("evaluation.subjects", period="2020", split=split)["末期", "县"] == 13
    assert values("evaluation.passed_rate", period="2020", split=split)["末期", "县"] == 100
    assert values("evaluation.subjects", period=ALL, split=split)["省级实地", "县"] == 10
    assert values("evaluation.subjects", period=ALL, split=split)["省级实地", "站点"] == 1
    passed = values("evaluation.passed_rate", period=ALL, split=split)
    assert (passed["省级实地", "县"], passed["省级实地", "站点"]) == (100, 100)


def test_what_no_register_feeds_is_stated_with_its_source(loaded: loading.Result) -> None:
    as_of = store.stated(CITY, as_of=published.HEARD_ON)
    periods = {each.period for each in published.STATED if each.period}
    found = [*as_of, *(value for period in periods for value in store.stated(CITY, period=period))]
    assert len(found) == len(published.STATED) == loaded.stated
    assert all(each.stated for each in found)


def test_every_figure_of_the_reply_is_computed_or_stated() -> None:
    computed = {6, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 22, 23, 26, 28, 29, 30, 31, 32, 33, 34}
    told = {int(each.number.removeprefix("FIG-")) for each in published.STATED}
    assert computed | told == set(range(1, 36))
    assert not computed & told


def test_a_county_without_a_register_is_unknown_and_not_none() -> None:
    registered = values("volunteers.registered", on=END_OF_2021, by="region")
    assert registered["431271000000",] is None
    assert registered["431202000000",]


def held(username: str) -> Appointment:
    return Appointment.objects.get(user__username=username)


def counts() -> dict[str, int]:
    found = {entry.key: entry.model._default_manager.count() for entry in REGISTERS}
    return found | {
        "stated": StatedFigure.objects.count(),
        "accounts": User.objects.count(),
        "history": AuditEntry.objects.count(),
    }


def test_every_row_of_the_story_went_in(loaded: loading.Result) -> None:
    stored = counts()
    assert {key: stored[key] for key in loaded.rows} == loaded.rows


def test_loading_again_changes_nothing() -> None:
    before = counts()
    out = StringIO()
    call_command("demo", stdout=out)
    assert "没有改动" in out.getvalue()
    assert counts() == before


def test_the_accounts_of_the_contract_are_there() -> None:
    assert has_demo()
    assert set(User.objects.filter(is_demo=True).values_list("username", flat=True)) == {
        name for name, _title in settings.DEMO_ACCOUNTS
    }
    assert set(Appointment.objects.values_list("user__username", flat=True)) == {
        name for name, _title in settings.DEMO_ACCOUNTS
    }


def test_a_demo_account_signs_in_with_the_public_password() -> None:
    user = User.objects.get(username="worker")
    assert user.check_password(settings.DEMO_PASSWORD)
    assert authenticate(None, username="worker", password="wrong") is None


def test_a_worker_sees_the_residents_of_the_station_and_no_others() -> None:
    own = held("worker")
    everyone = Resident.objects.count()
    with scope(scope_of(own)):
        stations = set(Resident.objects.values_list("station_id", flat=True))
        seen = Resident.objects.count()
    assert stations == {own.station_id}
    assert 0 < seen < everyone


def test_supervisor_institution_volunteer_and_resident_see_their_own() -> None:
    for username, register in (
        ("supervisor", "supervisions"),
        ("provider", "stations"),
        ("volunteer", "volunteers"),
        ("resident", "residents"),
    ):
        model = REGISTERS[register].model
        everything = model._default_manager.count()
        with scope(scope_of(held(username))):
            assert 0 < model._default_manager.count() < everything, username


def test_boards_find_their_figures_fresh_in_the_store() -> None:
    assert not StaleMark.objects.exists()
    assert StoredFigure.objects.filter(figure="workforce.on_post", period="2021").exists()


def test_an_instance_with_other_data_is_refused() -> None:
    with unscoped("the demo accounts are taken for somebody's own in this test"):
        User.objects.update(is_demo=False)
    try:
        with pytest.raises(CommandError, match=r"LINZHAN_DATA") as refused:
            call_command("demo")
        assert "账号" in str(refused.value)
        assert "社工站" in str(refused.value)
    finally:
        User.objects.update(is_demo=True)


@pytest.mark.parametrize("scale", ["0", "-1", "much", "1000"])
def test_a_scale_that_makes_no_sense_is_refused(scale: str) -> None:
    with pytest.raises(CommandError, match="scale"):
        call_command("demo", "--scale", scale)


def test_what_the_home_station_decided_is_logged_by_different_people() -> None:
    """DOC, SPV: a folder shows who handed in and who approved, and nobody approved their own."""
    entries = list(StepEntry.objects.order_by("at", "pk"))
    by_row: dict[object, list[StepEntry]] = defaultdict(list)
    for each in entries:
        by_row[each.row_id].append(each)
        assert each.actor or each.step == "raise", each  # an alert goes up by itself
    cases = dict(CaseFile.objects.values_list("pk", "stage"))
    for identity, stage in cases.items():
        steps = by_row.get(identity, [])
        assert (steps[-1].target if steps else "草稿") == stage
        assert all(one.target == two.source for one, two in pairwise(steps))
        approved = [each.actor for each in steps if each.step in ("approve_plan", "close")]
        assert not {each.actor for each in steps if each.step in ("plan", "submit_closing")} & set(approved)
    assert {each.step for each in entries} >= {"intake", "return", "return_plan", "approve_plan"}
    assert len({each.actor for each in entries}) >= 2


def test_the_days_in_a_case_file_are_those_of_its_steps() -> None:
    for case in CaseFile.objects.exclude(stage__in=("草稿", "接案", "预估", "计划")):
        approved = StepEntry.objects.filter(row_id=case.pk, step="approve_plan").latest("at")
        assert case.plan_approved_on == approved.at.astimezone(LOCAL).date()


def test_surveys_are_closed_answered_by_link_and_waiting() -> None:
    """EVL-03, EVL-22: everybody drawn for the open ones has a link; some are used, most are not."""
    stages = dict(SatisfactionSurvey.objects.values_list("code", "stage"))
    assert stages == {"MYD-2021-2": "已结束", "MYD-2022-1": "调查中", "MYD-2022-2": "调查中"}
    assert SurveyResult.objects.filter(survey__code="MYD-2021-2", about="全部", answered__gt=0).exists()
    for code in ("MYD-2022-1", "MYD-2022-2"):
        drawn = SurveyDraw.objects.filter(survey__code=code)
        assert not drawn.filter(door__isnull=True).exists()
        answered = drawn.filter(state="已答", channel="链接").count()
        assert answered == SurveyAnswer.objects.filter(survey__code=code).count() > 0
    assert SurveyDraw.objects.filter(survey__code="MYD-2022-2", state="待访问").count() == 3
    assert RevealEntry.objects.filter(field="应访链接").count() == 2


def test_rounds_are_published_in_objection_and_being_scored() -> None:
    assert dict(EvaluationRound.objects.exclude(kind="季度赛").values_list("code", "stage")) == {
        "PG-2021-0": "已公布",
        "PG-2021-1": "已告知",
        "PG-2022-1": "评分",
    }
    assert sorted(ScoreObjection.objects.values_list("stage", flat=True)) == ["不成立", "已受理"]


def test_everybody_in_the_contest_has_their_like() -> None:
    bands = set(ContestStanding.objects.values_list("band", flat=True))
    assert bands
    assert all("，" in each for each in bands), "terrain and inhabitants"


def test_alerts_are_worked_on_put_off_called_false_and_go_up() -> None:
    took = dict(StepEntry.objects.filter(register="alerts").values_list("step", "actor_label"))
    assert set(took) == {"note", "work", "snooze", "dismiss", "raise"}
    assert took["note"].endswith("(lead)")
    assert took["snooze"].endswith("(county)")
    assert Alert.objects.filter(stage="暂缓", snoozed_until__gt=timezone.localdate()).count() == 1
    assert Alert.objects.filter(raised=1, stage="新发", due_at__gt=timezone.now()).exists()


def test_questions_about_records_wait_are_answered_and_settled() -> None:
    asked = PlausibilityFlag.objects.filter(rule="PC01").values_list("stage", flat=True)
    assert sorted(asked) == sorted(["待说明", "已答复", "说明成立"])


def test_questions_of_workers_and_talks() -> None:
    assert dict(REGISTERS["questions"].model._default_manager.values_list("code", "stage")) == {
        "TW-1": "已解决",
        "TW-2": "待解答",
        "TW-3": "待解答",
    }
    assert sorted(REGISTERS["talk-rooms"].model._default_manager.values_list("stage", flat=True)) == [
        "已举行",
        "预告",
    ]
