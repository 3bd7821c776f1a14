"""The contest and satisfaction surveys at the desk and over the interface (EVL-14…17, EVL-21, EVL-22)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.utils import timezone

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, acting, opened
from linzhan.network.api import Station
from linzhan.office.sending import FACES
from linzhan.policy.api import load_reference
from linzhan.quality.models import (
    ContestSeason,
    ContestStanding,
    RoundSubject,
    SatisfactionSurvey,
    SurveyAnswer,
    SurveyDraw,
)
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, TUOYUAN
from tests.factories.quality import ANN
from tests.factories.rows import made
from tests.factories.workforce import station
from tests.office.conftest import Sit
from tests.papers import same_words

pytestmark = [pytest.mark.django_db]


def standing(name: str, rank: int) -> dict[str, Any]:
    aspects = {
        "赛蓝图": {"points": "18.00", "available": "20.00"},
        "赛成果": {"points": "0.00", "available": "0.00"},
    }
    return {"rank": rank, "name": name, "total": f"{90 - rank}.00", "aspects": aspects, "flagged": rank < 2,
            "vetoed": False, "band": "山区，3 万人以下", "band_rank": rank, "band_size": 2, "before_rank": 2,
            "before_total": "80.00"}  # fmt: skip


@pytest.fixture
def season(house: None) -> ContestSeason:
    """Published among officials, as a season stands after its steps (tests/quality/test_contests.py walks them)."""
    with opened(EVERYTHING, ANN):
        load_reference()
        row = {"name": "2021 年第三季度一季一赛", "region": HECHENG, "period": "2021Q3", "scheme": "contest-4@1",
               "organiser": "鹤城区民政局"}  # fmt: skip
        held = ContestSeason.objects.get(pk=made("contest-seasons", **row))
        for region, name in ((TUOYUAN, "坨院站"), (CHENGNAN, "城南站")):
            station(region, name=name)
        with acting(ANN):
            take(REGISTERS["contest-seasons"], held.pk, "open", {})
        held.refresh_from_db()
        subjects = list(RoundSubject.objects.filter(round=held.round_id).order_by("code"))
        told = [standing("坨院站", 1), standing("城南站", 2)]
        ContestStanding.objects.bulk_create(
            ContestStanding(region_code=each.region_code, season=held, entrant=each, subject_kind="站点",
                            subject_id=each.subject_id, **{**row, "name": each.name})
            for each, row in zip(subjects, told, strict=True)
        )  # fmt: skip
        held.stage, held.publication, held.published_on = "已通报", "政府内部", timezone.localdate()
        held.circular = {"award": "优胜红旗", "standings": told}
        held.save()
    return held


def test_officials_read_places_circular_and_the_year(sit: Sit, season: ContestSeason) -> None:
    client = sit()
    page = client.get(f"/r/contest-seasons/{season.pk}/").content.decode()
    assert "优胜红旗" in page
    assert "山区，3 万人以下：2 个中第 1" in page
    told = client.get(f"/evaluation/seasons/{season.pk}/circular/").content.decode()
    assert "授予坨院站“优胜红旗”" in told
    assert "升 1 位，+9" in told
    assert "不适用" in told
    faces = [client.get(f"/evaluation/seasons/{season.pk}/circular/?format={each}") for each in FACES]
    words = same_words(*(each.content for each in faces))
    assert "授予坨院站“优胜红旗”" in words
    assert "山区，3万人以下：2个中第1" in words
    year = client.get("/evaluation/contest-year/?year=2021").content.decode()
    assert "坨院街道" in year
    assert client.get("/evaluation/contest-year/?year=2021&format=xlsx").content.startswith(b"PK")
    assert client.get("/evaluation/provincial/").status_code == 200
    assert (
        client.get(f"/evaluation/provincial/?region={HUAIHUA}").status_code == 404
    )  # not the county's to see


def test_a_station_reads_the_circular_only_where_it_was_published_to_it(
    sit: Sit, season: ContestSeason
) -> None:
    with opened(EVERYTHING):
        own = Station.objects.get(name="坨院站")
    client = sit("station_lead", TUOYUAN, station_id=own.pk)
    address = f"/evaluation/seasons/{season.pk}/circular/"
    assert client.get(address).status_code == 404
    assert client.get("/evaluation/contest-year/").status_code == 403
    with opened(EVERYTHING):
        ContestSeason.objects.filter(pk=season.pk).update(publication="政府和参评单位")
    assert "坨院站" in client.get(address).content.decode()


@pytest.fixture
def survey(house: None) -> SatisfactionSurvey:
    """Two departments are asked about all of the county."""
    with opened(EVERYTHING, ANN):
        load_reference()
        row = {"name": "2021 年部门满意度调查", "region": HECHENG, "period": "2021", "audience": "相关部门",
               "questions": ("评分：配合得好吗", "是否：今年联系过吗", "文字：意见"),
               "respondents": ("鹤城区教育局", "鹤城区卫健局")}  # fmt: skip
        held = SatisfactionSurvey.objects.get(pk=made("satisfaction-surveys", **row))
        with acting(ANN):
            take(REGISTERS["satisfaction-surveys"], held.pk, "draw", {"seed": "1", "seed_source": "甲"})
    return held


def test_whoever_asks_works_through_the_list(sit: Sit, survey: SatisfactionSurvey) -> None:
    client = sit()
    page = client.get(f"/evaluation/surveys/{survey.pk}/list/").content.decode()
    asked = re.findall(rf'href="(/evaluation/surveys/{survey.pk}/list/[0-9a-f-]{{36}}/)"', page)
    first, second = dict.fromkeys(asked)
    assert "配合得好吗" in client.get(first).content.decode()
    wrong = client.post(first, {"channel": "电话", "q0": "7", "q1": "是"})
    assert (wrong.status_code, "第 1 题请填 1 到 5" in wrong.content.decode()) == (422, True)
    assert "请选访问方式" in client.post(first, {"q0": "5"}).content.decode()
    done = client.post(first, {"channel": "电话", "q0": "5", "q1": "是", "q2": ""})
    assert (done.status_code, done["Location"]) == (302, second)
    assert client.post(second, {"channel": "纸质", "state": "谢绝"}).status_code == 302
    again = client.get(first, follow=True)  # what is said stands
    assert "已经答过" in again.content.decode()
    with opened(EVERYTHING, ANN):
        assert SurveyAnswer.objects.count() == 1
        assert set(SurveyDraw.objects.values_list("state", flat=True)) == {"已答", "谢绝"}
        with acting(ANN):
            take(REGISTERS["satisfaction-surveys"], survey.pk, "close", {})
    told = client.get(f"/r/satisfaction-surveys/{survey.pk}/").content.decode()
    assert "答卷太少，不显示" in told
    assert "50.0%" in told or "50%" in told


def test_neither_list_nor_form_opens_to_a_station(sit: Sit, survey: SatisfactionSurvey) -> None:
    with opened(EVERYTHING, ANN):
        own = station(TUOYUAN, name="坨院站")
    client = sit("station_lead", TUOYUAN, station_id=own.pk)
    assert client.get(f"/evaluation/surveys/{survey.pk}/list/").status_code == 403
    with opened(EVERYTHING):
        drawn = SurveyDraw.objects.first()
    assert drawn is not None
    assert client.get(f"/evaluation/surveys/{survey.pk}/list/{drawn.pk}/").status_code == 403


def test_programs_read_places_and_totals(sit: Sit, season: ContestSeason) -> None:
    client = sit()
    told = json.loads(client.get(f"/api/v1/contest-seasons/{season.pk}/standings").content)
    assert [(each["rank"], each["name"], each["flagged"]) for each in told] == [
        (1, "坨院站", True),
        (2, "城南站", False),
    ]
    totals = json.loads(client.get(f"/api/v1/contest-totals?region={HECHENG}&year=2021").content)
    assert {each["region"]: each["total"] for each in totals} == {TUOYUAN: 89.0, CHENGNAN: 88.0}
    assert totals[0]["quarters"][2] is not None
    assert sit("finance").get(f"/api/v1/contest-totals?region={HECHENG}&year=2021").status_code == 403
