"""An evaluator's tablet: what it holds of one's rounds, and scores that arrive like those of the desk (EVL-11, NFR-08)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.accounts.api import account
from linzhan.kernel.scope import EVERYTHING, Scope, opened
from linzhan.kernel.sync.declaring import Reader
from linzhan.kernel.sync.feeding import BUDGET, spelled
from linzhan.kernel.sync.models import SyncConflict
from linzhan.policy.api import load_reference
from linzhan.quality.models import (
    EvaluationRound,
    EvaluationScore,
    Evidence,
    RoundEvaluator,
    RoundFile,
    RoundSubject,
)
from linzhan.quality.rights import EDIT_SCORES
from linzhan.quality.rounds import phone as feeds
from linzhan.quality.rounds.computing import scheme_of
from linzhan.quality.schemes import catalogue
from linzhan.quality.schemes.definition import written
from tests.factories.casework import resident
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG, corner
from tests.factories.quality import ANN, evaluation_round, evaluator, score, stepped
from tests.factories.workforce import station, worker
from tests.interface.conftest import Caller, Calling, person, token_of
from tests.interface.phoning import Phone, command, phone_of

pytestmark = pytest.mark.django_db
SIDES = ("第三方", "第三方", "第三方", "购买方", "监督方")
OURS = {"A3", "F1", "V3", "R1", "R2", "I2"}
"""The lines of the county's scheme that a third party scores."""
SETTLED = {"F2"}
"""The one whose points the platform's number gives here."""
REASON = "查阅档案，现场察看"


def tablet(username: str, role: str = "evaluator", region: str = HECHENG, **line: Any) -> Phone:
    person(username, role, region, **line)
    return Phone(Caller(Client(), token_of(username)))


@dataclass(frozen=True)
class Scoring:
    """A round of two stations that is being scored, and the tablet of one who keeps away from the second."""

    held: EvaluationRound
    seat: RoundEvaluator
    first: RoundSubject
    avoided: RoundSubject
    mine: Phone

    def judged(self, line: str, was: dict[str, Any] | None = None, **given: Any) -> dict[str, Any]:
        body = {"seat": str(self.seat.pk), "subject": str(self.first.pk), "line": line, "was": was}
        return command("score", self.first.pk, {**body, "is": {"reason": REASON, **given}})

    def seat_of(self, username: str, side: str) -> RoundEvaluator:
        """The first seat of a side is now held by this account."""
        with opened(EVERYTHING, ANN):
            seat = RoundEvaluator.objects.filter(round=self.held, side=side).order_by("code")[0]
            RoundEvaluator.objects.filter(pk=seat.pk).update(username=username)
        return seat

    def stored(self) -> list[str]:
        with opened(EVERYTHING):
            rows = EvaluationScore.objects.filter(subject=self.first).order_by("line")
            return [f"{each.line} {each.points} {each.reason}" for each in rows]


def locked(username: str) -> EvaluationRound:
    held = evaluation_round(scheme="county-100@1")
    for name in ("draw", "notify", "collect"):
        stepped(held, name)
    for number, side in enumerate(SIDES):
        own = {"username": username, "avoids": ("城南站",)} if number == 0 else {}
        evaluator(held, f"评{number}", side, **own)
    stepped(held, "lock")
    return held


@pytest.fixture
def scoring(db: None, categories: None) -> Scoring:
    mine = tablet("eva")
    with opened(EVERYTHING, ANN):
        corner()
        load_reference()
        worker(station=station(TUOYUAN, name="坨院站").pk)
        station(CHENGNAN, name="城南站")
        held = locked("eva")
        by_name = {each.name: each for each in RoundSubject.objects.filter(round=held)}
        seat = RoundEvaluator.objects.get(round=held, username="eva")
    return Scoring(held, seat, by_name["坨院站"], by_name["城南站"], mine)


