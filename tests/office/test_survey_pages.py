"""A survey at the desk and by link: slips, lists, and the page that opens without an account (EVL-03, EVL-22)."""

from __future__ import annotations

import io
import re
from html import unescape

import openpyxl
import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from linzhan.casework.api import Resident
from linzhan.kernel.documents import square
from linzhan.kernel.models import RevealEntry
from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.office.evaluation import linking
from linzhan.office.sending import XLSX
from linzhan.policy.api import load_reference
from linzhan.quality.api import (
    SatisfactionSurvey,
    SurveyAnswer,
    SurveyDraw,
    issue_links,
    survey_draw_key,
    survey_draw_promise,
    to_be_linked,
)
from tests.factories.places import TUOYUAN
from tests.factories.quality import ANN, seat
from tests.factories.surveys import on, served, survey
from tests.office.conftest import Sit, browser
from tests.papers import pages_of

pytestmark = [pytest.mark.django_db]
ANSWERS = {"q0": "5", "q1": "3", "q2": "是", "q3": "请多来几次\r\n谢谢"}
PURPOSE = {"reason": "第三方上门发放", "as": "xlsx"}


@pytest.fixture
def held(house: None, monkeypatch: pytest.MonkeyPatch) -> SatisfactionSurvey:
    """Five residents of one station, all drawn."""
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})
    with opened(EVERYTHING, ANN):
        load_reference()
        served(TUOYUAN, 5, "坨院街道社工站")
        return on(survey(), "draw")


@pytest.fixture
def codes(held: SatisfactionSurvey) -> list[str]:
    with opened(EVERYTHING, ANN):
        return [each.code for each in issue_links(held, list(to_be_linked(held)))]


def papers() -> list[SurveyAnswer]:
    with opened(EVERYTHING):
        return list(SurveyAnswer.objects.all())


def state_of(number: int) -> str:
    with opened(EVERYTHING):
        return SurveyDraw.objects.get(number=number).state


def test_the_file_of_a_survey_has_a_question_a_line(sit: Sit, held: SatisfactionSurvey) -> None:
    page = sit().get(f"/r/satisfaction-surveys/{held.pk}/").content.decode()
    assert "\n".join(held.questions) in unescape(page)


def test_the_key_of_the_draw_is_told_to_those_who_see_the_list_and_its_promise_to_all(
    sit: Sit, held: SatisfactionSurvey
) -> None:
    """ADR 0030: a station that knew seed and key could work out whom of its people to speak to."""
    url = f"/r/satisfaction-surveys/{held.pk}/"
    official = sit().get(url).content.decode()
    with opened(EVERYTHING):
        at = Station.objects.get(name="坨院街道社工站")
    lead = sit("station_lead", TUOYUAN, station_id=at.pk).get(url).content.decode()
    assert "和密钥重抽一致" in official
    assert survey_draw_key(held) in official
    assert survey_draw_key(held) not in lead
    assert survey_draw_promise(held) in lead


def test_an_answer_that_is_sent_twice_is_kept_once_and_told_in_words(
    sit: Sit, held: SatisfactionSurvey
) -> None:
    county = sit()
    with opened(EVERYTHING):
        drawn = SurveyDraw.objects.get(survey=held, number=1)
    url = f"/evaluation/surveys/{held.pk}/list/{drawn.pk}/"
    given = {"channel": "电话", "q0": "5", "q1": "4", "q2": "是", "q3": ""}
    assert county.post(url, given).status_code == 302
    again = county.post(url, given, follow=True)
    assert "1 号已经答过" in again.content.decode()
    assert len(papers()) == 1


# ---- by link ---------------------------------------------------------------------------------------------


def test_the_page_asks_and_says_nothing_about_who_opens_it(
    held: SatisfactionSurvey, codes: list[str]
) -> None:
    client = browser()
    answer = client.get(f"/s/{codes[0]}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for told in (
        held.name,
        "坨院街道社工站",
        "2021年",
        "1. 您对社工的服务满意吗",
        "不记名",
        "自愿",
        "我不想参加",
    ):
        assert told in page
    with opened(EVERYTHING):
        drawn = SurveyDraw.objects.get(number=1)
        person = Resident.objects.get(code=drawn.resident_code)
    for secret in (person.name, person.code, str(person.pk), str(drawn.pk), str(drawn.door)):
        assert secret not in page
    assert "<script" not in page
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert not client.cookies


def test_an_answer_is_taken_once(codes: list[str]) -> None:
    client = Client(enforce_csrf_checks=True)
    url = f"/s/{codes[0].upper()}/"
    sent = client.post(url, ANSWERS, headers={"origin": "null"})
    assert (sent.status_code, sent.headers["Location"]) == (302, url)
    assert "回答已经收到" in client.get(url).content.decode()
    assert "回答已经收到" in client.post(url, {**ANSWERS, "q0": "1"}).content.decode()
    assert "回答已经收到" in client.post(url, {"refuse": "1"}).content.decode()
    (paper,) = papers()
    assert (paper.channel, paper.answers) == ("链接", [5, 3, "是", "请多来几次\n谢谢"])
    assert state_of(1) == "已答"
    assert "提交" in client.get(f"/s/{codes[1]}/").content.decode()


