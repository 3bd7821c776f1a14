"""一季一赛 from the opening to the circular, and what follows in the year (EVL-14…17, EVL-20, EVL-21; ``domain.md`` §12.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.figures.definitions import FIGURES
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Scope, acting, opened
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.policy.api import quality as rulebook
from linzhan.quality.api import provincial_of, standings_of, year_of
from linzhan.quality.contests.rules import (
    Aspect,
    Entrant,
    band_of,
    in_order,
    ranked,
    scheme_faults,
    within_bands,
)
from linzhan.quality.contests.ruling import contest_rules
from linzhan.quality.models import (
    ContestSeason,
    ContestStanding,
    EvaluationResult,
    EvaluationRound,
    RoundSubject,
)
from linzhan.quality.rounds.computing import compute
from linzhan.quality.schemes.catalogue import scheme_of, shipped
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, HUANGJINAO, TUOYUAN
from tests.factories.quality import ANN, BEN, evaluator, score, stepped, team_of
from tests.factories.rows import made, refused
from tests.factories.workforce import station

TOWNS = (TUOYUAN, CHENGNAN, HUANGJINAO)


def season(period: str = "2021Q3", **values: Any) -> ContestSeason:
    row = {"name": f"{period} 一季一赛", "region": HECHENG, "period": period, "scheme": "contest-4@1",
           "organiser": "鹤城区民政局", **values}  # fmt: skip
    return ContestSeason.objects.get(pk=made("contest-seasons", **row))


def on(held: ContestSeason, name: str, **told: Any) -> ContestSeason:
    with acting(BEN):
        take(REGISTERS["contest-seasons"], held.pk, name, told)
    held.refresh_from_db()
    return held


def finalised(held: ContestSeason, marks: dict[str, str]) -> EvaluationRound:
    """The season's round, judged: L1 of each station by its name; all that the platform lacks does not apply."""
    on(held, "open")
    found = EvaluationRound.objects.get(pk=held.round_id)
    stepped(found, "notify")
    stepped(found, "collect")
    for number in range(3):
        evaluator(found, f"评{number}", "评委")
    stepped(found, "lock")
    team = list(team_of(found))
    for each in compute(found).subjects:
        for code in each.total.pending:
            if code in ("L1", "L2"):
                for who in team:
                    score(each.subject, who, code, points=marks[each.subject.name] if code == "L1" else "8")
            else:
                score(each.subject, team[0], code, absent="是")
    stepped(found, "tell")
    RoundSubject.objects.filter(round=found).update(replied_on="2021-10-20", reply="无异议")
    stepped(found, "review")
    stepped(found, "finalise", by=BEN)
    return found


def three() -> list[Station]:
    return [station(region, name=f"{n}号站") for n, region in enumerate(TOWNS, 1)]


MARKS = {"1号站": "12", "2号站": "9", "3号站": "6"}


# ---- arithmetic ------------------------------------------------------------------------------------------


def entrant(key: str, total: str, outcome: str = "0", ability: str = "0", band: str = "") -> Entrant:
    aspects = {
        "赛成果": Aspect(points=Decimal(outcome), available=Decimal(30)),
        "赛能力": Aspect(points=Decimal(ability), available=Decimal(25)),
    }
    return Entrant(key=key, total=Decimal(total), aspects=aspects, band=band)


def test_ties_are_broken_by_outcome_then_ability_and_those_alike_share_a_place() -> None:
    """EVL-14: dense rank; 赛成果 before 赛能力."""
    rows = [
        entrant("甲", "80", "20", "10"),
        entrant("乙", "80", "21", "9"),
        entrant("丙", "80", "20", "11"),
        entrant("丁", "80", "20", "10"),
        entrant("戊", "70"),
    ]
    assert ranked(rows) == {"乙": 1, "丙": 2, "甲": 3, "丁": 3, "戊": 4}


@given(st.lists(st.integers(0, 6), min_size=1, max_size=12))
def test_places_have_no_gaps_and_follow_the_totals(totals: list[int]) -> None:
    rows = [entrant(str(place), str(total)) for place, total in enumerate(totals)]
    found = ranked(rows)
    assert set(found.values()) == set(range(1, len(set(totals)) + 1))
    for one, first in zip(rows, totals, strict=True):
        assert found[one.key] == 1 + len({other for other in totals if other > first})


def test_a_small_township_is_compared_with_its_like() -> None:
    bands = [(0, "小"), (30_000, "中"), (80_000, "大")]
    assert [band_of(n, bands) for n in (0, 29_999, 30_000, 200_000, None)] == ["小", "小", "中", "大", ""]
    rows = [entrant("甲", "90", band="大"), entrant("乙", "60", band="小"), entrant("丙", "50", band="小")]
    assert within_bands(rows) == {"甲": (1, 1), "乙": (1, 2), "丙": (2, 2)}