def test_a_tablet_holds_one_s_seats_and_what_the_desk_shows_there(scoring: Scoring) -> None:
    with opened(EVERYTHING, ANN):
        RoundFile.objects.create(
            region_code=scoring.first.region_code, subject=scoring.first, line="V3", kind="个案",
            file_id=scoring.held.pk, file_code="GA-007", mark="0", place=1,
        )  # fmt: skip
    told = scoring.mine.fetch()["feeds"]
    assert set(told) == {"me", "seats", "assessed"}
    [seat] = told["seats"]["rows"]
    assert (seat["round"], seat["side"]) == (scoring.held.name, "第三方")
    assert {each["code"] for each in seat["lines"] if not each["platform"]} == OURS
    line = next(each for each in seat["lines"] if each["code"] == "V3")
    assert (line["full"], line["rule"], line["words"]) == ("15", "专家评分", "评委打分，每方至少 3 人")
    rows = {each["subject"]: each for each in told["assessed"]["rows"]}
    away, row = rows[str(scoring.avoided.pk)], rows[str(scoring.first.pk)]
    assert set(away) == {"id", "seat", "subject", "code", "name", "away"}
    assert away["away"] == "本人声明须回避"
    assert set(row["known"]) == SETTLED
    assert row["files"] == {"V3": ["GA-007"]}
    assert row["given"] == {}
    assert scoring.mine.fetch()["feeds"] == {}


def test_a_number_without_a_target_is_asked_of_people_as_at_the_desk(scoring: Scoring) -> None:
    """No document sets how many are wanted on post: the number is worth no points, and somebody says that it does not apply."""
    with opened(EVERYTHING):
        numbers = Evidence.objects.filter(subject=scoring.first, value__isnull=False)
        assert set(numbers.values_list("line", "target")) >= {("A1", None)}
    rows = scoring.mine.fetch()["feeds"]["assessed"]["rows"]
    [row] = [each for each in rows if each["subject"] == str(scoring.first.pk)]
    assert set(row["known"]) == SETTLED


def test_what_is_no_longer_scored_leaves_the_tablet(scoring: Scoring) -> None:
    """A seat that is withdrawn, and a round that goes on; what was judged meanwhile is told why it is not taken."""
    for row, was, left, why in (
        (scoring.seat, {"username": "eva"}, {"username": ""}, "席位已经取消"),
        (scoring.held, {"stage": "评分"}, {"stage": "已告知"}, "这一轮现为“已告知”，不在评分阶段"),
    ):
        changed = type(row)._default_manager
        with opened(EVERYTHING, ANN):
            changed.filter(pk=row.pk).update(**was)
        assert len(scoring.mine.fetch()["feeds"]["assessed"]["rows"]) == 2
        with opened(EVERYTHING, ANN):
            changed.filter(pk=row.pk).update(**left)
        told = scoring.mine.fetch()["feeds"]
        assert {name: len(each["gone"]) for name, each in told.items()} == {"seats": 1, "assessed": 2}
        [result] = scoring.mine.send(scoring.judged("R2", points="4"))["results"]
        assert (result["state"], why in result["detail"]) == ("refused", True)
        with opened(EVERYTHING, ANN):
            changed.filter(pk=row.pk).update(**was)
        scoring.mine.state = ""
    assert scoring.stored() == []


def test_a_score_arrives_once_and_is_changed_by_its_author(scoring: Scoring) -> None:
    first = scoring.judged("R2", points="4.5")
    assert scoring.mine.states(first) == ["done"]
    assert scoring.mine.states(first) == ["done"]
    assert scoring.stored() == [f"R2 4.50 {REASON}"]
    rows = scoring.mine.fetch()["feeds"]["assessed"]["rows"]
    given = next(each["given"] for each in rows if each["subject"] == str(scoring.first.pk))
    assert given == {"R2": {"points": "4.5", "reason": REASON}}
    absent = scoring.judged("R2", given["R2"], absent=True, reason="没有这项服务")
    assert scoring.mine.states(absent) == ["done"]
    assert scoring.stored() == ["R2 None 没有这项服务"]
    ticked = scoring.judged("A3", met=["有人员", "有场地"])
    measured = scoring.judged("R1", value="88.25", sample="40", population="120")
    assert scoring.mine.states(ticked, measured) == ["done", "done"]
    with opened(EVERYTHING):
        rows = EvaluationScore.objects.filter(subject=scoring.first, line__in=("A3", "R1")).order_by("line")
        listed, survey = rows
        assert (listed.met, survey.sample, survey.population) == (["有人员", "有场地"], 40, 120)