def test_what_was_typed_is_kept_when_something_is_wrong(codes: list[str]) -> None:
    client, url = browser(), f"/s/{codes[0]}/"
    empty = client.post(url, {"q3": " "})
    assert empty.status_code == 422
    assert "还没有回答" in empty.content.decode()
    answer = client.post(url, {**ANSWERS, "q0": "9"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 1 题请填 1 到 5" in page
    assert "请多来几次\n谢谢</textarea>" in page
    assert re.search(r'name="q1" value="3" checked', page)
    assert client.post(url, {"q3": "零\x00字"}).status_code == 302
    assert papers()[0].answers == [None, None, None, "零字"]


def test_whoever_declines_is_left_alone_and_may_come_back(codes: list[str]) -> None:
    client, url = browser(), f"/s/{codes[0]}/"
    assert client.post(url, {"refuse": "1", "q0": "5"}).status_code == 302
    assert state_of(1) == "谢绝"
    page = client.get(url).content.decode()
    assert "已记下您不参加" in page
    assert "提交" not in page
    assert "提交" in client.get(f"{url}?again=1").content.decode()
    assert client.post(f"{url}?again=1", ANSWERS).status_code == 302
    assert state_of(1) == "已答"


def test_a_survey_that_is_over_says_so(held: SatisfactionSurvey, codes: list[str]) -> None:
    client = browser()
    for code in codes[:2]:
        client.post(f"/s/{code}/", ANSWERS)
    with opened(EVERYTHING, ANN):
        on(held, "close")
    assert "已经结束" in client.get(f"/s/{codes[2]}/").content.decode()
    assert "已经结束" in client.post(f"/s/{codes[2]}/", ANSWERS).content.decode()
    assert "已经收到" in client.get(f"/s/{codes[0]}/").content.decode()
    assert len(papers()) == 2


def test_a_link_opens_its_own_survey_only(codes: list[str]) -> None:
    with opened(EVERYTHING, ANN):
        other = on(
            survey(
                name="部门调查", audience="相关部门", questions=("评分：配合得好吗",), respondents=("某局",)
            ),
            "draw",
        )
        (link,) = issue_links(other, list(to_be_linked(other)))
    page = browser().get(f"/s/{link.code}/").content.decode()
    assert "1. 配合得好吗" in page
    assert "鹤城区的社会工作服务" in page
    assert "某局" not in page
    assert "配合得好吗" not in browser().get(f"/s/{codes[0]}/").content.decode()


def test_wrong_codes_are_refused_alike_and_not_for_ever(codes: list[str], settings: Settings) -> None:
    settings.AXES_ENABLED = True
    client = browser()
    pages = {client.get(f"/s/{code}/").content for code in ("0" * 16, "x", codes[0][:-1], "社工")}
    assert len(pages) == 1
    assert "打不开这份问卷" in pages.pop().decode()
    assert client.post(f"/s/{'1' * 16}/", ANSWERS).status_code == 404
    locked = client.get(f"/s/{'2' * 16}/")
    assert (locked.status_code, locked.headers["Retry-After"]) == (429, "900")
    assert "请过一会儿再试" in locked.content.decode()
    assert client.get(f"/s/{codes[0]}/").status_code == 200
    assert browser().get("/sign-in/").status_code in (200, 302)


# ---- at the desk -----------------------------------------------------------------------------------------


def test_links_are_for_those_who_ask_and_never_for_the_station(sit: Sit, held: SatisfactionSurvey) -> None:
    url = f"/evaluation/surveys/{held.pk}/links/"
    with opened(EVERYTHING):
        at = SurveyDraw.objects.values_list("station_id", flat=True).first()
    third = sit("evaluator")
    with opened(EVERYTHING, ANN):
        seat("p0", TUOYUAN)  # a round shows them the place, and not whom a survey drew there
    for address in (url, url.replace("/links/", "/list/")):
        assert third.get(address).status_code == 404
    page, way = f"/r/satisfaction-surveys/{held.pk}/", f'href="{url.replace("/links/", "/list/")}"'
    assert way not in third.get(page).content.decode()
    assert "满意度调查正在进行" not in third.get("/").content.decode()
    with opened(EVERYTHING):
        SatisfactionSurvey.objects.filter(pk=held.pk).update(askers=["p0"])
    assert way in third.get(page).content.decode()
    assert "1 次满意度调查正在进行" in third.get("/").content.decode()
    assert third.post(url, PURPOSE).headers["Content-Type"] == XLSX
    assert sit("station_lead", TUOYUAN, station_id=at).get(url).status_code == 403
    assert sit("station_lead", TUOYUAN, station_id=at).post(url, PURPOSE).status_code == 403
    assert sit("county_official", "431202000000").get(url).status_code == 200
    assert not papers()


def test_a_list_of_links_for_text_messages(sit: Sit, held: SatisfactionSurvey, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://shegong.example.cn"
    client, url = sit(), f"/evaluation/surveys/{held.pk}/links/"
    assert "印发链接" in client.get(f"/evaluation/surveys/{held.pk}/list/").content.decode()
    assert "LINZHAN_PUBLIC_URL" not in client.get(url).content.decode()
    answer = client.post(url, {**PURPOSE, "first": "2", "last": "4"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0] == ("编号", "评哪个站点", "链接")
    assert [row[:2] for row in rows[1:]] == [(number, "坨院街道社工站") for number in (2, 3, 4)]
    link = str(rows[1][2])
    assert link.startswith("https://shegong.example.cn/s/")
    assert "提交" in browser().get(link.removeprefix("https://shegong.example.cn")).content.decode()
    with opened(EVERYTHING):
        (entry,) = RevealEntry.objects.all()
    assert (entry.field, entry.reason, entry.row_id) == (
        "应访链接",
        "第三方上门发放（2—4 号，3 份）",
        held.pk,
    )
    assert "应访链接" in client.get(f"/r/satisfaction-surveys/{held.pk}/history/").content.decode()


def test_slips_carry_a_number_and_nothing_about_the_person(sit: Sit, held: SatisfactionSurvey) -> None:
    answer = sit().post(f"/evaluation/surveys/{held.pk}/links/", {**PURPOSE, "as": "pdf"})
    assert answer.headers["Content-Type"] == "application/pdf"
    text = re.sub(r"\s+", "", "".join(pages_of(answer.content)))
    with opened(EVERYTHING):
        people = Resident.objects.all()
        secrets = {each.name for each in people} | {each.code for each in people} | {"坨院街道社工站"}
    assert text.count("不记名") == text.count("http://testserver/s/") == 5
    assert all(f"编号{number}" in text for number in range(1, 6))
    assert not [secret for secret in secrets if secret in text]


def test_what_is_in_the_way_of_links_is_told(
    sit: Sit, held: SatisfactionSurvey, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = sit(), f"/evaluation/surveys/{held.pk}/links/"

    def told(**given: str) -> str:
        answer = client.post(url, {**PURPOSE, **given})
        assert answer.status_code == 422
        return answer.content.decode()

    assert "请写明做什么用" in told(reason=" ")
    assert "请填数字" in told(first="一")
    assert "没有可以发链接的人" in told(first="90")
    monkeypatch.setattr(linking, "LINES", 3)
    page = told(first="1", last="4")
    assert "一次最多 3 份" in page
    assert 'value="第三方上门发放"' in page
    with opened(EVERYTHING):
        assert not SurveyDraw.objects.filter(door__isnull=False).exists()
        assert not RevealEntry.objects.exists()
    assert "只在能打开这个网址的地方有效" in client.get(url).content.decode()


def test_the_desk_writes_down_no_answers_as_if_by_link(
    sit: Sit, held: SatisfactionSurvey, codes: list[str]
) -> None:
    client = sit()
    with opened(EVERYTHING):
        drawn = SurveyDraw.objects.get(number=1)
    url = f"/evaluation/surveys/{held.pk}/list/{drawn.pk}/"
    assert 'value="链接"' not in client.get(url).content.decode()
    assert client.post(url, {**ANSWERS, "channel": "链接"}).status_code == 422
    assert client.post(url, {**ANSWERS, "channel": "电话"}).status_code == 302
    colleague = client.post(url, {**ANSWERS, "q0": "1", "channel": "电话"}, follow=True)
    assert "1 号已经答过" in (said := colleague.content.decode())
    assert "这一次没有保存" in said
    browser().post(f"/s/{codes[1]}/", ANSWERS)
    assert (
        "纸质 0 份、电话 1 份、链接 1 份"
        in client.get(f"/r/satisfaction-surveys/{held.pk}/").content.decode()
    )


def test_the_square_of_an_address_has_its_three_corners() -> None:
    drawn = square("https://shegong.example.cn/s/0123456789abcdef/")
    size = re.search(r'width="(\d+)" height="\1"', drawn)
    assert size is not None
    assert int(size[1]) == 33 + 2 * 4
    assert re.search(r"M4 4\.5h7.*?h7m", drawn)


@pytest.mark.parametrize("page", ["list", "links"])
def test_a_page_about_a_survey_marks_the_list_of_surveys(
    held: SatisfactionSurvey, sit: Sit, page: str
) -> None:
    html = sit().get(f"/evaluation/surveys/{held.pk}/{page}/").content.decode()
    assert "/r/satisfaction-surveys/" in re.findall(r'<a href="([^"]+)"[^>]*aria-current', html)
