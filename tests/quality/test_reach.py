"""An evaluator sees where the subjects of their rounds stand, while the round runs (EVL-11; ADR 0026)."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db.models import QuerySet

from linzhan.accounts.api import Appointment, Role, User, scope_of
from linzhan.kernel import places
from linzhan.kernel.figures import asking
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.ids import uuid7
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Scope, ScopeViolation, opened
from linzhan.network.api import Station
from linzhan.quality.models import (
    EvaluationRound,
    EvaluationScore,
    RoundEvaluator,
    SatisfactionSurvey,
    SurveyDraw,
)
from tests.factories.casework import record, resident
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, TUOYUAN, ZHONGFANG, ZHONGFANG_TOWN
from tests.factories.quality import ANN, seat
from tests.factories.rows import made, refused
from tests.factories.workforce import station, worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]


def sight(username: str = "third", region: str = HUAIHUA) -> Scope:
    user = User(id=uuid7(), username=username, display_name="第三方", region_code=region)
    return scope_of(Appointment(user=user, role=Role.EVALUATOR, region_code=region))


@pytest.fixture
def towns() -> dict[str, UUID]:
    with opened(EVERYTHING, ANN):
        return {code: station(code).pk for code in (TUOYUAN, CHENGNAN, ZHONGFANG_TOWN)}


def test_who_is_named_in_no_round_sees_nothing(towns: dict[str, UUID]) -> None:
    with opened(EVERYTHING, ANN):
        seat("somebody-else", TUOYUAN)
    assert sight().regions == ()
    assert sight(username="").regions == ()
    with opened(sight()):
        assert not Station.objects.exists()
        assert not QuerySet[Station](Station).exists(), "the second wall says so too"
        assert not EvaluationRound.objects.exists()


def test_the_places_of_the_subjects_are_seen_and_no_others_at_both_walls(towns: dict[str, UUID]) -> None:
    with opened(EVERYTHING, ANN):
        here = seat("third", TUOYUAN)
        there = seat("third", ZHONGFANG_TOWN, region=ZHONGFANG)
        other = seat("somebody-else", CHENGNAN)
    assert sight().regions == (TUOYUAN, ZHONGFANG_TOWN)
    with opened(sight()):
        assert set(Station.objects.values_list("pk", flat=True)) == {towns[TUOYUAN], towns[ZHONGFANG_TOWN]}
        assert set(QuerySet[Station](Station).values_list("pk", flat=True)) == {
            towns[TUOYUAN],
            towns[ZHONGFANG_TOWN],
        }
        seen = {here.pk, there.pk, other.pk}  # rounds of the county are read in its townships
        assert set(EvaluationRound.objects.values_list("pk", flat=True)) == seen
        assert set(QuerySet[EvaluationRound](EvaluationRound).values_list("pk", flat=True)) == seen
        assert RoundEvaluator.objects.filter(username="third").count() == 2
        assert not EvaluationScore.objects.exists()


@pytest.mark.parametrize(("stage", "seen"), [("草稿", False), ("已通知", True), ("申诉复核", True), ("已定稿", False),
                                             ("已公布", False), ("已中止", False)])  # fmt: skip
def test_sight_lasts_as_long_as_the_round(stage: str, seen: bool) -> None:
    with opened(EVERYTHING, ANN):
        seat("third", TUOYUAN, stage=stage)
    assert bool(sight().regions) is seen


def test_the_appointment_bounds_it_and_a_county_holds_its_towns() -> None:
    with opened(EVERYTHING, ANN):
        seat("third", TUOYUAN, ZHONGFANG_TOWN)
        seat("third", HECHENG)
    assert sight(region=ZHONGFANG).regions == (ZHONGFANG_TOWN,)
    assert sight().regions == (HECHENG, ZHONGFANG_TOWN), "no town beside its county"


def test_many_places_are_seen_like_few(towns: dict[str, UUID]) -> None:
    empty = [places.pad(f"4312020{n:02d}") for n in range(20, 40)]
    with opened(EVERYTHING, ANN):
        seat("third", TUOYUAN, *empty)
    assert len(sight().regions) == 21
    with opened(sight()):
        assert list(Station.objects.values_list("pk", flat=True)) == [towns[TUOYUAN]]


def test_figures_are_told_of_places_that_are_seen_whole(towns: dict[str, UUID]) -> None:
    with opened(EVERYTHING, ANN):
        seat("third", TUOYUAN)
    with opened(sight()):
        asked = {
            code: FigureRequest(figure="network.stations_operating", region=code, period=parse_period("2021"))
            for code in (TUOYUAN, HECHENG)
        }
        assert asking.compute([asked[TUOYUAN]])[0].value == 1
        with pytest.raises(ScopeViolation):
            asking.compute([asked[HECHENG]])


def test_who_asks_in_a_survey_sees_whom_it_drew_while_it_is_open() -> None:
    with opened(EVERYTHING, ANN):
        at = station(TUOYUAN)
        who = worker(station=at.code, hired_on="2020-03-01")
        record(at, who.pk, residents=tuple(resident(at, phone=f"139000{n:05d}") for n in range(3)))
        told = {"name": "2021 年满意度调查", "region": HECHENG, "audience": "服务对象", "period": "2021",
                "questions": ("评分：您满意吗",)}  # fmt: skip
        assert "没有账号 third" in refused("satisfaction-surveys", **told, askers=("third",))
        held = made("satisfaction-surveys", **told)
        SatisfactionSurvey.objects.filter(pk=held).update(askers=["third"])
        assert sight().regions == ()
        take(REGISTERS["satisfaction-surveys"], held, "draw", {"seed": "0471936", "seed_source": "福彩"})
    assert sight().regions == (TUOYUAN,)
    with opened(sight()):
        assert SurveyDraw.objects.count() == 3
    with opened(EVERYTHING, ANN):
        take(REGISTERS["satisfaction-surveys"], held, "drop", {"note": "不再需要"})
    assert sight().regions == ()