def test_what_was_given_elsewhere_meanwhile_is_shown_and_not_overwritten(scoring: Scoring) -> None:
    """Number and reason belong together: neither judgement is mixed into the other; the author judges once more."""
    with opened(EVERYTHING, ANN):
        score(scoring.first, scoring.seat, "R2", points="3", reason="在电脑上评的")
    late = scoring.judged("R2", points="4")
    [result] = scoring.mine.send(late)["results"]
    assert result["state"] == "conflict"
    assert {each["column"]: (each["theirs"], each["mine"]) for each in result["conflicts"]} == {
        "得分": ("3", "4"),
        "评分依据": ("在电脑上评的", REASON),
    }
    assert "没有覆盖" in result["detail"]
    assert scoring.mine.states(late) == ["conflict"]
    assert scoring.stored() == ["R2 3.00 在电脑上评的"]
    with opened(EVERYTHING):
        assert not SyncConflict.objects.exists(), "nobody else may settle it"
    theirs = {"points": "3", "reason": "在电脑上评的"}
    assert scoring.mine.states(scoring.judged("R2", None, **theirs)) == ["done"]
    assert scoring.mine.states(scoring.judged("R2", theirs, points="4")) == ["done"]
    assert scoring.stored() == [f"R2 4.00 {REASON}"]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("R2", {"points": "5.5"}, "不能超过满分"),
    ("R2", {"points": "4", "reason": ""}, "评分依据"),
    ("R2", {}, "请填写得分或实测值"),
    ("R2", {"points": "许多"}, "数字"),
    ("R2", {"absent": True, "points": "4"}, "就不要再填得分"),
    ("A3", {"met": ["有电梯"]}, "清单里没有"),
    ("X9", {"points": "1"}, "方案里没有这个计分项"),
    ("R2", {"evaluator": "别人"}, "内容不完整"),
]


def test_what_the_desk_refuses_is_refused_in_the_same_words(scoring: Scoring) -> None:
    asked = [scoring.judged(line, **given) for line, given, _word in REFUSED]
    with opened(EVERYTHING):
        other = RoundEvaluator.objects.filter(round=scoring.held, username="")[0]
    for change in ({"line": "F2"}, {"subject": str(scoring.avoided.pk)}, {"seat": str(other.pk)}):
        one = scoring.judged("R2", points="4")
        one["body"].update(change)
        asked.append(one)
    words = [word for *_, word in REFUSED] + ["平台已有数据", "须回避这个对象", "席位已经取消"]
    results = scoring.mine.send(*asked)["results"]
    assert [each["state"] for each in results] == ["refused"] * len(asked)
    assert [word for word, each in zip(words, results, strict=True) if word not in each["detail"]] == []
    with opened(EVERYTHING):
        assert not EvaluationScore.objects.exists()


def test_other_sides_score_where_they_see(scoring: Scoring) -> None:
    for role, side, region, names in (
        ("purchaser", "购买方", HECHENG, {"坨院站", "城南站"}),
        ("township_official", "监督方", TUOYUAN, {"坨院站"}),
    ):
        theirs, seat = tablet(role, role, region), scoring.seat_of(role, side)
        assert {each["name"] for each in theirs.fetch()["feeds"]["assessed"]["rows"]} == names
        one = scoring.judged("R2", points="4")
        one["body"]["seat"] = str(seat.pk)
        assert theirs.states(one) == ["done"]
    assert scoring.mine.states(scoring.judged("R2", points="2")) == ["done"], "each side its own"
    assert len(scoring.stored()) == 3


