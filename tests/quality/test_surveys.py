"""Satisfaction surveys: the draw, the answers apart from the people, the results (EVL-03, EVL-22; ``domain.md`` §14)."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.figures import asking
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.periods import parse_period
from linzhan.kernel.scope import Scope, opened
from linzhan.kernel.steps import StepRefused
from linzhan.providers.api import digest
from linzhan.quality.models import SatisfactionSurvey, SurveyAnswer, SurveyDraw, SurveyResult
from linzhan.quality.surveys import rules
from linzhan.quality.surveys.enums import Channel, DrawState
from linzhan.quality.surveys.selectors import progress_of
from linzhan.quality.surveys.services import answer, draw_key, draw_promise, drawn_again, not_answered
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN
from tests.factories.rows import refused
from tests.factories.surveys import GOOD, QUESTIONS, draws, on, served, survey
from tests.factories.workforce import station

# ---- arithmetic ------------------------------------------------------------------------------------------


def test_the_sample_is_that_of_the_formula() -> None:
    """``domain.md`` §14: N = 1000, z = 1.645, p = 0.1, e = 0.05 → 89."""
    assert rules.sample_needed(1000, 0.05, z=1.645, share=0.1) == 89
    assert rules.sample_needed(1000, 0.1) == 88
    assert rules.sample_needed(0, 0.1) == 0


@given(st.integers(1, 5000))
def test_nobody_asks_more_than_there_are_and_a_finer_margin_asks_more(population: int) -> None:
    coarse, fine = rules.sample_needed(population, 0.1), rules.sample_needed(population, 0.05)
    assert 0 < coarse <= fine <= population


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40), st.integers(1, 10))
def test_a_mean_lies_in_its_interval_and_too_few_answers_say_nothing(scores: list[int], least: int) -> None:
    found = rules.outcome([Decimal(each) for each in scores], 1000, least)
    if len(scores) < least:
        assert found is None
        return
    assert found is not None
    assert 0 <= found.low <= found.mean <= found.high <= 100


def test_whoever_asks_everybody_has_no_interval() -> None:
    found = rules.outcome([Decimal(60), Decimal(80), Decimal(100)], 3, 1)
    assert found is not None
    assert (found.low, found.mean, found.high) == (Decimal("80.00"),) * 3


def test_answers_are_read_strictly_and_scored_by_the_ratings() -> None:
    asked = rules.questions_of(QUESTIONS)
    kept, faults = rules.checked(asked, ("5", "3", "是", "很好"))
    assert (kept, faults) == ([5, 3, "是", "很好"], [])
    assert rules.score_of(asked, kept) == Decimal("80.00")
    assert rules.checked(asked, ("6", "", "也许", ""))[1] == ["第 1 题请填 1 到 5", "第 3 题请填是或否"]
    assert "一题也没有回答" in rules.checked(asked, ("", "", "", ""))[1][0]
    assert rules.score_of(asked, [None, None, "是", None]) is None


# ---- on rows ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("hunan")
class TestSurvey:
    def test_questions_are_asked_for_in_words_that_are_understood(self) -> None:
        row = {"name": "甲", "region": HECHENG, "audience": "服务对象", "period": "2021"}
        assert "第 1 题请写成" in refused("satisfaction-surveys", questions=("您满意吗",), **row)
        assert "至少要有一道评分题" in refused("satisfaction-surveys", questions=("是否：来过吗",), **row)

    def test_those_served_are_drawn_by_a_public_seed_and_anybody_gets_the_same(self) -> None:
        served(TUOYUAN, 8, "1号站")
        station(CHENGNAN, name="没有服务的站")
        held = on(survey(per_station="5"), "draw")
        rows = draws(held)
        assert len(rows) == 5
        assert {each.station_id is not None for each in rows} == {True}
        assert drawn_again(held)
        SatisfactionSurvey.objects.filter(pk=held.pk).update(seed="1")
        held.refresh_from_db()
        assert not drawn_again(held)

    def test_who_knows_the_seed_alone_does_not_know_whom_it_drew(self) -> None:
        """ADR 0030: the seed is public and a station knows its people; a key that is not told makes the draw."""
        served(TUOYUAN, 40, "1号站")
        held = on(survey(per_station="20"), "draw")
        [(ground, people)] = held.population.items()
        chosen = {each.resident_code for each in draws(held)}
        assert set(rules.draw(held.seed, ground, people, 20)) != chosen
        assert set(rules.draw(f"{held.seed}|{draw_key(held)}", ground, people, 20)) == chosen
        assert draw_promise(held) == sha256(draw_key(held).encode()).hexdigest()
        assert draw_key(survey(code="MYD-2", name="乙")) != draw_key(held)

    def test_a_draw_of_before_is_still_repeated_by_its_seed(self) -> None:
        served(TUOYUAN, 8, "1号站")
        held = on(survey(per_station="5"), "draw")
        [(ground, people)] = held.population.items()
        SurveyDraw.objects.filter(survey=held).delete()
        for number, code in enumerate(rules.draw(held.seed, ground, people, 5), start=1):
            mark = digest(held.seed, ground, code)
            SurveyDraw.objects.create(
                region_code=HECHENG, survey=held, number=number, resident_code=code, mark=mark
            )
        assert drawn_again(held)

    def test_without_a_number_the_margin_of_the_place_decides(self) -> None:
        served(TUOYUAN, 8, "1号站")
        held = on(survey(), "draw")
        assert len(draws(held)) == 8  # of 8 all: thirty at least, or everybody
        assert held.sizing["margin"] == 10
        assert "已经抽样" in refused("satisfaction-surveys", code=held.code, name="甲", region=HECHENG,
                                  audience="服务对象", period="2020", questions=QUESTIONS)  # fmt: skip

    def test_an_answer_does_not_say_who_gave_it(self) -> None:
        """EVL-22: no column of an answer leads to somebody drawn, and the list knows no answer."""
        at = served(TUOYUAN, 6, "1号站")
        held = on(survey(), "draw")
        first, second, third, *_rest = draws(held)
        answer(first, Channel.PHONE, GOOD)
        not_answered(second, DrawState.REFUSED, Channel.PAPER)
        with pytest.raises(StepRefused, match="已经答过"):
            answer(first, Channel.PAPER, GOOD)
        with pytest.raises(StepRefused, match="1 到 5"):
            answer(third, Channel.PAPER, ("9", "1", "是", ""))
        paper = SurveyAnswer.objects.get()
        assert (paper.score, paper.station_id) == (Decimal("90.00"), at.pk)
        assert len(paper.phone_mark) == 64
        kept = {str(value) for value in SurveyAnswer.objects.values().get().values()}
        first.refresh_from_db()
        assert not kept & {str(first.pk), str(first.resident_id), first.resident_code, first.mark}
        assert progress_of(held) == {"待访问": 4, "已答": 1, "谢绝": 1, "联系不上": 0}

    def test_neither_station_nor_institution_reads_lists_or_answers(self) -> None:
        at = served(TUOYUAN, 6, "1号站")
        held = on(survey(), "draw")
        answer(draws(held)[0], Channel.PAPER, GOOD)
        for own in (Scope(stations=(str(at.pk),)), Scope(providers=(str(at.provider_id),))):
            with opened(own):
                assert not SurveyDraw.objects.exists()
                assert not SurveyAnswer.objects.exists()
        with opened(Scope(regions=(HECHENG,))):
            assert SurveyAnswer.objects.count() == 1

    def test_too_few_answers_are_hidden_everywhere_and_cannot_be_found_by_subtraction(self) -> None:
        one, two = served(TUOYUAN, 6, "1号站"), served(CHENGNAN, 6, "2号站")
        held = on(survey(), "draw")
        for each in draws(held, one):
            answer(each, Channel.PAPER, GOOD)
        for each in draws(held, two)[:4]:
            answer(each, Channel.PAPER, ("1", "1", "否", "骂人"))
        on(held, "close")
        found = {each.station_id: each for each in SurveyResult.objects.filter(survey=held, about="站点")}
        assert (found[one.pk].drawn, found[one.pk].answered, found[one.pk].mean) == (6, 6, Decimal("90.00"))
        assert (found[two.pk].drawn, found[two.pk].answered, found[two.pk].mean) == (6, 4, None)
        assert found[two.pk].questions == []
        whole = SurveyResult.objects.get(survey=held, about="全部")
        assert (whole.drawn, whole.answered, whole.mean) == (12, 10, Decimal("90.00"))
        assert "骂人" not in str(list(SurveyResult.objects.values_list("questions", flat=True)))
        assert _figure("surveys.satisfaction") == Decimal(90)
        assert _figure("surveys.response_rate").quantize(Decimal("0.01")) == Decimal("83.33")
        with opened(Scope(stations=(str(two.pk),))):
            assert [each.answered for each in SurveyResult.objects.filter(survey=held)] == [4]

    def test_results_stand(self) -> None:
        served(TUOYUAN, 6, "1号站")
        held = on(survey(), "draw")
        with pytest.raises(StepRefused, match="一份答卷也没有"):
            on(held, "close")
        for each in draws(held)[:5]:
            answer(each, Channel.PAPER, GOOD)
        on(held, "close")
        with pytest.raises(StepRefused, match="不能再录入"):
            answer(draws(held)[5], Channel.PAPER, GOOD)
        with pytest.raises(DatabaseError), transaction.atomic():
            SurveyResult.objects.filter(survey=held).update(mean=100)

    def test_departments_are_asked_about_a_station_or_about_all(self) -> None:
        at = station(TUOYUAN, name="1号站")
        lines = (f"坨院街道办事处={at.code}", "鹤城区教育局")
        asked = {"audience": "相关部门", "questions": ("评分：配合得好吗",)}
        assert "没有站点 NO-1" in refused("satisfaction-surveys", name="甲", region=HECHENG, period="2021",
                                       respondents=("某局=NO-1",), **asked)  # fmt: skip
        held = on(survey(respondents=lines, **asked), "draw")
        assert [(each.respondent, each.station_id) for each in draws(held)] == [
            ("鹤城区教育局", None), ("坨院街道办事处", at.pk),
        ]  # fmt: skip
        assert drawn_again(held)


def _figure(key: str) -> Decimal:
    today = timezone.localdate()
    asked = FigureRequest(figure=key, region=HECHENG, period=parse_period(str(today.year)), as_of=today)
    (found,) = [each for each in asking.compute([asked]) if not each.dims and each.member is None]
    assert found.value is not None
    return Decimal(str(found.value))