def test_the_shipped_scheme_scores_results_and_never_the_use_of_the_platform() -> None:
    """EVL-14; ``domain.md`` §1: no log-ins, no page counts, no photos."""
    scheme = shipped()["contest-4@1"].scheme
    assert scheme.usable
    figures = {line.figure for line in scheme.lines.values() if line.by_platform}
    assert figures
    for key in figures:
        told = f"{key} {FIGURES[str(key)].name} {FIGURES[str(key)].definition}"
        assert not any(
            word in told for word in ("登录", "打开", "在线", "照片", "活跃账号", "login", "photo")
        )
    assert [line.source for code, line in scheme.lines.items() if not line.by_platform] == ["专家", "专家"]


# ---- on rows ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("hunan")
class TestSeason:
    def test_a_scheme_must_have_the_four_aspects_at_the_weights_of_the_place(self) -> None:
        three()
        with pytest.raises(StepRefused, match="方案的维度须是：赛蓝图、赛能力、赛进度、赛成果"):
            on(season(scheme="county-100@1"), "open")
        scheme = scheme_of("contest-4@1")
        assert scheme is not None
        weights = {"赛蓝图": Decimal(25), "赛能力": Decimal(25), "赛进度": Decimal(25), "赛成果": Decimal(25)}
        assert scheme_faults(scheme, contest_rules(HECHENG).weights) == []
        assert scheme_faults(scheme, weights) == [
            "“赛蓝图”应占 25 分，方案里是 20 分",
            "“赛成果”应占 25 分，方案里是 30 分",
        ]

    def test_only_quarters_and_one_season_each(self) -> None:
        row = {"name": "甲", "region": HECHENG, "scheme": "contest-4@1", "organiser": "乙"}
        assert "请写一个季度" in refused("contest-seasons", period="2021", **row)
        season()
        assert "一季一赛" in refused("contest-seasons", period="2021Q3", **row)

    def test_all_stations_take_part_and_nobody_is_ranked_before_the_round_is_settled(self) -> None:
        three()
        held = on(season(), "open")
        assert RoundSubject.objects.filter(round=held.round_id).count() == 3
        assert EvaluationRound.objects.get(pk=held.round_id).kind == "季度赛"
        with pytest.raises(StepRefused, match="定稿以后才能排名"):
            on(held, "rank")

    def test_from_the_settled_round_to_the_circular_which_never_changes(self) -> None:
        """EVL-15: the first three have the flag; EVL-17: among officials unless the place rules more."""
        first, *_rest = three()
        held = season()
        found = finalised(held, MARKS)
        with pytest.raises(StepRefused, match="赛季"):
            stepped(found, "publish")  # it is published with its season only
        on(held, "rank")
        rows = list(standings_of(held))
        assert [(each.name, each.rank, each.flagged) for each in rows] == [
            ("1号站", 1, True), ("2号站", 2, True), ("3号站", 3, True),
        ]  # fmt: skip
        points = dict(RoundSubject.objects.filter(round=found).values_list("name", "final_points"))
        assert {each.name: each.total for each in rows} == points
        assert rows[0].aspects["赛蓝图"] == {"points": "20.00", "available": "20.00"}
        assert not EvaluationResult.objects.exists()  # a contest is no evaluation result
        self._read_by_officials_only(held, first)
        with pytest.raises(StepRefused, match="最多公布到“政府内部”"):
            on(held, "publish", publication="政府和参评单位")
        on(held, "publish")
        assert held.publication == "政府内部"
        assert [each["name"] for each in held.circular["standings"]] == ["1号站", "2号站", "3号站"]
        self._stands(held)

    def _read_by_officials_only(self, held: ContestSeason, first: Station) -> None:
        with opened(Scope(stations=(str(first.pk),))):
            assert not ContestStanding.objects.exists()
            assert ContestSeason.objects.filter(pk=held.pk).exists()  # that there is a contest, it knows
        with opened(Scope(regions=(HECHENG,))):
            assert ContestStanding.objects.count() == 3

    def _stands(self, held: ContestSeason) -> None:
        before = held.circular
        with pytest.raises(DatabaseError), transaction.atomic():
            ContestStanding.objects.filter(season=held).update(rank=9)
        row = {"code": held.code, "name": held.name, "region": HECHENG, "period": "2021Q2",
               "scheme": "contest-4@1", "organiser": "他人"}  # fmt: skip
        assert "已经开赛" in refused("contest-seasons", **row)
        RoundSubject.objects.filter(round=held.round_id).update(name="改名站", final_points=1)
        held.refresh_from_db()
        assert held.circular == before
        for name in ("rank", "publish", "drop"):
            with pytest.raises(StepRefused):
                on(held, name, note="再来")

    def test_change_and_the_four_quarter_total(self) -> None:
        """EVL-16: only published seasons, and how many quarters they are."""
        three()
        made(
            "peer-facts",
            region=TUOYUAN,
            population="90000",
            terrain="城区",
            stated_on="2020-11-01",
            source="七普",
        )
        earlier = season("2021Q2")
        finalised(earlier, MARKS)
        on(on(earlier, "rank"), "publish")
        later = season("2021Q3")
        found = finalised(later, {"1号站": "6", "2号站": "9", "3号站": "12"})
        second = RoundSubject.objects.get(round=found, name="2号站")
        second.told = {**second.told, "vetoes": ["查实弄虚作假、编造服务记录"]}
        second.save(update_fields=["told"])
        on(later, "rank")
        vetoed = ContestStanding.objects.get(season=later, name="2号站")
        assert (vetoed.rank, vetoed.flagged, vetoed.vetoed) == (
            2,
            False,
            True,
        )  # no flag, and nobody moves up
        first = ContestStanding.objects.get(season=later, name="3号站")
        assert first.before_rank == 3
        assert first.before_total is not None
        assert ContestStanding.objects.get(season=later, name="1号站").band == "城区，8 万人以上"
        assert first.band == "未登记乡镇情况"
        assert [each.counted for each in year_of(HECHENG, 2021)] == [1, 1, 1]
        on(later, "publish")
        towns = {each.region: each for each in year_of(HECHENG, 2021)}
        third = towns[HUANGJINAO]
        assert third.counted == 2
        assert third.total == first.total + first.before_total
        assert third.quarters[0] is None
        assert [each.region for each in year_of(TUOYUAN, 2021)] == [TUOYUAN]
        assert year_of(HECHENG, 2020) == []

    def test_weights_are_the_rulebook_s(self) -> None:
        assert {each.aspect: each.percent for each in rulebook.CONTEST_WEIGHTS.defaults[""].value} == {
            "赛蓝图": 20, "赛能力": 25, "赛进度": 25, "赛成果": 30,
        }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("hunan")