def test_whoever_scores_gets_nothing_of_a_worker_s(scoring: Scoring) -> None:
    """Not even where the appointment over an area names a station and a file besides."""
    with opened(EVERYTHING, ANN):
        home = station(TUOYUAN)
        own = worker(station=home.code).pk
        resident(home, worker=own)
        resident(home)
    for role, region, besides in (
        ("evaluator", HECHENG, set()),
        ("purchaser", HECHENG, set()),
        ("township_official", TUOYUAN, {"incidents"}),  # one's own reports
    ):
        nosy = tablet(f"nosy-{role}", role, region, station_id=home.pk, stations=[home.pk], person_id=own)
        told = nosy.fetch()["feeds"]
        assert set(told) == {"me"} | besides
        [me] = told["me"]["rows"]
        assert (me["worker"], me["stations"], me["projects"], me["hours"]) == (None, [], [], [])


def test_who_has_no_part_in_it_neither_holds_nor_scores(scoring: Scoring, calling: Calling) -> None:
    """The seats of another county are not seen from here by either wall, even by an account that a seat names."""
    stranger = tablet("stranger", "evaluator", ZHONGFANG)
    seat = scoring.seat_of("stranger", "第三方")
    assert "seats" not in stranger.fetch()["feeds"]
    one = scoring.judged("R2", points="4")
    one["body"]["seat"] = str(seat.pk)
    assert stranger.states(one) == ["refused"]
    with opened(Scope(regions=(ZHONGFANG,))), connection.cursor() as cursor:
        for model in (RoundSubject, Evidence, EvaluationScore):
            cursor.execute(f"SELECT count(*) FROM {model._meta.db_table}")
            assert cursor.fetchone() == (0,)
    with opened(EVERYTHING, ANN):
        home = station(TUOYUAN)
        own = worker(station=home.code).pk
    field = phone_of(calling, home, own)
    assert {"seats", "assessed"}.isdisjoint(field.fetch()["feeds"])
    assert field.states(scoring.judged("R2", points="4")) == ["refused"]
    assert scoring.stored() == []


def many(held: EvaluationRound, number: int) -> None:
    """More subjects, with all that was found of them, and all that one seat gives the last of them."""
    first = RoundSubject.objects.filter(round=held).order_by("code")[0]
    found = Evidence.objects.filter(subject=first)[0]
    lines = scheme_of(held).lines
    made = RoundSubject.objects.bulk_create(
        RoundSubject(
            region_code=first.region_code, round=held, code=f"{held.code}-9{at:03d}", subject_kind="站点",
            subject_id=UUID(int=at + 1), name=f"第{at:03d}乡镇（街道）社会工作服务站",
        )
        for at in range(number)
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(region_code=first.region_code, subject=each, line=code, value="87.25", details=found.details)
        for each in made for code, line in lines.items() if line.by_platform
    )  # fmt: skip
    seat = RoundEvaluator.objects.get(round=held, username="eva")
    EvaluationScore.objects.bulk_create(
        EvaluationScore(region_code=first.region_code, subject=each, evaluator=seat, line=code, points=4, reason=REASON * 5)
        for each in made[-1:] for code, line in lines.items() if not line.by_platform
    )  # fmt: skip


def reader() -> Reader:
    user = account(username="eva")
    assert user is not None
    return Reader(
        user_id=user.pk, role="evaluator", rights=frozenset({EDIT_SCORES}), region_code=HECHENG,
        now=timezone.now(),
    )  # fmt: skip


def test_a_large_round_is_asked_as_cheaply_as_a_small_one_and_fits_few_answers(scoring: Scoring) -> None:
    """220 subjects of 23 lines: all that is to be judged goes in one answer, with all that was given in two."""
    sppe = catalogue.scheme_of("sppe-23@1")
    assert sppe is not None
    cost, rows = [], []
    with opened(EVERYTHING, ANN):
        EvaluationRound.objects.filter(pk=scoring.held.pk).update(definition=written(sppe))
        scoring.held.refresh_from_db()
        for number in (0, 218):
            many(scoring.held, number)
            with CaptureQueriesContext(connection) as asked:
                rows = list(feeds.assessed(reader()))
            cost.append(len(asked))
    assert cost[0] == cost[1]
    assert len(rows) == 220
    blank = sum(len(spelled({**row, "given": {}})) for row in rows)
    whole = len(rows) * max(len(spelled(row)) for row in rows)
    assert blank < BUDGET / 4, blank
    assert whole < 2 * BUDGET, whole