class TestAppraisal:
    ROW: dict[str, Any] = {
        "region": HECHENG, "year": "2021", "appraiser": "怀化市民政局", "item": "社工站建设", "full": "5",
        "score": "4.5", "document": "怀化市 2021 年绩效考核办法",
    }  # fmt: skip

    def test_station_building_stands_in_the_appraisal_of_a_lower_government(self) -> None:
        """EVL-20: written down by the level above, read by the one appraised."""
        with opened(Scope(regions=(HUAIHUA,)), ANN):
            made("government-appraisals", **self.ROW)
            assert "不能超过分值" in refused("government-appraisals", **{**self.ROW, "score": "6"})
        with opened(Scope(regions=(HECHENG,)), ANN):
            assert "由上一级登记" in refused("government-appraisals", **self.ROW)

    def test_provincial_results_of_counties_and_of_the_centre(self) -> None:
        """EVL-21: the latest of each, and who has none."""
        centre = station(HUAIHUA, name="市级指导中心", tier="市级指导中心", code="ZX-1")
        result = {"kind": "省级实地", "period": "2021", "evaluator": "湖南省民政厅", "grade": "合格"}
        made(
            "evaluations", code="S1", subject_kind="县", subject=HECHENG, evaluated_on="2020-06-01", **result
        )
        made("evaluations", code="S2", subject_kind="县", subject=HECHENG, evaluated_on="2021-06-01",
             **{**result, "grade": "良好"})  # fmt: skip
        made(
            "evaluations",
            code="S3",
            subject_kind="站点",
            subject=centre.code,
            evaluated_on="2021-06-02",
            **result,
        )
        with opened(EVERYTHING):
            found = {each.name: each.result.grade if each.result else None for each in provincial_of(HUAIHUA)}
        assert found == {"鹤城区": "良好", "中方县": None, "市级指导中心": "合格"}


def test_aspects_stand_in_the_order_of_the_contest_however_they_were_kept() -> None:
    assert in_order({"赛成果": 1, "赛能力": 2, "赛蓝图": 3, "赛进度": 4}) == [
        "赛蓝图",
        "赛能力",
        "赛进度",
        "赛成果",
    ]


def test_a_quarter_typed_in_small_letters_is_that_quarter(hunan: None) -> None:
    assert season("2021q3").period == "2021Q3"
    assert "一季一赛" in refused(
        "contest-seasons", name="又一赛", region=HECHENG, period="2021年第三季度", scheme="contest-4@1",
        organiser="鹤城区民政局",
    )  # fmt: skip
